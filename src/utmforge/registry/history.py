"""What happened to links after they were issued, and which commands did it. Append-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import (
    ContradictoryInput,
    UnknownChange,
    did_you_mean,
    quoted,
)
from utmforge.model import NO_NOTE
from utmforge.registry.database import WORKSPACE
from utmforge.registry.events import in_force, note_of, without_nameless
from utmforge.registry.rows import TABLES, change_row, event_row, read_change, read_event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from utmforge.model import Change, Event, Note
    from utmforge.registry.database import Database

_EVENTS = f"SELECT {', '.join(TABLES['history'])} FROM history WHERE workspace = '{WORKSPACE}'"
_CHANGES = f"SELECT {', '.join(TABLES['changes'])} FROM changes WHERE workspace = '{WORKSPACE}'"
_NEWEST = 1000
_MAX_LISTED = 8
_SHOWS_ALL = "utmforge history shows every change"


class History:
    """The events and changes of one registry."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, ids: Sequence[str]) -> dict[str, list[Event]]:
        """Return the events of the links that have any, by id, in the order they were written."""
        read = self._database.read
        if not read(f"{_EVENTS} LIMIT 1"):  # the usual case: there are no events
            return {}
        events: dict[str, list[Event]] = {}
        size = self._database.values_a_query
        for start in range(0, len(ids), size):
            some = ids[start : start + size]
            marks = ", ".join("?" * len(some))
            for row in read(f"{_EVENTS} AND link_id IN ({marks}) ORDER BY seq, change_id", some):
                event = read_event(row)
                events.setdefault(event.link_id, []).append(event)
        return {name: without_nameless(those) for name, those in events.items()}

    def retired(self, ids: Sequence[str]) -> dict[str, list[Event]]:
        """Return the retirements in force of the links that have any, by id."""
        found = {name: in_force(events) for name, events in self.of(ids).items()}
        return {name: events for name, events in found.items() if events}

    def notes(self, ids: Sequence[str]) -> dict[str, Note]:
        """Return the notes of the links that have one, by id."""
        found = {name: note_of(events) for name, events in self.of(ids).items()}
        return {name: note for name, note in found.items() if note != NO_NOTE}

    def labels(self) -> set[str]:
        """Return the labels of all links."""
        rows = self._database.read(f"{_EVENTS} AND action = 'noted' ORDER BY link_id")
        notes = self.notes(list(dict.fromkeys(read_event(row).link_id for row in rows)))
        return {label for note in notes.values() for label in note.labels}

    def has_notes(self) -> bool:
        """Tell whether any link has ever had a note."""
        return bool(self._database.read(f"{_EVENTS} AND action = 'noted' LIMIT 1"))

    def retirements(self, ids: Sequence[str]) -> dict[str, Event]:
        """Return the last retirement in force of each retired link, by id."""
        return {name: events[-1] for name, events in self.retired(ids).items()}

    def all(self) -> Iterator[Event]:
        """Yield every event, by link."""
        after = ""
        while True:
            statement = f"{_EVENTS} AND link_id > ? ORDER BY link_id, seq LIMIT {_NEWEST}"
            rows = self._database.read(statement, (after,))
            if len(rows) == _NEWEST:  # the last link's events may go on
                last = rows[-1][0]
                whole = [row for row in rows if row[0] != last]
                rows = whole or self._database.read(f"{_EVENTS} AND link_id = ?", (last,))
            yield from without_nameless([read_event(row) for row in rows])
            if not rows:
                return
            after = rows[-1][0]

    def after(self, seq: int) -> list[Event]:
        """Return the events whose rows come after this one."""
        rows = self._database.read(f"{_EVENTS} AND seq > ? ORDER BY seq", (seq,))
        return [read_event(row) for row in rows]

    def add(self, events: Iterable[Event]) -> int:
        """Record events inside the current transaction; return how many are new."""
        return self._database.insert("history", [event_row(event) for event in events])

    def record(self, change: Change) -> None:
        """Record a change inside its transaction; a change has one part for each transaction."""
        parts = self._database.read(
            f"SELECT count(*) FROM changes WHERE workspace = '{WORKSPACE}' AND id = ?",
            (change.id,),
        )[0][0]
        self._database.insert("changes", [change_row(change, parts)])

    def changes(self, limit: int | None = None) -> list[Change]:
        """Return what commands changed, the latest first, each once."""
        statement = f"{_CHANGES} ORDER BY seq DESC, id"
        if limit is not None:
            newest = self._database.read(f"{statement} LIMIT {max(limit, 0) + _NEWEST}")
            ids = list(dict.fromkeys(row[0] for row in newest))[:limit]
            marks = ", ".join("?" * len(ids))
            rows = self._database.read(f"{_CHANGES} AND id IN ({marks}) ORDER BY seq DESC, id", ids)
        else:
            rows = self._database.read(statement)
        changes: dict[str, Change] = {}
        for row in rows:
            part = read_change(row)
            later = changes.get(part.id)
            changes[part.id] = part._replace(links=part.links + later.links) if later else part
        undone = _undone(self._undos())
        return [change._replace(is_undone=change.id in undone) for change in changes.values()]

    def _undos(self) -> dict[str, list[str]]:
        """Return the undos of each change that has any, by id."""
        undos: dict[str, list[str]] = {}
        for row in self._database.read(f"{_CHANGES} AND kind = 'undo'"):
            undo = read_change(row)
            undos.setdefault(undo.undoes or "", []).append(undo.id)
        return undos

    def is_closed(self, name: str) -> bool:
        """Tell whether the change that a command has made so far has been undone."""
        return name in self._undos()

    def to_undo(self, name: str | None, authors: Collection[str | None]) -> Change:
        """Return the change whose id begins with `name`, or the last one that can be undone.

        Args:
            name: The beginning of its id. None: the last one.
            authors: Who may have made the last one; None stands for an unknown author.

        Raises:
            UnknownChange: There is none.
            ContradictoryInput: It is already undone.
        """
        changes = self.changes()
        change = _last_to_undo(changes, authors) if name is None else _named(changes, name)
        if change.is_undone:
            raise ContradictoryInput(
                f"change {change.id} is already undone",
                hint="utmforge history shows which undo did it; undo that one to redo the change",
            )
        return change

    def events_of_change(self, change_id: str) -> list[Event]:
        """Return the events of a change."""
        statement = f"{_EVENTS} AND change_id = ? ORDER BY seq, link_id"
        rows = self._database.read(statement, (change_id,))
        return without_nameless([read_event(row) for row in rows])


