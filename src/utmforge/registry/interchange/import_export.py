"""Export everything in a registry to a file, and import it again: CSV, JSON lines, TOML.

The changes that `utmforge history` lists are not exported; `registry backup` copies them too.
"""

from __future__ import annotations

import csv
import io
import json
import re
from enum import StrEnum
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import LandingPagesInvalid, OutputFileError, Problem, quoted
from utmforge.files.csv_tables import MAX_CELL, open_table, table_lines
from utmforge.files.spreadsheet_cells import escape_formula, restore_formula
from utmforge.files.toml_text import NotToml, parse_toml
from utmforge.model import LINK_FIELDS
from utmforge.registry.events import Contradiction, contradictions, unknown_to
from utmforge.registry.interchange.arrivals import refuse_private_arrivals
from utmforge.registry.interchange.record_lines import Content, collected, lines
from utmforge.registry.interchange.records import (
    AUTHOR,
    PAGES,
    event_record,
    link_record,
    recorded_event,
)
from utmforge.texts import UNFIT_BEYOND_ASCII, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import PurePath

    from utmforge.model import Event, TaggedLink
    from utmforge.registry.store import Registry

HISTORY = "history"
"""The column of a CSV that holds a link's events, as JSON."""


class FileFormat(StrEnum):
    """How a file is written."""

    CSV = "csv"
    JSONL = "jsonl"
    TOML = "toml"


class Imported(NamedTuple):
    """The result of an import."""

    came: int
    """Links that were new to the registry."""
    known: int
    """Links that it already had."""
    events: int
    """New events, such as retirements."""
    contradictions: tuple[Contradiction, ...] = ()
    """New events that contradict another event of the same change."""


def exported(registry: Registry, kind: FileFormat) -> Iterator[str]:
    """Yield a registry's text piece by piece.

    Raises:
        RegistryError: It cannot be read.
    """
    events = list(registry.events.all())  # first, so that each event has its link
    links = registry.links()
    match kind:
        case FileFormat.JSONL:
            yield from lines(links, events)
        case FileFormat.TOML:
            yield from _toml(links, events)
        case FileFormat.CSV:
            yield from _csv(links, events)


def _toml_escape(found: re.Match[str]) -> str:
    """Return the same character as TOML escapes it: it is read as the same text."""
    return f"\\u{ord(found[0]):04x}"


def _toml(links: Iterable[TaggedLink], events: Iterable[Event]) -> Iterator[str]:
    import tomli_w

    for name, records in (
        ("links", map(link_record, links)),
        ("events", map(event_record, events)),
    ):
        for record in records:
            table = {key: value for key, value in record.items() if value is not None}
            yield re.sub(UNFIT_BEYOND_ASCII, _toml_escape, tomli_w.dumps({name: [table]})) + "\n"


def _csv(links: Iterable[TaggedLink], events: Iterable[Event]) -> Iterator[str]:
    histories = {
        name: json.dumps([event_record(event) for event in some])
        for name, some in groupby(events, lambda event: event.link_id)
    }
    fields = (*LINK_FIELDS, AUTHOR, PAGES)
    yield _row([*fields, HISTORY])
    for link in links:
        record = link_record(link)
        cells = [*map(record.get, fields), histories.get(link.id)]
        yield _row([escape_formula(escaped(cell or "")) for cell in cells])


