"""Read links from a spreadsheet: find the columns, and make a link of each row.

Links were published as they are written there, so their tags are taken letter for letter, whatever
the naming convention is today. Columns are found by their names or, for the address, by their
contents; `--map` names them if that is not enough.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from utmforge.documents.address_list import (
    SEVERAL,
    has_cells,
    heading_of,
    is_address_list,
    read_address_list,
)
from utmforge.documents.cells import address_in_cell
from utmforge.errors import BadLandingPage, BadTag, LandingPagesInvalid, Problem, UtmforgeError
from utmforge.files.csv_tables import (
    MORE_CELLS,
    NotCsv,
    TableRow,
    beyond,
    open_table,
    refuse_page,
    table_lines,
    whole_address,
)
from utmforge.files.spreadsheet_cells import CORRECT_IT, formula_error
from utmforge.model import PARAMETERS, REQUIRED, TaggedLink
from utmforge.registry.interchange.spreadsheet_columns import Columns, columns_of
from utmforge.registry.interchange.spreadsheet_dates import date_format_of, day_in
from utmforge.texts import MAX_CHANNEL, refuse_unfit
from utmforge.urls.address import holds_several
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import read_landing_page, read_tags, strip_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utmforge.files.csv_tables import Table
    from utmforge.model import Tags

REPLACEMENT = "\ufffd"
"""What programs write instead of a character that they could not read."""


class Disagreement(NamedTuple):
    """An address and a column beside it say different things; the address is imported."""

    where: str
    """The row's place."""
    field: str
    """Such as `campaign`, or `path`."""
    column: str
    """What the column says."""
    address: str
    """What the address says; empty: nothing."""


class Spreadsheet(NamedTuple):
    """A spreadsheet that was read."""

    links: tuple[TaggedLink, ...]
    """Each link once, in the order of the rows, with the date in its row."""
    columns: Columns
    """The columns that are used, and those that are not."""
    problems: tuple[Problem, ...]
    """The rows that are not links, and why."""
    rewritten: int
    """Links whose tags stood in another order or place than utmforge writes them."""
    places: Mapping[str, str]
    """Where each link stands, by id."""
    disagreements: tuple[Disagreement, ...] = ()
    """Where an address was imported although a column beside it says something else."""


def read_spreadsheet(
    text: str,
    name: str,
    *,
    mapping: Mapping[str, str],
    now: datetime,
    date_format: str | None = None,
) -> Spreadsheet:
    """Read a CSV of tagged addresses, or of landing pages with their tags.

    Args:
        text: The CSV.
        name: Its name in messages.
        mapping: Fields and the headers they are under, if that cannot be guessed.
        now: The day of links without one.
        date_format: As in `strptime`. None: it is guessed.

    Raises:
        LandingPagesInvalid: The header cannot be used.
        UnreadableInput: It is a web page.
    """
    refuse_page(text, name)
    table = open_table(table_lines(text))
    if not mapping and is_address_list(table) and (table.separator == "," or not has_cells(table)):
        return _read_list(text, name, now)
    return _read_table(table, name, mapping, now, date_format)


def _read_table(
    table: Table, name: str, mapping: Mapping[str, str], now: datetime, date_format: str | None
) -> Spreadsheet:
    body = _rows_of(table, name)
    columns = columns_of(table.header, body, mapping, f"{name}:{table.header_line or 1}")
    if date_format is None and (at := columns.places.get("issued_at")) is not None:
        date_format = date_format_of(row.cells[at] for row in body if len(row.cells) > at)
    links: dict[str, TaggedLink] = {}
    places: dict[str, str] = {}
    problems = []
    disagreements: list[Disagreement] = []
    rewritten = 0
    is_completed = False
    for line, row in body:
        cells = {field: row[at] for field, at in columns.places.items() if at < len(row)}
        if not any(cells.values()):
            continue
        try:
            if beyond(row, len(columns.header)):
                raise BadLandingPage(MORE_CELLS)
            if holds_several(cells.get("url") or cells.get("landing_page", "")):
                raise BadLandingPage(SEVERAL)
            link = _link(cells, now, date_format)
        except UtmforgeError as error:
            problems.append(Problem(error.message, f"{name}:{line}", hint=error.hint))
            continue
        beside = {field: row[at] for field, at in columns.compared.items() if at < len(row)}
        disagreements += _disagreements({**cells, **beside}, link, f"{name}:{line}")
        is_completed |= not cells.get("url") and not _are_complete(read_tags(cells["landing_page"]))
        if link.id not in links:
            rewritten += bool(cells.get("url")) and cells["url"] != link.url
            links[link.id] = link
            places[link.id] = f"{name}:{line}"
    if links and not is_completed:
        columns = columns.as_compared()
    return Spreadsheet(
        tuple(links.values()), columns, tuple(problems), rewritten, places, tuple(disagreements)
    )


