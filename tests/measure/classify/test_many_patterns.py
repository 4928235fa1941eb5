"""Many patterns at once find what each of them finds."""

import re

from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.classify.many_patterns import many_patterns

literals = st.text("ab/.(|", min_size=1, max_size=4).map(re.escape)
patterns = literals | st.sampled_from(
    [r"^a", r"b$", r"a+b", r"ab?", r"a*", r"[a|b]c", r"(?:a|b)c", r"\bab", "a{2}"]
)


@given(st.lists(patterns, min_size=1, max_size=8), st.text("abc/.(| ", max_size=8))
def test_they_find_what_one_of_them_finds(each: list[str], text: str) -> None:
    """Grouped by their first letters or not."""
    assert many_patterns(each).found_in(text) == any(re.search(one, text) for one in each)


def test_no_patterns_find_nothing() -> None:
    """Not even in an empty text."""
    assert not many_patterns([]).found_in("")
