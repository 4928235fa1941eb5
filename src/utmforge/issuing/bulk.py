"""Landing pages in bulk: one address a line, or CSV with headers; read as they come.

Rows come in batches. A batch with a bad row is refused whole, with all its problems.
"""

from __future__ import annotations

import re
from itertools import dropwhile, islice
from typing import TYPE_CHECKING, NamedTuple

from utmforge.channels import CHANNELS
from utmforge.errors import LandingPagesInvalid, Problem, UtmforgeError, did_you_mean, quoted
from utmforge.files.csv_tables import (
    MORE_CELLS,
    NotCsv,
    beyond,
    is_declaration,
    open_table,
    whole_address,
)
from utmforge.files.header_words import fields_of, is_header_word, plain_header
from utmforge.issuing.page_gate import refuse_faulty_pages
from utmforge.issuing.requests import LinkRequest, TagSet, links_to, tag_sets
from utmforge.model import SINGLE_TAGS
from utmforge.privacy.issue_gate import refuse_private
from utmforge.urls.merge_tags import MERGE_TAG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.files.csv_tables import Table
    from utmforge.model import TaggedLink

BATCH = 10_000
"""Rows that are issued together."""

_SKIP = "--skip-errors leaves such rows out"
_MAX_CELL = 131_072  # characters; no address is longer
_SPACE = re.compile(r"\s")
_SUSPECT = re.compile(r"[\s,;]")
_LISTS = {"channel": "channels", "content": "contents"}
COLUMNS = (
    "landing_page",
    *_LISTS,
    "campaign",
    *SINGLE_TAGS,
)
"""The headers a CSV may have; only `landing_page` must be there."""


class Row(NamedTuple):
    """One landing page and what to tag it with."""

    where: str
    """`file:line`."""
    landing_page: str
    """The address as written."""
    request: LinkRequest
    """The row's own tags before the command's."""
    problem: str | None = None
    """Why the row cannot be read. None: it can."""


def read_rows(
    lines: Iterable[str], name: str, request: LinkRequest
) -> tuple[Iterator[Row], list[str]]:
    """Return the rows, read as they are asked for, and notes about columns left out.

    Args:
        lines: The addresses or the CSV, line ends untouched.
        name: How messages call it.
        request: What holds for rows that do not say otherwise.

    Raises:
        LandingPagesInvalid: The header of a CSV cannot be used.
    """
    table = open_table(lines)
    where = f"{name}:{table.header_line}"
    columns = _columns(table.header)
    if "landing_page" not in columns:
        if len(columns) > 1:
            raise LandingPagesInvalid(
                [Problem("the header has no landing_page", where, hint="add it")]
            )
        return _plain_rows(table.lines, name, request), []
    notes = _check_header(table.header, columns, where)
    return _csv_rows(table, columns, name, request), notes


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Return the place of each column of `COLUMNS` and of `path`, by its name.

    A column `id` is utm_id, unless another one is called so; it is the link's own id then.
    """
    found = fields_of(header)
    page = found.pop("url", None)
    if "landing_page" not in found and page is not None:
        found["landing_page"] = page
    names = [plain_header(cell) for cell in header]
    if "utm_id" in found:
        found["id"] = found.pop("utm_id")
    elif "id" in names:
        found["id"] = names.index("id")
    return {field: at for field, at in found.items() if field in {*COLUMNS, "path"}}


def _check_header(header: Sequence[str], columns: Mapping[str, int], where: str) -> list[str]:
    """Refuse a column that is nearly one of `COLUMNS`; return notes about the others."""
    names = [plain_header(cell) for cell in header]
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
                [Problem(f"column {quoted(header[at])} is there twice", where)]
            )
    shown = ", ".join(quoted(header[at], 30) for at in unused[:8])
    return [f"columns not used: {shown}"] if unused else []


def _plain_rows(lines: Iterable[str], name: str, request: LinkRequest) -> Iterator[Row]:
    numbered = dropwhile(
        lambda one: not one[1].strip() or is_declaration(one[1]), enumerate(lines, 1)
    )
    for number, line in numbered:
        address = line.strip()
        if address[:1] == address[-1:] == '"':  # a column of its own in quotes
            address = address[1:-1]
        if address and not address.startswith("#"):
            yield Row(f"{name}:{number}", address, request, _why_not_one_address(address))


def _why_not_one_address(address: str) -> str | None:
    """Say why a line cannot be meant as one address."""
    if not _SUSPECT.search(address):
        return None  # as nearly every line
    if _SPACE.search(address) and not MERGE_TAG.search(address):
        return "the line has a space: write one address a line and nothing else"
    if re.split("[,;\t]", address)[-1].strip().lower() in CHANNELS:
        return "the line looks like CSV without a header: begin with landing_page,channel"
    return None


def _csv_rows(
    table: Table, columns: Mapping[str, int], name: str, request: LinkRequest
) -> Iterator[Row]:
    try:
        for line, cells in table.rows(max_cell=_MAX_CELL):
            values = {field: cells[at] for field, at in columns.items() if at < len(cells)}
            values = {field: cell for field, cell in values.items() if cell}
            extra = beyond(cells, len(table.header))
            if any(cells):
                page = whole_address(values.pop("landing_page", ""), values.pop("path", ""))
                problem = MORE_CELLS if extra else None
                yield Row(f"{name}:{line}", page, _request(values, request), problem)
    except NotCsv as error:
        problems = [Problem(f"not valid CSV: {error}", f"{name}:{error.line}")]
        raise LandingPagesInvalid(problems) from None


def _request(values: dict[str, str], request: LinkRequest) -> LinkRequest:
    """Return what is asked for with a row's own values, each under its field."""
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
    """What was changed or added, each said once."""
    skipped: list[Problem]
    """The rows that were left out, and why."""


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
    sets: dict[LinkRequest, list[TagSet]] = {}
    said: set[str] = set()
    while batch := list(islice(rows, BATCH)):
        links: list[TaggedLink] = []
        notes: list[str] = []
        problems: list[Problem] = []
        for row in batch:
            if row.problem:
                problems.append(Problem(row.problem, row.where))
                continue
            try:
                if row.request not in sets:
                    sets[row.request] = tag_sets(row.request, file)
                made, remarks = links_to(row.landing_page, sets[row.request])
                refuse_private(made, allow_personal=allow_private)
                refuse_faulty_pages(made, allow_personal=allow_private)
            except UtmforgeError as error:
                problems.append(Problem(error.message, row.where, hint=error.hint))
                continue
            links += made
            notes += [note for note in remarks if note not in said and not said.add(note)]  # type: ignore[func-returns-value]
        if problems and not skip_errors:
            problems[-1] = problems[-1]._replace(hint=problems[-1].hint or _SKIP)
            raise LandingPagesInvalid(problems)
        if len(sets) > BATCH:
            sets.clear()
        yield Batch(links, notes, problems)
