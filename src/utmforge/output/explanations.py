"""What a link is, in every format: short lines for people, each URL on its own line."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from utmforge.explain.missing_tag import MAX_COUNTED
from utmforge.model import FIELDS
from utmforge.output.console import Console, dumps
from utmforge.output.escaping import safe
from utmforge.output.formats import Format
from utmforge.output.key_values import show_facts
from utmforge.output.links import fields
from utmforge.output.rows import show_rows
from utmforge.privacy.find import find_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utmforge.analytics.channel_rules import ChannelGroup
    from utmforge.explain.explanation import Explanation
    from utmforge.explain.issued_match import IssuedAs
    from utmforge.explain.missing_tag import OneOf

_LABEL = 11
_MIN_WIDTH = 30

Line = tuple[str, str]

COLUMNS = (
    *("url", "mended", "issued", "issued_at", "state", "successor"),
    *("changes", "source", "medium", "campaign", "ga4", "ga4_rule"),
    *("ga4_certain", "matomo_campaign", "plausible", "problems", "successor_other_site", "one_of"),
)
"""The columns of an explanation."""


def show_explanation(console: Console, explanation: Explanation) -> None:
    """Print what is known about a link; in a pipe, only the link to use."""
    if console.columns:
        show_facts(console, _facts(explanation))
        return
    match console.format:
        case Format.JSON:
            console.answer(_data(explanation))
        case Format.JSONL:
            console.write(dumps(_data(explanation), indent=None) + "\n")
        case Format.CSV | Format.MARKDOWN:
            show_facts(console, _facts(explanation))
        case Format.URLS:
            if explanation.best:
                console.write(f"{safe(explanation.best)}\n")
            else:
                console.warn(f"no link: {explanation.repair.why_not}")
        case _:
            console.write("".join(f"{line}\n" for line in _text(explanation, console.width)))


def show_explanations(console: Console, explanations: Sequence[Explanation]) -> None:
    """Print what there is to say of several links, each as if it were the only one."""
    match console.format:
        case _ if console.columns or console.format in {Format.CSV, Format.MARKDOWN}:
            rows = [_facts(one) for one in explanations]
            show_rows(console, rows, fields=COLUMNS, shown=COLUMNS, key="url")
        case Format.JSON:
            console.answer([_data(one) for one in explanations])
        case _:
            for number, one in enumerate(explanations):
                if number and console.format is Format.TABLE:
                    console.write("\n")
                show_explanation(console, one)


def _text(explanation: Explanation, width: int) -> Iterator[str]:
    if explanation.url:
        yield safe(explanation.url)
    for label, text in _lines(explanation):
        room = max(width - _LABEL, _MIN_WIDTH)
        lines = wrap(safe(text), room, break_long_words=False, break_on_hyphens=False) or [""]
        yield f"{label:<{_LABEL}}{lines[0]}".rstrip()
        yield from (" " * _LABEL + line for line in lines[1:])
    better = explanation.repair.url
    if better and better != explanation.url:
        yield "fixed"
        yield safe(better)
    if explanation.repair.partly:
        yield "fixed except for that"
        yield safe(explanation.repair.partly)


def _lines(explanation: Explanation) -> Iterator[Line]:
    for step in explanation.found.steps:
        yield "found", step
    if explanation.one_of:
        yield from _one_of_lines(explanation.one_of)
    else:
        yield from _issued_lines(explanation.issued)
    yield from _reading_lines(explanation)
    for problem in explanation.problems:
        yield problem.severity, problem.message
        if problem.fix:
            yield "", f"→ {problem.fix}"
    if explanation.repair.why_not:
        yield "not fixed", explanation.repair.why_not


def _issued_lines(issued: IssuedAs | None) -> Iterator[Line]:
    if issued is None:
        yield "issued", "not by this registry"
        return
    link = issued.link
    content = f", content {link.tags.content}" if link.tags.content else ""
    yield "issued", f"{(link.issued_at or '')[:10]} for {link.tags.campaign}{content}"
    yield "", f"{link.id}, {link.channel or 'no channel'}"
    if issued.site:
        yield "", f"by the share buttons of {issued.site}"
    for change in issued.changes:
        yield "changed", change
    if event := issued.retirement:
        yield "retired", f"{event.at[:10]}: {event.reason or 'no reason was given'}"
    if issued.successor:
        yield (
            "instead",
            issued.successor.id if issued.successor.to_use else issued.successor.description,
        )


def _one_of_lines(one_of: OneOf) -> Iterator[Line]:
    is_counted = one_of.number <= MAX_COUNTED
    count = one_of.number if is_counted else f"over {MAX_COUNTED}"
    missing = " or ".join(one_of.missing)
    yield "issued", f"as one of {count} links, but {missing} is missing here"
    for link in one_of.latest:
        found = ((name, getattr(link.tags, FIELDS[name])) for name in one_of.missing)
        lost = ", ".join(f"{name} {_shown(value)}" for name, value in found if value)
        yield "", f"{link.id}, {link.channel or 'no channel'}: {lost}"
    if more := one_of.number - len(one_of.latest):
        yield "", f"and {more} more" if is_counted else "and more"


def _reading_lines(explanation: Explanation) -> Iterator[Line]:
    ga4, matomo, plausible = explanation.readings
    yield "GA4", str(ga4.group)
    yield "", _rule(ga4.group)
    if ga4.group.why:
        yield "", ga4.group.why
    yield "", _slashed(ga4.tags.source, ga4.tags.medium, ga4.tags.campaign)
    yield "Matomo", _slashed(matomo.source, matomo.medium, matomo.campaign)
    yield "Plausible", str(plausible.channel)
    yield "", _slashed(plausible.source, plausible.medium, plausible.campaign)
    for number, other in enumerate(explanation.other_tools):
        yield ("" if number else "also"), str(other)


def _slashed(*values: str | None) -> str:
    return " / ".join(_shown(value) or "-" for value in values)


def _shown(value: str | None) -> str | None:
    """Return a value, or its kind in brackets if it must not be repeated."""
    found = find_private(value) if value else ()
    return f"[{found[0].kind}]" if found else value


def _rule(group: ChannelGroup) -> str:
    return "not shown" if find_private(group.rule) else group.rule


def _values(reading: Mapping[str, object]) -> dict[str, str | None]:
    return {name: _shown(None if value is None else str(value)) for name, value in reading.items()}


def _group(group: ChannelGroup) -> dict[str, object]:
    return {"channel_group": group.name, "rule": _rule(group), "certain": group.is_certain}


def _data(explanation: Explanation) -> dict[str, object]:
    """Return an explanation for machine-readable formats."""
    ga4, matomo, plausible = explanation.readings
    plausible_values = plausible._asdict()
    del plausible_values["channel"]
    return {
        "url": explanation.url,
        "steps": list(explanation.found.steps),
        "cut": explanation.found.cut,
        "closed_by": explanation.found.sealed_by,
        "issued": _issued(explanation.issued),
        "one_of": _one_of(explanation.one_of),
        "tags": _values(dict(ga4.tags.items())),
        "ga4": _group(ga4.group),
        "ga4_others": list(ga4.group.others),
        "ga4_why": ga4.group.why,
        "matomo": _values(matomo._asdict()),
        "plausible": {**_values(plausible_values), **_group(plausible.channel)},
        "other_tools": [
            {"name": one.name, "tool": one.tool, "reads": one.reads or None}
            for one in explanation.other_tools
        ],
        "problems": [problem._asdict() for problem in explanation.problems],
        "mended": explanation.repair.url,
        "not_mended": explanation.repair.why_not,
        "partly_mended": explanation.repair.partly,
    }


def _issued(issued: IssuedAs | None) -> dict[str, object] | None:
    if issued is None:
        return None
    event, named = issued.retirement, issued.successor
    return {
        **fields(issued.link),
        "changes": list(issued.changes),
        "retired_at": event.at if event else None,
        "reason": event.reason if event else None,
        "successor": fields(named.link) if named and named.link else None,
        "successor_other_site": named.other_site if named else None,
    }


def _one_of(one_of: OneOf | None) -> dict[str, object] | None:
    """Return its count, what may be missing, and the ids of the latest."""
    if one_of is None:
        return None
    ids = [link.id for link in one_of.latest]
    return {"count": one_of.number, "missing": list(one_of.missing), "ids": ids}


def _facts(explanation: Explanation) -> dict[str, str | int | bool | None]:
    """Return the same in one row."""
    ga4, matomo, plausible = explanation.readings
    issued = explanation.issued
    named = issued.successor if issued else None
    return {
        "url": explanation.url,
        "mended": explanation.repair.url,
        "issued": issued.link.id if issued else None,
        "issued_at": issued.link.issued_at if issued else None,
        "state": issued.link.state if issued else None,
        "successor": named.id if named else None,
        "changes": "; ".join(issued.changes) if issued else None,
        "source": _shown(ga4.tags.source),
        "medium": _shown(ga4.tags.medium),
        "campaign": _shown(ga4.tags.campaign),
        "ga4": ga4.group.name,
        "ga4_rule": _rule(ga4.group),
        "ga4_certain": ga4.group.is_certain,
        "matomo_campaign": _shown(matomo.campaign),
        "plausible": plausible.channel.name,
        "problems": " ".join(problem.code for problem in explanation.problems),
        "successor_other_site": named.other_site if named else None,
        "one_of": " ".join(link.id for link in explanation.one_of.latest)
        if explanation.one_of
        else None,
    }