def _row(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def format_of(path: PurePath, text: str) -> FileFormat:
    """Return the format of a file, by its name or by its first characters."""
    suffix = path.suffix.lower().lstrip(".")
    if suffix in {"jsonl", "ndjson", "json"}:
        return FileFormat.JSONL
    if suffix == "toml":
        return FileFormat.TOML
    if suffix not in {"csv", "tsv", "txt"} and text.lstrip()[:1] == "{":
        return FileFormat.JSONL
    if suffix not in {"csv", "tsv", "txt"} and text.lstrip()[:2] == "[[":
        return FileFormat.TOML
    return FileFormat.CSV


def read_export(text: str, kind: FileFormat, name: str) -> Content | None:
    """Read what `exported` wrote; None: it is not one.

    Raises:
        LandingPagesInvalid: Records are not as utmforge writes them; all of them are listed.
        OutputFileError: The file is not TOML.
    """
    match kind:
        case FileFormat.JSONL:
            numbered = enumerate(text.splitlines(), 1)
            return collected(
                (f"{name}:{number}", line) for number, line in numbered if line.strip()
            )
        case FileFormat.TOML:
            return collected(_toml_records(text, name))
        case FileFormat.CSV:
            return _read_csv(text, name)


def _toml_records(text: str, name: str) -> Iterator[tuple[str, object]]:
    try:
        tables = parse_toml(text)
    except NotToml as error:
        reason = error.reason.removeprefix("not valid TOML: ")
        raise OutputFileError(f"{quoted(name)} is not TOML: {reason} (line {error.line})") from None
    for kind in ("links", "events"):
        found = tables.get(kind, [])
        for number, record in enumerate(found if isinstance(found, list) else [found], 1):
            yield f"{name}: {kind}[{number}]", record


def _read_csv(text: str, name: str) -> Content | None:
    """Read an export, also one that a spreadsheet has saved again; None: it is not one."""
    table = open_table(table_lines(text))
    if not set(LINK_FIELDS[:3]) | {"issued_at"} <= set(table.header):
        return None
    csv.field_size_limit(MAX_CELL)
    lines = islice(table_lines(text), table.header_line - 1, None)
    reader = csv.DictReader(lines, delimiter=table.separator)
    try:
        return collected(_csv_records(reader, name, table.header_line - 1))
    except csv.Error as error:
        raise LandingPagesInvalid([Problem(f"not valid CSV: {error}", name)]) from None


def _csv_records(
    reader: csv.DictReader[str], name: str, above: int
) -> Iterator[tuple[str, object]]:
    for row in reader:
        where = f"{name}:{above + reader.line_num}"
        if None in row:
            raise LandingPagesInvalid([Problem("the row has more cells than the header", where)])
        record = {key: restore_formula(value) if value else None for key, value in row.items()}
        if HISTORY not in record and record.get("state") == "retired":
            problem = "the link was retired, and its history is not in this file"
            hint = "write it with utmforge registry export"
            raise LandingPagesInvalid([Problem(problem, where, hint=hint)])
        history = record.pop(HISTORY, None)
        yield where, record
        yield from ((where, event) for event in _history(history, record.get("id"), where))


def _history(cell: str | None, link_id: str | None, where: str) -> list[object]:
    """Return the events in a cell of the column `history`, all of its row's link."""
    try:
        events = json.loads(cell) if cell else []
    except (ValueError, RecursionError):
        raise LandingPagesInvalid([Problem("the history is not JSON", where)]) from None
    if not isinstance(events, list) or not all(
        isinstance(event, dict) and "action" in event and event.get("id") == link_id
        for event in events
    ):
        problem = "the history is not a list of events of this link"
        raise LandingPagesInvalid([Problem(problem, where)])
    return events


def import_content(
    registry: Registry,
    content: Content,
    *,
    about: str,
    allow_private: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Put the links and events of a file into a registry: all or none.

    A link that the registry already has keeps its date.

    Args:
        registry: Where they go.
        content: What the file holds.
        about: The file's name in messages and in the history.
        allow_private: Accept personal data in links; secrets are still refused.
        dry_run: Change nothing.

    Raises:
        LandingPagesInvalid: An event's link is missing, or links are private.
        RegistryError: They could not be saved.
    """
    known = registry.queries.known(list(content.links))
    ids = list(dict.fromkeys(event.link_id for event in content.events))
    there = registry.queries.known([name for name in ids if name not in content.links])
    for name in ids:
        if name not in content.links and name not in there:
            problem = f"an event of link {quoted(name, 20)}, which is missing"
            raise LandingPagesInvalid([Problem(problem, about)])
    fresh = (link for name, link in content.links.items() if name not in known)
    came = len(content.links) - len(known)
    had = {recorded_event(event) for some in registry.events.of(ids).values() for event in some}
    news = unknown_to(content.events, had)
    refuse_private_arrivals(fresh, content.places, events=news, allow_private=allow_private)
    new = {(event.link_id, event.change_id) for event in news}
    found = contradictions([*had, *news])
    came_in = tuple(one for one in found if (one.link_id, one.change_id) in new)
    if dry_run:
        return Imported(came, len(known), len(news), came_in)
    links, events = registry.restore(
        content.links.values(), news, about=about, allow_private=allow_private
    )
    return Imported(links, len(content.links) - links, events, came_in)
