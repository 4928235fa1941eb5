"""Every refusal has a code and a status of its own place in the tree, and keeps secrets."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge import errors
from utmforge.errors import (
    CampaignFileInvalid,
    Problem,
    UtmforgeError,
    counted,
    did_you_mean,
    nearest,
    quoted,
    without_credentials,
)

KINDS = tuple(
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, UtmforgeError) and "code" in vars(kind)
)
GROUPS = (range(2, 3), range(20, 30), range(30, 40), range(40, 50), (*range(50, 60), 141))


def parents(kind: type[UtmforgeError]) -> list[type[UtmforgeError]]:
    """Return the kinds above one that have a code themselves."""
    return [one for one in KINDS if issubclass(kind, one) and one is not kind]


def test_codes_are_each_of_one_kind() -> None:
    """Programs tell refusals apart by them."""
    codes = [kind.code for kind in KINDS]

    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", code) for code in codes)


def test_statuses_are_of_their_group() -> None:
    """2 is what was asked for, and each ten is a place where something fails."""
    for kind in KINDS[1:]:
        [group] = [group for group in GROUPS if kind.status in group]
        assert all(
            parent.status in group for parent in parents(kind) if parent is not UtmforgeError
        )


def test_the_tree_shows_every_kind() -> None:
    """With its code, and its status where that is its own."""
    assert errors.__doc__
    for kind in KINDS[1:]:
        [line] = [line for line in errors.__doc__.splitlines() if kind.__name__ in line.split()]
        own = [kind.status] if "status" in vars(kind) else []
        assert [int(number) for number in re.findall(r"\b\d+\b", line)] == own
        assert kind.code in line.split() or kind is errors.Refused


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://ann:secret@shop.example/", "https://…@shop.example/"),
        ("postgresql://ann:p@ss@db.example/links", "postgresql://…@db.example/links"),
        ("//ann@shop.example", "//…@shop.example"),
        ("two https://a:b@x and https://c:d@y", "two https://…@x and https://…@y"),
        ("https://shop.example/@ann", "https://shop.example/@ann"),
        ("https://shop.example/?to=ann@x.example", "https://shop.example/?to=ann@x.example"),
        ("ann@x.example", "ann@x.example"),
        ("plain", "plain"),
    ],
)
def test_credentials_are_left_out(text: str, shown: str) -> None:
    """User name and password; an `@` elsewhere stays."""
    assert without_credentials(text) == shown
    assert quoted(text) == f'"{shown}"'


SECRET = st.text("abcXYZ019:!$*", min_size=8, max_size=20)


@given(SECRET, SECRET)
def test_no_message_has_a_password(user: str, password: str) -> None:
    """However long the address is, and wherever it is shortened."""
    address = f"https://{user}:{password}@shop.example/" + "a" * 100

    assert password not in quoted(address)
    assert user not in quoted(address, limit=200)


@given(st.text(max_size=200), st.integers(1, 100))
def test_a_quoted_text_is_short(text: str, limit: int) -> None:
    """At most the limit, an ellipsis and two quotes; what fits is whole."""
    shown = quoted(text, limit)

    assert len(shown) <= limit + 3
    if "@" not in text and len(text) <= limit:
        assert shown == f'"{text}"'


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("whatsap", "whatsapp"),
        ("WHATSAPP", "whatsapp"),
        ("news", "Newsletter"),
        ("emial", "email"),
        ("e", None),
        ("", None),
        ("zzz", None),
        ("x" * 100_000, None),
    ],
    ids=lambda text: str(text)[:12],
)
def test_the_nearest_word(word: str, near: str | None) -> None:
    """By its beginning or its spelling, as the list writes it; a guess at nothing is no help."""
    known = ["email", "whatsapp", "Newsletter", "sms"]

    assert nearest(word, known) == near
    assert did_you_mean(word, known) == (f'did you mean "{near}"?' if near else None)


@given(st.lists(st.text("abcdefg", min_size=1, max_size=8), min_size=1, max_size=6))
def test_what_is_near_is_known(known: list[str]) -> None:
    """Nothing is made up, and a word is nearest to itself or to what it begins."""
    for word, other in pairwise([*known, known[0]]):
        assert nearest(word, [other]) in {None, other}
        found = nearest(word, known)
        assert found is not None
        assert found in known


@pytest.mark.parametrize(
    ("number", "noun", "plural", "text"),
    [
        (0, "link", None, "0 links"),
        (1, "link", None, "1 link"),
        (2, "entry", "entries", "2 entries"),
        (1, "entry", "entries", "1 entry"),
        (1_234_567, "row", None, "1,234,567 rows"),
    ],
)
def test_counts(number: int, noun: str, plural: str | None, text: str) -> None:
    """One is one; thousands are set apart."""
    assert counted(number, noun, plural) == text


def test_several_problems_speak_by_their_first() -> None:
    """Its sentence, place and hint; all of them are kept."""
    problems = [
        Problem("no landing_page", "campaigns.toml:3", "campaigns.a", "add one"),
        Problem("no channels", "campaigns.toml:9"),
    ]
    error = CampaignFileInvalid(problems)

    assert (error.message, error.where, error.hint) == (
        "no landing_page",
        "campaigns.toml:3",
        "add one",
    )
    assert str(error) == "campaigns.toml:3: no landing_page"
    assert error.problems == tuple(problems)
    assert (error.code, error.status) == ("invalid-campaign-file", 23)
    assert str(UtmforgeError("nothing")) == "nothing"


def test_the_nearest_of_many_words() -> None:
    """The same as of a few, in time that does not grow with their number for each word."""
    known = [f"allowed-{number}x" for number in range(3_000)]

    assert nearest("alowed-2345x", known) == "allowed-2345x"
    assert nearest("whatsap", [*known, "whatsapp"]) == "whatsapp"
    assert nearest("what", [*known, "whatsapp"]) == "whatsapp"
    assert nearest("zzz", known) is None
    assert nearest("", known) is None
    start = time.process_time()
    for number in range(1_000):
        nearest(f"alowed-{number}y", known)
    assert time.process_time() - start < 10  # comparing each with all takes over a minute
