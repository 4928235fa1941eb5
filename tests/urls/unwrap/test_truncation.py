"""A link whose end is missing is called cut, with the reason; a whole one is not."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.model import PARAMETERS
from utmforge.urls.link import Link
from utmforge.urls.unwrap.truncation import why_cut
from utmforge.urls.unwrap.unwrap import unwrap

PAGE = "https://shop.example/a"


def cut(url: str) -> str | None:
    """Return why an address is cut."""
    link = Link(url)
    assert link.address is not None
    return why_cut(url, link.address)


@pytest.mark.parametrize("sign", ["é", "€", "日", "😀"])
def test_a_character_cut_anywhere(sign: str) -> None:
    """Between its bytes, and within the three signs of one."""
    whole = "".join(f"%{byte:02X}" for byte in sign.encode())

    assert cut(f"{PAGE}?q={whole}") is None
    for end in range(1, len(whole)):
        is_lone_letter = end == 3 and sign.encode()[0] >= 0xE0  # as in `caf%E9` of Latin-1
        expected = None if is_lone_letter else "it ends within a percent-encoded character"
        assert cut(f"{PAGE}?q=a{whole[:end]}") == expected


@pytest.mark.parametrize("name", PARAMETERS.values())
def test_a_tag_cut_anywhere(name: str) -> None:
    """Within its name from `utm` on, behind its name, and before its value."""
    tagged = f"{PAGE}?b=1&{name}"
    for end in range(len("utm"), len(name) + 1):
        part = name[:end]
        assert cut(f"{PAGE}?b=1&{part}") == f"it ends within the name of a tag, {part}"
    assert cut(f"{tagged}=") == f"its last tag, {name}, has no value"
    assert cut(f"{tagged}=x") is None
    assert cut(f"{PAGE}?{name}=&b=1") is None


@pytest.mark.parametrize(
    ("tail", "is_cut"),
    [
        ("?n={{first_na", True),
        ("?n={{first_name}}&m={{las", True),
        ("?n={{first_name}}", False),
        ("?n=*|FNAME", True),
        ("?n=*|FNAME|*", False),
        ("?n={keyword", False),
    ],
)
def test_merge_tags(tail: str, is_cut: bool) -> None:
    """One that was opened twice over must be closed."""
    assert cut(PAGE + tail) == ("it ends within a merge tag" if is_cut else None)


@pytest.mark.parametrize("host", ["urldefense.com", "urldefense.us"])
def test_what_proofpoint_left_open(host: str) -> None:
    """An address of theirs that could not be opened was cut; the same path elsewhere was not."""
    reason = "the Proofpoint address around it is cut off"

    assert cut(f"https://{host}/v3/__https://x.example/a*b") == reason
    assert cut(f"https://{host}/v1/url?u=x") is None
    assert cut("https://x.example/v3/__https://y.example/a*b") is None


WORD = st.text("abcdefgh0123456789", min_size=1, max_size=8)


@given(st.lists(st.tuples(WORD, WORD), max_size=4), WORD)
def test_an_ordinary_link_is_whole(pairs: list[tuple[str, str]], path: str) -> None:
    """With or without parameters, and with a page's own that are empty."""
    query = "&".join(f"{name}={value}" for name, value in pairs)

    assert cut(f"https://shop.example/{path}?{query}") is None
    assert cut(f"https://shop.example/{path}?{query}&{path}=") is None


@pytest.mark.parametrize("tail", ["", "?", "?u", "?ut", "?q=", "?utility", "?Utm_x", "#utm_source"])
def test_what_only_looks_cut(tail: str) -> None:
    """A parameter of the page, or a fragment."""
    assert cut(PAGE + tail) is None


BARE = "https://shop.example/a"


CUT = {
    f"{BARE}…": "it ends with …",
    f"{BARE}...": "it ends with …",
    f"({BARE}…)": "it ends with …",
    f"{BARE}?q=caf%C3": "it ends within a percent-encoded character",
    f"{BARE}?q=%": "it ends within a percent-encoded character",
    f"{BARE}?q=%2": "it ends within a percent-encoded character",
    f"{BARE}?q=%E2%82": "it ends within a percent-encoded character",
    f"{BARE}?utm_source=a&utm_campaign=": "its last tag, utm_campaign, has no value",
    f"{BARE}?utm_source=a&utm_camp": "it ends within the name of a tag, utm_camp",
    f"{BARE}?utm_source=a&utm_campaign": "it ends within the name of a tag, utm_campaign",
    f"{BARE}?utm": "it ends within the name of a tag, utm",
    f"{BARE}?n={{{{emai": "it ends within a merge tag",
    f"{BARE}?n=*|EMA": "it ends within a merge tag",
    f"https://eur02.safelinks.protection.outlook.com/?url={quote(BARE, safe='')}": (
        "the Outlook Safe Links address around it is cut off"
    ),
    f"{BARE}?q=caf%C3%A9": None,
    f"{BARE}?q=caf%E9": None,
    f"{BARE}?q=": None,
    f"{BARE}?u": None,
    f"{BARE}?n={{{{email}}}}": None,
}


@pytest.mark.parametrize(("text", "why"), CUT.items())
def test_what_seems_cut(text: str, why: str | None) -> None:
    """The reason is given, or none."""
    found = unwrap(text)

    assert found.cut == why
