"""Which hosts are one site, also where an address tries to look as if it were on another one."""

import pytest

from utmforge.urls.sites import UNREADABLE, is_own, other_site, own_hosts

SHOP = "https://shop.example/a"


@pytest.mark.parametrize(
    "other",
    [
        "https://shop.example/b",
        "http://shop.example:8080/",
        "https://WWW.Shop.Example./",
        "https://m.shop.example/",
        "https://user@shop.example/",
    ],
)
def test_the_same_site(other: str) -> None:
    """The host, whatever stands before and after it, and its subdomains; both ways round."""
    assert other_site(SHOP, other) is None
    assert other_site(other, SHOP) is None


@pytest.mark.parametrize(
    ("other", "host"),
    [
        ("https://evil.example/", "evil.example"),
        ("https://shop.example.evil.example/", "shop.example.evil.example"),
        ("https://evilshop.example/", "evilshop.example"),
        ("https://shop.example@evil.example/", "evil.example"),
        ("https://evil.example\\@shop.example/", "evil.example"),
        ("https://evil.example#@shop.example/", "evil.example"),
        ("https://evil.example?shop.example/", "evil.example"),
        ("https:/\\evil.example/shop.example", "evil.example"),
        ("https://example/", "example"),
        ("https://sh\u043ep.example/", "xn--shp-ted.example"),
        ("https://127.0.0.1/", "127.0.0.1"),
        ("mailto:a@shop.example", UNREADABLE),
        ("https://", UNREADABLE),
        ("javascript:alert(1)//shop.example", UNREADABLE),
    ],
)
def test_another_site(other: str, host: str) -> None:
    """By the host that browsers read."""
    assert other_site(SHOP, other) == host


def test_neighbours_on_a_hosting_service_are_two_sites() -> None:
    """Both are subdomains of a third."""
    assert other_site("https://a.pages.example/", "https://b.pages.example/") == "b.pages.example"


def test_own_domains_are_one_site() -> None:
    """Also in other scripts, and with `www.`."""
    own = own_hosts(["www.new-shop.example", "B\u00fccher.example"])

    assert other_site(SHOP, "https://www.new-shop.example/", own) is None
    assert other_site(SHOP, "https://eu.new-shop.example/", own) is None
    assert other_site(SHOP, "https://b\u00fccher.example/", own) is None
    assert other_site(SHOP, "https://new-shop.example.evil.example/", own)
    assert is_own("eu.xn--bcher-kva.example", own)
