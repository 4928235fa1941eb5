"""Two sources side by side, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.escaping import safe
from utmforge.output.measurement_records import FIELDS as ROW_FIELDS
from utmforge.output.measurement_records import NAMES, record_in, with_one_currency
from utmforge.output.measurement_table import number_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utmforge.measure.beside import Beside, BesideRow
    from utmforge.measure.result import Measurement
    from utmforge.output.console import Console
    from utmforge.output.rows import Row as Record

_OTHER = ("visits", "visitors", "conversions", "value")
FIELDS = (*(f"{name}_beside" for name in _OTHER), "visits_difference", "visits_share")
"""What machines get of a row beside another; described in docs/reference/measure.md."""


def beside_json(found: Beside, keys: Sequence[str], measurement: Measurement) -> dict[str, object]:
    """Return the second source for the JSON answer."""
    other = found.other
    records = [beside_record(row, measurement, other) for row in found.rows]
    return {
        "source": other.source,
        "files": [{"name": one.name, "format": one.format} for one in other.reading.formats],
        "period": {
            "since": None if other.since is None else str(other.since),
            "until": None if other.until is None else str(other.until),
            "timezone": other.zone,
        },
        "rows": [
            {name: record.get(name) for name in (*keys, "visits", *FIELDS)} for record in records
        ],
        "reasons": [one.sentence for one in found.reasons],
        "method": list(other.method),
    }


def records_beside(measurement: Measurement, found: Beside) -> list[Record]:
    """Return all rows with what the second source has, then those that only it has."""
    left = {tuple(row.keys.values()): row for row in found.rows}
    records: list[Record] = []
    for row in measurement.rows:
        other = None if row.suppressed else left.pop(tuple(row.keys.values()), None)
        records.append(
            beside_record(other, measurement, found.other)
            if other
            else record_in(measurement, row) | dict.fromkeys(FIELDS)
        )
    rest = (beside_record(row, measurement, found.other) for row in left.values())
    return [*records, *rest]


def beside_record(row: BesideRow, measurement: Measurement, other: Measurement) -> Record:
    """Return a row with what the second source has; null where it is not known."""
    record: Record = record_in(measurement, row.one) if row.one else dict.fromkeys(ROW_FIELDS)
    found = record_in(other, row.other) if row.other else None
    record |= {NAMES.get(key, key): value for key, value in row.keys.items()}
    record |= {f"{name}_beside": found[name] if found else None for name in _OTHER}
    if found:
        record = with_one_currency(record, found, "_beside")
    return record | {
        "visits_difference": row.difference,
        "visits_share": None if row.share is None else f"{row.share:.4f}",
    }


def about_beside(console: Console, measurement: Measurement, found: Beside) -> Iterator[str]:
    """Yield the two sources for people: a table of visits, then why they usually differ."""
    from utmforge.output.table import table_lines

    other = found.other
    yield f"visits beside {other.source}, {other.reading.formats[0].name}:"
    keys = measurement.by
    header = [NAMES.get(key, key).replace("_id", "") for key in keys]
    header += [measurement.source, other.source, "difference", ""]
    cells = [[*(row.keys[key] or "-" for key in keys), *_cells(row)] for row in found.rows]
    if cells:
        size = len(keys)
        right = range(size, size + 4)
        yield from table_lines(header, cells, color=console.colored(console.stdout), right=right)
    yield from (safe(one.sentence) for one in found.reasons)


def _cells(row: BesideRow) -> list[str]:
    one = row.one.visits if row.one else None
    other = row.other.visits if row.other else None
    difference = "-" if row.difference is None else f"{row.difference:+,}"
    share = "" if row.share is None else f"{row.share:+.0%}"
    return [number_cell(one), number_cell(other), difference, share]
