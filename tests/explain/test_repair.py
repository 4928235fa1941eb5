"""A mended link has its tags where and as they should be, and mending it again changes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.explain.repair import Repair, repair
from utmforge.lint import Settings
from utmforge.model import Tags
from utmforge.naming.convention import Convention
from utmforge.urls.link import Link
from utmforge.urls.parameters import certain_field
from utmforge.urls.quoting import intended_text
from utmforge.urls.tagging import tag

GOOD = "https://x.example/?utm_source=a&utm_medium=email&utm_campaign=b"


@pytest.mark.parametrize(
    ("url", "better"),
    [
        (GOOD, GOOD),
        ("https://x.example/", "https://x.example/"),
        ("https://x.example/?fbclid=1&GCLID=2#z", "https://x.example/#z"),
        (GOOD.replace("/?", "/?a=1&fbclid=2&"), GOOD.replace("/?", "/?a=1&")),
        (GOOD.replace("utm_source=a&", "") + "&UTM_Source=A", GOOD),
        (GOOD.replace("utm_medium", "utm-medium"), GOOD),
        (GOOD.replace("utm_medium", "utm_medum"), GOOD),
        (GOOD.replace("utm_medium", "amp;utm_medium"), GOOD),
        ("https://x.example/?utm_source=a#utm_medium=email&utm_campaign=b", GOOD),
        ("https://x.example/?utm_source=a#z?utm_medium=email&utm_campaign=b", GOOD + "#z"),
        (GOOD + "&utm_source=second", GOOD),
        (GOOD + "&utm_term=", GOOD),
        (GOOD + "&utm_term=caf%25C3%25A9", GOOD + "&utm_term=cafe"),
        (GOOD + "&utm_term=a+b", GOOD + "&utm_term=a-b"),
        (GOOD + "&utm_term={{ad.name}}", GOOD + "&utm_term={{ad.name}}"),
        (GOOD.replace("x.ex", "X.EX"), GOOD),
    ],
)
def test_what_is_put_right(url: str, better: str) -> None:
    """One thing each."""
    assert repair(Link(url)) == Repair(better)
    assert repair(Link(better)) == Repair(better)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://x.example/?utm_source=a", "the tags have no medium"),
        (GOOD + "&sig=abc", "the address is signed (sig=…): one added parameter breaks it"),
        (GOOD + "&to=zqx@acme.example", "it would repeat the e-mail address that must not be in a"),
        ("https://zqx:secret@x.example/", "it would repeat the password"),
    ],
)
def test_what_cannot_be_mended(url: str, why: str) -> None:
    """The reason, without what must not be repeated."""
    url_of, why_not = repair(Link(url))
    assert url_of is None
    assert (why_not or "").startswith(why)
    assert "zqx" not in (why_not or "")


def test_the_naming_convention_is_asked() -> None:
    """Its case and separator."""
    assert repair(
        Link(GOOD + "&utm_term=a+b"), Settings(Convention(case="upper", separator="_"))
    ).url == ("https://x.example/?utm_source=A&utm_medium=EMAIL&utm_campaign=B&utm_term=A_B")


@pytest.mark.parametrize(
    ("name", "field"),
    [("utm_source", "source"), ("UTM_SOURCE", "source"), ("utmsource", "source"),
     ("utm_sorce", "source"), ("utm_ad", None), ("itm_source", None), ("source", None),
     ("utm_" + "x" * 9999, None)],
)  # fmt: skip
def test_the_tag_that_is_meant(name: str, field: str | None) -> None:
    """Typos are mended, other names are not tags."""
    assert certain_field(name) == field


@pytest.mark.parametrize(
    ("raw", "value"),
    [("a%20b", "a b"), ("a+b", "a b"), ("a%2520b", "a b"), ("a%252520b", "a b"), ("50%25", "50%"),
     ("50%2525", "50%"), ("%", "%"), ("100%25-off", "100%-off")],
)  # fmt: skip
def test_decoding(raw: str, value: str) -> None:
    """As often as it was encoded, and no further."""
    assert intended_text(raw) == value


@given(st.text(max_size=20).filter(lambda text: text.isprintable() and text.strip()))
def test_what_utmforge_makes_needs_no_mending_twice(value: str) -> None:
    """Mending is idempotent for whatever can be tagged at all."""
    url = tag("https://x.example/?a=1#z", Tags("news", "email", "spring", content=value))
    once = repair(Link(url))
    if once.url:
        assert repair(Link(once.url)) == once
