"""What happened to links, and what commands changed, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import counted, quoted
from utmforge.output.formats import Format
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utmforge.model import Change, Event
    from utmforge.output.console import Console
    from utmforge.output.rows import Row
    from utmforge.registry.events import Contradiction
    from utmforge.registry.successors import Successor

CHANGE_FIELDS = ("id", "kind", "at", "about", "links", "undoes", "undone", "author")
_SHOWN = ("id", "at", "kind", "links", "about", "author", "undone")
_MAX_CONTRADICTIONS = 20
_VERBS = {
    "issue": "issued",
    "retire": "retired",
    "undo": "undid",
    "import": "imported",
    "note": "noted",
}


def show_changes(console: Console, changes: Sequence[Change]) -> None:
    """Print changes; in a pipe their ids, one per line."""
    rows: list[Row] = []
    for change in changes:
        row: Row = dict(zip(CHANGE_FIELDS, change, strict=True))
        if console.format in {Format.TABLE, Format.MARKDOWN}:
            row["at"] = change.at[:16].replace("T", " ")
            row["kind"] = f"undo of {change.undoes}" if change.undoes else change.kind
            row["undone"] = "undone" if change.is_undone else ""
        rows.append(row)
    show_rows(console, rows, fields=CHANGE_FIELDS, shown=_SHOWN, key="id")


def answer_change(console: Console, change: Change) -> None:
    """Write one change; in a table and in a pipe, messages say what was done."""
    if console.format is Format.JSON and not console.columns:
        console.answer(dict(zip(CHANGE_FIELDS, change, strict=True)))
    elif console.columns or console.format not in {Format.TABLE, Format.URLS}:
        show_changes(console, [change])


def change_line(change: Change) -> str:
    """Describe a change in words."""
    about = f" for {change.about}" if change.kind == "issue" and change.about else ""
    links = counted(change.links, "link")
    did = _VERBS.get(change.kind) or quoted(change.kind, 20)  # of an edited registry
    return f"{did} {links}{about} on {change.at[:10]}"


def event_fields(event: Event, successors: Mapping[str, Successor]) -> Row:
    """Return an event for machine-readable formats; `successors` are the named links, by id."""
    named = successors.get(event.successor or "")
    return {
        "action": event.action,
        "at": event.at,
        "change": event.change_id,
        "reason": event.reason,
        "successor": event.successor,
        "successor_other_site": named.other_site if named else None,
        "labels": " ".join(event.labels) or None,
        "author": event.author,
    }


def event_line(event: Event, successors: Mapping[str, Successor]) -> str:
    """Describe an event in words; `successors` are the links that events name, by id."""
    by = f", by {event.author}" if event.author else ""
    if event.action == "noted":
        return f"{_noted(event)}{by}"
    reason = f": {event.reason}" if event.reason else ""
    named = successors.get(event.successor or "")
    return f"{event.action}{reason}{f' ({named.description})' if named else ''}{by}"


def _noted(event: Event) -> str:
    """Say which note an event gives."""
    text = f": {event.reason}" if event.reason else ""
    labels = f" [{', '.join(event.labels)}]" if event.labels else ""
    return f"noted{text}{labels}" if text or labels else "note taken back"


def warn_of_contradictions(console: Console, found: Sequence[Contradiction]) -> None:
    """Warn of changes that are recorded for a link with different contents."""
    for one in found[:_MAX_CONTRADICTIONS]:
        contents = "; ".join(map(_content, one.events))
        console.warn(
            f"change {one.change_id} of link {one.link_id} is recorded in "
            f"{len(one.events)} versions that contradict each other: {contents}"
        )
    if (more := len(found) - _MAX_CONTRADICTIONS) > 0:
        console.warn(f"and {counted(more, 'more contradiction')}")
    if found:
        console.hint(
            "someone edited a shared file: all versions are kept, and a retirement holds until "
            "its change is undone"
        )


def _content(event: Event) -> str:
    """Return the content of an event in words."""
    parts = [f"{event.action} {event.at}"]
    if event.reason:
        parts.append(f"because {quoted(event.reason)}")
    if event.successor:
        parts.append(f"successor {event.successor}")
    if event.cancels:
        parts.append(f"cancels {quoted(' '.join(event.cancels))}")
    if event.labels:
        parts.append(f"labels {quoted(' '.join(event.labels))}")
    if event.author:
        parts.append(f"by {quoted(event.author)}")
    return ", ".join(parts)
