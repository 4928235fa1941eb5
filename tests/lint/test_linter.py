"""The linter's short ways: they say what asking every rule says, and nothing private passes."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge import bounded_cache
from utmforge.lint import Linter, Settings, cross_link
from utmforge.naming.convention import Convention
from utmforge.naming.field_rule import FieldRule

PIECES = st.sampled_from(
    [
        *("utm_source=news", "utm_source=News", "utm_medium=email", "utm_medium=newsletter"),
        *("utm_campaign=spring", "utm_campaign=shop-a", "utm_content=hero-1", "utm_content=a_b-c"),
        *("utm_content=9e107d9d372bb6826bd81d3542a419d6", "utm_term=a+b", "utm_term=", "utm_id=7"),
        *("utm-source=x", "utm_surce=x", "UTM_TERM=x", "amp;utm_term=x", "utm_content=x_"),
        *("e=ann%40mail.example", "utm_content=ann@mail.example", "q=1", "name=anna", "Q=a%20b"),
        *("password=hunter2hunter2", "id=12345678901234", "sig=abc", "utm_term={keyword}", "", "a"),
        *("utm_content=caf%25C3", "utm_content=00491701234567", "utm_source_platform=x", "x=a.b"),
        # Each link its own, capitals, percent-encoding
        *("utm_content=hero-2", "utm_content=Hero-3", "utm_content=Hero-Top_4", "utm_content=%20"),
        *(
            "utm_content=caf%C3%A9-5",
            "utm_content=abcdefabcdef1234",
            "utm_content=hero-",
            "utm_id=B",
        ),
        *("utm_content=YW5uQG1haWwuZXhhbXBsZQ", "utm_term=Shoes", "utm_content=anna.schmidt"),
        # Other parameters
        *("ref=Header", "lang=de", "Ref=Header", "Name=anna", "x_utm_content=hero-1", "empty="),
        *("gclid=EAIaIQobChMIh8f5_Mzq-AIVB9Z3Ch0v3gZQEAAYASAAEgI_D_BwE", "ref=a%C3%A9", "ref=x."),
        *("ref=YW5uQG1haWwuZXhhbXBsZQ", "card=4111-1111-1111-1111", "iban=DE89370400440532013000"),
    ]
)
SERIES = st.from_regex(r"utm_content=[a-z]{1,6}-?[a-f0-9]{0,16}", fullmatch=True)
PAGES = st.sampled_from(
    [
        *("https://shop.example/", "https://shop.example", "https://Shop.Example/A/b.html"),
        *("https://bit.ly/x", "https://archive.org/x", "https://xn--shp-ted.example/"),
        *("https://shop.example/ann@mail.example", "http://1.2.3.999/", "htp://x.example/", "/x"),
        *("https://shop.example/utm_source", "https://shop.example/0049-170-1234567/", "x"),
        *("https://blog.shop.example/a-b_c", "https://shop.example:8080/", "https://a..b/"),
        *("https://shop.example/p/AB12-Blue-Shirt", "https://shop.example/Angebote/Fruehling/"),
        *("https://shop.example/%C3%A9t%C3%A9", "https://shop.example/%E4%B8%AD%20/", "http://a.b"),
        *("https://shop.example/YW5uQG1haWwuZXhhbXBsZQ/x", "https://shop.example/a%40b.example"),
        *(
            "https://shop.example/AKIAIOSFODNN7EXAMPLE",
            "https://shop.example/DE89370400440532013000",
        ),
        *("https://shop.example/rot+blau", "https://shop.example/" + "a/" * 480),
    ]
)
ENDS = st.sampled_from(
    [
        *("", "#top", "#utm_source=x", "#/r?utm_source=x", "#a.", "#e=a@b.example", "#section-2"),
        *("#Section-2", "#utm_source", "#YW5uQG1haWwuZXhhbXBsZQ", "#caf%C3%A9", "#", "#a#b"),
    ]
)
LINKS = st.lists(
    st.tuples(PAGES, st.lists(PIECES | SERIES, max_size=6), ENDS).map(
        lambda parts: f"{parts[0]}?{'&'.join(parts[1])}{parts[2]}"
    ),
    max_size=12,
)
COMPLETE = "utm_source=news&utm_medium=email&utm_campaign=spring"
ALIKE = st.lists(
    st.tuples(PAGES, PIECES | SERIES, PIECES | st.just("utm_term=x"), ENDS).map(
        lambda parts: f"{parts[0]}?{COMPLETE}&{parts[1]}&{parts[2]}{parts[3]}"
    ),
    max_size=12,
)
UNTAGGED = st.lists(
    st.tuples(
        PAGES, st.sampled_from(["", "?", "?q=1", "?ref=Header&lang=de", "?x=utm", "?a"]), ENDS
    ).map("".join),
    max_size=12,
)
SETTINGS = st.sampled_from(
    [
        Settings(),
        Settings(own_domains=frozenset(("shop.example",))),
        Settings(own_domains=frozenset(("shop.example",)), is_site=True),
        Settings(Convention(case="upper")),
        Settings(Convention(max_length=8)),
        Settings(Convention(fields={"content": FieldRule(allowed=("hero-1", "top"))})),
    ]
)


@contextmanager
def short_memory(most: int) -> Iterator[None]:
    """Let the linter forget after so many of each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounded_cache, "MAX_ENTRIES", most)
        patch.setattr(cross_link, "MAX_PAGES", most)
        yield


@given(LINKS | ALIKE | UNTAGGED, SETTINGS, st.sampled_from([1, 2, 5, 200_000]))
def test_the_short_way_says_what_the_long_way_says(
    links: list[str], settings: Settings, most: int
) -> None:
    """Nothing that is remembered of other links, or forgotten, changes what is said of this one."""
    with short_memory(most):
        quick = Linter[int](settings)
        for number, url in enumerate(links):
            assert quick.check(url, number) == Linter[int](settings).thorough(url), url


def test_a_click_id_before_private_data_after_the_tags() -> None:
    """Only the privacy rule reports the link."""
    url = "https://shop.example/?gclid=Cj0KCQjw&utm_source=news#YW5uQG1haWwuZXhhbXBsZQ"
    found = Linter[int]().check(url)

    assert [one.rule.code for one in found] == ["UTM501"]
    assert found == Linter[int]().thorough(url)


SECRETS = (
    *("ann@mail.example", "ann%40mail.example", "hunter2hunter2", "00491701234567", "anna.schmidt"),
    *("YW5uQG1haWwuZXhhbXBsZQ", "AKIAIOSFODNN7EXAMPLE", "4111-1111-1111-1111"),
    "DE89370400440532013000",
)


@given(LINKS | ALIKE)
def test_what_is_private_is_never_said(links: list[str]) -> None:
    """Not in a message, not in a hint, not in what is said of all links together."""
    quick = Linter[int]()
    found = [one for number, url in enumerate(links) for one in quick.check(url, number)]
    found += [one for _, one in quick.finish()]

    assert not any(secret in f"{one.message}{one.hint}" for one in found for secret in SECRETS)
