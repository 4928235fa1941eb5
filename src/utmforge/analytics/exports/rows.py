"""One table of a report → its rows, each with tags and a count."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.exports.columns import (
    count_in_header,
    event_column,
    fields_in,
    matomo_label,
    role_of,
    special_columns,
)
from utmforge.analytics.exports.numbers import count_in
from utmforge.analytics.exports.words import REST, TOTALS
from utmforge.files.header_words import plain_header
from utmforge.urls.tagging import read_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utmforge.analytics.exports.tables import Table

REPORT_FIELDS = ("source", "medium", "campaign", "content")
"""The fields that are read from a report."""
MAPPED = (*REPORT_FIELDS, "count", "url")
"""The keys of a `mapping`."""

_LOOKED_AT = 50
_FLAT_LABEL = " - "  # Matomo's, between source, medium and campaign
_FIRST_OF_A_SESSION = ("session_start", "first_visit", "page_view")
"""GA4's events that a session has, the one that it has once first."""


class ReportRow(NamedTuple):
    """One row of a report."""

    line: int
    """Its line in the file, from 1."""
    tags: Mapping[str, str]
    """By field, such as `source`; as the tool recorded them."""
    visits: int
    """The count, in the report's unit."""


class TableRows(NamedTuple):
    """A table that was read."""

    columns: Mapping[str, str]
    """The header used for each field."""
    rows: tuple[ReportRow, ...]
    """Without totals."""
    unit: str
    """What is counted; `rows` without a count."""
    skipped: tuple[int, ...]
    """The lines of rows whose count is not a number."""
    event: str | None = None
    """The event whose rows are counted, where each session has a row for each of its events."""

    def total(self, field: str) -> int:
        """Return the number of visits with a field."""
        return sum(row.visits for row in self.rows if field in row.tags)


def rows_of(table: Table, mapping: Mapping[str, str]) -> TableRows | None:
    """Read a table; None if no column has tags, or one of `mapping` is missing."""
    header = table.header
    names = [plain_header(cell) for cell in header]
    asked = {what: plain_header(column) for what, column in mapping.items()}
    if not set(asked.values()) <= set(names):
        return None
    places = _places(table, names, asked)
    if not places:
        return None
    taken = {place.column for place in places.values()}
    count_at, unit = _count_column(table, asked.get("count"), names)
    event_at = event_column(header)
    event = _one_event(table, event_at)
    is_matomo = matomo_label(header) is not None
    rows = []
    skipped = []
    for line, row in _without_totals(table, taken):
        if event and _cell(row, event_at) != event:
            continue
        if is_matomo and any(_cell(row, at) in REST for at in taken):
            continue
        tags = {field: tag for field, place in places.items() if (tag := place.tag_in(row, field))}
        visits = 1 if count_at is None else count_in(_cell(row, count_at))
        if visits is None:
            skipped.append(line)
        elif tags:
            rows.append(ReportRow(line, tags, visits))
    columns = {field: header[place.column] for field, place in places.items()}
    return TableRows(columns, tuple(rows), unit, tuple(skipped), event)


def _one_event(table: Table, at: int | None) -> str | None:
    """Return the event to count, if there are several: each session has a row for each of them."""
    events = dict.fromkeys(cell for _, row in table.rows if (cell := _cell(row, at)))
    if len(events) <= 1:
        return None
    return next((one for one in _FIRST_OF_A_SESSION if one in events), next(iter(events)))


class _Place(NamedTuple):
    """Where a row has a field."""

    column: int
    part: int | None = 0
    """Which part of a cell that joins several. None: the cell is an address with tags."""
    parts: int = 1

    def tag_in(self, row: Sequence[str], field: str) -> str:
        cell = _cell(row, self.column)
        if self.part is None:
            from utmforge.documents.cells import first_address_in_cell

            page = first_address_in_cell(cell)
            has_page = "?" in page or "://" in page  # else it is a query alone, as ads have it
            return getattr(read_tags(page if has_page else f"?{page}"), field) or ""
        return _parted(cell, self.parts)[self.part]


def _places(table: Table, names: Sequence[str], asked: Mapping[str, str]) -> dict[str, _Place]:
    """Return the place of each field: as asked, by the headers, or by the cells."""
    places: dict[str, _Place] = {}
    for field in REPORT_FIELDS:
        if field in asked:
            for each, place in _asked_places(table, field, names.index(asked[field])).items():
                places.setdefault(each, place)
    taken = {place.column for place in places.values()}
    if "url" not in asked:
        for field, at in fields_in(table.header).items():
            roles = role_of(table.header[at])
            if at not in taken:
                places.setdefault(field, _Place(at, roles.index(field), len(roles)))
    if not places and "url" not in asked and (label := matomo_label(table.header)) is not None:
        places = _parts_of(_label_fields(table, label), label)
    if not places:
        url = names.index(asked["url"]) if "url" in asked else _addresses_at(table)
        places = {} if url is None else {field: _Place(url, None) for field in REPORT_FIELDS}
    return places


def _asked_places(table: Table, field: str, at: int) -> dict[str, _Place]:
    """Return what the column has that was named for a field: more, if its cells join several."""
    roles = role_of(table.header[at])
    if field in roles:
        return _parts_of(roles, at)
    if at == matomo_label(table.header) and field == "campaign":
        return _parts_of(_label_fields(table, at), at)
    return {field: _Place(at)}


def _parts_of(fields: Sequence[str], at: int) -> dict[str, _Place]:
    """Return the places of the fields that a column joins."""
    return {field: _Place(at, part, len(fields)) for part, field in enumerate(fields)}


def _label_fields(table: Table, at: int) -> tuple[str, ...]:
    """Return the fields in the labels of Matomo's table of campaigns, flat or not."""
    labels = [_cell(row, at) for _, row in table.rows]
    is_flat = sum(label.count(_FLAT_LABEL) > 1 for label in labels) * 2 > len(labels)
    return ("source", "medium", "campaign") if is_flat else ("campaign",)


def _parted(cell: str, parts: int) -> list[str]:
    """Split `source / medium` or `source - medium - campaign`; missing parts are empty."""
    pieces = [cell]
    joint = next((one for one in (" / ", _FLAT_LABEL, "/") if one in cell), None)
    if joint and parts > 1:
        is_pair = parts == len(("source", "medium"))  # a source may have the joint, a medium not
        pieces = cell.rsplit(joint, 1) if is_pair else cell.split(joint, parts - 1)
    return [*(piece.strip() for piece in pieces), *[""] * (parts - len(pieces))]


def _addresses_at(table: Table) -> int | None:
    """Return the first column with tagged addresses."""
    for _, row in table.rows[:_LOOKED_AT]:
        for at, cell in enumerate(row[: len(table.header)]):
            if "utm_" in cell.lower() and "=" in cell:
                return at
    return None


def _count_column(table: Table, asked: str | None, names: Sequence[str]) -> tuple[int | None, str]:
    """Return the column of the count and its unit; where no header means a count, rows."""
    if asked:
        return names.index(asked), asked.replace("_", " ")
    return count_in_header(table.header) or (None, "rows")


def _without_totals(table: Table, tagged: set[int]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows to count: no totals, no changes in percent, one audience."""
    range_at, audience_at = special_columns(table.header)
    audience = None
    for line, row in table.rows:
        cells = {_cell(row, at).lower() for at in tagged} | {
            cell.lower() for cell in row[len(table.header) :]
        }
        if cells & TOTALS or "%" in _cell(row, range_at):
            continue
        audience = audience or _cell(row, audience_at)
        if _cell(row, audience_at) == audience:
            yield line, row


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at] if at is not None and at < len(row) else ""
