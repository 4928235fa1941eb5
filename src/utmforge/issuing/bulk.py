"""Landing pages in bulk: one address per line, or CSV with headers, read row by row.

Rows come in batches. A batch with an invalid row is refused, and all its problems are listed.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from utmforge.bounded_cache import BoundedCache
from utmforge.documents.address_list import (
    SEVERAL,
    heading_of,
    is_address_list,
    read_address_list,
)
from utmforge.errors import LandingPagesInvalid, Problem, UtmforgeError, did_you_mean, quoted
from utmforge.files.csv_tables import (
    MORE_CELLS,
    NotCsv,
    beyond,
    column_of_addresses,
    open_table,
    path_column,
    refuse_page,
    whole_address,
)
from utmforge.files.header_words import fields_of, is_header_word, known_header
from utmforge.files.spreadsheet_cells import CORRECT_IT, formula_error
from utmforge.issuing.fast_path.plain_links import PlainLinks
from utmforge.issuing.page_gate import faults_of, refuse_faulty_page
from utmforge.issuing.requests import LinkRequest, TagSet, links_to, tag_sets
from utmforge.model import SINGLE_TAGS
from utmforge.privacy.find import find_private
from utmforge.privacy.issue_gate import refuse_private, refuse_private_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.files.csv_tables import Table
    from utmforge.model import TaggedLink

BATCH = 10_000
"""Rows that are issued together."""

_SKIP = "--skip-errors leaves such rows out"
_MAX_CELL = 131_072  # characters; no address is longer
_ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)
_MAX_SHOWN = 8  # columns in a message
_LISTS = {"channel": "channels", "content": "contents"}
COLUMNS = (
    "landing_page",
    *_LISTS,
    "campaign",
    *SINGLE_TAGS,
)
"""The headers that a CSV may have; only `landing_page` is required."""


class Row(NamedTuple):
    """One landing page and the tags for it."""

    where: str
    """`file:line`."""
    landing_page: str
    """The address as written."""
    request: LinkRequest
    """The row's own tags override those of the command."""
    problem: str | None = None
    """Why the row cannot be read. None: it can."""
    hint: str | None = None
    """The next step, if the problem does not say it."""


def read_rows(
    lines: Iterable[str], name: str, request: LinkRequest
) -> tuple[Iterator[Row], list[str]]:
    """Return the rows, read as they are needed, and notes about columns that are not used.

    Args:
        lines: The addresses or the CSV, line ends untouched.
        name: The name of the input in messages.
        request: The values for rows that have none of their own.

    Raises:
        LandingPagesInvalid: The header of a CSV cannot be used.
        UnreadableInput: It is a web page.
    """
    table = open_table(lines)
    refuse_page("".join(table.sample[:5]), name)
    where = f"{name}:{table.header_line}"
    if not table.has_header or is_address_list(table):
        heading = heading_of(table.sample)
        notes = []
        if heading:
            text = table.sample[heading - 1].strip()
            notes = [f"{name}:{heading}: {quoted(text)} is read as a heading"]
        return _plain_rows(table.lines, heading, name, request), notes
    columns = _columns(table.header)
    notes = []
    named = columns.get("landing_page")
    if named is not None and named != column_of_addresses(
        table.first_rows, len(table.header), named
    ):
        del columns["landing_page"]
    if "landing_page" not in columns:
        columns["landing_page"] = at = _page_column(table, columns, where)
        notes = [f"landing pages from column {quoted(table.header[at], 30)}"]
    if path_column(table.first_rows, columns["landing_page"], columns.get("path")) is None:
        columns.pop("path", None)
    notes += _check_header(table.header, columns, where)
    return _csv_rows(table, columns, name, request), notes


