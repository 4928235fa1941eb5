"""A page that is plain is already as browsers write it, without faults and private data."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.privacy.test_find import VALUES
from utmforge.privacy.fast_path.plain_pages import is_plain
from utmforge.privacy.keys import TELLING_KEYS
from utmforge.privacy.scan import find
from utmforge.urls.click_ids import CLICK_IDS
from utmforge.urls.landing_faults import landing_faults
from utmforge.urls.link import Link
from utmforge.urls.special_hosts import MESSENGERS, SHORTENERS
from utmforge.urls.tagging import read_landing_page

WORDS = st.from_regex("[a-z0-9_.-]{1,9}", fullmatch=True)
HOSTS = st.one_of(
    st.sampled_from(["shop.example", "www.bit.ly", "a.1", "127.0.0.1", "0x7f.1", "xn--a.example"]),
    st.sampled_from(sorted({*SHORTENERS, *MESSENGERS})),
    st.from_regex(r"[a-z0-9-]{1,6}(\.[a-z0-9-]{0,4}){0,3}", fullmatch=True),
)
SIGNS = st.sampled_from(
    [
        *(value.lower() for value, kind in VALUES.items() if kind),
        *(
            "http",
            "https://x.example/",
            "utm_source=a",
            "/c/",
            "/v/",
            "amp",
            "/amp/",
            "..",
            "ahr0c",
        ),
        *(
            "/",
            "//",
            "?",
            "&",
            "=",
            "0049-170-1234567",
            "de89370400440532013000",
            "%41",
            ":80",
            "#",
        ),
    ]
)
NAMES = st.sampled_from(sorted({*TELLING_KEYS, *CLICK_IDS, "utm", "um_source", "signature", "sig"}))
PATHS = st.lists(st.one_of(WORDS, SIGNS), max_size=4).map("/".join)
QUERIES = st.lists(
    st.tuples(st.one_of(WORDS, NAMES), st.one_of(WORDS, SIGNS)).map("=".join), max_size=3
).map("&".join)


@given(st.sampled_from(["https", "http"]), HOSTS, PATHS, QUERIES)
@example("https", "shop.example", "p/0049-170-1234567", "")
@example("https", "shop.example", "p", "a=b=name=c")
@example("http", "shop.example", "a/../b", "")
@example("https", "shop.example", "sk_live_a1b2c3d4a1b2c3d4a1b2c3d4", "")
@example("https", "shop.example", "p/ghp_a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6", "")
def test_a_plain_page_needs_no_further_look(scheme: str, host: str, path: str, query: str) -> None:
    """The parser changes nothing in it, and the full search finds nothing."""
    text = f"{scheme}://{host}/{path}{'?' if query else ''}{query}"

    if is_plain(text):
        page = read_landing_page(text)
        assert page.url == text
        assert page.notes() == []
        assert landing_faults(Link(text)) == ()
        assert find(text, "value") == ()


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.example/",
        "https://shop.example/catalogue/item-4711?colour=blue&size=4",
        "http://www.shop.example/sale/2026.html",
    ],
)
def test_most_pages_are_plain(text: str) -> None:
    """So that the look is worth its time."""
    assert is_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.example",
        "https://Shop.example/",
        "https://shop.example/a b",
        "https://shop.example/?gclid=1",
        "https://shop.example/?name=anna",
        "https://shop.example/?sig=ab12",
        "https://shop.example/p/491701234567",
        "https://bit.ly/3abcde",
        "https://shop.example/" + "a" * 9000,
        "ftp://shop.example/",
        "https://127.1/",
    ],
)
def test_others_are_looked_at_in_full(text: str) -> None:
    """Each is changed by the parser, refused, or doubtful."""
    assert not is_plain(text)
