"""Two sources about one period side by side, such as a log and GA4: where they differ, and why.

Neither of the two is the truth: each counts what the other cannot.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import counted
from utmforge.measure.showing import rows_by_name

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
    reasons: tuple[str, ...]
    """Why they usually differ, one sentence each; those that fit these numbers."""
    warnings: tuple[str, ...]
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


def _reasons(one: Measurement, other: Measurement, rows: Sequence[BesideRow]) -> Iterator[str]:
    """Yield why a log and a tool differ; two sources of the same kind differ for other reasons."""
    if one.source == other.source:
        return
    log, tool = (one, other) if one.source == "log" else (other, one)
    differences = [row.difference for row in rows if row.difference is not None]
    if log.source != "log":
        yield (
            f"{one.source} and {other.source} end a visit, tell a bot and ask for consent each in "
            "their own way."
        )
        return
    sign = 1 if log is one else -1
    fewer = [difference for difference in differences if sign * difference < 0]
    more = [difference for difference in differences if sign * difference > 0]
    name = tool.source if tool.source != "report" else "the report"
    if fewer:
        yield (
            f"Where {name} has fewer: visitors who do not consent, whose browser blocks scripts, "
            "or who leave before it loads are in the log only; so are bots that are not known as "
            "such, and pages without its tag."
        )
    if more:
        yield (
            f"Where {name} has more: pages that a cache or another server delivered are not in "
            "the log; later visits without tags may count for the campaign; and a visit that "
            "passes midnight, or whose network changes, may be counted otherwise."
        )
    yield from _left_out(log, name)


def _left_out(log: Measurement, name: str) -> Iterator[str]:
    hits = dict.fromkeys(("bot", "preview"), 0)
    for excluded in log.excluded:
        if excluded.kind in hits:
            hits[excluded.kind] += excluded.hits
    if any(hits.values()):
        yield (
            f"From the log, {counted(hits['bot'], 'request')} of bots and "
            f"{counted(hits['preview'], 'fetch', 'fetches')} of previews are left out; they run "
            f"no script, so {name} does not see most of them."
        )


def _warnings(one: Measurement, other: Measurement) -> Iterator[str]:
    if None in {one.since, one.until, other.since, other.until}:
        yield "one of the two sources does not say its days: they may be about different ones"
    elif (one.since, one.until) != (other.since, other.until):
        yield (
            f"the two are about different days: {_span(one.since, one.until)}, and "
            f"{_span(other.since, other.until)}"
        )

    for log in (one, other):
        first, last = log.reading.first_ts, log.reading.last_ts
        if first is None or last is None or log.since is None or log.until is None:
            continue
        days = [datetime.fromtimestamp(second, UTC).date() for second in (first, last)]
        if (days[0] - log.since).days > 1 or (log.until - days[1]).days > 1:
            yield f"the log holds {_span(*days)} only: its other days have no visits"


def _span(since: date | None, until: date | None) -> str:
    return f"{since} to {until}"
