"""Events of links (retired, reinstated, noted), and which of them are in force.

    issued ─ retired ─ reinstated ─ retired …
    noted ─ noted …        a note cancels the notes before it

A link is retired while at least one of its retirements is not cancelled, and its notes are those
that are not cancelled. That depends on the set of its events and not on their order, so registries
agree after a merge. Notes and retirements cancel only their own kind.

An event's identity is its content. Commands give each link at most one event of each kind in a
change; two contents of one change, which only an edited file has, are two events and a
`Contradiction`. What cancels the change cancels both.

Who did it is not part of what happened: an event without an author, as earlier versions write it,
is the same event and gives way to the one with an author. Two authors contradict each other.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.model import Event, Note

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from utmforge.model import TaggedLink

_ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"  # no look-alikes, no words
_ID_LENGTH = 8


def in_force(events: Iterable[Event]) -> list[Event]:
    """Return the retirements of one link that are in force; the last one is the one to show.

    An event is cancelled by one that names its change and is not cancelled itself:

        retired A ◄─ reinstated B ◄─ retired C (cancels B)      A is in force: C cancels B

    Events that only cancel each other (no command writes such events) count as not cancelled. The
    time grows with the number of events and of the changes they name.
    """
    events = [event for event in events if event.action != "noted"]
    cancelled = _cancelled(events)
    held = (event for event in events if event.action == "retired" and not event.cancels)
    return sorted(
        (event for event in held if event.change_id not in cancelled),
        key=lambda event: (
            *(event.reason is not None, event.successor is not None),
            *(event.at, event.change_id, event.reason or "", event.successor or ""),
            event.author or "",
        ),
    )


def notes_in_force(events: Iterable[Event]) -> list[Event]:
    """Return the notes of one link that are in force; the last one that has a text is the note."""
    events = [event for event in events if event.action == "noted"]
    cancelled = _cancelled(events)
    return sorted(
        (event for event in events if event.change_id not in cancelled),
        key=lambda event: (event.at, event.change_id, event.reason or "", event.author or ""),
    )


def note_of(events: Iterable[Event]) -> Note:
    """Return the note of a link by its events: the latest text and the labels of all notes.

    Several notes are in force if people wrote them at the same time in different registries.
    """
    held = notes_in_force(events)
    texts = [event.reason for event in held if event.reason]
    labels = {label for event in held for label in event.labels}
    return Note(texts[-1] if texts else None, tuple(sorted(labels)))


def extended(before: Note, more: Note) -> Note:
    """Return a note with another text, if there is one, and with more labels."""
    return Note(more.text or before.text, tuple(sorted({*before.labels, *more.labels})))


def noting(link_id: str, before: Iterable[Event], note: Note, event: Event) -> Event | None:
    """Return the event that gives a link this note instead of its present one. None: it has it.

    Args:
        link_id: The link.
        before: Its events so far.
        note: What it is to have.
        event: When, by whom, and in which change.
    """
    before = list(before)
    if note_of(before) == note:
        return None
    cancels = dict.fromkeys(each.change_id for each in notes_in_force(before))
    return event._replace(
        link_id=link_id,
        action="noted",
        reason=note.text,
        labels=note.labels,
        cancels=tuple(cancels),
    )


def without_nameless(events: Collection[Event]) -> list[Event]:
    """Return events without those that are there again with an author, in their order."""
    named = {_nameless(event) for event in events if event.author}
    return [event for event in events if event.author or event not in named]


def unknown_to(those: Collection[Event], known: Collection[Event]) -> list[Event]:
    """Return those of the events that say anything that the known ones do not."""
    there = {*known, *map(_nameless, known)}
    return [event for event in without_nameless(those) if event not in there]


def _nameless(event: Event) -> Event:
    return event._replace(author=None) if event.author else event


def _cancelled(events: Sequence[Event]) -> set[str]:
    """Return the changes cancelled by an event that is in force; each is visited once."""
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


class Contradiction(NamedTuple):
    """Events of one link and one change that no command writes together."""

    link_id: str
    """The link."""
    change_id: str
    """The change."""
    events: tuple[Event, ...]
    """The events, two or more, in an order that depends on their contents alone."""


def contradictions(events: Iterable[Event]) -> list[Contradiction]:
    """Return the contradictions among events, sorted by link and change."""
    found: dict[tuple[str, str], set[Event]] = {}
    for event in events:
        found.setdefault((event.link_id, event.change_id), set()).add(event)
    return [
        Contradiction(*key, tuple(sorted(without_nameless(those), key=_content)))
        for key, those in sorted(found.items())
        if len(those) > 1 and _contradict(without_nameless(those))
    ]


def _contradict(those: Sequence[Event]) -> bool:
    """Tell whether no command writes these events of one link in one change."""
    notes = sum(event.action == "noted" for event in those)
    if notes > 1 or len(those) - notes > 1:
        return True
    # A command that issues a link again, or an undo of it, changes its note as well.
    return bool(notes) and any(event.action != "noted" and event.reason for event in those)


def _content(event: Event) -> tuple[object, ...]:
    """Return the content of an event in a form that can be compared."""
    return tuple((part is not None, part or "") for part in event)


def stamp(now: datetime | None) -> str:
    """Format a time: ISO 8601, UTC, to the second."""
    return (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_change_id() -> str:
    """Return an id that no other change has (38 random bits)."""
    number = int.from_bytes(os.urandom(8), "big")
    letters = []
    for _ in range(_ID_LENGTH):
        number, letter = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return "".join(letters)


def retirements(
    ids: Iterable[str], in_force: Mapping[str, Sequence[Event]], event: Event
) -> list[Event]:
    """Return the events that retire links, without links already retired in the same way.

    Args:
        ids: The links.
        in_force: The retirements that are in force, by link.
        event: The event to record for each link; its `link_id` is filled in.
    """
    return [
        event._replace(link_id=name)
        for name in ids
        if not any(
            (held.reason, held.successor) == (event.reason, event.successor)
            for held in in_force.get(name, ())
        )
    ]


def reinstatement(
    link_id: str,
    in_force: Iterable[Event],
    at: str,
    change_id: str,
    author: str | None = None,
) -> Event:
    """Return the event that issues a retired link again, by cancelling its retirements."""
    cancels = tuple(dict.fromkeys(event.change_id for event in in_force))
    return Event(link_id, "reinstated", at, change_id, cancels=cancels, author=author)


def inverse(event: Event, at: str, change_id: str, author: str | None = None) -> Event:
    """Return the event that reverses an event: what that one cancelled is in force again."""
    action: Literal["retired", "reinstated", "noted"] = "noted"
    if event.action != "noted":
        action = "reinstated" if event.action == "retired" else "retired"
    cancels = (event.change_id,)
    return Event(event.link_id, action, at, change_id, cancels=cancels, author=author)


def inverses(
    events: Iterable[Event], at: str, change_id: str, author: str | None = None
) -> list[Event]:
    """Return the events that reverse those of one change: one of each kind for each link.

    If a change has two contents for a link, reversing its retirement reverses both.
    """
    taken: dict[tuple[str, bool], Event] = {}
    for event in events:
        key = (event.link_id, event.action == "noted")
        before = taken.setdefault(key, event)
        if before.action != "retired" and event.action == "retired":
            taken[key] = event
    return [inverse(event, at, change_id, author) for event in taken.values()]


def withdrawal(link: TaggedLink, at: str, change_id: str, author: str | None = None) -> Event:
    """Return the event that withdraws an issued link.

    It has no reason, so asking for the link again is enough to issue it again.
    """
    return Event(link.id, "retired", at, change_id, author=author)


def changed_states(before: Mapping[str, Sequence[Event]], more: Iterable[Event]) -> int:
    """Count the links that more events would retire, reinstate, or give another note.

    Args:
        before: The events of each link so far, by id.
        more: New events, at most one of each kind for each link.
    """
    changed = set()
    for event in more:
        events = before.get(event.link_id, ())
        after = [*events, event]
        if (
            note_of(events) != note_of(after)
            if event.action == "noted"
            else bool(in_force(events)) != bool(in_force(after))
        ):
            changed.add(event.link_id)
    return len(changed)
