"""A link as it was found is read as what it is; an ordinary one is left alone."""

from base64 import urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from utmforge.urls.link import Link
from utmforge.urls.unwrap.unwrap import MAX_CHARACTERS, FoundLink, unwrap

LINK = "https://shop.example/a?b=1&utm_source=news#top"
BARE = "https://shop.example/a"
CODED = quote(LINK, safe="")
B64 = urlsafe_b64encode(LINK.encode()).decode()


MENDED = {
    # blanks and invisible characters
    f"  {LINK}\n": "removed the spaces around it",
    f"{LINK[:12]}\u200b{LINK[12:]}": "removed an invisible character",
    f"\ufeff{LINK}\u200e": "removed 2 invisible characters",
    # mail
    "https://shop.example/a?b=3D1&utm_=\nsource=3Dnews#top": "read as quoted-printable",
    "https://shop.example/a?b=3D1&utm_source=3Dnews#top": "read as quoted-printable",
    "https://shop.example/a?b=1&\nutm_source=news#top": "joined its lines",
    "https://shop.example/a?b=1\r\n> &utm_source=news#top": "joined its lines",
    # markup
    f'<a class="x" href="{LINK}">Shop</a>': "taken out of its HTML",
    f"<a href='{LINK}'>Shop</a>": "taken out of its HTML",
    f"[Shop]({LINK})": "taken out of its Markdown",
    f'[Shop](<{LINK}> "our shop")': "taken out of its Markdown",
    f"<{LINK}|Shop>": "taken out of its brackets",
    "https://shop.example/a?b=1&amp;utm_source=news#top": "read &amp; as &",
    "https://shop.example/a?b=1&#38;utm_source=news#top": "read &#38; as &",
    "https://shop.example/a?b=1&#038;utm_source=news#top": "read &#038; as &",
    "https://shop.example/a?b=1&#x26;utm_source=news#top": "read &#x26; as &",
    "https://shop.example/a?b=1&amp%3Butm_source=news#top": "read &amp%3B as &",
    "https://shop.example/a?b&#x3D;1&utm_source=news#top": "read &#x3D; as =",
    "https://shop.example/a?amp;b=1&utm_source=news#top": "read ?amp; as ?",
    # quotes, brackets, punctuation
    f"<{LINK}>": "removed the < > around it",
    f"({LINK})": "removed the ( ) around it",
    f'"{LINK}"': 'removed the " " around it',
    f"'{LINK}'": "removed the ' ' around it",
    f"«{LINK}»": "removed the « » around it",
    f"“{LINK}”": "removed the “ ” around it",
    f"`{LINK}`": "removed the ` ` around it",
    f"*{LINK}*": "removed the * * around it",
    f"_{LINK}_.": "removed the _ _ around it",
    f"({LINK}).": "removed the ( ) around it",
    f"({LINK}": "removed the ( from its start",
    f"{LINK})": "removed the ) from its end",
    f"{LINK}).": "removed the ). from its end",
    f"{LINK},": "removed the , from its end",
    f"{LINK};": "removed the ; from its end",
    f"{LINK}:": "removed the : from its end",
    f"{LINK}!": "removed the ! from its end",
    f"{LINK}?": "removed the ? from its end",
    f"{LINK}'": "removed the ' from its end",
    f'{LINK}"': 'removed what begins with "',
    f"{LINK}»": "removed the » from its end",
    f"{LINK}”": "removed the ” from its end",
    f"{LINK}>": "removed what begins with >",
    f"{LINK}。": "removed the 。 from its end",
    # words
    f"Look: {LINK} it is new": "taken out of the words around it",
    f"Look ({LINK} ) it is new": "taken out of the words around it",
    f"{LINK} it is new": "taken out of the words around it",
    f"{LINK}<br>": "removed what begins with <",
    # encoding and schemes
    CODED: "percent-decoded once",
    LINK.replace("https:", "https:/", 1).replace("///", "/"): "read https:/ as https://",
    LINK.replace("https://", "https//"): "read https// as https://",
    LINK.replace("https://", "https:"): "read https: as https://",
    f"http://{LINK}": "removed the first http://",
    LINK.removeprefix("https://"): "added https:// before it",
    LINK.removeprefix("https:"): "added https:// before it",
}


@pytest.mark.parametrize(("text", "step"), MENDED.items(), ids=lambda text: repr(text)[:50])
def test_mends(text: str, step: str) -> None:
    """Each is one step, and said in words."""
    assert unwrap(text) == FoundLink(Link(LINK), (step,))


SEVERAL = {
    "https://shop.example/a?b=1&amp;amp;utm_source=news#top": ("read &amp; as &",) * 2,
    quote(quote(LINK, safe=""), safe=""): ("percent-decoded once",) * 2,
    f"<https://l.facebook.com/l.php?u={CODED}&amp;h=x>.": (
        "read &amp; as &",
        "removed the < > around it",
        "unwrapped from Facebook",
    ),
    "https://nam.safelinks.protection.outlook.com/?url="
    + quote(f"https://l.facebook.com/l.php?u={CODED}&h=x", safe="")
    + "&data=y&reserved=0": ("unwrapped from Outlook Safe Links", "unwrapped from Facebook"),
    f"mailto:?body=({CODED}).": ("unwrapped from a mail link", "removed the ). from its end"),
}


