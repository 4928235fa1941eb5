"""Two sources about one period side by side, such as a log and GA4: where they differ, and why.

Neither of the two is the truth: each counts what the other cannot.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import counted
from utmforge.measure.dark_social.result import Sentence
from utmforge.measure.result import LOG
from utmforge.measure.showing import rows_by_name
from utmforge.measure.sources.base import REPORT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from utmforge.measure.result import Key, Measurement, Row


class BesideRow(NamedTuple):
    """One name in both sources."""

    keys: Mapping[str, str | None]
    """The name by each key."""
    one: Row | None
    """In the first source. None: it has no such row, or does not show it."""
    other: Row | None
    """In the second."""
    difference: int | None
    """Visits of the second minus those of the first. None: one of them is not known."""
    share: float | None
    """The same as a share of the first. None: not known, or the first has none."""


class Beside(NamedTuple):
    """A second source beside a measurement."""

    other: Measurement
    """What the second source holds."""
    rows: tuple[BesideRow, ...]
    """In the order of the first, then those that only the second has."""
    reasons: tuple[Sentence, ...]
    """Why they usually differ; those that fit these numbers."""
    warnings: tuple[Sentence, ...]
    """Why they may not be about the same."""


def beside(one: Measurement, other: Measurement) -> Beside:
    """Put two measurements with the same keys and days side by side."""
    rows = tuple(_rows(one.rows, other.rows, one.by))
    return Beside(other, rows, tuple(_reasons(one, other, rows)), tuple(_warnings(one, other)))


def _rows(first: Sequence[Row], second: Sequence[Row], by: Sequence[Key]) -> Iterator[BesideRow]:
    ones, others = rows_by_name(first, by), rows_by_name(second, by)
    for name in dict.fromkeys((*ones, *others)):
        one, other = ones.get(name), others.get(name)
        difference = share = None
        if one and other and one.visits is not None and other.visits is not None:
            difference = other.visits - one.visits
            share = difference / one.visits if one.visits else None
        yield BesideRow(dict(zip(by, name, strict=True)), one, other, difference, share)


def _reasons(one: Measurement, other: Measurement, rows: Sequence[BesideRow]) -> Iterator[Sentence]:
    """Yield why a log and a tool differ; two sources of the same kind differ for other reasons."""
    if one.source == other.source:
        return
    log, tool = (one, other) if one.source == LOG else (other, one)
    differences = [row.difference for row in rows if row.difference is not None]
    if log.source != LOG:
        yield Sentence(
            "tools-differ",
            f"{one.source} and {other.source} end a visit, tell a bot and ask for consent each in "
            "their own way.",
            {"one": one.source, "other": other.source},
        )
        return
    sign = 1 if log is one else -1
    known = None if tool.source == REPORT else tool.source
    name = known or "the report"
    if any(sign * difference < 0 for difference in differences):
        yield Sentence(
            "tool-has-fewer",
            f"Where {name} has fewer: visitors who do not consent, whose browser blocks scripts, "
            "or who leave before it loads are in the log only; so are bots that are not known as "
            "such, and pages without its tag.",
            {"tool": known},
        )
    if any(sign * difference > 0 for difference in differences):
        yield Sentence(
            "tool-has-more",
            f"Where {name} has more: pages that a cache or another server delivered are not in "
            "the log; later visits without tags may count for the campaign; and a visit that "
            "passes midnight, or whose network changes, may be counted otherwise.",
            {"tool": known},
        )
    yield from _left_out(log, known)


def _left_out(log: Measurement, tool: str | None) -> Iterator[Sentence]:
    hits = dict.fromkeys(("bot", "preview"), 0)
    for excluded in log.excluded:
        if excluded.kind in hits:
            hits[excluded.kind] += excluded.hits
    if any(hits.values()):
        yield Sentence(
            "log-leaves-out",
            f"From the log, {counted(hits['bot'], 'request')} of bots and "
            f"{counted(hits['preview'], 'fetch', 'fetches')} of previews are left out; they run "
            f"no script, so {tool or 'the report'} does not see most of them.",
            {"tool": tool, "bots": hits["bot"], "previews": hits["preview"]},
        )


def _warnings(one: Measurement, other: Measurement) -> Iterator[Sentence]:
    if None in {one.since, one.until, other.since, other.until}:
        yield Sentence(
            "days-unknown",
            "one of the two sources does not say its days: they may be about different ones",
        )
    elif (one.since, one.until) != (other.since, other.until):
        figures = {
            "since": str(one.since),
            "until": str(one.until),
            "other_since": str(other.since),
            "other_until": str(other.until),
        }
        yield Sentence(
            "other-days",
            f"the two are about different days: {_span(one.since, one.until)}, and "
            f"{_span(other.since, other.until)}",
            figures,
        )

    for log in (one, other):
        first, last = log.reading.first_ts, log.reading.last_ts
        if first is None or last is None or log.since is None or log.until is None:
            continue
        days = [datetime.fromtimestamp(second, UTC).date() for second in (first, last)]
        if (days[0] - log.since).days > 1 or (log.until - days[1]).days > 1:
            yield Sentence(
                "log-is-shorter",
                f"the log holds {_span(*days)} only: its other days have no visits",
                {"since": str(days[0]), "until": str(days[1])},
            )


def _span(since: date | None, until: date | None) -> str:
    return f"{since} to {until}"
