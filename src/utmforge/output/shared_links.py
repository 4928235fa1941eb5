"""Links ready to share, in every format. A share link is never cut, wrapped or styled."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from utmforge.campaigns.currencies import decimals_of
from utmforge.errors import counted
from utmforge.output.console import Console, dumps
from utmforge.output.escaping import safe, safe_words
from utmforge.output.formats import Format
from utmforge.output.rows import Row, show_rows
from utmforge.share.apps import PLATFORMS
from utmforge.share.sms import CAPACITY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utmforge.share.apps import Platform
    from utmforge.share.ready import ReadyLink
    from utmforge.share.sms import Culprit, Sms

FIELDS = (
    "id",
    "channel",
    "url",
    "message",
    *PLATFORMS,
    "encoding",
    "units",
    "segments",
    "cost",
    "subject",
)
_SHOWN = ("id", "channel", "message", "link")
_LABEL = 9
_MAX_CULPRITS = 10
"""The different characters that are named; more are counted."""


def show_shared(
    console: Console,
    links: Sequence[ReadyLink],
    *,
    platform: Platform | None = None,
    currency: str | None = None,
) -> None:
    """Print links with their messages; in a pipe their share links, or else the links themselves.

    Args:
        console: Where they are written.
        links: The links.
        platform: The platform whose share link is shown. None: all that differ.
        currency: The currency of costs. None: it has no name.
    """
    rows = [_row(one, platform) for one in links]
    match console.format:
        case Format.CSV | Format.MARKDOWN:
            show_rows(console, rows, fields=FIELDS, shown=_SHOWN, key="url", numbers={"cost"})
        case _ if console.columns:
            show_rows(console, rows, fields=FIELDS, shown=_SHOWN, key="url")
        case Format.JSON:
            console.answer([shared_fields(one) for one in links])
        case Format.JSONL:
            console.write("".join(dumps(shared_fields(one), indent=None) + "\n" for one in links))
        case Format.URLS:
            urls = [one.deep_link(platform) or one.link.url for one in links]
            console.write("".join(f"{url}\n" for url in urls))
        case _:
            blocks = ["\n".join(_lines(console, one, platform, currency)) for one in links]
            console.write("\n\n".join(blocks) + "\n")


def shared_fields(one: ReadyLink) -> dict[str, object]:
    """Return a link for machine-readable formats."""
    return {
        "id": one.link.id,
        "channel": one.link.channel,
        "url": one.link.url,
        "message": one.message,
        **({"subject": one.subject} if one.subject else {}),
        "deep_links": dict(one.deep_links),
        "limits": [limit._asdict() for limit in one.limits],
        "sms": _sms_fields(one.sms, one) if one.sms else None,
    }


def _sms_fields(sms: Sms, one: ReadyLink) -> dict[str, object]:
    return {
        "encoding": sms.encoding,
        "units": sms.units,
        "segments": sms.segments,
        "culprits": [_culprit_fields(culprit) for culprit in sms.culprits],
        "cost": None if one.cost is None else f"{one.cost:f}",
    }


def _culprit_fields(one: Culprit) -> dict[str, object]:
    return {
        "character": one.character,
        "name": one.name,
        "index": one.at,
        "replacement": one.replacement,
    }


def _row(one: ReadyLink, platform: Platform | None) -> Row:
    sms = one.sms
    return {
        "id": one.link.id,
        "channel": one.link.channel,
        "url": one.link.url,
        "message": one.message,
        **{name: one.deep_links[name] for name in PLATFORMS},
        "encoding": sms.encoding if sms else None,
        "units": sms.units if sms else None,
        "segments": sms.segments if sms else None,
        "cost": None if one.cost is None else f"{one.cost:f}",
        "subject": one.subject,
        "link": one.deep_link(platform) or one.link.url,
    }


def _lines(
    console: Console, one: ReadyLink, platform: Platform | None, currency: str | None
) -> Iterator[str]:
    names = (one.link.channel or "no channel", one.link.tags.content, one.link.id)
    yield "  ".join(safe(name) for name in names if name)
    if one.subject:
        yield f"Subject: {safe_words(one.subject)}"
    yield from (safe_words(line) for line in one.message.split("\n"))
    yield ""
    for label, text in _about(one, platform, currency):
        line = f"{label:<{_LABEL}}{text}"
        yield console.folded(line, console.stdout, _LABEL) if " " in text else line


def _about(
    one: ReadyLink, platform: Platform | None, currency: str | None
) -> Iterator[tuple[str, str]]:
    """Yield what is known about a ready link: how it is opened, how long it is, what it costs."""
    yield from _targets(one, platform)
    if one.app.templates and not one.app.carries_words:
        yield "", f"{one.app.title} takes only the link: paste the words"
    for limit in one.limits:
        yield "length", f"{limit.used:,} of {limit.most:,} characters, {limit.name}"
    if one.sms:
        yield "SMS", sms_summary(one.sms)
    if one.cost is not None:
        yield "cost", _amount(one.cost, currency)


def _targets(one: ReadyLink, platform: Platform | None) -> Iterator[tuple[str, str]]:
    """Yield what opens the app, by label; the platforms together if they do not differ."""
    links = one.deep_links
    if not one.app.templates:
        yield "open", f"no share link: {one.app.why_none}"
    elif platform is None and len(set(links.values())) == 1:
        yield "open", links["web"] or ""
    else:
        for name in PLATFORMS if platform is None else (platform,):
            yield name, links[name] or f"no share link: {one.app.why_none}"


def _amount(cost: Decimal, currency: str | None) -> str:
    """Return an amount with the decimals that it needs, and at least those of its currency."""
    exact = cost.normalize()
    least = Decimal(1).scaleb(-decimals_of(currency))
    shown = exact if exact.as_tuple().exponent < least.as_tuple().exponent else cost.quantize(least)  # type: ignore[operator] # an amount is finite
    return f"{shown:f} {currency or ''}".rstrip()


def sms_summary(sms: Sms) -> str:
    """Return how a message is sent by SMS, in words."""
    single, several = CAPACITY[sms.encoding]
    capacity = f"of {single}" if sms.segments <= 1 else f"({several} a segment)"
    return f"{sms.encoding}, {sms.units} units {capacity}: {counted(sms.segments, 'segment')}"


def culprit_lines(culprits: Sequence[Culprit]) -> Iterator[str]:
    """Yield what to say of each different character that makes an SMS longer."""
    places: dict[Culprit, list[int]] = {}
    for one in culprits:
        places.setdefault(one._replace(at=0), []).append(one.at + 1)
    for one, indexes in list(places.items())[:_MAX_CULPRITS]:
        character = "" if one.name == "TAB" else f'"{one.character}" '
        where = ", ".join(map(str, indexes[:3])) + (", …" if len(indexes) > 3 else "")  # noqa: PLR2004 - a few places are enough
        noun = "character" if len(indexes) == 1 else "characters"
        yield f"{character}({one.name}) at {noun} {where}: {_instead(one)}"
    if (more := len(places) - _MAX_CULPRITS) > 0:
        yield f"and {counted(more, 'more character')} of this kind"


def _instead(one: Culprit) -> str:
    if one.replacement is None:
        return "no replacement"
    if not one.replacement.strip():
        return "write a space" if one.replacement else "leave it out"
    return f'write "{one.replacement}"'
