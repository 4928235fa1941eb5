"""What Proofpoint hid is read again, byte by byte, or not at all."""

from base64 import urlsafe_b64encode
from string import ascii_lowercase, ascii_uppercase, digits
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.urls.unwrap.proofpoint import from_v2, from_v3

RUNS = ascii_uppercase + ascii_lowercase + digits + "-_"
SAFE = frozenset((ascii_lowercase + digits + "/?=&.:").encode())


def hidden(url: str) -> str:
    """Write an address as Proofpoint's third version does: unsafe bytes apart, runs counted."""
    shown, taken, run = "", bytearray(), 0
    for byte in [*url.encode(), None]:
        if byte is not None and byte not in SAFE and run < len(RUNS) + 1:
            taken.append(byte)
            run += 1
            continue
        if run:
            shown += "*" if run == 1 else f"**{RUNS[run - 2]}"
            run = 0
        if byte is not None and byte not in SAFE:
            taken.append(byte)
            run = 1
        elif byte is not None:
            shown += chr(byte)
    return f"/v3/__{shown}__;{urlsafe_b64encode(taken).decode().rstrip('=')}!!key!rest$"


INNER = st.text(
    st.characters(codec="utf-8", exclude_characters="\n_"), min_size=1, max_size=90
).map("https://x.example/a{}".format)


@given(INNER)
def test_the_third_version_gives_every_byte_back(url: str) -> None:
    """Also characters of several bytes, and more of them than one run can say."""
    assert from_v3(hidden(url)) == url


@given(INNER)
def test_the_second_version_gives_every_character_back(url: str) -> None:
    """`-` stands for `%` and `_` for `/`."""
    encoded = quote(url, safe="/").replace("-", "%2D").replace("_", "%5F").replace("~", "%7E")
    hidden_in_2 = encoded.replace("%", "-").replace("/", "_")

    assert from_v2(hidden_in_2) == url


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "/v3/",
        "/v3/__https://x.example/a",
        "/v3/__https://x.example/a__;",
        "/v3/__https://x.example/a*__;!!a!b$",
        "/v3/__https://x.example/a**A__;YQ!!a!b$",
        "/v3/__https://x.example/a__;YQ!!a!b$",
        "/v3/__https://x.example/a*__;Y!!a!b$",
        "/v2/__https://x.example/a__;!!a!b$",
    ],
)
def test_what_does_not_fit_is_not_guessed(rest: str) -> None:
    """Bytes and places must agree, and it must end."""
    assert from_v3(rest) is None


@given(INNER, st.data())
def test_a_cut_address_is_never_a_wrong_one(url: str, data: st.DataObject) -> None:
    """Cut anywhere before its last mark, it says nothing."""
    whole = hidden(url)
    end = data.draw(st.integers(0, whole.rindex(";")))

    assert from_v3(whole[:end]) is None
