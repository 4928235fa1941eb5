"""Links from a file: those with private data are refused, with their lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge import Tags, make_link
from utmforge.errors import LandingPagesInvalid
from utmforge.registry.interchange.arrivals import refuse_private_arrivals

TAGS = Tags("s", "m", "c")
LINKS = [make_link(f"https://x.example/{n}", TAGS) for n in range(45)]
PERSONAL = [make_link(f"https://x.example/{n}?email=ann.lee@mail.example", TAGS) for n in range(45)]
SECRET = make_link("https://x.example/?password=hunter2", TAGS)
PLACES = {
    link.id: f"a.csv:{line}" for links in (LINKS, PERSONAL) for line, link in enumerate(links, 2)
}


def test_personal_data_is_accepted_on_request() -> None:
    """Nothing is raised; a secret is still refused."""
    refuse_private_arrivals(PERSONAL, PLACES, allow_private=True)

    with pytest.raises(LandingPagesInvalid):
        refuse_private_arrivals([SECRET], PLACES, allow_private=True)


@given(st.sets(st.integers(0, 44)))
def test_every_refused_link_is_reported_or_counted(bad: set[int]) -> None:
    """The first twenty with their places, in order, then how many more."""
    links = [PERSONAL[number] if number in bad else LINKS[number] for number in range(45)]

    if not bad:
        refuse_private_arrivals(links, PLACES, allow_private=False)
        return
    with pytest.raises(LandingPagesInvalid) as caught:
        refuse_private_arrivals(links, PLACES, allow_private=False)
    told = caught.value.problems
    places = [PLACES[PERSONAL[number].id] for number in sorted(bad)]
    assert [one.where for one in told[:20]] == places[:20]
    assert all(one.hint for one in told[:20])
    more = len(bad) - 20
    assert len(told) == min(len(bad), 20) + (more > 0)
    if more > 0:
        links_word = "link" if more == 1 else "links"
        assert told[-1].message == f"and {more} more {links_word} with private data"
        assert told[-1].where == "a.csv"
