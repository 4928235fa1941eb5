"""Find links in the cells of CSV, and tags in separate columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utmforge.documents.base import WEB, Located, Span, is_link
from utmforge.documents.entities import in_attribute
from utmforge.documents.places import Lines
from utmforge.documents.running_text import addresses_in
from utmforge.files.csv_tables import open_table, table_lines, whole_address
from utmforge.files.header_words import fields_of, known_header
from utmforge.files.spreadsheet_cells import restore_formula
from utmforge.model import PARAMETERS
from utmforge.texts import is_utf8
from utmforge.urls.address import holds_several
from utmforge.urls.quoting import encoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_TAGS = ("source", "medium", "campaign")
_ENOUGH = 2
"""How many columns named like tags count as tags even if none is called `utm_…`."""
_AROUND = " \t\r\n\f\v\u00a0\u200b\u200e\u200f\u2060\ufeff"


# `https//shop.example/?utm_source=…`, `localhost:8000/?utm_source=…`: one address, mistyped or not.
_MEANT = re.compile(r"[\w.:/\\\[\]()-]+[/?#&][^\s]*utm_[a-z_]+=\S+", re.IGNORECASE)


# `/login?next=https://shop.example/`: the page's own address, and another in a parameter.
_IN_A_PARAMETER = re.compile(r"[^\s?#]*[?#]\S*//")


class _Cell(NamedTuple):
    """One cell."""

    raw: str
    """As written, without the quotes around it."""
    start: int
    """Where that begins in the text."""

    @property
    def value(self) -> str:
        """What a spreadsheet shows."""
        return restore_formula(self.raw.replace('""', '"').strip(_AROUND))


# `<…>`, `[words](…)`, `=HYPERLINK("…";"words")` in any language, `<a href="…">words</a>`, and an
# address in brackets or quotes, alone in a cell.
_WRAPPED = re.compile(
    r"<([^<>\s]+)>|!?\[[^][]*\]\(\s*<?([^\s<>]+?)>?(?:\s+[\"'(][^\"']*[\"')])?\s*\)"
    r"|[=+]\s*@?[^\W\d][\w.]*\(\s*\"([^\"]+)\"\s*(?:[;,].*)?\)"
    r"|<a\s[^<>]*?href=[\"']?([^\"'\s>]+).*</a>|\((\S+)\)|[\"“„«]\s*([^\s\"]+?)\s*[\"”“»]",
    re.IGNORECASE | re.DOTALL,
)


def address_in_cell(text: str) -> str:
    """Return the address if a cell contains nothing else; any other cell unchanged.

    >>> address_in_cell('=HYPERLINK("https://shop.example/?a=1","Shop")')
    'https://shop.example/?a=1'
    """
    bare = text.strip(_AROUND).removeprefix("'")
    match = _WRAPPED.fullmatch(bare)
    if match is None:
        return bare if is_link(bare) else text
    url = next(group for group in match.groups() if group is not None)
    url = in_attribute(url) if match[4] is not None else url
    return url if is_link(url) else text


def first_address_in_cell(text: str) -> str:
    """Return the first address in a cell; a cell without one unchanged.

    >>> first_address_in_cell("Spring: https://shop.example/?a=1.")
    'https://shop.example/?a=1'
    >>> first_address_in_cell("/login?next=https://shop.example/?a=1")
    '/login?next=https://shop.example/?a=1'
    """
    address = address_in_cell(text)
    if address[:8].lower().startswith(WEB) or "//" not in address or _IN_A_PARAMETER.match(address):
        return address
    return next((one.url for one in addresses_in(address)), address)


def in_csv(text: str) -> Iterator[Located]:
    """Yield the links of a table, row by row.

    A cell that begins with an address is one address; in any other the addresses are searched, so
    that formulas, Markdown and several lines are read too. A row whose tags have columns of their
    own has one link, made of them and its landing page.
    """
    table = open_table(table_lines(text))
    fields = fields_of(table.header)
    pages = _pages(table.header, fields)
    tags = _tag_columns(table.header, fields)
    lines = Lines(text)
    for row in _rows(text, table.separator):
        if row[0].raw.startswith("#") and not any(cell.raw.strip() for cell in row[1:]):
            continue
        found = [
            one._replace(is_page=at in pages)
            for at, cell in enumerate(row)
            for one in _in_cell(cell, lines)
        ]
        made = None
        if tags and not any("utm_" in one.url for one in found):
            is_below = lines.place(row[0].start)[0] > table.header_line
            made = _made(row, fields, tags, lines) if is_below else None
        yield from found if made is None else (made,)


def _pages(header: Sequence[str], fields: Mapping[str, int]) -> frozenset[int]:
    """Return the columns of landing pages."""
    from utmforge.files.header_words import HEADER_WORDS

    known = HEADER_WORDS["landing_page"]
    named = {at for at, cell in enumerate(header) if known_header(cell) in known}
    return frozenset(named - {fields.get("url")})


def _tag_columns(header: Sequence[str], fields: Mapping[str, int]) -> dict[str, int]:
    """Return the columns of tags, by field; empty if the names may mean something else."""
    columns = {field: fields[field] for field in _fields() if field in fields}
    named = [known_header(header[at]).startswith("utm_") for at in columns.values()]
    if any(named) or sum(field in columns for field in _TAGS) >= _ENOUGH:
        return columns
    return {}


def _fields() -> tuple[str, ...]:
    return tuple("utm_id" if name == "id" else name for name in PARAMETERS)


def _made(
    row: Sequence[_Cell], fields: Mapping[str, int], tags: Mapping[str, int], lines: Lines
) -> Located | None:
    """Return the link of a row whose tags have columns of their own; None if it has none."""
    values = {field: row[at].value for field, at in fields.items() if at < len(row)}
    field = next((one for one in ("landing_page", "url") if values.get(one)), None)
    given = {name: values[name] for name in tags if values.get(name)}
    if field is None or not given:
        return None
    page = next((one.url for one in addresses_in(values[field])), values[field])
    page, hash_, fragment = whole_address(page, values.get("path", "")).partition("#")
    query = "&".join(
        f"{PARAMETERS[name.removeprefix('utm_')]}={_written(value)}"
        for name, value in given.items()
    )
    url = f"{page}{'&' if '?' in page else '?'}{query}{hash_}{fragment}"
    cell = row[fields[field]]
    line, column = lines.place(cell.start)
    end = cell.start + len(cell.raw)
    return Located(url, line, column, start=cell.start, end=end, is_whole=False)


def _written(value: str) -> str:
    """Return a tag's value as a link has it; a rule reports one that is not UTF-8."""
    return encoded(value) if is_utf8(value) else value


