"""Landing pages in bulk: one address a line, or CSV with headers; read as they come.

Rows come in batches. A batch with a bad row is refused whole, with all its problems.
"""

from __future__ import annotations

import csv
import re
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TextIO

from utmforge.channels import CHANNELS
from utmforge.errors import LandingPagesInvalid, Problem, UtmforgeError, did_you_mean, quoted
from utmforge.issuing.requests import LinkRequest, TagSet, links_to, tag_sets
from utmforge.privacy.issue_gate import refuse_private
from utmforge.urls.merge_tags import MERGE_TAG

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterable, Iterator

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.model import TaggedLink

BATCH = 10_000
"""Rows that are issued together."""

_MORE_CELLS = 'the row has more cells than the header: write what holds the separator "in quotes"'
_LONGEST_CELL = 131_072  # characters; no address is
_SPACE = re.compile(r"\s")
_SUSPECT = re.compile(r"[\s,;]")
_OTHER_NAMES = ("url", "urls", "link", "page", "address", "landing", "website", "destination")
_LISTS = {"channel": "channels", "content": "contents"}
COLUMNS = (
    "landing_page",
    *_LISTS,
    *(name for name in LinkRequest._fields if name not in _LISTS.values()),
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


def read_rows(text: TextIO, name: str, request: LinkRequest) -> tuple[Iterator[Row], list[str]]:
    """Return the rows, read as they are asked for, and notes about columns left out.

    Args:
        text: The addresses or the CSV, line ends untouched.
        name: How messages call it.
        request: What holds for rows that do not say otherwise.

    Raises:
        LandingPagesInvalid: The header of a CSV cannot be used.
    """
    first, at = _first_line(text)
    if "\0" in first:
        problem = Problem(
            "the text is UTF-16, not UTF-8", f"{name}:1", hint="save it again as UTF-8"
        )
        raise LandingPagesInvalid([problem])
    delimiter = max(",;\t", key=first.count)
    header = _header(first, delimiter)
    if "landing_page" not in header:
        _refuse_other_header(header, f"{name}:{at}")
        return _plain_rows(chain([first], text), name, request, at), []
    notes = _check_header(header, f"{name}:{at}")
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True)
    return _csv_rows(reader, header, name, request, at), notes


def _first_line(text: TextIO) -> tuple[str, int]:
    """Return the first line that says something, and its number."""
    for number, line in enumerate(text, 1):
        begun = line.strip().strip('"').lower()
        if begun and not begun.startswith(("#", "sep=")):  # sep= is Excel's own first line
            return line, number
    return "", 1


def _header(line: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:  # far too long for a header
        return []
    names = [re.sub(r"[ -]+", "_", cell.strip().lower()) for cell in cells]
    names = ["landing_page" if name == "landingpage" else name for name in names]
    if "utm_id" in names:  # `id` is the link's own then, as in what `list --format csv` writes
        names = ["link_id" if name == "id" else name for name in names]
    return [name.removeprefix("utm_") for name in names]


def _refuse_other_header(header: list[str], where: str) -> None:
    """Refuse a first line that is a header, though not of landing pages."""
    named = next((column for column in header if column in _OTHER_NAMES), None)
    if named or len(set(header) & set(COLUMNS)) > 1:
        hint = f"rename {quoted(named)} to landing_page" if named else "add it"
        raise LandingPagesInvalid([Problem("the header has no landing_page", where, hint=hint)])


def _check_header(header: list[str], where: str) -> list[str]:
    """Refuse a column that is nearly one of ours; return notes about the others."""
    unknown = [column for column in header if column and column not in COLUMNS]
    for column in unknown:
        if near := did_you_mean(column, COLUMNS, cutoff=0.8):
            raise LandingPagesInvalid(
                [Problem(f"unknown column {quoted(column)}", where, hint=near)]
            )
    for column in set(header):
        if header.count(column) > 1 and column in COLUMNS:
            raise LandingPagesInvalid([Problem(f"column {quoted(column)} is there twice", where)])
    shown = ", ".join(quoted(column, 30) for column in unknown[:8])
    return [f"columns not used: {shown}"] if unknown else []


def _plain_rows(lines: Iterable[str], name: str, request: LinkRequest, first: int) -> Iterator[Row]:
    for number, line in enumerate(lines, first):
        address = line.strip()
        if address[:1] == address[-1:] == '"':  # a column of its own in quotes
            address = address[1:-1]
        if address and not address.startswith("#"):
            yield Row(f"{name}:{number}", address, request, _no_plain_address(address))


def _no_plain_address(address: str) -> str | None:
    """Say why a line cannot be meant as one address."""
    if not _SUSPECT.search(address):
        return None  # as nearly every line
    if _SPACE.search(address) and not MERGE_TAG.search(address):
        return "the line has a space: write one address a line and nothing else"
    if re.split("[,;\t]", address)[-1].strip().lower() in CHANNELS:
        return "the line looks like CSV without a header: begin with landing_page,channel"
    return None


def _csv_rows(
    reader: Reader, header: list[str], name: str, request: LinkRequest, header_line: int
) -> Iterator[Row]:
    while True:
        where = f"{name}:{header_line + reader.line_num + 1}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise LandingPagesInvalid([Problem(f"not valid CSV: {error}", where)]) from None
        if cells is None:
            return
        cells = [cell.strip() for cell in cells]
        values = {column: cell for column, cell in zip(header, cells, strict=False) if cell}
        extra = any(cells[len(header) :])
        if values or extra:
            problem = _MORE_CELLS if extra else None
            page = values.pop("landing_page", "")
            yield Row(where, page, _request(values, request), problem)


def _request(values: dict[str, str], request: LinkRequest) -> LinkRequest:
    known = {column: value for column, value in values.items() if column in COLUMNS}
    lists = {
        field: tuple(part.strip() for part in known.pop(column).split(",") if part.strip())
        for column, field in _LISTS.items()
        if column in known
    }
    return request._replace(**known, **lists) if known or lists else request  # type: ignore[arg-type] # by name


def batches(
    rows: Iterator[Row], file: CampaignFile, *, allow_private: bool = False
) -> Iterator[tuple[list[TaggedLink], list[str]]]:
    """Yield the links of each batch of rows, and notes said once.

    Raises:
        LandingPagesInvalid: Rows of a batch cannot be tagged; all of them are listed.
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
