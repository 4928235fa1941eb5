"""A measurement beside a saved one, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.measure.result import LOG
from utmforge.output.escaping import safe
from utmforge.output.measurement_records import FIELDS as ROW_FIELDS
from utmforge.output.measurement_records import NAMES, record_in, record_of, with_one_currency
from utmforge.output.measurement_table import number_cell
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utmforge.measure.changes import Changes, RowChange
    from utmforge.measure.intervals import Difference, Ratio
    from utmforge.measure.result import Measurement, Row
    from utmforge.measure.saved import SavedMeasurement
    from utmforge.output.console import Console
    from utmforge.output.rows import Row as Record

_BEFORE = ("previews", "visits", "visitors", "conversions", "value", "cost", "rate")
FIELDS = (
    *(f"{name}_before" for name in _BEFORE),
    *("visits_change", "visits_change_low", "visits_change_high", "visits_beyond_chance"),
    *("rate_change", "rate_change_low", "rate_change_high", "rate_beyond_chance"),
)
"""What machines get of a change; described in docs/reference/measure.md."""
SAVED_FIELDS = ("name", "since", "until", "by", "campaign", "source", "rows", "saved_at")


def changes_json(changes: Changes, keys: Sequence[str]) -> dict[str, object]:
    """Return the changes for the JSON answer."""
    saved = changes.saved
    return {
        "name": saved.name,
        "period": {
            "since": str(saved.since),
            "until": str(saved.until),
            "timezone": saved.zone,
        },
        "days": changes.days,
        "days_before": changes.days_before,
        "rows": [
            {name: record.get(name) for name in (*keys, "visits", *FIELDS)}
            for record in (change_record(change, saved.source) for change in changes.rows)
        ],
        "total": _total(changes),
        "method": [one.sentence for one in changes.method],
    }


def _total(changes: Changes) -> Record | None:
    """Return what changed in all. None: the visits of all rows are not told in both periods."""
    if changes.total is None:
        return None
    record = change_record(changes.total, changes.saved.source)
    names = ("visits_before", *(name for name in FIELDS if "change" in name or "chance" in name))
    return {name: record[name] for name in ("visits", *names)}


def records_with_changes(measurement: Measurement, changes: Changes) -> list[Record]:
    """Return all rows with what they were before, and then those that only were before."""
    records: list[Record] = []
    left = {tuple(change.keys.values()): change for change in changes.rows}
    for row in measurement.rows:
        change = None if row.suppressed else left.pop(tuple(row.keys.values()), None)
        records.append(
            change_record(change, measurement.source)
            if change
            else record_in(measurement, row) | dict.fromkeys(FIELDS)
        )
    return [*records, *(change_record(one, measurement.source) for one in left.values())]


def change_record(change: RowChange, source: str) -> Record:
    """Return a row with what it was before; null where it is not known, or not told."""
    before = record_of(change.before) if change.before else None
    record: Record = record_of(change.now) if change.now else dict.fromkeys(ROW_FIELDS)
    record |= {NAMES.get(key, key): value for key, value in change.keys.items()}
    record |= {f"{name}_before": before[name] if before else None for name in _BEFORE}
    if before:
        record = with_one_currency(record, before, "_before")
    if source != LOG:
        record |= {"previews": None, "previews_before": None}
    return record | _visits_change(change.visits) | _rate_change(change.rate)


def _visits_change(ratio: Ratio | None) -> Record:
    def share(value: float | None) -> str | None:
        return None if value is None else f"{value - 1:.4f}"

    return {
        "visits_change": share(ratio.ratio) if ratio else None,
        "visits_change_low": share(ratio.low) if ratio else None,
        "visits_change_high": share(ratio.high) if ratio else None,
        "visits_beyond_chance": ratio.is_beyond_chance if ratio else None,
    }


def _rate_change(found: Difference | None) -> Record:
    return {
        "rate_change": f"{found.difference:.4f}" if found else None,
        "rate_change_low": f"{found.low:.4f}" if found else None,
        "rate_change_high": f"{found.high:.4f}" if found else None,
        "rate_beyond_chance": found.is_beyond_chance if found else None,
    }


def about_changes(console: Console, changes: Changes, keys: Sequence[str]) -> Iterator[str]:
    """Yield the changes for people: a table of visits, then the conversion rates."""
    from utmforge.output.table import table_lines

    saved = changes.saved
    yield f'beside "{safe(saved.name)}": {saved.since} to {saved.until}'
    header = [*(NAMES.get(key, key).replace("_id", "") for key in keys), "visits", "before"]
    header += ["a day", "95 % range", ""]
    cells = [[*_names(change, keys), *_cells(change, changes)] for change in changes.rows]
    if cells:
        size = len(keys)
        right = {size, size + 1, size + 2}
        yield from table_lines(header, cells, color=console.colored(console.stdout), right=right)
    for change in changes.rows:
        if change.rate and change.now and change.before:
            yield _about_rate(change, keys, change.now, change.before, change.rate)


def _names(change: RowChange, keys: Sequence[str]) -> list[str]:
    return [change.keys[key] or "-" for key in keys]


def _cells(change: RowChange, changes: Changes) -> list[str]:
    now = change.now.visits if change.now else None
    before = change.before.visits if change.before else None
    counts = [number_cell(now), number_cell(before)]
    ratio = change.visits
    if ratio is None:
        return [*counts, "-", "-", _why_unknown(change, changes)]
    middle = "-" if ratio.ratio is None else _percent(ratio.ratio)
    high = "…" if ratio.high is None else _percent(ratio.high)
    return [*counts, middle, f"{_percent(ratio.low)} to {high}", _verdict(ratio)]


def _why_unknown(change: RowChange, changes: Changes) -> str:
    if change.now is None:
        return "few visitors now" if changes.hides_now else "only before"
    if change.before is None:
        return "few visitors before" if changes.hides_before else "only now"
    return "too few to say"


def _percent(ratio: float) -> str:
    return f"{round((ratio - 1) * 100):+,}%"


def _verdict(found: Ratio | Difference) -> str:
    return "more than chance" if found.is_beyond_chance else "may be chance"


def _about_rate(
    change: RowChange, keys: Sequence[str], now: Row, before: Row, found: Difference
) -> str:
    rates = [(row.converted or 0) / (row.visits or 1) * 100 for row in (now, before)]
    return (
        f"{', '.join(_names(change, keys))}: conversion rate {rates[0]:.1f} %, before "
        f"{rates[1]:.1f} %: {found.difference * 100:+.1f} points "
        f"({found.low * 100:+.1f} to {found.high * 100:+.1f}): {_verdict(found)}"
    )


def show_saved(console: Console, saved: Sequence[SavedMeasurement]) -> None:
    """Print which measurements are saved, the latest period last."""
    records: list[Record] = [
        {
            "name": one.name,
            "since": str(one.since),
            "until": str(one.until),
            "by": ",".join(one.by),
            "campaign": one.campaign,
            "source": one.source,
            "rows": len(one.rows),
            "saved_at": one.saved_at,
        }
        for one in sorted(saved, key=lambda one: (one.since, one.until, one.name))
    ]
    show_rows(console, records, fields=SAVED_FIELDS, shown=SAVED_FIELDS[:-1], key="name")