def _read_list(text: str, name: str, now: datetime) -> Spreadsheet:
    """Read a list of addresses, one a line."""
    heading = heading_of(table_lines(text))
    links: dict[str, TaggedLink] = {}
    places: dict[str, str] = {}
    problems = []
    rewritten = 0
    for one in read_address_list(table_lines(text), heading):
        where = f"{name}:{one.line}"
        try:
            if one.problem:
                raise BadLandingPage(one.problem, hint=one.hint)
            link = _link({"url": one.address}, now, None)
        except UtmforgeError as error:
            problems.append(Problem(error.message, where, hint=error.hint))
            continue
        if link.id not in links:
            rewritten += one.address != link.url
            links[link.id] = link
            places[link.id] = where
    title = next(islice(table_lines(text), heading - 1, None)).strip() if heading else "column 1"
    columns = Columns({"url": 0}, (title,))
    return Spreadsheet(tuple(links.values()), columns, tuple(problems), rewritten, places)


def _rows_of(table: Table, name: str) -> list[TableRow]:
    try:
        return [TableRow(line, [*map(address_in_cell, cells)]) for line, cells in table.rows()]
    except NotCsv as error:
        problem = Problem(f"not valid CSV: {error}", f"{name}:{error.line}")
        raise LandingPagesInvalid([problem]) from None


def _link(cells: Mapping[str, str], now: datetime, dates: str | None) -> TaggedLink:
    page = whole_address(cells.get("landing_page", ""), cells.get("path", ""))
    address = cells.get("url") or page
    if not address:
        raise BadLandingPage("the row has no address")
    if failed := formula_error(cells):
        raise BadTag(failed, hint=CORRECT_IT)
    tags = read_tags(address)
    if not cells.get("url"):
        tags = _with_columns(tags, cells)
    refuse_replacement(tags)
    missing = [name for name in REQUIRED if not getattr(tags, name)]
    if missing:
        raise BadTag(f"the link has no {' and no '.join(missing)}")
    channel = cells.get("channel") or None
    refuse_unfit("the channel", channel or "", MAX_CHANNEL)
    landing_page = read_landing_page(strip_tags(address))
    url = landing_page.with_tags(tags)
    issued_at = day_in(cells.get("issued_at", ""), dates) or now.astimezone(UTC)
    stamp = issued_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return TaggedLink(link_id(url), url, landing_page.url, channel, tags, stamp, "issued")


def refuse_replacement(tags: Tags) -> None:
    """Refuse tags in which a character was lost before the file came here.

    Raises:
        BadTag: One of them holds U+FFFD, as it is or from percent-encoding that is not UTF-8.
    """
    for field, value in zip(PARAMETERS, tags, strict=True):
        if value and REPLACEMENT in value:
            raise BadTag(
                f"{field} has a character that could not be read (U+FFFD)",
                hint="write it as it was in the link that was sent, in UTF-8",
            )


def _with_columns(tags: Tags, cells: Mapping[str, str]) -> Tags:
    """Return the tags of a landing page, completed by the columns beside it.

    An address with a source, a medium and a campaign is complete, and stays as it is.
    """
    if _are_complete(tags):
        return tags
    given = {
        name: value
        for name, value in _in_columns(cells).items()
        if getattr(tags, name) in {None, ""}
    }
    return tags._replace(**given)


def _are_complete(tags: Tags) -> bool:
    return all(getattr(tags, name) for name in REQUIRED)


def _in_columns(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the tags that columns hold, by field."""
    columns = {name: "utm_id" if name == "id" else name for name in PARAMETERS}
    return {name: cells[at] for name, at in columns.items() if cells.get(at)}


def _disagreements(
    cells: Mapping[str, str], link: TaggedLink, where: str
) -> Iterator[Disagreement]:
    """Yield the columns of a row that contradict its link."""
    for name, value in _in_columns(cells).items():
        if (getattr(link.tags, name) or "") != value:
            yield Disagreement(where, name, value, getattr(link.tags, name) or "")
    page, path = cells.get("landing_page", ""), cells.get("path", "")
    if path and page and whole_address(page, path) == page:
        without_query = re.split("[?#]", page, maxsplit=1)[0]
        if not without_query.rstrip("/").endswith(f"/{path.strip('/')}"):
            yield Disagreement(where, "path", path, page)
