"""A measurement beside a saved one: what changed, and whether that is more than chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import ContradictoryInput, quoted
from utmforge.measure.dark_social.result import Sentence
from utmforge.measure.intervals import newcombe, rate_ratio
from utmforge.measure.money.returns import FEW_CONVERSIONS
from utmforge.measure.result import Row
from utmforge.measure.showing import hidden_pool, rows_by_name, with_returns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from utmforge.measure.intervals import Difference, Ratio
    from utmforge.measure.result import Key, Measurement
    from utmforge.measure.saved import SavedMeasurement

FEW_VISITS = 10
"""With fewer visits in both periods together, their change says too little."""


class RowChange(NamedTuple):
    """One name in both periods."""

    keys: Mapping[str, str | None]
    """The name by each key."""
    now: Row | None
    """None: it is not in this measurement, or is one of its rows of few visitors."""
    before: Row | None
    """None: it is not in the saved one, or is one of its rows of few visitors."""
    visits: Ratio | None
    """Visits a day, now by before. None: not known, or too few to say."""
    rate: Difference | None
    """The conversion rate now minus that before. None: not known, or too few conversions."""


class Changes(NamedTuple):
    """What changed since a saved measurement."""

    saved: SavedMeasurement
    """The saved measurement."""
    days: int
    """How many days this measurement has."""
    days_before: int
    """How many the saved one has."""
    hides_now: bool
    """Whether this measurement has rows that are not shown: a missing name may be one of them."""
    hides_before: bool
    """Whether the saved one has."""
    rows: tuple[RowChange, ...]
    """In the order of this measurement, then those that only the saved one has."""
    total: RowChange | None
    """All visits in both, those of few visitors, too. None: they are not told in one of them."""
    method: tuple[Sentence, ...]
    """How changes are judged."""


def refuse_unlike(
    saved: SavedMeasurement, by: Sequence[Key], campaign: str | None, zone: str
) -> None:
    """Refuse to compare what does not count the same things.

    Raises:
        ContradictoryInput: The two count by other keys, other campaigns or days of another zone.
    """
    name = quoted(saved.name)
    if saved.by != tuple(by):
        raise ContradictoryInput(
            f"{name} counts by {', '.join(saved.by)}, this by {', '.join(by)}",
            hint=f"add --by {','.join(saved.by)}",
        )
    if saved.campaign != campaign:
        what = f"campaign {quoted(saved.campaign)}" if saved.campaign else "all campaigns"
        step = f"add --campaign {saved.campaign}" if saved.campaign else "leave out --campaign"
        raise ContradictoryInput(f"{name} is about {what}", hint=step)
    if saved.zone != zone:
        raise ContradictoryInput(
            f"{name} has days in {saved.zone}, this in {zone}", hint=f"add --timezone {saved.zone}"
        )


def changes(measurement: Measurement, saved: SavedMeasurement) -> Changes | None:
    """Compare a measurement with a saved one. None: the measurement has no days.

    Raises:
        ContradictoryInput: They share days, so that one of them is part of the other, or one of
            them is not of the same kind of source.
    """
    since, until = measurement.since, measurement.until
    if since is None or until is None:
        return None
    name = quoted(saved.name)
    if measurement.source != saved.source:
        raise ContradictoryInput(
            f"{name} was measured from a source of another kind ({saved.source}), "
            f"this is from {measurement.source}",
            hint="--beside compares two sources for one period",
        )
    if since <= saved.until and saved.since <= until:
        raise ContradictoryInput(
            f"{name} covers {saved.since} to {saved.until}, and this {since} to {until}: "
            "days in both would be compared with themselves",
            hint="choose other days with --since and --until",
        )
    days, before = _days(since, until), _days(saved.since, saved.until)
    rows = _changed(measurement.rows, with_returns(saved.rows), measurement.by, days, before)
    return Changes(
        saved,
        days,
        before,
        any(row.suppressed for row in measurement.rows),
        any(row.suppressed for row in saved.rows),
        tuple(rows),
        _total(measurement.rows, saved.rows, days, before),
        tuple(_method()),
    )


def _days(since: date, until: date) -> int:
    return (until - since).days + 1


def _changed(
    now: Sequence[Row], before: Sequence[Row], by: Sequence[Key], days: int, days_before: int
) -> Iterator[RowChange]:
    current, earlier = rows_by_name(now, by), rows_by_name(before, by)
    for name in dict.fromkeys((*current, *earlier)):
        one, other = current.get(name), earlier.get(name)
        yield RowChange(
            dict(zip(by, name, strict=True)),
            one,
            other,
            _ratio(one, other, days, days_before),
            _rate(one, other),
        )


def _total(
    now: Sequence[Row], before: Sequence[Row], days: int, days_before: int
) -> RowChange | None:
    one, other = _sum(now), _sum(before)
    if one is None or other is None:
        return None
    return RowChange({}, one, other, _ratio(one, other, days, days_before), _rate(one, other))


def _sum(rows: Sequence[Row]) -> Row | None:
    """Return the visits of all rows as one. None: those of few visitors are not told."""
    if hidden_pool(rows):
        return None
    visited = [row for row in rows if row.visits is not None]
    converted = [row.converted for row in visited if row.converted is not None]
    is_known = len(converted) == len(visited)
    return Row(
        {},
        visits=sum(row.visits or 0 for row in visited) if visited else None,
        converted=sum(converted) if is_known else None,
    )


def _ratio(one: Row | None, other: Row | None, days: int, days_before: int) -> Ratio | None:
    if one is None or other is None or one.visits is None or other.visits is None:
        return None
    if one.visits + other.visits < FEW_VISITS:
        return None
    return rate_ratio(one.visits, days, other.visits, days_before)


def _rate(one: Row | None, other: Row | None) -> Difference | None:
    if one is None or other is None:
        return None
    counts = (one.converted, one.visits, other.converted, other.visits)
    if any(count is None for count in counts):
        return None
    converted, visits, converted_before, visits_before = (count or 0 for count in counts)
    is_few = converted < FEW_CONVERSIONS or converted_before < FEW_CONVERSIONS
    if is_few or converted > visits or converted_before > visits_before:
        return None
    return newcombe(converted, visits, converted_before, visits_before)


def _method() -> Iterator[Sentence]:
    yield Sentence(
        "change-range",
        "A change of visits is that of visits a day, with its 95 % range; it is more than chance "
        "if the range leaves out no change. Visits that come in bursts, as after a newsletter, "
        "vary more than the range says.",
    )
    yield Sentence(
        "change-by-chance",
        "Of 20 names without any change, one is expected to look like more than chance. "
        "Rows of few visitors are not compared.",
    )
