"""Events of links, without a database."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.sample_links import DAY
from utmforge.model import Event
from utmforge.registry.events import (
    changed_states,
    in_force,
    inverse,
    new_change_id,
    reinstatement,
    retirements,
)

events = st.lists(
    st.builds(
        Event,
        st.just("x"),
        st.sampled_from(["retired", "reinstated"]),
        st.just(DAY),
        st.sampled_from("abcdef"),
        cancels=st.lists(st.sampled_from("abcdef"), max_size=2).map(tuple),
    ),
    max_size=4,
    unique_by=lambda event: event.change_id,
)


@given(events)
def test_the_state_does_not_depend_on_the_order_of_events(found: list[Event]) -> None:
    """So two registries that were merged agree, whoever came first."""
    held = {frozenset(in_force(order)) for order in permutations(found)}

    assert len(held) == 1


RETIRED = Event("x", "retired", DAY, "aaaa", "old", "y")


@pytest.mark.parametrize(
    ("in_force_now", "reason", "ids"),
    [
        ({}, "old", ["x", "z"]),
        ({"x": [RETIRED]}, "old", ["z"]),
        ({"x": [RETIRED]}, "another reason", ["x", "z"]),
        ({"x": [RETIRED], "z": [RETIRED._replace(successor=None)]}, "old", ["z"]),
    ],
)
def test_what_is_retired_so_already_gets_no_event(
    in_force_now: dict[str, list[Event]], reason: str, ids: list[str]
) -> None:
    """Another reason or another successor is worth one."""
    event = Event("", "retired", DAY, "bbbb", reason, "y")
    found = retirements(["x", "z"], in_force_now, event)

    assert found == [event._replace(link_id=name) for name in ids]


def test_a_link_that_is_reinstated_is_not_retired() -> None:
    """All its retirements are cancelled; taking the reinstatement back brings them back."""
    held = [RETIRED, RETIRED._replace(change_id="bbbb", reason=None)]
    again = reinstatement("x", held, DAY, "cccc")

    assert in_force([*held, again]) == []
    assert sorted(in_force([*held, again, inverse(again, DAY, "dddd")])) == sorted(held)


def test_only_links_whose_state_changes_are_counted() -> None:
    """A second retirement of the same link changes nothing for those who use it."""
    more = [RETIRED._replace(change_id="bbbb"), RETIRED._replace(link_id="z")]

    assert changed_states({"x": [RETIRED]}, more) == 1
    assert changed_states({}, more) == 2
    assert changed_states({"x": [RETIRED]}, [inverse(RETIRED, DAY, "cccc")]) == 1


def test_ids_of_changes_have_no_letters_that_look_alike() -> None:
    """Eight of them, and no two the same."""
    ids = {new_change_id() for _ in range(100)}

    assert len(ids) == 100
    assert all(len(one) == 8 and not set(one) & set("01aeiloul") for one in ids)
