"""Patterns match as Python's do, and in bounded time or not at all."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.naming.patterns import MAX_PATTERN_CHARACTERS, matches, why_unusable

USABLE = [
    r"^\d{4}-[a-z0-9-]+$",
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    r"([a-z]+_){5}[a-z]+",
    r"(a|b)*",
    r"([ab][bc])+",
    r"(?:(?:a{1,3}){1,3})",
    r"((?:-[a-z]+))*",
    r"(?i)(?:1[a-z]+)*",
    r"(x{2,3}y)+",
    r"(?:spring|summer)(-\d+)?",
    r"(?P<year>\d{4})-[a-zé]+",
]
HOSTILE = [
    r"(a+)+",
    r"(a|ab|b)*",
    r"(.*)*x",
    r"(-?[a-z]+)*",
    r"(-[a-z-]+)*",
    r"(\w+_){9}\w+",
    r"(?=(a+)+b)a",
    r"(a?){50}",
    r"(?>(a+)+b)|c",
    r"(a)?(?(1)b|(a+)+)",
    r"(?i)(B[a-z]+)*",
    r"((ab)+-)*",
    r"(-\b[a-z]*)*",
    r"a*a*a*a*a*a*a*a*b",
    r"(((a*){3}){3}){3}b",
    r"(a{0,31}){0,31}b",
    r"(a{0,999}){0,999}b",
    r"((a{0,99}){0,99}){0,99}b",
    r"(a*)*(a*)*(a*)*b",
    r"([a-z]|a|b|ab)+!",
    r"(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)[x]",
    r"(?:a|a)+b",
    r"(?:a?){99}a{99}",
    r"(a|aa|aaa|aaaa)+b",
    r"(?:(?:a+)?)+b",
    r"(a+?)+?b",
    r"(?s:.+)+b",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"(\w|\d|_)+@",
    r"(.+)\1+b",
    r"(?<=a)(a+)+b",
    r"(?i)[\0-\U0010ffff]*" * 30,
    "(?:" * 200 + "a" + ")*" * 200,
    "a" * 1001,
]
"""Patterns for which an engine that tries one way after the other takes minutes or for ever."""


@pytest.mark.parametrize("pattern", USABLE)
def test_ordinary_patterns_are_used_as_python_would(pattern: str) -> None:
    """What they take and what they refuse is the same."""
    assert why_unusable(pattern) is None
    for value in ("2026-spring", "spring", "abab", "a_b_c_d_e_f", "-a-b", "xxy", "a!", "aaa", "1A"):
        assert matches(pattern, value) is bool(re.fullmatch(pattern, value))


@pytest.mark.parametrize("pattern", HOSTILE)
@pytest.mark.parametrize("value", ["a" * 99 + "!", "ab" * 49 + "!", "-a" * 49 + "!", "a" * 100])
def test_a_hostile_pattern_ends_at_once_or_is_refused(pattern: str, value: str) -> None:
    """On the longest value there is, made to fail at its end."""
    start = process_time()
    if why_unusable(pattern) is None:
        matches(pattern, value)

    assert process_time() - start < 1


atoms = st.sampled_from(["a", "b", "-", "[ab]", "[a-]", "[^b]", ".", r"\w"])
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        inner.map("({})".format),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{5}"])).map(
            lambda two: f"({two[0]}){two[1]}"
        ),
    ),
    max_leaves=6,
)


@given(patterns, st.sampled_from(["a", "b", "-", "ab", "a-", "-a", "-ab"]))
def test_any_pattern_ends(pattern: str, round_: str) -> None:
    """On the longest value there is, made to fail at its end."""
    start = process_time()
    if why_unusable(pattern) is None:
        matches(pattern, (round_ * 100)[:99] + "!")

    assert process_time() - start < 1


@pytest.mark.parametrize(
    ("pattern", "message", "hint"),
    [
        ("(a", "pattern is not a regular expression: missing ), unterminated subpattern", None),
        ("a**", "pattern is not a regular expression: multiple repeat", None),
        (
            "a" * (MAX_PATTERN_CHARACTERS + 1),
            "pattern has 1,001 characters, more than 1,000",
            None,
        ),
        (
            "(?=a)[a-z]+",
            "pattern holds (?=, which cannot be matched in bounded time",
            "write it without look-ahead, look-behind and back-references",
        ),
    ],
    ids=lambda text: str(text)[:20],
)
def test_patterns_that_are_refused(pattern: str, message: str, hint: str | None) -> None:
    """What is wrong with it, and how to write it where there is a way."""
    assert why_unusable(pattern) == (message, hint)


@given(
    st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True), st.sampled_from("_ A!")
)
def test_the_whole_value_has_to_match(value: str, sign: str) -> None:
    """Not only its beginning or its end."""
    pattern = "[a-z0-9-]+"

    assert matches(pattern, value)
    assert not matches(pattern, value + sign)
    assert not matches(pattern, sign + value)
