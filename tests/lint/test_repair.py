"""A repaired link has its tags where and as they should be; repairing it again changes nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from utmforge.lint import RULES, Settings
from utmforge.lint.repair import STEPS, Repair, repair, repaired
from utmforge.model import Tags
from utmforge.naming.convention import Convention
from utmforge.urls.link import Link
from utmforge.urls.parameters import certain_field
from utmforge.urls.quoting import decoded, once_encoded
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
        (GOOD + "&to=zqx@acme.example", "it contains private data (e-mail address)"),
        ("https://zqx:secret@x.example/", "it contains private data (password"),
    ],
)
def test_what_cannot_be_repaired(url: str, why: str) -> None:
    """The reason, without what must not be repeated."""
    url_of, why_not, partly = repair(Link(url))
    assert partly is None
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
    """Typos are corrected, other names are not tags."""
    assert certain_field(name) == field


@pytest.mark.parametrize(
    ("raw", "value"),
    [("a%20b", "a b"), ("a+b", "a b"), ("a%2520b", "a b"), ("a%252520b", "a b"), ("50%25", "50%"),
     ("50%2525", "50%"), ("%", "%"), ("100%25-off", "100%-off"),
     ("50%25deg", "50%deg"), ("%2525deg", "%deg"), ("caf%25E9", "caf%E9")],
)  # fmt: skip
def test_decoding(raw: str, value: str) -> None:
    """As often as it was encoded, and no further."""
    assert decoded(once_encoded(raw)) == value


def test_the_steps() -> None:
    """Each rule that can fix what it finds is a step, and no other."""
    assert sorted(STEPS) == [rule.code for rule in RULES if rule.is_fixable]


@given(st.text(max_size=20).filter(lambda text: text.isprintable() and text.strip()))
@example("%°")
@example("%4°")
@example("%2541")
def test_repairing_an_issued_link_twice_is_repairing_it_once(value: str) -> None:
    """Whatever can be tagged at all."""
    url = tag("https://x.example/?a=1#z", Tags("news", "email", "spring", content=value))
    once = repair(Link(url))
    if once.url:
        assert repair(Link(once.url)) == once


NAMES = st.sampled_from(
    [
        *("utm_source", "utm_medium", "utm_campaign", "utm_content", "UTM_Source", "utm-medium"),
        *("utm_surce", "amp;utm_term", "#038;utm_term", "utm_id", "q", "fbclid", "um_source", ""),
    ]
)
VALUES = st.text("aB1-_.~ %+&#?=;,25e°é{}'", max_size=9) | st.sampled_from(
    [
        "%2520",
        "caf%25C3%25A9",
        "%25de",
        "%25252541",
        "a+b",
        "{{ad.name}}",
        "{{ ad.name }}",
        "a.",
        "%",
    ]
)
QUERIES = st.lists(st.tuples(NAMES, VALUES).map("=".join), max_size=6).map("&".join)
PAGES = st.sampled_from(
    ["https://shop.example/", "https://Shop.example/a&utm-source=b", "http://shop.example", "/x"]
)
LINKS = st.tuples(PAGES, QUERIES, st.just("") | QUERIES.map("#{}".format)).map(
    lambda parts: f"{parts[0]}?{parts[1]}{parts[2]}"
)
SETTINGS = st.sampled_from(
    [
        Settings(),
        Settings(Convention(case="upper", separator="_")),
        Settings(Convention(case="keep", transliterate=False, required=("term",))),
    ]
)


@given(LINKS, SETTINGS, st.none() | st.sets(st.sampled_from(STEPS)))
def test_fixing_twice_is_fixing_once(url: str, settings: Settings, codes: set[str] | None) -> None:
    """With whichever rules."""
    once = repaired(url, settings, codes)

    assert repaired(once, settings, codes) == once


@given(LINKS, SETTINGS)
def test_repairing_twice_is_repairing_once(url: str, settings: Settings) -> None:
    """Of any link, and nothing that can be fixed is left in a repaired one."""
    once = repair(Link(url), settings)
    if once.url:
        assert repair(Link(once.url), settings) == once
        assert repaired(once.url, settings) == once.url
