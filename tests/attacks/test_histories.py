"""A history as long as someone likes: what it means is found in time that grows with it."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.model import Event
from utmforge.registry.events import in_force
from utmforge.registry.history import _undone

if TYPE_CHECKING:
    from tests.conftest import Run

LETTERS = "23456789bcdfghjkmnpqrstvwxyz"


def name(number: int) -> str:
    """An id of a change."""
    letters = ""
    for _ in range(8):
        number, letter = divmod(number, len(LETTERS))
        letters += LETTERS[letter]
    return letters


def chain(length: int) -> list[Event]:
    """Each event cancels the one before."""
    first = Event("l", "retired", "2026-01-01T00:00:00Z", name(0), "wrong")
    others = [
        Event(
            "l",
            "reinstated" if number % 2 else "retired",
            "2026-01-01T00:00:00Z",
            name(number),
            cancels=(name(number - 1),),
        )
        for number in range(1, length)
    ]
    return [first, *others]


names = st.sampled_from([name(number) for number in range(6)])
events = st.lists(
    st.builds(
        Event,
        st.just("l"),
        st.sampled_from(["retired", "reinstated"]),
        st.just("2026-01-01T00:00:00Z"),
        names,
        st.sampled_from([None, "wrong"]),
        st.none(),
        st.lists(names, max_size=3, unique=True).map(tuple),
    ),
    max_size=6,
    unique_by=lambda event: event.change_id,
)


@given(events)
def test_a_retirement_holds_unless_something_that_stands_cancels_it(those: list[Event]) -> None:
    """By the definition, worked out again and again until nothing moves."""
    standing: set[str] = set()
    cancelled: set[str] = set()
    while True:
        against = {
            one.change_id: {each.change_id for each in those if one.change_id in each.cancels}
            for one in those
        }
        more = {name for name, by in against.items() if by <= cancelled} - standing
        less = {name for name, by in against.items() if by & standing} - cancelled
        if not more and not less:
            break
        standing |= more
        cancelled |= less

    assert {event.change_id for event in in_force(those)} == {
        event.change_id
        for event in those
        if event.action == "retired" and not event.cancels and event.change_id not in cancelled
    }


def test_twice_the_events_take_about_twice_the_time() -> None:
    """A hundred thousand that cancel each other in a chain are looked through in seconds."""
    start = process_time()
    held = in_force(chain(100_000))

    assert held == []
    assert process_time() - start < 10


def test_a_chain_of_undos_deeper_than_python_calls() -> None:
    """The last one holds, so that every other one does."""
    depth = sys.getrecursionlimit() * 3
    undos = {one: [other] for one, other in pairwise(name(number) for number in range(depth))}

    undone = _undone(undos)

    assert len(undone) == depth // 2
    assert name(depth - 2) in undone
    assert name(depth - 1) not in undone


def test_a_circle_of_undos_ends() -> None:
    """No command writes one; a forged file may."""
    assert _undone({name(0): [name(1)], name(1): [name(0)]}) == set()


@pytest.mark.slow
def test_a_forged_history_of_one_link_is_read_at_once(run: Run) -> None:
    """Shared by a file: every command that looks at the link answers."""
    run("new", "https://shop.example/x", "-c", "spring", "-C", "sms")
    run("registry", "sync", "links.jsonl")
    text = Path("links.jsonl").read_text()
    link_id = json.loads(text.splitlines()[0])["id"]
    lines = [
        json.dumps(
            {
                "id": link_id,
                "change": event.change_id,
                "action": event.action,
                "at": event.at,
                "reason": event.reason,
                "successor": None,
                "cancels": " ".join(event.cancels) or None,
            }
        )
        for event in chain(4_000)
    ]
    Path("links.jsonl").write_text("\n".join([text.strip(), *lines]) + "\n")
    start = process_time()
    synced = run("registry", "sync", "links.jsonl")
    listed = run("list")

    assert synced.exit_code == 0, synced.stderr
    assert listed.exit_code == 0, listed.stderr
    assert link_id in listed.stdout or "shop.example" in listed.stdout
    assert process_time() - start < 10