@pytest.mark.parametrize(("text", "steps"), SEVERAL.items(), ids=lambda text: str(text)[:40])
def test_one_in_another(text: str, steps: tuple[str, ...]) -> None:
    """Steps are listed from the outside inwards."""
    assert unwrap(text) == FoundLink(Link(LINK), steps)


LEFT = [
    *(LINK, BARE, "http://shop.example", "https://shop.example/"),
    "https://shop.example/?a=1&",
    "https://shop.example/?view=3D",
    "https://shop.example/?q=3Dprinter",
    "https://shop.example/?view=3D&q=1",
    "https://shop.example/wiki/Spring_(season)",
    "https://shop.example/?n={{ first name }}&e={{email}}",
    "https://shop.example/?n=<%= name %>&m=[[x]]",
    "https://shop.example/?n=*|FNAME|*",
    "https://shop.example/?u=https%3A%2F%2Fother.example%2F",
    "https://shop.example/?url=https://other.example/",
    "https://shop.example/?copy=1&lt=2&amp=3",
    "https://shop.example/https://other.example/",
    "https://shop.example/caf%E9?a=%2520",
    "https://例え.example/あ",
    "https://shop.example/a_",
    "https://shop.example/a-",
    "https://shop.example/?token=abc==",
    # wrappers that hold nothing, or nothing that may come out
    "https://l.facebook.com/l.php?h=x",
    "https://l.facebook.com/l.php?u=javascript%3Aalert(1)",
    "https://www.google.com/url?q=shoes",
    "https://www.google.com/search?q=https://x.example/",
    "https://l.facebook.com.evil.example/l.php?u=https://x.example/",
    "https://l.facebook.com@evil.example/l.php?u=https://x.example/",
    "https://evil.example\\@l.facebook.com/l.php?u=https://x.example/",
    "https://google.evil.example/url?q=https://x.example/",
    "https://wa.me/?text=hello",
    "https://secure-web.cisco.com/1abc/x",
    "https://eu.protection.sophos.com/?d=x&u=%21%21",
    "https://eu.protection.sophos.com/?d=x&u=_w",
    "https://www.google.com/amp/",
    "https://x.cdn.ampproject.org/i/s/x.example/a.png",
    "https://urldefense.proofpoint.com/v1/url?k=1",
    "https://urldefense.proofpoint.com/v2/url?d=1",
    # no web address at all
    *(
        "",
        " ",
        "hello",
        "hello.",
        "2026-spring-sale",
        "(a)",
        "ftp://x.example/",
        "tel:+33612345678",
    ),
    *(
        "mailto:ann@x.example",
        "sms:+33612345678",
        "tel:+33612345678",
        "https://",
        "https:// x",
        "javascript:alert(1)",
    ),
    "Two words.",
]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_left_alone(text: str) -> None:
    """Ordinary links, wrappers without a link, and text that is not a link."""
    found = unwrap(text)

    assert found.url == text
    assert found.steps == ()


def test_only_long_lines_and_lines_with_signs_are_joined() -> None:
    """A word below a link is not its end."""
    long = "https://shop.example/" + "a" * 50

    assert unwrap("https://x.example/a\nThanks").url == "https://x.example/a"
    assert unwrap(f"{long}\nbcd").url == f"{long}bcd"
    assert unwrap(f"{long}\nhttps://y.example/").url == long
    assert unwrap(f"{long}\n\nBye").url == long


def test_riddles_are_left_alone() -> None:
    """Too long, or wrapped more often than any real link."""
    long = BARE + "?a=" + "x" * MAX_CHARACTERS + "."
    amp = "https://www.google.com/amp/s/" + "www.google.com/amp/s/" * 100 + "shop.example/a"

    assert unwrap(long) == FoundLink(Link(long))
    assert unwrap(amp) == FoundLink(Link(amp))
    for text in ("(" * 30_000, "[" * 30_000, "&amp;" * 6_000, "https://" * 4_000, "=3D" * 10_000):
        unwrap(text)
    for text in ("<a " * 10_000, "[a](" * 8_000, "https://x/" + "{{" * 15_000, "%25" * 10_000):
        unwrap(text)


WORD = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)
ORDINARY = st.builds(
    "https://{}.example/{}/{}?{}={}&utm_source={}&{}=caf%C3%A9#{}".format, *[WORD] * 8
)
ANY = st.text(max_size=80) | st.text("htps:/.x?&=%3DA0(){}<>[]|*'\";amp \n…", max_size=60)


@given(ORDINARY)
def test_an_ordinary_link_is_unchanged(url: str) -> None:
    """Without steps, and it seems whole."""
    assert unwrap(url) == FoundLink(Link(url))


@given(ANY | st.builds("https://x.example/{}".format, ANY))
def test_unwrapping_twice_is_unwrapping_once(text: str) -> None:
    """What came out is an ordinary link, or was left alone; a step means a change."""
    found = unwrap(text)
    again = unwrap(found.url)

    assert again.url == found.url
    assert again.steps == ()
    assert (found.steps == ()) == (found.url == text)


@given(ORDINARY, st.sampled_from(".,;:!?'\"»”)]"), st.integers(1, 3))
def test_what_stuck_to_the_end_goes(url: str, sign: str, count: int) -> None:
    """As often as it stuck."""
    assume(not url.endswith(sign))

    assert unwrap(url + sign * count).url == url
