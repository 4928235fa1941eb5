"""Read links from a spreadsheet: find the columns, and make a link of each row.

Links were published as they are written there, so their tags are taken letter for letter, whatever
the naming convention is today. Columns are found by their names or, for the address, by their
contents; `--map` names them if that is not enough.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from utmforge.documents.cells import address_in_cell
from utmforge.errors import BadLandingPage, BadTag, LandingPagesInvalid, Problem, UtmforgeError
from utmforge.files.csv_tables import (
    MORE_CELLS,
    NotCsv,
    TableRow,
    beyond,
    open_table,
    whole_address,
)
from utmforge.model import PARAMETERS, REQUIRED, TaggedLink
from utmforge.registry.interchange.spreadsheet_columns import Columns, columns_of
from utmforge.registry.interchange.spreadsheet_dates import date_format_of, day_in
from utmforge.texts import MAX_CHANNEL, refuse_unfit
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import read_landing_page, read_tags, strip_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utmforge.files.csv_tables import Table
    from utmforge.model import Tags


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
        name: How messages call it.
        mapping: Fields and the headers they are under, where that cannot be guessed.
        now: The day of links without one.
        date_format: As in `strptime`. None: it is guessed.

    Raises:
        LandingPagesInvalid: The header cannot be used.
    """
    table, body = _read_rows(text, name)
    columns = columns_of(table.header, body, mapping, f"{name}:{table.header_line or 1}")
    # Without a header, nothing tells a comma in an address from one between cells.
    width = len(columns.header) if table.header or mapping or table.separator != "," else 1
    if date_format is None and (at := columns.places.get("issued_at")) is not None:
        date_format = date_format_of(row.cells[at] for row in body if len(row.cells) > at)
    links: dict[str, TaggedLink] = {}
    places: dict[str, str] = {}
    problems = []
    rewritten = 0
    for line, row in body:
        cells = {field: row[at] for field, at in columns.places.items() if at < len(row)}
        if not any(cells.values()):
            continue
        try:
            if beyond(row, width):
                raise _too_long(table)
            link = _link(cells, now, date_format)
        except UtmforgeError as error:
            problems.append(Problem(error.message, f"{name}:{line}", hint=error.hint))
            continue
        if link.id not in links:
            rewritten += bool(cells.get("url")) and cells["url"] != link.url
            links[link.id] = link
            places[link.id] = f"{name}:{line}"
    return Spreadsheet(tuple(links.values()), columns, tuple(problems), rewritten, places)


def _read_rows(text: str, name: str) -> tuple[Table, list[TableRow]]:
    table = open_table(io.StringIO(text, newline=""))
    try:
        rows = [TableRow(line, [*map(address_in_cell, cells)]) for line, cells in table.rows()]
    except NotCsv as error:
        problem = Problem(f"not valid CSV: {error}", f"{name}:{error.line}")
        raise LandingPagesInvalid([problem]) from None
    return table, rows


def _too_long(table: Table) -> UtmforgeError:
    """Return why a row with more cells than columns is not a link."""
    if table.header:
        return BadLandingPage(MORE_CELLS)
    return BadLandingPage(
        "the line has a comma, and the file has no header",
        hint="add a header, such as url,channel, and write an address with a comma in quotes",
    )


def _link(cells: Mapping[str, str], now: datetime, dates: str | None) -> TaggedLink:
    page = whole_address(cells.get("landing_page", ""), cells.get("path", ""))
    address = cells.get("url") or page
    if not address:
        raise BadLandingPage("the row has no address")
    tags = read_tags(address)
    if not cells.get("url"):
        tags = _with_columns(tags, cells)
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


def _with_columns(tags: Tags, cells: Mapping[str, str]) -> Tags:
    """Return the tags of a landing page with those in the columns beside it."""
    given = {
        name: cells[column]
        for name in PARAMETERS
        if (column := "utm_id" if name == "id" else name) in cells and cells[column]
    }
    if any(getattr(tags, name) not in {None, "", value} for name, value in given.items()):
        raise BadTag(
            "the address has other tags than the columns beside it",
            hint="say which column was handed out: --map url=COLUMN",
        )
    return tags._replace(**given)
