"""Find the columns of a spreadsheet by their headers, by their contents, or with `--map`."""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import LandingPagesInvalid, Problem, did_you_mean, quoted
from utmforge.files.csv_tables import MORE_CELLS, beyond, column_of_addresses, path_column
from utmforge.files.header_words import HEADER_WORDS, fields_of, plain_header
from utmforge.model import REQUIRED
from utmforge.urls.address import holds_several

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utmforge.files.csv_tables import TableRow

FIELDS = tuple(HEADER_WORDS)
"""The fields that a column can have."""
TAG_COLUMNS = tuple(
    field
    for field in FIELDS
    if field not in {"url", "landing_page", "path", "channel", "issued_at"}
)
"""The fields that are tags."""

_BESIDE_LINKS = ("url", "channel", "issued_at")
_ROWS_LOOKED_AT = 50
_ADDRESS = re.compile(r"https?://\S|(?:[\w-]+\.)+[a-z]{2,}[/?]\S", re.IGNORECASE)
_SPACE = re.compile(r"\s")


class Columns(NamedTuple):
    """Where each field stands."""

    places: Mapping[str, int]
    """The column of each field, from 0."""
    header: tuple[str, ...]
    """The names of the columns; `column 1` … if the table has none."""
    tagged: tuple[int, ...] = ()
    """Other columns with tagged addresses."""
    compared: Mapping[str, int] = MappingProxyType({})
    """Columns of tags beside tagged addresses, which are only compared with them, by field."""

    @property
    def taken(self) -> dict[str, str]:
        """The header used for each field."""
        return {field: self.header[at] for field, at in self.places.items()}

    @property
    def compared_with(self) -> dict[str, str]:
        """The header of each tag that is only compared with the addresses."""
        return {field: self.header[at] for field, at in self.compared.items()}

    def as_compared(self) -> Columns:
        """Return the columns of a sheet whose addresses have all their tags themselves."""
        taken = {field: at for field, at in self.places.items() if field not in TAG_COLUMNS}
        compared = {field: at for field, at in self.places.items() if field in TAG_COLUMNS}
        return self._replace(places=taken, compared={**self.compared, **compared})

    @property
    def unused(self) -> tuple[str, ...]:
        """The headers of the columns that are not used."""
        used = {*self.places.values(), *self.tagged, *self.compared.values()}
        return tuple(cell for at, cell in enumerate(self.header) if cell and at not in used)

    @property
    def also_tagged(self) -> tuple[str, ...]:
        """The headers of other columns with tagged addresses."""
        return tuple(self.header[at] for at in self.tagged)


def columns_of(
    header: Sequence[str], body: Sequence[TableRow], mapping: Mapping[str, str], where: str
) -> Columns:
    """Find the columns of a spreadsheet.

    Args:
        header: The names of the columns. Empty: the table has none.
        body: The rows below it.
        mapping: Fields and the headers they are under, if that cannot be guessed.
        where: The header's place, for messages.

    Raises:
        LandingPagesInvalid: There is no column of addresses, or not every tag has one.
    """
    if not header:
        width = max((len(row.cells) for row in body), default=0)
        header = [f"column {number}" for number in range(1, width + 1)]
    places = fields_of(header, _mapped(header, mapping, where))
    tagged = _tagged_columns(header, body)
    chosen = places.get("url") if "url" in mapping else _links_column(tagged, places)
    if chosen is not None:
        places = {field: at for field, at in places.items() if at != chosen or field == "url"}
        places["url"] = chosen
    elif "url" in places:
        page = places.pop("url")
        places.setdefault("landing_page", page)
    if "url" not in places and "landing_page" not in mapping:
        named = places.get("landing_page")
        page_at = column_of_addresses(body[:_ROWS_LOOKED_AT], len(header), named)
        is_sure = named is not None or _has_tags(places)
        if is_sure and page_at is not None and page_at not in places.values():
            places["landing_page"] = page_at
    pages_at = places.get("landing_page")
    if "url" in places or path_column(body[:_ROWS_LOOKED_AT], pages_at, places.get("path")) is None:
        places.pop("path", None)
    if "issued_at" in places.keys() - mapping.keys() and not _has_days(body, places["issued_at"]):
        del places["issued_at"]
    if body:
        _refuse_too_few(places, header, body, where)
    if "url" not in places:
        return Columns(places, tuple(header))
    others = tuple(sorted(tagged.keys() - {places["url"], pages_at}))
    places = {field: at for field, at in places.items() if field in (*_BESIDE_LINKS, *TAG_COLUMNS)}
    return Columns(places, tuple(header), others).as_compared()


def _has_days(body: Sequence[TableRow], column: int) -> bool:
    """Tell whether a column has days; one called `published_on` may have the names of sites."""
    cells = [cell for row in body[:_ROWS_LOOKED_AT] for cell in row.cells[column : column + 1]]
    return any(char.isdecimal() for cell in cells for char in cell) or not any(cells)


def _mapped(header: Sequence[str], mapping: Mapping[str, str], where: str) -> dict[str, int]:
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
                        or f"the columns are {', '.join(quoted(cell, 40) for cell in header[:8])}",
                    )
                ]
            )
        columns[field] = names.index(plain_header(asked))
    return columns


def _tagged_columns(header: Sequence[str], body: Sequence[TableRow]) -> Counter[int]:
    """Return in how many of the first rows each column holds a tagged address."""
    return Counter(
        at
        for row in body[:_ROWS_LOOKED_AT]
        for at, cell in enumerate(row.cells[: len(header)])
        if _ADDRESS.match(cell)
        and "utm_" in cell.lower()
        and (not _SPACE.search(cell) or holds_several(cell))
    )


def _links_column(tagged: Counter[int], places: Mapping[str, int]) -> int | None:
    """Return the column of the published links; None: no column has tagged addresses.

    A column with such a header comes first. Landing pages with old tags do not count if other
    columns have the tags.
    """
    if places.get("url") in tagged:
        return places["url"]
    counted = Counter(tagged)
    if _has_tags(places):
        counted.pop(places.get("landing_page", -1), None)
    return counted.most_common(1)[0][0] if counted else None


def _has_tags(places: Mapping[str, int]) -> bool:
    return all(name in places for name in REQUIRED)


def _refuse_too_few(
    places: Mapping[str, int], header: Sequence[str], body: Sequence[TableRow], where: str
) -> None:
    missing = [name for name in REQUIRED if name not in places]
    if "url" in places or ("landing_page" in places and not missing):
        return
    longer = next((row for row in body if beyond(row.cells, len(header))), None)
    if longer and "utm_" in "".join(longer.cells).lower():  # a tag is in a cell of its own
        raise LandingPagesInvalid(
            [Problem(MORE_CELLS, f"{where.rpartition(':')[0]}:{longer.line}")]
        )
    named = places.get("landing_page")
    if column_of_addresses(body[:_ROWS_LOOKED_AT], len(header), named) is not None:
        message = f"no column holds tagged addresses, and none holds {' or '.join(missing)}"
        wanted = missing[0]
    else:
        message, wanted = "no column holds addresses", "url"
    shown = ", ".join(quoted(cell, 40) for cell in header[:8])
    hint = f"name it: --map {wanted}=COLUMN; the columns are {shown}"
    raise LandingPagesInvalid([Problem(message, where, hint=hint)])
