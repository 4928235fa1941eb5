"""Which pages reach a goal."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.money.goals import reaches


@pytest.mark.parametrize(
    ("goal", "path", "expected"),
    [
        ("/thank-you", "/thank-you", True),
        ("/thank-you/", "/thank-you", True),
        ("/thank-you", "/thank-you/", True),
        ("/thank-you", "/thank-you/more", False),
        ("/thank-you", "/Thank-You", False),
        ("/", "/", True),
        ("/thanks*", "/thanks", True),
        ("/thanks*", "/thanks/42", True),
        ("/*/thanks", "/fr/thanks/", True),
        ("/*/thanks", "/thanks", False),
        ("/a*b*c", "/a-b-c", True),
        ("/a*b*b", "/ab", False),
        ("*", "/anything", True),
    ],
)
def test_goals(goal: str, path: str, expected: bool) -> None:
    """The path itself, with any ending, or with anything between."""
    assert reaches(goal, path) == expected


@given(st.text("ab*", max_size=6), st.text("ab", max_size=8))
def test_a_star_is_any_characters(goal: str, path: str) -> None:
    """As a regular expression says it."""
    pattern = "".join(".*" if char == "*" else char for char in goal)

    assert reaches(goal, path) == bool(re.fullmatch(pattern, path))


def test_many_stars_take_no_time() -> None:
    """What a shared file says cannot hang a command."""
    start = time.perf_counter()

    assert not reaches("/" + "a*" * 500 + "b", "/" + "a" * 20_000)

    assert time.perf_counter() - start < 0.5
