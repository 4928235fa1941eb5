"""Events of links (retired, reinstated), and which of them are in force.

    issued ─ retired ─ reinstated ─ retired …

A link is retired while at least one of its retirements is not cancelled. That depends on the set of
its events and not on their order, so registries agree after a merge.

An event's identity is its content. Commands give each link at most one event in a change; two
contents of one change, which only an edited file has, are two events and a `Contradiction`. What
cancels the change cancels both.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    events = list(events)
    cancelled = _cancelled(events)
    held = (event for event in events if event.action == "retired" and not event.cancels)
    return sorted(
        (event for event in held if event.change_id not in cancelled),
        key=lambda event: (
            *(event.reason is not None, event.successor is not None),
            *(event.at, event.change_id, event.reason or "", event.successor or ""),
        ),
    )


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
    """Events of one link and one change that differ; no command writes them."""

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
        Contradiction(*key, tuple(sorted(those, key=_content)))
        for key, those in sorted(found.items())
        if len(those) > 1
    ]


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


def reinstatement(link_id: str, in_force: Iterable[Event], at: str, change_id: str) -> Event:
    """Return the event that issues a retired link again, by cancelling its retirements."""
    cancels = tuple(event.change_id for event in in_force)
    return Event(link_id, "reinstated", at, change_id, cancels=cancels)


def inverse(event: Event, at: str, change_id: str) -> Event:
    """Return the event that reverses an event: what that one cancelled is in force again."""
    action: Literal["retired", "reinstated"] = (
        "reinstated" if event.action == "retired" else "retired"
    )
    return Event(event.link_id, action, at, change_id, cancels=(event.change_id,))


def inverses(events: Iterable[Event], at: str, change_id: str) -> list[Event]:
    """Return the events that reverse those of one change: one for each link.

    If a change has two contents for a link, reversing its retirement reverses both.
    """
    taken: dict[str, Event] = {}
    for event in events:
        before = taken.setdefault(event.link_id, event)
        if before.action != "retired" and event.action == "retired":
            taken[event.link_id] = event
    return [inverse(event, at, change_id) for event in taken.values()]


def withdrawal(link: TaggedLink, at: str, change_id: str) -> Event:
    """Return the event that withdraws an issued link.

    It has no reason, so asking for the link again is enough to issue it again.
    """
    return Event(link.id, "retired", at, change_id)


def changed_states(before: Mapping[str, Sequence[Event]], more: Iterable[Event]) -> int:
    """Count the links that more events would retire or reinstate.

    Args:
        before: The events of each link so far, by id.
        more: New events, at most one for each link.
    """
    count = 0
    for event in more:
        events = before.get(event.link_id, ())
        count += bool(in_force(events)) != bool(in_force([*events, event]))
    return count
