"""What passes the prefilter holds nothing private; most addresses pass it."""

from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.privacy.test_find import VALUES
from utmforge.privacy.find import find_private
from utmforge.privacy.prefilter import has_signs, is_suspect
from utmforge.privacy.scan import find
from utmforge.privacy.words import PERSONAL


@given(st.text(max_size=60) | st.from_regex(r"https?://x\.example/[!-~]{0,60}", fullmatch=True))
def test_the_prefilter_lets_nothing_pass(text: str) -> None:
    """It gives what reading in full gives, and nothing ever fails."""
    assert find_private(text) == find(text, "value")


KEYS = st.sampled_from(
    ["name", "Na.me", "E-mail", "pin", "token", "a", "Ref", "na%C3%A9me", "utm_content", "(to)"]
)
SECRETS = st.sampled_from([value for value, kind in VALUES.items() if kind])
PIECES = st.one_of(
    SECRETS,
    SECRETS.map(lambda secret: urlsafe_b64encode(secret.encode()).decode().rstrip("=")),
    SECRETS.map(lambda secret: quote(secret, safe="")),
    SECRETS.map(str.upper),
    st.from_regex(r"[A-Za-z0-9_-]{1,30}", fullmatch=True),
    st.from_regex(r"[A-Z]?[a-z]{2,8}", fullmatch=True),
    st.text("éüßабв中か١Az1 .", min_size=1, max_size=6).map(quote),
    st.sampled_from(
        ["%C3", "%A9", "%25", "%2", "%E4%B8", "%E3%80%80", "%20", "00", "Anna.Schmidt"]
    ),
    KEYS.map("{}=".format),
)
JOINTS = st.sampled_from(["", "-", "_", "/", "&", "?", "#", ".", ";", "="])
BEGINNINGS = st.sampled_from(
    ["", "https://x.example/", "https://X.example?", "x.example/?a=", "https://x.example/#"]
)


@given(BEGINNINGS, st.lists(st.tuples(PIECES, JOINTS), min_size=1, max_size=4))
@example("https://x.example/?a=", [("sk-Cn9TfVgu3xMPLGFSGKjHXOhV9JVceGBCzqvM", "")])
@example("https://x.example/", [("%C3%A9", ""), ("DE89370400440532013000", "")])
@example("https://x.example/?", [("Na.me=", ""), ("anna", "")])
@example("https://x.example/?a=", [("h%C3%A9l%C3%A8ne", "."), ("durand", "")])
def test_capitals_and_escapes_hide_nothing(beginning: str, pieces: list[tuple[str, str]]) -> None:
    """What passes the prefilter is nothing when it is read in full."""
    text = beginning + "".join(map("".join, pieces))

    assert is_suspect(text) or find(text, "value") == ()


@given(st.binary(max_size=3), st.from_regex(rb"[ -~]{6,12}", fullmatch=True), st.binary(max_size=3))
def test_base64_of_readable_text_is_seen(before: bytes, text: bytes, behind: bytes) -> None:
    """At whichever of its four signs it begins, with or without padding, in both alphabets."""
    for encode in (b64encode, urlsafe_b64encode):
        for end in ("", "-x"):
            written = encode(before + text + behind).decode().rstrip("=") + end
            assert has_signs(f"/p/{written}") or written.islower()


@pytest.mark.parametrize(
    "page",
    [
        "https://shop.example/p/AB12-Blue-Shirt",
        "https://shop.example/Angebote/Fruehling",
        "https://shop.example/Damen/Schuhe/Turnschuhe-4711.html?ref=Header&lang=de",
        "https://shop.example/%C3%A9t%C3%A9/robe-l%C3%A9g%C3%A8re",
        "https://shop.example/%D0%B2%D0%B5%D1%81%D0%BD%D0%B0/%E6%98%A5/%E3%81%B5%E3%81%8F",
        "https://shop.example/caf%c3%a9#Section-2",
    ],
)
def test_ordinary_pages_pass(page: str) -> None:
    """Capitals, letters of other scripts, other parameters."""
    assert not is_suspect(page)


def test_an_escape_begins_no_merge_tag_of_a_person() -> None:
    """`%BFMAIL%` could be one, if its field began with the second half of an escaped letter."""
    assert not {word for word in PERSONAL if word[0] in "ab" and word[1] in "abcdef"}


@given(
    st.from_regex(
        r"https?://[a-z0-9.-]{1,20}(?:/[a-z0-9/_.-]{0,40})?(?:\?[a-z0-9_=&]{0,40})?",
        fullmatch=True,
    )
)
@example("https://shop.example/?e=annasmith")
@example("https://shop.example/anna.smith")
@example("https://shop.example/0049-170-1234567")
@example("https://shop.example/?a=de89370400440532013000")
def test_a_plain_address_that_passes_holds_nothing_private(page: str) -> None:
    """Small letters, digits and few signs: most landing pages are read no further."""
    assert is_suspect(page) or find(page, "value") == ()


@pytest.mark.parametrize("value", sorted({value.lower() for value, kind in VALUES.items() if kind}))
@pytest.mark.parametrize("place", ["https://shop.example/{}", "https://shop.example/p?a={}"])
def test_small_letters_hide_nothing(value: str, place: str) -> None:
    """A token may have no capitals by chance, or because someone typed it."""
    text = place.format(value)
    assert is_suspect(text) or not find(text, "address")
