"""In what two links differ, and what is no difference to a browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.explain.differences import Difference, differences, masked
from utmforge.model import Tags
from utmforge.urls.link import Link
from utmforge.urls.tagging import tag

LINK = "https://shop.example/a?x=1&y=2&utm_source=news&utm_medium=email#top"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (LINK, []),
        (LINK.replace("shop.example", "SHOP.example:443"), []),
        (LINK.replace("https", "http"), ["https became http"]),
        (LINK.replace("//", "//www."), ["www. was added"]),
        (LINK.replace("shop.", "shop2."), ["the host was changed"]),
        (LINK.replace(".example", ".example:8080"), ["the host was changed"]),
        (LINK.replace("/a?", "/a/?"), ["a slash at the end of the path was added"]),
        (LINK.replace("/a?", "/A?"), ["the path changed its letter case"]),
        (LINK.replace("/a?", "/b?"), ["the path was changed"]),
        (LINK.replace("x=1&", ""), ["x was lost"]),
        (LINK.replace("x=1", "x=3"), ["x was changed"]),
        (LINK.replace("x=1", "x=1&x=3"), ["x was added"]),
        (LINK.replace("x=1&y=2", "y=2&x=1"), ["its parameters were reordered"]),
        (LINK.replace("news", "News"), ["utm_source changed its letter case"]),
        (LINK.replace("&utm_medium=email", ""), ["utm_medium was lost"]),
        (LINK.replace("&utm_medium=email#top", "#top?utm_medium=email"), [
            "utm_medium was moved after the #"
        ]),
        (LINK.replace("#top", ""), ["the fragment was lost"]),
        (LINK.replace("#top", "#end"), ["the fragment was changed"]),
        (LINK.replace("x=1", "%78=%31"), ["it is written differently"]),
    ],
)  # fmt: skip
def test_what_is_said(other: str, said: list[str]) -> None:
    """Each difference in words."""
    assert [str(each) for each in differences(Link(LINK), Link(other))] == said


def test_a_difference_has_both_values() -> None:
    """Decoded; None where there is none."""
    assert differences(Link("https://x.example/?a=%20"), Link("https://x.example/?b=1")) == (
        Difference("parameter", "a", " ", None),
        Difference("parameter", "b", None, "1"),
    )


def test_only_addresses_are_compared() -> None:
    """The caller has looked."""
    with pytest.raises(ValueError, match="not an address"):
        differences(Link("nothing"), Link(LINK))


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("a", "b", "b"),
        ("a", "ann@acme.example", "[e-mail address]"),
        ("password", "hunter22", "[password parameter]"),
    ],
)
def test_what_is_private_is_masked(name: str, value: str, shown: str) -> None:
    """Also where only the parameter's name tells."""
    assert masked(name, value) == shown


@given(st.text(st.sampled_from("ab1-é &=%"), min_size=1).filter(str.strip), st.booleans())
def test_a_link_does_not_differ_from_itself(value: str, has_page_query: bool) -> None:
    """Whatever its tags; and in exactly one tag from itself with another."""
    page = "https://x.example/a?q=1#z" if has_page_query else "https://x.example/a"
    one = tag(page, Tags("news", "email", "spring", content=value))
    other = tag(page, Tags("news", "email", "spring", content=value + "x"))

    assert differences(Link(one), Link(one)) == ()
    assert [each.name for each in differences(Link(one), Link(other))] == ["utm_content"]
