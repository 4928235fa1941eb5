"""What Proofpoint hid is read again, byte by byte, or not at all."""

from base64 import urlsafe_b64encode
from string import ascii_lowercase, ascii_uppercase, digits
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from utmforge.urls.link import Link
from utmforge.urls.unwrap.proofpoint import from_v2, from_v3
from utmforge.urls.unwrap.unwrap import FoundLink, unwrap

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
@example("https://x.example/a:/0")
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


# The first: Proofpoint's own example. The others: runs and bytes.
PROOFPOINT_3 = {
    "https://urldefense.com/v3/__https://google.com:443/search?q=a*test&gs=ps__;Kw!-612Flbf0JvQ3kNJ"
    "kRi5Jg!Ue6tQudNKaShHg93trcdjqDP8se2ySE65jyCIe2K1D_uNjZ1Lnf6YLQERujngZv9UWf66ujQIQ$": (
        "https://google.com:443/search?q=a+test&gs=ps"
    ),
    "https://urldefense.com/v3/__http://x.example/?a1!b2@c3*d4$5e*6*5E7&8*9(10*7C*5C**B7D*7B__"
    ";IyUlKiUlW10lJQ!!foo!bar$": "http://x.example/?a1!b2@c3#d4$5e%6%5E7&8*9(10%7C%5C[]%7D%7B",
    "https://urldefense.com/v3/__https://x.example/**Acaf**Ax__;eHnDqQ!!a!b$": (
        "https://x.example/xycaféx"
    ),
    "https://urldefense.com/v3/__https://x.example/a__;!!a!b$": "https://x.example/a",
    # 65 bytes and 3 more: a run may end within a character
    "https://urldefense.com/v3/__https://x.example/**_**Btest__;"
    + urlsafe_b64encode("é".encode() * 34).decode().rstrip("=")
    + "!!a!b$": "https://x.example/" + "é" * 34 + "test",
}


@pytest.mark.parametrize(("text", "url"), PROOFPOINT_3.items(), ids=lambda text: text[-30:])
def test_proofpoint_3(text: str, url: str) -> None:
    """Every byte comes back to its place."""
    assert unwrap(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        "https://urldefense.com/v3/__https://x.example/a*b__;!!a!b$",
        "https://urldefense.com/v3/__https://x.example/a__;YQ!!a!b$",
        "https://urldefense.com/v3/__https://x.example/a*b__;Y!!a!b$",
        "https://urldefense.com/v3/__https://x.example/a*b",
    ],
)
def test_proofpoint_3_that_does_not_fit_is_left(text: str) -> None:
    """Nothing is guessed: the bytes and their places must agree."""
    assert unwrap(text) == FoundLink(Link(text), cut="the Proofpoint address around it is cut off")
