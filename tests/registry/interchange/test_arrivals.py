"""Links from outside, and the gate that may refuse them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge import Tags, make_link
from utmforge.errors import LandingPagesInvalid, PrivateData
from utmforge.model import TaggedLink
from utmforge.registry.interchange.arrivals import admit_all, refuse_arrivals

LINKS = [make_link(f"https://x.example/{n}", Tags("s", "m", "c")) for n in range(45)]
PLACES = {link.id: f"a.csv:{line}" for line, link in enumerate(LINKS, 2)}


def test_an_open_gate_lets_every_link_in() -> None:
    """Nothing is raised."""
    refuse_arrivals(LINKS, PLACES, admit_all)


@given(st.sets(st.integers(0, 44)))
def test_every_refused_link_is_told_or_counted(bad: set[int]) -> None:
    """The first twenty with their places, in order, then how many more."""
    refused = {LINKS[number].id for number in bad}

    def gate(link: TaggedLink) -> None:
        if link.id in refused:
            raise PrivateData("it is private", hint="leave it out")

    if not bad:
        refuse_arrivals(LINKS, PLACES, gate)
        return
    with pytest.raises(LandingPagesInvalid) as caught:
        refuse_arrivals(LINKS, PLACES, gate)
    told = caught.value.problems
    places = [PLACES[LINKS[number].id] for number in sorted(bad)]
    assert [one.where for one in told[:20]] == places[:20]
    assert {one.hint for one in told[:20]} == {"leave it out"}
    more = len(bad) - 20
    assert len(told) == min(len(bad), 20) + (more > 0)
    if more > 0:
        links = "link" if more == 1 else "links"
        assert told[-1].message == f"and {more} more {links} that may not come in"
        assert told[-1].where == "a.csv"
