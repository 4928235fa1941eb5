"""Ready messages: where the link goes, and what is wrong with a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import NotText
from utmforge.share.message import (
    message_faults,
    place_link,
    refuse_unfit_message,
    shorteners_in,
    words_without_link,
)

URL = "https://shop.example/?utm_source=a&utm_medium=b&utm_campaign=c"


@pytest.mark.parametrize(
    ("message", "text", "words"),
    [
        (None, URL, ""),
        ("", URL, ""),
        ("Spring.", f"Spring.\n{URL}", "Spring."),
        ("Spring.\r\n20 %\n", f"Spring.\n20 %\n{URL}", "Spring.\n20 %"),
        ("Spring: {link}", f"Spring: {URL}", "Spring:"),
        ("See {link} today", f"See {URL} today", None),
        ("{link} {link}", f"{URL} {URL}", None),
        ("{lnik}", f"{{lnik}}\n{URL}", "{lnik}"),
        ("[b]{0} %s \\n <b>", f"[b]{{0}} %s \\n <b>\n{URL}", "[b]{0} %s \\n <b>"),
    ],
)
def test_the_link_in_its_place(message: str | None, text: str, words: str | None) -> None:
    """Where the message says, or last on a line of its own; everything else as it is."""
    assert place_link(message, URL) == text
    assert words_without_link(message) == words


@given(st.text())
def test_the_link_is_in_every_message_and_whole(message: str) -> None:
    """And nothing but spaces at the end is lost."""
    text = place_link(message, URL)

    assert URL in text
    if "{link}" not in message and message.strip():
        assert text.splitlines()[-1] == URL


@pytest.mark.parametrize(
    "written",
    [
        *("{lnik}", "{Link}", "{LINK}", "{ link }", "{links}", "{lin}", "{liink}", "{{link}}"),
        *("{url}", "{link", "[link]", "<link>", "%link%", "$link$", "{lien}", "(link)"),
    ],
)
def test_what_was_meant_for_the_link(written: str) -> None:
    """A misspelt place is sent as it is, and said."""
    faults = list(message_faults(f"See {written} today"))

    assert faults[0][0] == f'the message has "{written}", which is sent as it is'
    assert "{link}" in faults[0][1]


@pytest.mark.parametrize(
    "message", ["{link}", "A {link}.", "({link})", "{first_name}, see {link}!"]
)
def test_ordinary_messages_have_no_fault(message: str) -> None:
    """Punctuation after a link is cut by apps; merge tags are other tools'."""
    assert not list(message_faults(message))


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("{link} or {link}", "2 times"),
        ("*{link}*", "directly beside"),
        ("see{link}", "directly beside"),
        ("{link}now", "directly beside"),
        ("{link}😀", "directly beside"),
        ("{link}.now", "directly beside"),
    ],
)
def test_faults_of_the_place(message: str, said: str) -> None:
    """What would break the address in an app."""
    assert said in next(iter(message_faults(message)))[0]


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("see bit.ly/x", ["bit.ly"]),
        ("HTTPS://WWW.BIT.LY/x and t.co/1", ["bit.ly", "t.co"]),
        ("me@bit.ly.example, notbit.ly, https://shop.example/?u=x", []),
        ("Until Sunday.Only", []),
    ],
)
def test_shorteners_in_a_text(text: str, hosts: list[str]) -> None:
    """As hosts, not as letters."""
    assert shorteners_in(text) == hosts


@pytest.mark.parametrize("message", ["a\0b", "a\ud800", "a\u202eb", "x" * 100_000])
def test_messages_that_cannot_be_sent(message: str) -> None:
    """Refused with a sentence."""
    with pytest.raises(NotText):
        refuse_unfit_message(message)
