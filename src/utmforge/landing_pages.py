"""Landing pages in bulk: one address a line, or CSV with headers; read as they come.

Rows come in batches. A batch with a bad row is refused whole, with all its problems.
"""

from __future__ import annotations

import csv
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TextIO

from utmforge.errors import LandingPagesInvalid, Problem, UtmforgeError, did_you_mean, quoted
from utmforge.orders import Order, TagSet, links_to, tag_sets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utmforge.campaigns import CampaignFile
    from utmforge.model import TaggedLink

BATCH = 10_000
"""Rows that are issued together."""

_LISTS = {"channel": "channels", "content": "contents"}
COLUMNS = (
    "landing_page",
    *_LISTS,
    *(name for name in Order._fields if name not in _LISTS.values()),
)
"""The headers a CSV may have; only `landing_page` must be there."""


class Row(NamedTuple):
    """One landing page and what to tag it with."""

    where: str
    """`file:line`."""
    landing_page: str
    """The address as written."""
    order: Order
    """The row's own tags before the command's."""


def read_rows(text: TextIO, name: str, order: Order) -> tuple[Iterator[Row], list[str]]:
    """Return the rows, read as they are asked for, and notes about columns left out.

    Args:
        text: The addresses or the CSV, line ends untouched.
        name: How messages call it.
        order: What holds for rows that do not say otherwise.

    Raises:
        LandingPagesInvalid: The header of a CSV cannot be used.
    """
    first = text.readline()
    delimiter = max(",;\t", key=first.count)
    header = _header(first, delimiter)
    if "landing_page" in header:
        notes = _check_header(header, name)
        return _csv_rows(csv.reader(text, delimiter=delimiter), header, name, order), notes
    return _plain_rows(chain([first], text), name, order), []


def _header(line: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # far too long for a header
        return []
    return [cell.strip().lower().replace(" ", "_") for cell in cells]


def _check_header(header: list[str], name: str) -> list[str]:
    """Refuse a column that is nearly one of ours; return notes about the others."""
    unknown = [column for column in header if column and column not in COLUMNS]
    for column in unknown:
        if near := did_you_mean(column.removeprefix("utm_"), COLUMNS):
            raise LandingPagesInvalid(
                [Problem(f"unknown column {quoted(column)}", f"{name}:1", hint=near)]
            )
    for column in set(header):
        if header.count(column) > 1 and column in COLUMNS:
            raise LandingPagesInvalid(
                [Problem(f"column {quoted(column)} is there twice", f"{name}:1")]
            )
    shown = ", ".join(quoted(column, 30) for column in unknown[:8])
    return [f"columns not used: {shown}"] if unknown else []


def _plain_rows(lines: Iterable[str], name: str, order: Order) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if address := line.strip():
            yield Row(f"{name}:{number}", address, order)


def _csv_rows(
    reader: Iterator[list[str]], header: list[str], name: str, order: Order
) -> Iterator[Row]:
    line = 2
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            where = f"{name}:{line}"
            raise LandingPagesInvalid([Problem(f"not valid CSV: {error}", where)]) from None
        if cells is None:
            return
        values = {
            column: cell.strip()
            for column, cell in zip(header, cells, strict=False)
            if cell.strip()
        }
        if values:
            yield Row(f"{name}:{line}", values.pop("landing_page", ""), _order(values, order))
        line = reader.line_num + 2  # type: ignore[attr-defined] # the header was read before


def _order(values: dict[str, str], order: Order) -> Order:
    known = {column: value for column, value in values.items() if column in COLUMNS}
    lists = {
        field: tuple(part.strip() for part in known.pop(column).split(",") if part.strip())
        for column, field in _LISTS.items()
        if column in known
    }
    return order._replace(**known, **lists) if known or lists else order  # type: ignore[arg-type] # by name


def batches(
    rows: Iterator[Row], file: CampaignFile
) -> Iterator[tuple[list[TaggedLink], list[str]]]:
    """Yield the links of each batch of rows, and notes said once.

    Raises:
        LandingPagesInvalid: Rows of a batch cannot be tagged; all of them are listed.
    """
    sets: dict[Order, list[TagSet]] = {}
    said: set[str] = set()
    while batch := list(islice(rows, BATCH)):
        links: list[TaggedLink] = []
        notes: list[str] = []
        problems: list[Problem] = []
        for row in batch:
            try:
                if row.order not in sets:
                    sets[row.order] = tag_sets(row.order, file)
                made, remarks = links_to(row.landing_page, sets[row.order])
            except UtmforgeError as error:
                problems.append(Problem(error.message, row.where, hint=error.hint))
                continue
            links += made
            notes += [note for note in remarks if note not in said and not said.add(note)]  # type: ignore[func-returns-value]
        if problems:
            raise LandingPagesInvalid(problems)
        if len(sets) > BATCH:
            sets.clear()
        yield links, notes
