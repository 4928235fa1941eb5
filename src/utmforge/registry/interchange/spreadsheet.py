"""Links that people kept in a spreadsheet: which column is what, and each row a link.

A link was given out as it is written there: its tags are taken letter for letter, whatever the
naming convention says today. Columns are found by their names or, for the address, by what is in
them; `--map` says it where that is not enough.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import (
    BadLandingPage,
    BadTag,
    LandingPagesInvalid,
    Problem,
    UtmforgeError,
    did_you_mean,
    quoted,
)
from utmforge.files.spreadsheet_cells import delimiter_of, plain_header, restore_formula
from utmforge.model import PARAMETERS, REQUIRED, TaggedLink
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import read_landing_page, read_tags, strip_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What people call these columns: our own compilation of headers of common templates, lower case,
# words joined by `_`; English, French, German, Spanish.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "url": (
        *("url", "tagged_url", "tagged_link", "utm_url", "utm_link", "full_url", "final_url"),
        *("generated_url", "generated_link", "campaign_url", "campaign_link", "tracking_url"),
        *("tracking_link", "tracked_url", "complete_url", "link", "links", "lien", "lien_utm"),
        *("lien_final", "url_finale", "kampagnen_url", "enlace", "url_final", "long_url"),
    ),
    "landing_page": (
        *("landing_page", "landingpage", "landing_page_url", "website_url", "website", "page"),
        *("base_url", "destination", "destination_url", "target_url", "original_url", "page_url"),
        *("page_de_destination", "zielseite", "ziel_url", "pagina_de_destino"),
    ),
    "channel": ("channel", "canal", "kanal", "placement_channel"),
    "issued_at": (
        *("issued_at", "issued", "date", "created", "created_at", "created_on", "date_created"),
        *("creation_date", "datum", "erstellt", "fecha", "date_de_creation", "timestamp"),
    ),
    "source": ("source", "campaign_source", "quelle", "fuente", "traffic_source"),
    "medium": ("medium", "campaign_medium", "support", "medio"),
    "campaign": ("campaign", "campaign_name", "campagne", "kampagne", "campana", "nom_de_campagne"),
    "term": ("term", "campaign_term", "keyword", "keywords", "mot_cle"),
    "content": ("content", "campaign_content", "ad_content", "contenu", "inhalt", "contenido"),
    "utm_id": ("utm_id", "campaign_id"),
    "source_platform": ("source_platform",),
    "creative_format": ("creative_format",),
    "marketing_tactic": ("marketing_tactic",),
}
FIELDS = tuple(_NAMES)
"""What a column can be."""

_ROWS_LOOKED_AT = 50
_LONGEST_CELL = 10_000_000
_EARLIEST_YEAR = 1990  # of a link: the Web's first
_ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y")
_ORDERS = {True: "%d/%m/%Y", False: "%m/%d/%Y"}


class Spreadsheet(NamedTuple):
    """A spreadsheet that was read."""

    links: tuple[TaggedLink, ...]
    """Each link once, in the rows' order, with the day it is said to be issued."""
    columns: Mapping[str, str]
    """Which header was taken for which field."""
    problems: tuple[Problem, ...]
    """The rows that are no links, and why."""
    rewritten: int
    """Links whose tags stood in another order or place than utmforge writes them."""


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
        text: The CSV; separated by commas, semicolons or tabs.
        name: How messages call it.
        mapping: Fields and the headers they are under, where that cannot be guessed.
        now: The day of links without one.
        date_format: As in `strptime`. None: it is guessed.

    Raises:
        LandingPagesInvalid: The header cannot be used.
    """
    rows = _rows(text)
    try:
        header_line, header = next(rows, (1, []))
        body = list(rows)
    except csv.Error as error:
        raise LandingPagesInvalid([Problem(f"not valid CSV: {error}", name)]) from None
    if any(map(_ADDRESS.match, header)):  # there is none: the first row is a link
        body = [(header_line, header), *body]
        header = [f"column {number}" for number, _ in enumerate(header, 1)]
    where = f"{name}:{header_line}"
    columns = _columns(header, body, mapping, where)
    dates = (
        _date_format(
            [row[columns["issued_at"]] for _, row in body if len(row) > columns["issued_at"]]
        )
        if "issued_at" in columns and not date_format
        else date_format
    )
    links: dict[str, TaggedLink] = {}
    problems = []
    rewritten = 0
    for number, row in body:
        cells = {field: row[at].strip() for field, at in columns.items() if at < len(row)}
        if not any(cells.values()):
            continue
        try:
            link = _link(cells, now, dates)
        except UtmforgeError as error:
            problems.append(Problem(error.message, f"{name}:{number}", hint=error.hint))
            continue
        if link.id not in links:
            rewritten += bool(cells.get("url")) and cells["url"] != link.url
            links[link.id] = link
    shown = {field: header[at] for field, at in columns.items()}
    return Spreadsheet(tuple(links.values()), shown, tuple(problems), rewritten)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of rows that are not empty; Excel's `sep=` line tells the separator."""
    text = text.removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(first))
    for row in reader:
        cells = [restore_formula(cell.strip()) for cell in row]
        is_separator = reader.line_num == 1 and first.lower().startswith("sep=")
        if any(cells) and not is_separator:
            yield reader.line_num, cells


