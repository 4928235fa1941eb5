"""Links to plain pages are those that the slow way makes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import BadLandingPage
from utmforge.issuing.fast_path.plain_links import PlainLinks
from utmforge.issuing.requests import TagSet, links_to
from utmforge.model import Tags
from utmforge.urls.tagging import MAX_URL_BYTES

WORD = st.from_regex("[a-z0-9._~é-]{1,8}", fullmatch=True)
SETS = st.lists(
    st.builds(
        TagSet,
        st.none() | WORD,
        st.tuples(WORD, WORD, WORD, st.none() | WORD).map(lambda values: Tags(*values)),
        st.just(()),
    ),
    min_size=1,
    max_size=3,
)
PAGES = st.from_regex(
    r"https://shop\.example/[a-z0-9/_.-]{0,12}(\?[a-z]{1,4}=[a-z0-9]{0,4}){0,1}", fullmatch=True
)


@given(PAGES, SETS)
def test_links_are_the_same_both_ways(page: str, sets: list[TagSet]) -> None:
    """Addresses, ids, tags and channels."""
    links = PlainLinks(sets).to(page)

    assert links is None or links == links_to(page, sets)[0]


def test_a_link_that_is_too_long_is_left_to_the_slow_way() -> None:
    """It refuses it; one character less is issued."""
    tags = Tags("news", "email", "spring")
    sets = [TagSet("email", tags)]
    room = MAX_URL_BYTES - len("?utm_source=news&utm_medium=email&utm_campaign=spring")
    page = "https://shop.example/".ljust(room, "a")

    assert PlainLinks(sets).to(page) == links_to(page, sets)[0]
    assert PlainLinks(sets).to(page + "a") is None
    with pytest.raises(BadLandingPage, match="the tagged link is longer"):
        links_to(page + "a", sets)
