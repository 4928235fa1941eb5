"""Events of links: retired, reinstated, and what holds when all of them are known.

    issued ─ retired ─ reinstated ─ retired …

Whether a link is retired follows from the set of its events and not from their order: it is while
one retirement is not cancelled. So registries that were merged agree, whoever came first.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from utmforge.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utmforge.model import TaggedLink

_ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"  # no look-alikes, no words
_ID_LENGTH = 8


def in_force(events: Iterable[Event]) -> list[Event]:
    """Return the retirements of one link that hold; the one to show comes last.

    An event is cancelled by one that names its change and is not cancelled itself. Events
    that only cancel each other (no command writes such) count as not cancelled.
    """
    events = list(events)
    open_ones = {event.change_id: event for event in events}
    cancelled: set[str] = set()
    standing: set[str] = set()
    moved = True
    while moved:
        moved = False
        for name in open_ones.keys() - cancelled - standing:
            against = {each.change_id for each in events if name in each.cancels}
            if against & standing:
                cancelled.add(name)
                moved = True
            elif against <= cancelled:
                standing.add(name)
                moved = True
    held = (event for event in events if event.action == "retired" and not event.cancels)
    return sorted(
        (event for event in held if event.change_id not in cancelled),
        key=lambda event: (
            *(event.reason is not None, event.successor is not None),
            *(event.at, event.change_id),
        ),
    )


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


def retirements(
    ids: Iterable[str], in_force: Mapping[str, Sequence[Event]], event: Event
) -> list[Event]:
    """Return the events that retire links, without those that are retired so already.

    Args:
        ids: The links.
        in_force: The retirements that hold already, by link.
        event: The event of each of them, but for its link.
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
    """Return the event that takes back an event: what it cancelled holds again."""
    action: Literal["retired", "reinstated"] = (
        "reinstated" if event.action == "retired" else "retired"
    )
    return Event(event.link_id, action, at, change_id, cancels=(event.change_id,))


def withdrawal(link: TaggedLink, at: str, change_id: str) -> Event:
    """Return the event that takes back the issue of a link.

    It has no reason, so asking for the link again is enough to issue it again.
    """
    return Event(link.id, "retired", at, change_id)


def changed_states(before: Mapping[str, Sequence[Event]], more: Iterable[Event]) -> int:
    """Return for how many links more events change whether they are retired.

    Args:
        before: The events of each link so far, by id.
        more: One new event for each of some links.
    """
    count = 0
    for event in more:
        events = before.get(event.link_id, ())
        count += bool(in_force(events)) != bool(in_force([*events, event]))
    return count
