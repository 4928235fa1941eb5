"""What is wrong with landing pages; most have nothing, which the prefilter knows."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from utmforge.urls.landing_faults import landing_faults, usable_page
from utmforge.urls.landing_prefilter import is_ordinary
from utmforge.urls.link import Link

ORDINARY = [
    "https://shop.example/",
    "https://shop.example/sale/item-12?size=4&colour=red#faq",
    "https://shop.example:8443/a%20b?q=a%20b",
    "http://www.shop.example?ref=bit.ly",
]


@pytest.mark.parametrize("page", ORDINARY)
def test_ordinary_pages(page: str) -> None:
    """They are not looked at any further, and have no fault."""
    assert is_ordinary(page)
    assert landing_faults(Link(page)) == ()


HOSTS = st.sampled_from(
    [
        *("shop.example", "bit.ly", "www.wa.me", "play.google.com", "m.facebook.com", "https"),
        *("eur01.safelinks.protection.outlook.com", "www.google.com", "urldefense.com", "x.com"),
        *(
            "signal.me",
            "xn--shp-ted.example",
            "www.youtube.com",
            "t.me",
            "nam.protection.sophos.com",
        ),
    ]
)
PIECES = st.sampled_from(
    [
        *("/", "?", "&", "=", ";", "#", "%3F", "%26", "a=1", "utm_source", "utm-medium", "amp;b=1"),
        *("mc_eid=1", "gclid=2", "url=https%3A%2F%2Fx.example%2F", "q=http://x.example"),
        "u=a1aHR0",
        *("amp/s/x.example", "c/s/x.example", "v3/__https://x.example__;!!", "um_source=3"),
        "%75tm",
        *("text=https://x.example", "https://", "aHR0cHM6Ly94LmV4YW1wbGUv", "url", "redirect"),
    ]
)  # fmt: skip


@given(HOSTS, st.lists(PIECES, max_size=6).map("".join))
def test_the_prefilter_clears_nothing_that_has_a_fault(host: str, rest: str) -> None:
    """It says the same as looking at everything."""
    page = f"https://{host}/{rest}"

    assert not is_ordinary(page) or landing_faults(Link(page)) == ()


@given(HOSTS, st.lists(PIECES, max_size=6).map("".join))
@example("shop.example", "https://https://https://&")
@example("https", "https://https://shop.example")
def test_the_page_to_use_has_no_certain_fault(host: str, rest: str) -> None:
    """Nor would it be changed again."""
    page = usable_page(Link(f"https://{host}/{rest}"))

    if page:
        assert usable_page(Link(page)) == page
        certain = {one.kind for one in landing_faults(Link(page)) if one.is_certain}
        assert certain == set()
