"""A page as a reader shares it: without what the reader's own visit brought."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.model import Tags
from utmforge.urls.reader_shares import is_of_visit, reader_share, without_visit
from utmforge.urls.tagging import read_tags, written_tags

TAGS = Tags("whatsapp", "message", "site-share")
TABLE = json.loads((Path(__file__).parents[1] / "data" / "reader_shares.json").read_text("utf-8"))


@pytest.mark.parametrize(("address", "shared"), TABLE["rows"], ids=range(len(TABLE["rows"])))
def test_table(address: str, shared: str) -> None:
    """Each hard address, and what is shared; the buttons' JavaScript reads the same table."""
    assert reader_share(address, TAGS) == shared


def test_a_password_is_never_shared() -> None:
    """Not even in an address that is otherwise left as it is."""
    assert reader_share("https://ann:secret@shop.example/?a=1", TAGS).startswith(
        "https://shop.example/?a=1&utm_source=whatsapp"
    )
    signed = "https://ann:secret@shop.example/?X-Amz-Signature=1"
    assert reader_share(signed, TAGS) == "https://shop.example/?X-Amz-Signature=1"


PIECES = st.sampled_from(
    [
        *("a=1", "b", "x%20y=%2B", "", "utm_source=x", "UTM_MEDIUM=y", "amp;utm_campaign=z"),
        *("fbclid=1", "mtm_source=q"),
    ]
)


@given(st.lists(PIECES, max_size=6), st.lists(PIECES, max_size=3))
def test_what_is_left_stays_as_it_was(query: list[str], fragment: list[str]) -> None:
    """Pieces of the page itself keep their bytes and their order; sharing again changes nothing."""
    address = f"https://shop.example/p?{'&'.join(query)}#{'&'.join(fragment)}"
    shared = reader_share(address, TAGS)
    own = "&".join(one for one in query if not is_of_visit(one))
    sent = shared.partition("#")[0].partition("?")[2]
    assert sent == f"{own}&{written_tags(TAGS)}" if own else sent == written_tags(TAGS)
    assert reader_share(shared, TAGS) == shared
    assert read_tags(shared) == TAGS
    assert without_visit(without_visit(address)) == without_visit(address)
