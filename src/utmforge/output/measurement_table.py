"""The table of what came back, for people: a line for each row, with a small bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.result import LOG
from utmforge.output.escaping import safe
from utmforge.output.measurement_records import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utmforge.measure.money.amounts import Amount
    from utmforge.measure.result import Measurement, Row
    from utmforge.output.console import Console

_BAR = 6
_GAP = 2
"""Spaces between columns."""
WIDTH = 80
_EIGHTHS = "▏▎▍▌▋▊▉█"


def table_of(console: Console, measurement: Measurement) -> Iterator[str]:
    """Yield the rows; what has several channels stands once, above them."""
    from utmforge.output.table import table_lines, width_of

    rows = measurement.rows
    is_grouped = measurement.by[0] == "campaign" and len(measurement.by) > 1
    keys = measurement.by[1:] if is_grouped else measurement.by
    indent = "  " if is_grouped else ""
    columns = [_Column(NAMES.get(key, key).replace("_id", ""), is_text=True) for key in keys]
    has_previews = measurement.source == LOG
    columns += list(_columns(rows))[0 if has_previews else 1 :]
    cells: list[list[str]] = []
    headings: dict[int, str] = {}
    last: object = ...
    for row in rows:
        if is_grouped and row.keys["campaign"] != last:
            last = row.keys["campaign"]
            headings[len(cells)] = row.keys["campaign"] or ("others" if row.suppressed else "-")
        names = [_key_cell(row, key, is_first=at == 0) for at, key in enumerate(keys)]
        cells.append(names + _number_cells(row, rows)[0 if has_previews else 1 :])
    header = [column.title for column in columns]
    width = min(WIDTH, console.width) if console.to_terminal else WIDTH
    needed = len(indent) + width_of([header, *cells]) - _GAP
    if console.to_terminal and needed > console.width:
        yield from _stacked(console, header, cells, headings, keys=len(keys))
        return
    bar = min(_BAR, width - needed - _GAP)
    if bar > 1:
        at = header.index("visits") + 1
        columns.insert(at, _Column("", is_text=True))
        header.insert(at, "")
        most = max((row.visits or 0 for row in rows), default=0)
        for row, line in zip(rows, cells, strict=True):
            line.insert(at, _bar(row.visits or 0, most, bar))
    right = {at for at, column in enumerate(columns) if not column.is_text}
    lines = table_lines(header, cells, color=console.colored(console.stdout), right=right)
    yield indent + lines[0]
    for number, text in enumerate(lines[1:]):
        if number in headings:
            yield safe(headings[number])
        yield indent + text


def _stacked(
    console: Console,
    header: Sequence[str],
    cells: Sequence[Sequence[str]],
    headings: Mapping[int, str],
    *,
    keys: int,
) -> Iterator[str]:
    """Yield the rows for a terminal too narrow for a table: the counts below what they are of.

    Args:
        console: The terminal.
        header: The titles of all columns.
        cells: The rows.
        headings: What stands above a row, by its number.
        keys: How many of the columns say what a row is of.
    """
    indent = "  " if headings else ""
    for number, row in enumerate(cells):
        if number in headings:
            yield safe(headings[number])
        yield indent + "  ".join(safe(cell) for cell in row[:keys] if cell)
        counts = zip(header[keys:], row[keys:], strict=True)
        told = ", ".join(f"{title} {cell}" for title, cell in counts if cell != "-")
        yield console.folded(f"{indent}  {told}", console.stdout, len(indent) + 2)


class _Column(NamedTuple):
    title: str
    is_text: bool = False


def _columns(rows: Sequence[Row]) -> Iterator[_Column]:
    yield _Column("previews")
    yield _Column("visits")
    yield _Column("visitors")
    yield _Column("conv.")
    currency = _only_currency(rows)
    unit = f" {currency}" if currency else ""
    if any(row.value for row in rows):
        yield _Column(f"value{unit}")
    if any(row.cost for row in rows):
        yield _Column(f"cost{unit}")
    if any(row.returns and row.returns.roi for row in rows):
        yield _Column("ROI")


def _key_cell(row: Row, key: str, *, is_first: bool) -> str:
    if row.suppressed:
        return f"({row.pooled} with few)" if is_first else ""
    return row.keys[key] or "-"


def _number_cells(row: Row, rows: Sequence[Row]) -> list[str]:
    cells = [
        number_cell(row.previews),
        number_cell(row.visits),
        number_cell(row.visitors),
        number_cell(row.conversions),
    ]
    is_one = _only_currency(rows) is not None
    if any(one.value for one in rows):
        cells.append(_money(row.value, with_currency=not is_one))
    if any(one.cost for one in rows):
        cells.append(_money(row.cost, with_currency=not is_one))
    if any(one.returns and one.returns.roi for one in rows):
        roi = row.returns.roi if row.returns else None
        cells.append("-" if roi is None else f"{float(roi):+.0%}")
    return cells


def _only_currency(rows: Sequence[Row]) -> str | None:
    """Return the currency of all amounts. None: there are several."""
    amounts = [amount for row in rows for amount in (row.value, row.cost) if amount]
    currencies = {amount.currency for amount in amounts}
    return currencies.pop() if len(currencies) == 1 else None


def _money(amount: Amount | None, *, with_currency: bool) -> str:
    if amount is None:
        return "-"
    named = with_currency and amount.currency
    return f"{amount.value:,}" + (f" {amount.currency}" if named else "")


def number_cell(value: int | None) -> str:
    """Return a count; `-` stands for one that is not shown."""
    return "-" if value is None else f"{value:,}"


def _bar(value: int, most: int, width: int) -> str:
    """Return a bar of at most so many characters, drawn to an eighth of one."""
    eighths = round(value * width * 8 / most) if most else 0
    whole, rest = divmod(max(eighths, 1 if value else 0), 8)
    return "█" * whole + (_EIGHTHS[rest - 1] if rest else "")
