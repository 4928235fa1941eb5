"""Each step undoes one thing that happened to a link, and leaves all else alone."""

import quopri
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utmforge.urls.unwrap import copied_text
from utmforge.urls.unwrap.copied_text import (
    UNDO,
    Step,
    bare,
    from_markup,
    from_quoted_printable,
    in_one_line,
    looks_web,
    only_address,
    percent_decoded,
    with_a_scheme,
    with_one_scheme,
    without_blanks,
    without_entities,
    without_invisible,
    without_what_stuck,
)

LINK = "https://shop.example/a?b=1&utm_source=news#top"
WORD = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)
ORDINARY = st.builds("https://{}.example/{}?{}={}&utm_source={}".format, *[WORD] * 5)


@pytest.mark.parametrize(
    ("undo", "text", "left", "said"),
    [
        (without_blanks, f"\t{LINK} \n", LINK, "removed the spaces around it"),
        (without_invisible, f"\u2066{LINK}\u2069", LINK, "removed 2 invisible characters"),
        (without_invisible, f"{LINK[:9]}\u00ad{LINK[9:]}", LINK, "removed an invisible character"),
        (from_markup, f'<a href="{LINK}">x</a>', LINK, "taken out of its HTML"),
        (from_markup, f"<A class=x HREF = '{LINK}'>", LINK, "taken out of its HTML"),
        (from_markup, f"![x]({LINK})", LINK, "taken out of its Markdown"),
        (from_markup, f"<{LINK}|our shop>", LINK, "taken out of its brackets"),
        (without_entities, "?a=1&quot;", '?a=1"', 'read &quot; as "'),
        (without_entities, "?a=1&#0038;b", "?a=1&b", "read &#0038; as &"),
        (without_entities, "?a=1&amp;amp%3Bb=2", "?a=1&amp%3Bb=2", "read &amp; as &"),
        (percent_decoded, "https%3A%2F%2Fx.example", "https://x.example", "percent-decoded once"),
        (percent_decoded, "http%253A//x", "http%3A//x", "percent-decoded once"),
        (bare, f"“{LINK}”", LINK, "removed the “ ” around it"),
        (bare, f"<{LINK}>.", LINK, "removed the < > around it"),
        (bare, f"({LINK}", LINK, "removed the ( from its start"),
        (only_address, f"see {LINK} now", LINK, "taken out of the words around it"),
        (only_address, f'{LINK}"x', LINK, 'removed what begins with "'),
        (without_what_stuck, f"{LINK}).", LINK, "removed the ). from its end"),
        (with_one_scheme, f"https:{LINK}", LINK, "removed the first https:"),
        (with_one_scheme, "http:/x.example", "http://x.example", "read http:/ as http://"),
        (with_a_scheme, "shop.example/a", "https://shop.example/a", "added https:// before it"),
    ],
    ids=lambda value: getattr(value, "__name__", None) or repr(value)[:30],
)
def test_one_step(undo: Callable[[str], Step | None], text: str, left: str, said: str) -> None:
    """What is left, and what was done in words."""
    step = undo(text)

    assert step is not None
    assert (step.text, step.said) == (left, said)
    assert step.cut is None


