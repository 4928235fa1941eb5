"""Events of links, without a database."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from tests.registry.sample_links import DAY
from utmforge.model import Event
from utmforge.registry.events import in_force

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