def _columns(
    header: list[str], body: list[tuple[int, list[str]]], mapping: Mapping[str, str], where: str
) -> dict[str, int]:
    """Return the place of each field's column.

    Raises:
        LandingPagesInvalid: There is no address or not all tags.
    """
    columns = _mapped(header, mapping, where)
    names = [plain_header(cell) for cell in header]
    for field, known in _NAMES.items():
        wanted = (*known, f"utm_{field}")
        taken = set(columns.values())
        found = (names.index(each) for each in wanted if each in names)
        at = next((at for at in found if at not in taken), None)
        if at is not None:
            columns.setdefault(field, at)
    tagged = _tagged_column(header, body, columns)
    if "url" not in mapping and tagged is not None:
        columns = {field: at for field, at in columns.items() if at != tagged or field == "url"}
        columns["url"] = tagged
    elif "url" not in mapping and "landing_page" not in columns and "url" in columns:
        columns["landing_page"] = columns.pop("url")
    elif "url" not in mapping:
        columns.pop("url", None)
    _refuse_too_few(columns, header, where)
    return columns


def _mapped(header: list[str], mapping: Mapping[str, str], where: str) -> dict[str, int]:
    columns = {}
    for field, asked in mapping.items():
        names = [plain_header(cell) for cell in header]
        if plain_header(asked) not in names:
            raise LandingPagesInvalid(
                [
                    Problem(
                        f"there is no column {quoted(asked)}",
                        where,
                        hint=did_you_mean(asked, header)
                        or f"the columns are {', '.join(quoted(cell, 20) for cell in header[:8])}",
                    )
                ]
            )
        columns[field] = names.index(plain_header(asked))
    return columns


def _tagged_column(
    header: list[str], body: list[tuple[int, list[str]]], columns: Mapping[str, int]
) -> int | None:
    """Return the column that holds tagged addresses, by what is in the first rows.

    One that is called so comes first. Landing pages that hold old tags are none, where the tags
    stand in columns beside them.
    """
    tagged: Counter[int] = Counter()
    for _, row in body[:_ROWS_LOOKED_AT]:
        for at, cell in enumerate(row[: len(header)]):
            if _ADDRESS.match(cell) and "utm_" in cell.lower():
                tagged[at] += 1
    if columns.get("url") in tagged:
        return columns["url"]
    if all(name in columns for name in REQUIRED):
        tagged.pop(columns.get("landing_page", -1), None)
    return tagged.most_common(1)[0][0] if tagged else None


def _refuse_too_few(columns: Mapping[str, int], header: list[str], where: str) -> None:
    lacking = [name for name in REQUIRED if name not in columns]
    if "url" in columns or ("landing_page" in columns and not lacking):
        return
    shown = ", ".join(quoted(cell, 20) for cell in header[:8])
    if "landing_page" in columns:
        raise LandingPagesInvalid(
            [
                Problem(
                    f"no column holds tagged addresses, and none {' or '.join(lacking)}",
                    where,
                    hint=f"say which it is: --map {lacking[0]}=COLUMN; the columns are {shown}",
                )
            ]
        )
    raise LandingPagesInvalid(
        [
            Problem(
                "no column holds addresses",
                where,
                hint=f"say which it is: --map url=COLUMN; the columns are {shown}",
            )
        ]
    )


def _link(cells: Mapping[str, str], now: datetime, dates: str | None) -> TaggedLink:
    address = cells.get("url") or cells.get("landing_page", "")
    if not address:
        raise BadLandingPage("the row has no address")
    tags = read_tags(address)
    given = {
        name: cells[column]
        for name in PARAMETERS
        if (column := "utm_id" if name == "id" else name) in cells and cells[column]
    }
    if not cells.get("url"):
        if any(getattr(tags, name) not in {None, "", value} for name, value in given.items()):
            raise BadTag(
                "the address has other tags than the columns beside it",
                hint="say which column was handed out: --map url=COLUMN",
            )
        tags = tags._replace(**given)
    lacking = [name for name in REQUIRED if not getattr(tags, name)]
    if lacking:
        raise BadTag(f"the link has no {' and no '.join(lacking)}")
    page = read_landing_page(strip_tags(address))
    url = page.with_tags(tags)
    issued_at = _day(cells.get("issued_at", ""), dates) or now.astimezone(UTC)
    stamp = issued_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return TaggedLink(
        link_id(url), url, page.url, cells.get("channel") or None, tags, stamp, "issued"
    )


def _date_format(cells: list[str]) -> str | None:
    """Tell days first from months first by the days over 12; None where that cannot be told."""
    numbers = [re.match(r"(\d{1,2})/(\d{1,2})/\d{4}", cell.strip()) for cell in cells]
    found = [match for match in numbers if match]
    if any(int(match[1]) > 12 for match in found):  # noqa: PLR2004 - months
        return _ORDERS[True]
    if any(int(match[2]) > 12 for match in found):  # noqa: PLR2004 - months
        return _ORDERS[False]
    return None


def _day(text: str, date_format: str | None) -> datetime | None:
    text = text.strip()
    if not text:
        return None
    found = _read_day(text, date_format)
    if found is None or found.year < _EARLIEST_YEAR:
        raise UtmforgeError(
            f"the day {quoted(text, 30)} can be read in several ways or in none",
            hint="say how it is written, such as --date-format %d/%m/%Y",
        )
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _read_day(text: str, date_format: str | None) -> datetime | None:
    if date_format is None:
        with suppress(ValueError):
            return datetime.fromisoformat(text)
    for each in (*([date_format] if date_format else []), *_DATES):
        for tail in ("", " %H:%M", " %H:%M:%S"):
            with suppress(ValueError):
                return datetime.strptime(text, each + tail)  # noqa: DTZ007 - the caller adds UTC
    return None
