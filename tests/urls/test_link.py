"""A link is parsed once and read in two ways: as it is written, and as it was meant."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.model import FIELDS, PARAMETERS
from utmforge.urls.link import Link
from utmforge.urls.tagging import read_tags

PAGE = "https://shop.example/p"


@pytest.mark.parametrize(
    ("end", "written", "intended"),
    [
        ("?utm_source=a", {"source": "a"}, {"source": "a"}),
        ("?UTM_SOURCE=a", {}, {"source": "a"}),
        ("?Utm_Source=a", {}, {"source": "a"}),
        ("?utm-source=a", {}, {"source": "a"}),
        ("?utm_surce=a", {}, {"source": "a"}),
        ("?amp;utm_source=a", {}, {"source": "a"}),
        ("?x=1&#038;utm_source=a&utm_medium=b", {}, {"source": "a", "medium": "b"}),
        ("?utm%5Fsource=a", {"source": "a"}, {"source": "a"}),
        ("?itm_source=a&source=b&mtm_source=c", {}, {}),
        ("#utm_source=a", {}, {"source": "a"}),
        ("#top?utm_source=a&utm_medium=b", {}, {"source": "a", "medium": "b"}),
        ("?utm_source=a#utm_source=b", {"source": "a"}, {"source": "a"}),
        ("?utm_source=a&utm_source=b", {"source": "a"}, {"source": "a"}),
        ("?utm_source=&utm_source=b", {"source": "b"}, {"source": "b"}),
        ("?utm_source&utm_medium=", {}, {}),
        ("?UTM_SOURCE=a&utm_source=b", {"source": "b"}, {"source": "a"}),
        ("?utm_source=a%20b", {"source": "a b"}, {"source": "a b"}),
        ("?utm_source=a+b", {"source": "a b"}, {"source": "a b"}),
        ("?utm_source=a%2520b", {"source": "a%20b"}, {"source": "a b"}),
        ("?a=1?utm_source=b", {}, {}),
        ("?utm_source={{a#b}}", {"source": "{{a#b}}"}, {"source": "{{a#b}}"}),
        ("?utm_medium={{c?d}}#x", {"medium": "{{c?d}}"}, {"medium": "{{c?d}}"}),
        ("", {}, {}),
        ("?", {}, {}),
        ("#", {}, {}),
    ],
)  # fmt: skip
def test_the_two_readings(end: str, written: dict[str, str], intended: dict[str, str]) -> None:
    """Written: exact names before the `#`. Intended: whatever the name and the place."""
    link = Link(PAGE + end)

    assert link.as_written == written
    assert link.as_intended == intended


CASES = (str.lower, str.upper, str.title)
PLACES = ("?{}", "#{}", "#/route?{}")
ENTITIES = ("", "amp;")


@pytest.mark.parametrize("field", PARAMETERS)
def test_every_combination(field: str) -> None:
    """Only the exact name, in the query, without an entity is written; each is intended."""
    for case, place, entity in product(CASES, PLACES, ENTITIES):
        name = entity + case(PARAMETERS[field])
        link = Link(PAGE + place.format(f"{name}=v"))

        is_written = case is str.lower and place == "?{}" and not entity
        assert link.as_written == ({field: "v"} if is_written else {}), link
        assert link.as_intended == {field: "v"}, link
        assert link.in_any_case == ({} if entity else {field: "v"}), link


NAMES = st.sampled_from(
    (
        *FIELDS,
        "UTM_SOURCE",
        "utm-medium",
        "utm_capaign",
        "amp;utm_term",
        "a",
        "gclid",
        "",
        "utm%5Fid",
    )
)
VALUES = st.text(st.sampled_from("ab1 %2+{}é&#?="), max_size=8)
PIECES = st.lists(st.tuples(NAMES, VALUES).map("=".join), max_size=4).map("&".join)
PAGES = st.sampled_from((PAGE, "https://{{a?b}}.x/{{c#d}}", "/p"))
URLS = st.builds("{}?{}#{}".format, PAGES, PIECES, PIECES)


@given(URLS)
def test_what_is_written_was_meant(url: str) -> None:
    """Every field that tools read is intended too, and is there in any case."""
    link = Link(url)

    assert link.as_written.keys() <= link.in_any_case.keys() <= link.as_intended.keys()
    assert dict(read_tags(url).items()) == link.in_any_case


@given(URLS | st.text(max_size=40))
def test_a_link_put_together_again_is_itself(url: str) -> None:
    """Nothing is lost in its pieces, not even the `?` of an empty query."""
    link = Link(url)
    again = link.with_parameters(link.parameters)

    assert again == url


def test_links_are_values() -> None:
    """Equal by their text."""
    assert Link(PAGE) == Link(PAGE)
    assert Link(PAGE) != Link(PAGE + "?")
    assert len({Link(PAGE), Link(PAGE)}) == 1
    assert repr(Link(PAGE)) == f"Link('{PAGE}')"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Shop.example:8080/a", "shop.example"),
        ("https://ann:pw@shop.example", "shop.example"),
        ("https://shop.example./", "shop.example"),
        ("/p?utm_source=a", ""),
        ("mailto:a@b.example", ""),
    ],
)
def test_the_host(url: str, host: str) -> None:
    """In lower case, bare."""
    assert Link(url).host == host
