"""Links in every format. A URL is never cut, wrapped or styled."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from utmforge.errors import StdoutFailed
from utmforge.files.spreadsheet_cells import escape_formula
from utmforge.model import LINK_FIELDS, NO_NOTE, Note, TaggedLink, link_fields
from utmforge.output.console import Console, dumps
from utmforge.output.escaping import markdown_text, safe
from utmforge.output.formats import Format
from utmforge.texts import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utmforge.analytics.channel_rules import ChannelGroup
    from utmforge.model import Event
    from utmforge.output.rows import Row
    from utmforge.registry.successors import Successor

_FIRST_SHARED = LINK_FIELDS.index("channel")  # id, url and landing page stand before it
# Shown only if their values differ.
_OPTIONAL = ("campaign", "content", "term", "issued_at", "state")

_GROUP_FIELD = "ga4_channel_group"
_GROUP_LABEL = "GA4 group"
GROUP = "GA4 files it under"
"""The header of the column of channel groups."""


def fields(link: TaggedLink) -> dict[str, str | None]:
    """Return a link's fields for machine-readable formats."""
    told = dict(zip(LINK_FIELDS, link_fields(link), strict=True))
    return told | {"pages": link.pages} if link.pages else told


class LinkWriter:
    """Writes links one by one; table, Markdown and JSON are written at the end."""

    def __init__(
        self,
        console: Console,
        *,
        always: Sequence[str] = (),
        with_group: bool = False,
        group_in_data: bool = False,
    ) -> None:
        """Store the options that only tables and Markdown use.

        Args:
            console: Where the links go.
            always: The columns that are shown even if all their values are the same.
            with_group: Also show the channel group that GA4 files each link under, in tables and
                Markdown.
            group_in_data: The same in CSV and JSON.
        """
        self.console = console
        self.always = always
        self.with_group = with_group
        self.group_in_data = group_in_data
        self._kept: list[TaggedLink] = []
        self._notes: dict[str, Note] = {}
        self._has_header = False

    def add(
        self, links: Iterable[TaggedLink], notes: Mapping[str, Note] = MappingProxyType({})
    ) -> None:
        """Write these links, or keep them for the end.

        Args:
            links: The links.
            notes: The notes of those that have one, by id; shown like the group.
        """
        self._notes.update(notes)
        links = [link if link.url.isascii() else self._encodable(link) for link in links]
        match self.console.format:
            case _ if self.console.columns:
                self._kept.extend(links)
            case Format.URLS:
                self._write([link.url for link in links])
            case Format.JSONL:
                self._write([dumps(self._fields(link), indent=None) for link in links])
            case Format.CSV:
                self._write_csv(links)
            case _:
                self._kept.extend(links)

    def close(self) -> None:
        """Write the rest."""
        match self.console.format:
            case _ if self.console.columns:
                from utmforge.output.rows import show_rows

                notes = self._notes
                rows: list[Row] = [
                    dict(column_values(one, notes.get(one.id, NO_NOTE))) for one in self._kept
                ]
                names = self.console.columns
                show_rows(self.console, rows, fields=COLUMNS, shown=names, key=names[0])
            case Format.JSON:
                self.console.answer([self._fields(link) for link in self._kept])
            case Format.TABLE if self._kept:
                self._write(self._table())
            case Format.MARKDOWN if self._kept:
                self._write(self._markdown())
            case Format.CSV:
                self._write_csv(())

    def _fields(self, link: TaggedLink) -> dict[str, str | None]:
        """Return a link as machines read it, with what is only shown where that is asked for."""
        return {**fields(link), **self._asked_for(link)}

    def _asked_for(self, link: TaggedLink) -> dict[str, str | None]:
        """Return the channel group of a link, its author and its note, if they go into data."""
        if not self.group_in_data:
            return {}
        return {_GROUP_FIELD: str(group_of(link)), **self._about(link)}

    def _about(self, link: TaggedLink) -> dict[str, str | None]:
        return about_fields(link, self._notes.get(link.id, NO_NOTE))

    def _encodable(self, link: TaggedLink) -> TaggedLink:
        """Refuse a link that the output's encoding cannot show (a merge tag may not be ASCII)."""
        if self.console.format not in {Format.JSON, Format.JSONL}:
            encoding = self.console.stdout.encoding
            try:
                link.url.encode(encoding)
            except UnicodeEncodeError:
                raise StdoutFailed(
                    f"the output's encoding {encoding} cannot show link {link.id}",
                    hint="set PYTHONIOENCODING=utf-8",
                ) from None
        return link

    def _write(self, lines: Sequence[str]) -> None:
        if lines:
            self.console.write("\n".join(lines) + "\n")

    def _write_csv(self, links: Iterable[TaggedLink]) -> None:
        import csv
        from io import StringIO

        text = StringIO()
        writer = csv.writer(text, lineterminator="\n", delimiter=self.console.delimiter)
        if not self._has_header:
            asked_for = (_GROUP_FIELD, *ABOUT_FIELDS) if self.group_in_data else ()
            writer.writerow([*LINK_FIELDS, *asked_for])
            self._has_header = True
        shared: dict[tuple[object, ...], list[str | None]] = {}  # most links share their tags
        for link in links:
            rest = shared.get(link[3:])
            if rest is None:
                cells = [value and escape_formula(escaped(value)) for value in link_fields(link)]
                rest = shared[link[3:]] = cells[_FIRST_SHARED:]
            more = [
                value and escape_formula(escaped(value)) for value in self._asked_for(link).values()
            ]
            row = [escaped(link.id), escape_formula(link.url), escape_formula(link[2]), *rest]
            writer.writerow([*row, *more])
        self.console.write(text.getvalue())

    def _columns(self) -> tuple[list[str], list[list[str]]]:
        """Return the header and the cells of all columns except the link's."""
        rows = [fields(link) for link in self._kept]
        telling = [
            name
            for name in _OPTIONAL
            if name in self.always or len({row[name] for row in rows}) > 1
        ]
        header = ["channel", *telling, "id"]
        cells = [[_cell(name, row[name]) for name in header] for row in rows]
        if not self.with_group:
            return header, cells
        about = [self._about(link) for link in self._kept] if self.group_in_data else []
        shown = [name for name in ABOUT_FIELDS if any(each[name] for each in about)]
        for row, each in zip(cells, about, strict=False):
            row += [_cell(name, each[name]) for name in shown]
        for row, link in zip(cells, self._kept, strict=True):
            row.append(str(group_of(link)))
        return [*header, *shown, GROUP], cells

    def _table(self) -> list[str]:
        from utmforge.output.table import table_lines, width_of

        header, cells = self._columns()
        color = self.console.colored(self.console.stdout)
        names = ["issued" if name == "issued_at" else name for name in header]
        at = names.index("id")
        whole = [
            [*row[:at], link.url, *row[at:]] for row, link in zip(cells, self._kept, strict=True)
        ]
        names_of_whole = [*names[:at], "link", *names[at:]]
        if width_of([names_of_whole, *whole]) <= self.console.width:
            return table_lines(names_of_whole, whole, color=color)
        if self.console.to_terminal and width_of([names, *cells]) > self.console.width:
            return self._stacked(names, cells)
        first, *lines = table_lines(names, cells, color=color)
        result = [first]
        for line, link in zip(lines, self._kept, strict=True):
            result += [line, safe(link.url), ""]
        return result[:-1]

    def _stacked(self, names: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
        """Return the links one below the other, for a terminal too narrow for a table."""
        from utmforge.output.key_values import fact_line

        width = max(map(len, names))
        bold, plain = (
            ("\x1b[1m", "\x1b[22m") if self.console.colored(self.console.stdout) else ("", "")
        )
        lines = []
        for row, link in zip(cells, self._kept, strict=True):
            for name, cell in zip(names, row, strict=True):
                rest = fact_line(self.console, name, cell, width).removeprefix(name)
                lines.append(f"{bold}{name}{plain}{rest}")
            lines += [safe(link.url), ""]
        return lines[:-1]

    def _markdown(self) -> list[str]:
        header, cells = self._columns()
        lines = [_markdown_row([*header, "link"]), "|" + " --- |" * (len(header) + 1)]
        for row, link in zip(cells, self._kept, strict=True):
            escaped = [markdown_text(cell) for cell in row]
            lines.append(_markdown_row([*escaped, f"<{link.url}>".replace("|", r"\|")]))
        return lines


ABOUT_FIELDS = ("author", "note", "labels")
"""What is known about a link beside the link itself."""


LINK_COLUMNS = (*LINK_FIELDS, _GROUP_FIELD)
"""The columns of links that are being issued."""

COLUMNS = (*LINK_COLUMNS, *ABOUT_FIELDS)
"""The columns that a list of links can have."""


def column_values(link: TaggedLink, note: Note) -> dict[str, str | None]:
    """Return everything that a list can show of a link, by column."""
    told = dict(zip(LINK_FIELDS, link_fields(link), strict=True))
    return {**told, _GROUP_FIELD: str(group_of(link)), **about_fields(link, note)}


def about_fields(link: TaggedLink, note: Note) -> dict[str, str | None]:
    """Return who issued a link, and its note."""
    return dict(
        zip(ABOUT_FIELDS, (link.author, note.text, " ".join(note.labels) or None), strict=True)
    )


def group_of(link: TaggedLink) -> ChannelGroup:
    """Return the channel group that GA4 files a link under."""
    from utmforge.analytics.readings.ga4 import read_by_ga4
    from utmforge.urls.link import Link

    return read_by_ga4(Link(link.url)).group


def _cell(name: str, value: str | None) -> str:
    if name == "issued_at" and value:
        return value[:10]
    return value or "-"


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def show_link(
    console: Console,
    link: TaggedLink,
    events: Sequence[Event] = (),
    successors: Mapping[str, Successor] = MappingProxyType({}),
    note: Note = NO_NOTE,
) -> None:
    """Print one link and what happened to it: in a table, one fact per line."""
    from utmforge.output.history import event_fields, event_line
    from utmforge.output.key_values import fact_line

    if console.format is not Format.TABLE or console.columns:
        writer = LinkWriter(console, with_group=True, group_in_data=True)
        writer.add((link,), {link.id: note})
        if console.format is Format.JSON and not console.columns:
            history = [event_fields(each, successors) for each in events]
            known = {**fields(link), _GROUP_FIELD: str(group_of(link)), **about_fields(link, note)}
            console.answer({**known, "history": history})
        else:
            writer.close()
        return
    known = {**fields(link), **about_fields(link, note)}
    rows = [(name, value) for name, value in known.items() if value]
    at = next((at for at, (name, _) in enumerate(rows) if name == "issued_at"), len(rows))
    rows.insert(at, (_GROUP_LABEL, str(group_of(link))))
    width = max(len(name) for name, _ in rows)
    rows += [(safe(each.at[:10]), event_line(each, successors)) for each in events]
    lines = (fact_line(console, name, value, width) for name, value in rows)
    console.write("".join(f"{line}\n" for line in lines))
