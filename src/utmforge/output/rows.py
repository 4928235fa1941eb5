"""Rows of named values in every format."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from utmforge.errors import MissingInput, did_you_mean, quoted
from utmforge.files.spreadsheet_cells import escape_formula
from utmforge.output.console import Console, dumps
from utmforge.output.escaping import markdown_cell, safe
from utmforge.output.formats import Format
from utmforge.texts import escaped

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

Row = dict[str, str | int | bool | None]


def show_rows(
    console: Console,
    rows: Sequence[Row],
    *,
    fields: Sequence[str],
    shown: Sequence[str],
    key: str,
    titles: Mapping[str, str] = MappingProxyType({}),
    numbers: Collection[str] = (),
) -> None:
    """Print rows; of the columns, those that `--columns` names.

    Args:
        console: Where they are written.
        rows: The rows; each has all the `fields`.
        fields: The columns of machine-readable formats.
        shown: The columns of a table.
        key: The column that is printed in a pipe, one value per line.
        titles: Headers of a table that differ from the column's name.
        numbers: The columns of decimal numbers, which Excel wants as the locale writes them.

    Raises:
        MissingInput: A column of `--columns` is not in this answer.
    """
    if console.columns:
        refuse_other_columns(console.columns, fields)
        fields = shown = console.columns
        key = fields[0]
        rows = [{name: row[name] for name in fields} for row in rows]
    match console.format:
        case Format.JSON:
            console.answer(list(rows))
        case Format.JSONL:
            console.write("".join(dumps(row, indent=None) + "\n" for row in rows))
        case Format.CSV:
            console.write(_csv(console, rows, fields, numbers))
        case Format.URLS:
            console.write("".join(f"{escaped(str(row[key]))}\n" for row in rows))
        case Format.TABLE | Format.MARKDOWN if rows:
            header = [titles.get(name, name) for name in shown]
            cells = [[_cell(row[name]) for name in shown] for row in rows]
            console.write("\n".join(_lines(console, header, cells)) + "\n")
        case _:  # an empty table prints nothing
            pass


def refuse_other_columns(names: Sequence[str], known: Sequence[str]) -> None:
    """Refuse columns that are not there.

    Raises:
        MissingInput: There is no such column.
    """
    for name in names:
        if name not in known:
            near = did_you_mean(name, known)
            hint = f"the columns are {', '.join(known)}"
            raise MissingInput(
                f"there is no column {quoted(name)}",
                hint=f"{near} {hint}" if near else hint,
            )


def _lines(console: Console, header: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    if console.format is Format.MARKDOWN:
        rules = ["---"] * len(header)
        escaped = [[markdown_cell(cell) for cell in row] for row in cells]
        return [f"| {' | '.join(row)} |" for row in (header, rules, *escaped)]
    from utmforge.output.table import table_lines, width_of

    if console.to_terminal and width_of([header, *cells]) > console.width:
        return _stacked(console, header, cells)
    return table_lines(header, cells, color=console.colored(console.stdout))


def _stacked(console: Console, header: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    """Return rows one below the other, for a terminal too narrow for a table: a value a line."""
    width = max(map(len, header))
    lines = []
    for row in cells:
        for name, cell in zip(header, row, strict=True):
            line = f"{name:<{width}}  {safe(cell)}"
            is_sentence = " " in cell.strip()  # an address stays beside its name
            lines += (
                console.folded(line, console.stdout, width + 2).split("\n")
                if is_sentence
                else [line]
            )
        lines.append("")
    return lines[:-1]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value) if value else "-"


def csv_cell(value: object) -> str:
    """Return a cell; a negative number looks like a formula and is none."""
    if value is None:
        return ""
    text = escaped(str(value))
    return text if _NUMBER.fullmatch(text) else escape_formula(text)


def _csv(
    console: Console, rows: Sequence[Row], fields: Sequence[str], numbers: Collection[str]
) -> str:
    import csv
    from io import StringIO

    text = StringIO()
    writer = csv.writer(text, lineterminator="\n", delimiter=console.delimiter)
    writer.writerow(fields)
    for row in rows:
        cells = [csv_cell(row[name]) for name in fields]
        if console.decimal_comma:
            cells = [
                cell.replace(".", ",") if name in numbers else cell
                for name, cell in zip(fields, cells, strict=True)
            ]
        writer.writerow(cells)
    return text.getvalue()