def _in_cell(cell: _Cell, lines: Lines) -> Iterator[Located]:
    raw, begun = cell
    trimmed = raw.strip(_AROUND)
    is_one_line = "\n" not in trimmed and "\r" not in trimmed
    if trimmed[:8].lower().startswith(WEB) and is_one_line and not holds_several(trimmed):
        start = begun + raw.find(trimmed)
        line, column = lines.place(start)
        end = start + len(trimmed)
        yield Located(trimmed.replace('""', '"'), line, column, start=start, end=end)
        return
    if "//" not in raw and "utm_" not in raw:
        return
    is_html = "href" in raw
    spans = [*addresses_in(raw)]
    if not spans and _MEANT.fullmatch(trimmed):  # a rule says what is wrong with it
        start = raw.find(trimmed)
        spans = [Span(trimmed, start, start + len(trimmed))]
    for url, start, end in spans:
        line, column = lines.place(begun + start)
        read = in_attribute(url) if is_html else url
        yield Located(read, line, column, start=begun + start, end=begun + end, is_whole=False)


def _rows(text: str, separator: str) -> Iterator[list[_Cell]]:
    """Yield the rows with at least one cell that is not empty."""
    cell = _pattern(separator)
    row: list[_Cell] = []
    at = 0
    while at <= len(text):
        match = cell.match(text, at)
        if match is None:  # there is always a match
            return
        row.append(_cell_of(match))
        at = match.end()
        if match[4] != separator:
            if any(one.raw for one in row):
                yield row
            row = []
            if not match[4]:
                return


def _cell_of(match: re.Match[str]) -> _Cell:
    """Return a cell; one with text after its closing quote is taken as it is written."""
    if match[1] is None:
        return _Cell(match[3], match.start(3))
    if match[2].strip():
        begun = match.start(1) - 1
        return _Cell(match.string[begun : match.end(2)], begun)
    return _Cell(match[1], match.start(1))


def _pattern(separator: str) -> re.Pattern[str]:
    """Return what matches a cell and what ends it; an unfinished quote goes on to the end."""
    one = re.escape(separator)
    blank = " " if separator == "\t" else r"[ \t]"
    return re.compile(
        rf'(?:{blank}*"([^"]*(?:""[^"]*)*)(?:"|\Z)([^{one}\r\n]*)|([^{one}\r\n]*))'
        rf"({one}|\r\n|\r|\n|\Z)"
    )


def rows_to_leave(text: str) -> frozenset[int]:
    """Return the lines of a CSV to leave unchanged, because a cell may not end where it seems to.

    A cell that began on an earlier line has more text than this line shows. A row with more cells
    than the header contains a delimiter outside quotes.
    """
    table = open_table(table_lines(text))
    lines = Lines(text)
    columns = len(table.header)
    left: set[int] = set()
    for row in _rows(text, table.separator):
        first, _ = lines.place(row[0].start)
        last, _ = lines.place(row[-1].start + len(row[-1].raw))
        columns = columns or len(row)
        if last > first or len(row) > columns:
            left.update(range(first, last + 1))
    return frozenset(left)
