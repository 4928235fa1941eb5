"""Addresses that need no parser are written as the parser would write them."""

from __future__ import annotations

import can_ada
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.urls import serialised as module
from utmforge.urls.serialised import serialised

PIECES = st.sampled_from(
    [
        *(
            "https://",
            "http://",
            "shop",
            "www",
            "xn--",
            ".",
            "..",
            "/",
            "//",
            "?",
            "#",
            "&",
            "=",
            "-",
        ),
        *(
            "example",
            "a",
            "B",
            "1",
            "0x7f",
            "%2e",
            "%41",
            "_",
            "~",
            "é",
            " ",
            ":443",
            ":8080",
            "com",
        ),
    ]
)


@given(
    st.one_of(
        st.lists(PIECES, max_size=9).map("".join),
        st.lists(PIECES, max_size=9).map(lambda pieces: "https://shop.example/" + "".join(pieces)),
        st.from_regex(module._AS_SERIALISED, fullmatch=True),
    )
)
def test_an_address_is_what_the_parser_makes_of_it(text: str) -> None:
    """Whether or not the parser is asked."""
    try:
        expected = str(can_ada.parse(text))
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            serialised(text)
    else:
        assert serialised(text) == expected


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ("https://shop.example/x?a=1#b", True),
        ("https://www.shop-two.example/de/sale.html?size=4&colour=red", True),
        ("https://shop.example", False),
        ("https://shop.example/a/../b", False),
        ("https://xn--bcher-kva.example/", False),
        ("https://127.0.0.1/", False),
        ("https://0x7f.1/", False),
        ("https://shop.example/a b", False),
    ],
)
def test_which_addresses_need_no_parser(text: str, is_known: bool) -> None:
    """Those of one obvious form."""
    assert bool(module._AS_SERIALISED.fullmatch(text)) is is_known
