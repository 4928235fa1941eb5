"""Named facts in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.files.spreadsheet_cells import escape_formula
from utmforge.output.console import Console, dumps
from utmforge.output.escaping import markdown_cell, safe
from utmforge.output.formats import Format
from utmforge.output.rows import show_rows
from utmforge.texts import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping


def show_facts(console: Console, facts: Mapping[str, str | int | bool | None]) -> None:
    """Print facts, one per line; names come before the values in a table, and above them in CSV.

    If `--columns` names some of them, they are a row.

    Raises:
        MissingInput: A column of `--columns` is not among them.
    """
    if console.columns:
        show_rows(
            console, [dict(facts)], fields=tuple(facts), shown=tuple(facts), key=next(iter(facts))
        )
        return
    texts = {name: _text(value) for name, value in facts.items()}
    match console.format:
        case Format.JSON:
            console.answer(dict(facts))
        case Format.JSONL:
            console.write(dumps(dict(facts), indent=None) + "\n")
        case Format.CSV:
            rows = [
                list(facts),
                ["" if value is None else _cell(value) for value in facts.values()],
            ]
            between = console.delimiter
            quoted = ([_quoted(cell, between) for cell in row] for row in rows)
            console.write("".join(between.join(row) + "\n" for row in quoted))
        case Format.MARKDOWN:
            rows = [["fact", "value"], ["---", "---"]]
            rows += [[name, markdown_cell(text)] for name, text in texts.items()]
            console.write("".join(f"| {' | '.join(row)} |\n" for row in rows))
        case _:
            width = max(map(len, texts))
            lines = (fact_line(console, name, text, width) for name, text in texts.items())
            console.write("".join(f"{line}\n" for line in lines))


def fact_line(console: Console, name: str, text: str, width: int) -> str:
    """Return a fact as a line: its name, then its value.

    On a terminal that is too narrow the value is broken between words and goes on below its
    beginning; an address or a path that does not fit begins a line of its own.

    Args:
        console: Where it is shown.
        name: Its name.
        text: Its value.
        width: The width of the names.
    """
    text = safe(text)
    start = f"{name:<{width}}  "
    if not console.to_terminal or len(start) + len(text) <= console.width:
        return start + text
    if " " not in text:
        return f"{start.rstrip()}\n{text}"
    return console.folded(start + text, console.stdout, len(start))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(value)


def _cell(value: object) -> str:
    return escape_formula(escaped(str(value)))


def _quoted(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & {delimiter, *'"\n\r'} else cell