def _undone(undos: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the changes that have an undo that is in force; each is visited once.

    Args:
        undos: The undos of each change that has any, by its id. A forged cycle undoes nothing.
    """
    undone: set[str] = set()
    unsettled = {name: len(those) for name, those in undos.items()}
    undoes = {undo: name for name, those in undos.items() for undo in those}
    settled = [undo for undo in undoes if undo not in undos]
    while settled:
        undo = settled.pop()
        name = undoes.get(undo)
        if name is None:
            continue
        if undo not in undone:
            undone.add(name)
        unsettled[name] -= 1
        if not unsettled[name]:
            settled.append(name)
    return undone


def _last_to_undo(changes: Iterable[Change], authors: Collection[str | None]) -> Change:
    """Return the last change by one of these authors that can be undone."""
    others = []
    for change in changes:
        if change.kind != "undo" and not change.is_undone:
            if change.author in authors:
                return change
            others.append(change)
    if not others:
        raise UnknownChange("there is nothing to undo", hint=_SHOWS_ALL)
    last = others[0]
    you = ", ".join(filter(None, authors))
    raise UnknownChange(
        f"you ({you}) have no change to undo; the last change, {last.id}, was made by "
        f"{last.author or 'an unknown author'}",
        hint=f"to undo it anyway: utmforge undo {last.id}; {_SHOWS_ALL}",
    )


def _named(changes: Sequence[Change], name: str) -> Change:
    """Return the only change whose id begins with `name`."""
    found = [change for change in changes if change.id.startswith(name.lower())]
    if not name or not found:
        raise UnknownChange(
            f"no change {quoted(name)} in the registry",
            hint=did_you_mean(name, [change.id for change in changes]) or _SHOWS_ALL,
        )
    if len(found) > 1:
        ids = ", ".join(change.id for change in found[:_MAX_LISTED])
        raise UnknownChange(f"several changes begin with {quoted(name)}", hint=f"one of {ids}")
    return found[0]
