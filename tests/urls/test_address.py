"""Addresses in pieces, as browsers read them."""

import pytest

from utmforge.urls.address import (
    Address,
    is_relative,
    looks_like_address,
    read_address,
    with_scheme,
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://Shop.example", Address("https", "shop.example", "/", "", "")),
        ("https://shop.example:443/a", Address("https", "shop.example", "/a", "", "")),
        ("https://shop.example:8080/a?b=1#c",
         Address("https", "shop.example", "/a", "b=1", "c", "8080")),
        ("https://café.example/é", Address("https", "xn--caf-dma.example", "/%C3%A9", "", "")),
        ("mailto:a@b.example", Address("mailto", "", "a@b.example", "", "")),
        ("words", None),
        ("https://", None),
        ("https://shop.example/\udce9", None),
    ],
)  # fmt: skip
def test_an_address_in_pieces(text: str, address: Address | None) -> None:
    """The usual port of a scheme is left out; None where it is not an address."""
    assert read_address(text) == address


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("shop.example/a", "https://shop.example/a"),
        ("//shop.example", "https://shop.example"),
        ("shop.example:8080/a", "https://shop.example:8080/a"),
        ("localhost:8080", "https://localhost:8080"),
        ("http://shop.example", "http://shop.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("spring-sale", "spring-sale"),
    ],
)
def test_a_scheme_is_added_where_only_it_is_missing(text: str, full: str) -> None:
    """A name stays a name."""
    assert with_scheme(text) == full
    assert looks_like_address(text) is (text != "spring-sale")


@pytest.mark.parametrize(
    ("url", "is_one"),
    [("/a", True), ("./a", True), ("../a", True), ("?a=1", True), ("//a.example", False),
     ("a", False)],
)  # fmt: skip
def test_relative_addresses(url: str, is_one: bool) -> None:
    """Those without a host."""
    assert is_relative(url) is is_one
