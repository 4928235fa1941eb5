"""What happened to links, and what commands changed, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import counted
from utmforge.output.formats import Format
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.model import Change, Event
    from utmforge.output.console import Console
    from utmforge.output.rows import Row

_FIELDS = ("id", "kind", "at", "about", "links", "undoes", "undone")
_SHOWN = ("id", "at", "kind", "links", "about", "undone")
_VERBS = {"issue": "issued", "retire": "retired", "undo": "undid", "import": "imported"}


def show_changes(console: Console, changes: Sequence[Change]) -> None:
    """Print changes; in a pipe their ids, one a line."""
    rows: list[Row] = []
    for change in changes:
        row: Row = dict(zip(_FIELDS, change, strict=True))
        if console.format in {Format.TABLE, Format.MARKDOWN}:
            row["at"] = change.at[:16].replace("T", " ")
            row["kind"] = f"undo of {change.undoes}" if change.undoes else change.kind
            row["undone"] = "undone" if change.is_undone else ""
        rows.append(row)
    show_rows(console, rows, fields=_FIELDS, shown=_SHOWN, key="id")


def answer_change(console: Console, change: Change) -> None:
    """Answer with one change in the format JSON; every other one says in words what was done."""
    if console.format is Format.JSON:
        console.answer(dict(zip(_FIELDS, change, strict=True)))


def described(change: Change) -> str:
    """Return what a change was, in words."""
    about = f" for {change.about}" if change.kind == "issue" and change.about else ""
    links = counted(change.links, "link")
    return f"{_VERBS[change.kind]} {links}{about} on {change.at[:10]}"


def event_fields(event: Event) -> Row:
    """Return an event as machines read it."""
    return {
        "action": event.action,
        "at": event.at,
        "change": event.change_id,
        "reason": event.reason,
        "successor": event.successor,
    }


def event_line(event: Event) -> str:
    """Return what happened, in words."""
    reason = f": {event.reason}" if event.reason else ""
    successor = f" (use {event.successor})" if event.successor else ""
    return f"{event.action}{reason}{successor}"
