"""What became of links since they were issued: a history that only grows.

    issued ─ retired ─ reinstated ─ retired …

Whether a link is retired follows from the set of its events and not from their order: it is while
one retirement is not cancelled. So registries that were merged agree, whoever came first.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from utmforge.errors import (
    ContradictoryInput,
    UnknownChange,
    did_you_mean,
    quoted,
)
from utmforge.model import Change, Event, TaggedLink
from utmforge.registry.database import WORKSPACE
from utmforge.registry.rows import TABLES, change_row, event_row, read_change, read_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utmforge.registry.database import Database

_ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"  # no look-alikes, no words
_ID_LENGTH = 8
_EVENTS = f"SELECT {', '.join(TABLES['history'])} FROM history WHERE workspace = '{WORKSPACE}'"  # noqa: S608 - ours
_CHANGES = f"SELECT {', '.join(TABLES['changes'])} FROM changes WHERE workspace = '{WORKSPACE}'"  # noqa: S608 - ours
_NEWEST = 1000


def in_force(events: Iterable[Event]) -> list[Event]:
    """Return the retirements of one link that hold, the one to tell of last.

    An event is cancelled by one that names its change and is not cancelled itself:

        retired A ◄─ reinstated B ◄─ retired C (cancels B)      A holds: B is cancelled by C

    What only cancels each other (no command writes that) counts as not cancelled. The time grows
    with the number of events and of the changes they name.
    """
    events = list(events)
    cancelled = _cancelled(events)
    held = (event for event in events if event.action == "retired" and not event.cancels)
    return sorted(
        (event for event in held if event.change_id not in cancelled),
        key=lambda event: (
            *(event.reason is not None, event.successor is not None),
            *(event.at, event.change_id),
        ),
    )


def _cancelled(events: Sequence[Event]) -> set[str]:
    """Return the changes that are cancelled by one that stands; each is looked at once."""
    cancels: dict[str, set[str]] = {event.change_id: set() for event in events}
    for event in events:
        cancels[event.change_id].update(name for name in event.cancels if name in cancels)
    open_against = Counter(name for names in cancels.values() for name in names)
    standing = [name for name in cancels if not open_against[name]]
    cancelled: set[str] = set()
    while standing:
        for name in cancels[standing.pop()] - cancelled:
            cancelled.add(name)
            for freed in cancels[name]:
                open_against[freed] -= 1
                if not open_against[freed] and freed not in cancelled:
                    standing.append(freed)
    return cancelled


def stamp(now: datetime | None) -> str:
    """Write down a time: ISO 8601, UTC, whole seconds."""
    return (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_change_id() -> str:
    """Return an id that no other change has (38 random bits)."""
    number = int.from_bytes(os.urandom(8), "big")
    letters = []
    for _ in range(_ID_LENGTH):
        number, letter = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return "".join(letters)


class History:
    """The events and changes of one registry."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, ids: Sequence[str]) -> dict[str, list[Event]]:
        """Return the events of links that have any, by id, in the order they were written."""
        read = self._database.read
        if not read(f"{_EVENTS} LIMIT 1"):  # mostly: nothing to look up one by one
            return {}
        events: dict[str, list[Event]] = {}
        size = self._database.values_a_query
        for start in range(0, len(ids), size):
            some = ids[start : start + size]
            marks = ", ".join("?" * len(some))
            for row in read(f"{_EVENTS} AND link_id IN ({marks}) ORDER BY seq, change_id", some):
                event = read_event(row)
                events.setdefault(event.link_id, []).append(event)
        return events

    def retired(self, ids: Sequence[str]) -> dict[str, list[Event]]:
        """Return the retirements in force of links that have any, by id."""
        found = {name: in_force(events) for name, events in self.of(ids).items()}
        return {name: events for name, events in found.items() if events}

    def all_events(self) -> Iterator[Event]:
        """Yield every event, by link."""
        after = ""
        while True:
            statement = f"{_EVENTS} AND link_id > ? ORDER BY link_id, seq LIMIT {_NEWEST}"
            rows = self._database.read(statement, (after,))
            if len(rows) == _NEWEST:  # the last link's events may go on
                last = rows[-1][0]
                whole = [row for row in rows if row[0] != last]
                rows = whole or self._database.read(f"{_EVENTS} AND link_id = ?", (last,))
            yield from map(read_event, rows)
            if not rows:
                return
            after = rows[-1][0]

    def add(self, events: Iterable[Event]) -> int:
        """Write events down, in a transaction; return how many were not there."""
        return self._database.insert("history", [event_row(event) for event in events])

    def record(self, change: Change) -> None:
        """Write a change down, in its transaction; one more part of it if it has begun before."""
        parts = self._database.read(
            f"SELECT count(*) FROM changes WHERE workspace = '{WORKSPACE}' AND id = ?",  # noqa: S608 - ours
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
        """Tell whether somebody undid what a command has changed so far."""
        return name in self._undos()

    def to_undo(self, name: str | None) -> Change:
        """Return the change that begins with these letters, or the last that can be undone.

        Raises:
            UnknownChange: There is none.
            ContradictoryInput: It is undone already.
        """
        changes = self.changes()
        if name is None:
            for change in changes:
                if change.kind != "undo" and not change.is_undone:
                    return change
            raise UnknownChange(
                "there is nothing to undo", hint="utmforge undo --list shows every change"
            )
        found = [change for change in changes if change.id.startswith(name.lower())]
        if not name or not found:
            near = did_you_mean(name, [change.id for change in changes])
            raise UnknownChange(
                f"no change {quoted(name)} in the registry",
                hint=near or "utmforge undo --list shows every change",
            )
        if len(found) > 1:
            ids = ", ".join(change.id for change in found[:8])
            raise UnknownChange(f"several changes begin with {quoted(name)}", hint=f"one of {ids}")
        if found[0].is_undone:
            raise ContradictoryInput(
                f"change {found[0].id} is undone already",
                hint="utmforge undo --list shows which undo did it; undoing that one redoes it",
            )
        return found[0]

    def events_of_change(self, change_id: str) -> list[Event]:
        """Return the events of a change."""
        statement = f"{_EVENTS} AND change_id = ? ORDER BY seq, link_id"
        return [read_event(row) for row in self._database.read(statement, (change_id,))]


def _undone(undos: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the changes that have an undo which itself holds, each looked at once.

    Args:
        undos: The undos of each change that has any, by its id. A forged circle holds nothing.
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


def inverse(event: Event, at: str, change_id: str) -> Event:
    """Return the event that takes back an event: what it cancelled holds again."""
    action: Literal["retired", "reinstated"] = (
        "reinstated" if event.action == "retired" else "retired"
    )
    return Event(event.link_id, action, at, change_id, cancels=(event.change_id,))


def withdrawal(link: TaggedLink, at: str, change_id: str) -> Event:
    """Return the event that takes back the issue of a link.

    Nobody gave a reason: to ask for the link once more is enough to have it again.
    """
    return Event(link.id, "retired", at, change_id)
