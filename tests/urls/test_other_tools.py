"""Parameters of other tools, by name."""

import pytest

from utmforge.urls.click_ids import CLICK_IDS
from utmforge.urls.link import Link
from utmforge.urls.other_tools import is_of_another_tool, other_tool, other_tools
from utmforge.urls.parameters import looks_like_tag


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("mtm_campaign", True), ("PK_source", True), ("at_medium", True), ("utm_source", False),
     ("mtm_product", False), ("gclid", False), ("hsa_cam", True)],
)  # fmt: skip
def test_tags_of_other_tools(name: str, is_one: bool) -> None:
    """What says where a visit comes from, to another tool."""
    assert is_of_another_tool(name) is is_one


@pytest.mark.parametrize("name", sorted(CLICK_IDS))
def test_click_ids_are_no_tags(name: str) -> None:
    """Of neither kind."""
    found = other_tool(name)

    assert found
    assert found.tool == CLICK_IDS[name]
    assert not found.is_tag
    assert not looks_like_tag(name)


def test_each_is_named_once() -> None:
    """In the query and after the `#`; names that are no words are not repeated."""
    link = Link("https://x.example/?mtm_source=a&mtm_source=b&amp;pk_kwd=c&mtm_%40=d#at_medium=e")

    assert [str(one) for one in other_tools(link)] == [
        "mtm_source: source of Matomo",
        "pk_kwd: keyword of Matomo",
        "at_medium: medium of Piano Analytics",
    ]