def _page_column(table: Table, columns: Mapping[str, int], where: str) -> int:
    """Return the first column that holds addresses.

    Raises:
        LandingPagesInvalid: There is none.
    """
    for row in table.first_rows:
        for at, cell in enumerate(row.cells[: len(table.header)]):
            if _ADDRESS.match(cell):
                return at
    if columns:
        problem = Problem("the header has no landing_page column", where, hint="add it")
    else:
        shown = ", ".join(quoted(cell, 20) for cell in table.header[:_MAX_SHOWN] if cell)
        hint = f"call it landing_page; the columns are {shown}"
        problem = Problem("no column holds addresses", where, hint=hint)
    raise LandingPagesInvalid([problem])


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Return the index of each column of `COLUMNS` and of `path`, by its name.

    A column `id` is utm_id, unless there is a column utm_id; then `id` is the link's own id.
    """
    found = fields_of(header)
    page = found.pop("url", None)
    if "landing_page" not in found and page is not None:
        found["landing_page"] = page
    names = [known_header(cell) for cell in header]
    if "utm_id" in found:
        found["id"] = found.pop("utm_id")
    elif "id" in names:
        found["id"] = names.index("id")
    return {field: at for field, at in found.items() if field in {*COLUMNS, "path"}}


def _check_header(header: Sequence[str], columns: Mapping[str, int], where: str) -> list[str]:
    """Refuse a column whose name is almost one of `COLUMNS`; return notes about the others."""
    names = [known_header(cell) for cell in header]
    unused = [at for at, cell in enumerate(header) if cell and at not in columns.values()]
    for at in unused:
        name = names[at].removeprefix("utm_")
        near = did_you_mean(name, COLUMNS, cutoff=0.8)
        if near and not is_header_word(name) and name != "id":
            raise LandingPagesInvalid(
                [Problem(f"unknown column {quoted(header[at])}", where, hint=near)]
            )
    for at in columns.values():
        if names.count(names[at]) > 1:
            raise LandingPagesInvalid(
                [Problem(f"column {quoted(header[at])} appears twice", where)]
            )
    shown = ", ".join(quoted(header[at], 30) for at in unused[:_MAX_SHOWN])
    return [f"columns not used: {shown}"] if unused else []


def _plain_rows(
    lines: Iterable[str], heading: int, name: str, request: LinkRequest
) -> Iterator[Row]:
    for one in read_address_list(lines, heading):
        line, address, problem = one
        hint = problem and one.hint
        yield Row(f"{name}:{line}", address, request, problem, hint)


def _csv_rows(
    table: Table, columns: Mapping[str, int], name: str, request: LinkRequest
) -> Iterator[Row]:
    try:
        for line, cells in table.rows(max_cell=_MAX_CELL):
            values = {field: cells[at] for field, at in columns.items() if at < len(cells)}
            values = {field: cell for field, cell in values.items() if cell}
            extra = beyond(cells, len(table.header))
            if any(cells):
                address = _address(values.pop("landing_page", ""))
                page = whole_address(address, values.pop("path", ""))
                where = f"{name}:{line}"
                if failed := formula_error(values):
                    yield Row(where, page, request, failed, CORRECT_IT)
                    continue
                problem = MORE_CELLS if extra else _several(page)
                yield Row(where, page, _request(values, request), problem)
    except NotCsv as error:
        problems = [Problem(f"not valid CSV: {error}", f"{name}:{error.line}")]
        raise LandingPagesInvalid(problems) from None


def _address(cell: str) -> str:
    """Return the address of a cell; most cells are one."""
    if not cell or cell[:8].lower().startswith(("https://", "http://")):
        return cell
    from utmforge.documents.cells import address_in_cell

    return address_in_cell(cell)


def _several(page: str) -> str | None:
    """Return the problem of a cell with several addresses."""
    if page.find("://") == page.rfind("://"):
        return None
    from utmforge.urls.address import holds_several

    return SEVERAL if holds_several(page) else None


def _request(values: dict[str, str], request: LinkRequest) -> LinkRequest:
    """Return the request with a row's own values."""
    if not values:
        return request
    lists = {
        field: tuple(part.strip() for part in values.pop(column).split(",") if part.strip())
        for column, field in _LISTS.items()
        if column in values
    }
    return request.with_tags(**values)._replace(**lists)  # type: ignore[arg-type] # by name


class Batch(NamedTuple):
    """The links of some rows."""

    links: list[TaggedLink]
    """In the order of the rows."""
    notes: list[str]
    """Notes about what was changed or added, each once."""
    skipped: list[Problem]
    """The rows that were left out, and why."""


class _RowLinks:
    """Makes the links of rows; what rows with the same request share is made once."""

    def __init__(self, file: CampaignFile, *, allow_private: bool) -> None:
        self._file = file
        self._allow_private = allow_private
        self._prepared = BoundedCache[LinkRequest, tuple[list[TagSet], list[str], PlainLinks]](
            BATCH
        )
        self._last: LinkRequest | None = None

    def of(self, row: Row) -> tuple[list[TaggedLink], list[str]]:
        """Return the links of a row, which have passed the gates, and notes about them.

        Raises:
            UtmforgeError: They cannot be issued.
        """
        if row.request is not self._last:
            self._sets, self._notes, self._plain = self._made(row.request)
            self._last = row.request
        if made := self._plain.to(row.landing_page):
            return made, self._notes
        made, notes = links_to(row.landing_page, self._sets)
        page = made[0].landing_page  # of all of them
        if faults_of(page):
            refuse_faulty_page(page, allow_personal=self._allow_private)
        if find_private(page):
            refuse_private(made, allow_personal=self._allow_private)
        return made, notes

    def end_batch(self) -> None:
        """Let the gates know which pages need no further look."""
        for *_, plain in self._prepared.values():
            plain.end_batch()

    def _made(self, request: LinkRequest) -> tuple[list[TagSet], list[str], PlainLinks]:
        if request not in self._prepared:
            sets = tag_sets(request, self._file)
            for one in sets:
                refuse_private_tags(one.tags, allow_personal=self._allow_private)
            notes = list(dict.fromkeys(note for one in sets for note in one.notes))
            self._prepared[request] = sets, notes, PlainLinks(sets)
        return self._prepared[request]


def batches(
    rows: Iterator[Row],
    file: CampaignFile,
    *,
    allow_private: bool = False,
    skip_errors: bool = False,
) -> Iterator[Batch]:
    """Yield the links of each batch of rows.

    Args:
        rows: As `read_rows` returns them.
        file: The campaign file.
        allow_private: Accept personal data in links; secrets are still refused.
        skip_errors: Leave out rows that cannot be issued, instead of refusing their batch.

    Raises:
        LandingPagesInvalid: Rows of a batch cannot be issued; all of them are listed.
    """
    of_rows = _RowLinks(file, allow_private=allow_private)
    noted: set[str] = set()
    while batch := list(islice(rows, BATCH)):
        links: list[TaggedLink] = []
        notes: list[str] = []
        problems: list[Problem] = []
        for row in batch:
            if row.problem:
                problems.append(Problem(row.problem, row.where, hint=row.hint))
                continue
            try:
                made, remarks = of_rows.of(row)
            except UtmforgeError as error:
                problems.append(Problem(error.message, row.where, hint=error.hint))
                continue
            links += made
            if remarks:
                notes += (note for note in remarks if note not in noted)
                noted.update(remarks)
        if problems and not skip_errors:
            problems[-1] = problems[-1]._replace(hint=problems[-1].hint or _SKIP)
            raise LandingPagesInvalid(problems)
        of_rows.end_batch()
        yield Batch(links, notes, problems)
