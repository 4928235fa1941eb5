"""Everything in a registry as a file, and back: CSV, JSON lines, TOML; nothing is lost.

What commands did (`utmforge undo --list`) stays where it was done; `registry backup` copies it too.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from enum import StrEnum
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import LandingPagesInvalid, OutputFileError, Problem, quoted
from utmforge.files.csv_tables import MAX_CELL, open_table
from utmforge.files.spreadsheet_cells import escape_formula, restore_formula
from utmforge.model import LINK_FIELDS
from utmforge.registry.events import Contradiction, contradictions
from utmforge.registry.interchange.git_sync import Content, collected, lines
from utmforge.registry.interchange.records import event_record, link_record

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
    """What an import did."""

    came: int
    """Links that the registry did not have."""
    known: int
    """Links that it had."""
    events: int
    """Events, such as retirements, that it did not have."""
    contradictions: tuple[Contradiction, ...] = ()
    """What came in and differs from another entry of the same change."""


def exported(registry: Registry, kind: FileFormat) -> Iterator[str]:
    """Yield a registry's text piece by piece.

    Raises:
        RegistryError: It cannot be read.
    """
    events = list(registry.events.all())  # first: whatever is issued meanwhile, each has its link
    links = registry.links()
    match kind:
        case FileFormat.JSONL:
            yield from lines(links, events)
        case FileFormat.TOML:
            yield from _toml(links, events)
        case FileFormat.CSV:
            yield from _csv(links, events)


def _toml(links: Iterable[TaggedLink], events: Iterable[Event]) -> Iterator[str]:
    import tomli_w

    for name, records in (
        ("links", map(link_record, links)),
        ("events", map(event_record, events)),
    ):
        for record in records:
            table = {key: value for key, value in record.items() if value is not None}
            yield tomli_w.dumps({name: [table]}) + "\n"


def _csv(links: Iterable[TaggedLink], events: Iterable[Event]) -> Iterator[str]:
    histories = {
        name: json.dumps([event_record(event) for event in some])
        for name, some in groupby(events, lambda event: event.link_id)
    }
    yield _row([*LINK_FIELDS, HISTORY])
    for link in links:
        cells = [*link_record(link).values(), histories.get(link.id)]
        yield _row([escape_formula(cell or "") for cell in cells])


def _row(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def format_of(path: PurePath, text: str) -> FileFormat:
    """Tell how a file is written, by its name or by its first letters."""
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
        LandingPagesInvalid: Records are not as utmforge writes them; all of those are named.
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
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OutputFileError(f"{quoted(name)} is not TOML: {error}") from None
    for kind in ("links", "events"):
        found = tables.get(kind, [])
        for number, record in enumerate(found if isinstance(found, list) else [found], 1):
            yield f"{name}: {kind}[{number}]", record


def _read_csv(text: str, name: str) -> Content | None:
    """Read an export, also one that a spreadsheet has saved again; None: it is not one."""
    table = open_table(io.StringIO(text, newline=""))
    if not set(LINK_FIELDS[:3]) | {"issued_at"} <= set(table.header):
        return None
    csv.field_size_limit(MAX_CELL)
    lines = islice(io.StringIO(text, newline=""), table.header_line - 1, None)
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
        try:
            events = json.loads(history) if history else []
        except (ValueError, RecursionError):
            raise LandingPagesInvalid([Problem("the history is not JSON", where)]) from None
        yield from ((where, event) for event in events)


def take_in(registry: Registry, content: Content, *, about: str, dry_run: bool = False) -> Imported:
    """Put the links and events of a file into a registry: all or none.

    A link that is there keeps its day.

    Raises:
        LandingPagesInvalid: An event is of a link that is nowhere.
        RegistryError: They could not be kept.
    """
    known = registry.queries.known(list(content.links))
    ids = list(dict.fromkeys(event.link_id for event in content.events))
    there = registry.queries.known([name for name in ids if name not in content.links])
    for name in ids:
        if name not in content.links and name not in there:
            problem = f"an event of link {quoted(name, 20)}, which is not there"
            raise LandingPagesInvalid([Problem(problem, about)])
    came = len(content.links) - len(known)
    had = {event for events in registry.events.of(ids).values() for event in events}
    news = content.events.keys() - had
    new = {(event.link_id, event.change_id) for event in news}
    found = contradictions([*had, *news])
    came_in = tuple(one for one in found if (one.link_id, one.change_id) in new)
    if dry_run:
        return Imported(came, len(known), len(news), came_in)
    links, events = registry.restore(content.links.values(), content.events, about=about)
    return Imported(links, len(content.links) - links, events, came_in)