@pytest.mark.parametrize(
    ("undo", "text"),
    [
        (from_quoted_printable, "https://shop.example/?view=3D"),
        (from_quoted_printable, "https://shop.example/?view=3D&q=1"),
        (from_markup, "https://shop.example/[a](b)"),
        (without_entities, "https://shop.example/?a=1&copy=2"),
        (without_entities, "https://shop.example/?a=1&#1;"),
        (in_one_line, "https://x.example/a\nThanks"),
        (in_one_line, "https://x.example/a?\nhttps://y.example"),
        (in_one_line, "https://x.example/a?\n\nb=1"),
        (percent_decoded, "https://x.example/?u=https%3A%2F%2Fy"),
        (bare, "(season)"),
        (bare, "_x.example_"),
        (only_address, "xhttps://x.example"),
        (only_address, "no address"),
        (without_what_stuck, "https://x.example/Spring_(season)"),
        (without_what_stuck, "..."),
        (without_what_stuck, "hello."),
        (with_one_scheme, "https://x.example/https://y.example"),
        (with_one_scheme, "https://"),
        (with_a_scheme, "hello"),
        (with_a_scheme, "ftp://x.example/"),
    ],
    ids=lambda value: getattr(value, "__name__", None) or repr(value)[:30],
)
def test_what_a_step_leaves_alone(undo: Callable[[str], Step | None], text: str) -> None:
    """None: there is nothing to undo."""
    assert undo(text) is None


@pytest.mark.parametrize("undo", UNDO, ids=lambda undo: undo.__name__)
@settings(max_examples=30)
@given(text=st.text(max_size=40) | st.text("htps:/.x?&=%3DA0(){}<>[]|*\"';amp \n…", max_size=40))
def test_a_step_is_a_change(undo: Callable[[str], Step | None], text: str) -> None:
    """Of any text at all: otherwise unwrapping would go on for ever."""
    step = undo(text)

    assert step is None or step.text != text


@pytest.mark.parametrize("undo", UNDO, ids=lambda undo: undo.__name__)
@settings(max_examples=30)
@given(url=ORDINARY)
def test_no_step_touches_an_ordinary_link(undo: Callable[[str], Step | None], url: str) -> None:
    """A page's own parameters are its own business."""
    assert undo(url) is None


def test_every_step_is_tried() -> None:
    """A function that undoes something and is not in the list would never be called."""
    steps = {
        value
        for name, value in vars(copied_text).items()
        if callable(value) and getattr(value, "__annotations__", {}).get("return") == "Step | None"
    }

    assert set(UNDO) == steps
    assert len(UNDO) == len(steps)


@given(ORDINARY)
def test_quoted_printable_comes_back(url: str) -> None:
    """As the standard library of any mail program writes it."""
    written = quopri.encodestring(f"{url}&utm_medium=email".encode()).decode()
    step = from_quoted_printable(written)

    assert step is not None
    assert step.text == f"{url}&utm_medium=email"


@given(ORDINARY)
def test_escaped_twice_is_read_in_two_steps(url: str) -> None:
    """Each says what it read."""
    first = without_entities(escape(escape(url)))
    assert first is not None
    assert first.text == escape(url)
    second = without_entities(first.text)
    assert second is not None
    assert second.text == url


@given(ORDINARY, st.integers(60, 76))
def test_lines_that_a_mail_program_broke_are_joined(url: str, width: int) -> None:
    """Long lines, quoted or not, with either line end."""
    long = url + "a" * 200
    lines = [long[at : at + width] for at in range(0, len(long), width)]
    for between in ("\n", "\r\n", "\n> ", " \n"):
        step = in_one_line(between.join(lines))
        assert step is not None
        assert step.text == long


@pytest.mark.parametrize("dots", ["…", "...", "…)", "...."])
def test_an_ellipsis_tells_that_the_end_is_missing(dots: str) -> None:
    """It goes, and the link is known to be cut."""
    step = without_what_stuck(f"https://x.example/a{dots}")

    assert step == Step("https://x.example/a", "removed the … from its end", "it ends with …")


@pytest.mark.parametrize(
    ("text", "is_web"),
    [
        ("https://x.example", True),
        ("HTTP://x.example", True),
        ("x.example/a", True),
        ("//x.example/a", True),
        ("ftp://x.example", False),
        ("mailto:ann@x.example", False),
        ("javascript:alert(1)", False),
        ("hello", False),
    ],
)
def test_what_looks_like_a_web_address(text: str, is_web: bool) -> None:
    """With its scheme or without; nothing but http and https."""
    assert looks_web(text) is is_web
