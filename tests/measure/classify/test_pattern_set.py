"""Many patterns at once find what each of them finds."""

import re

from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.classify.pattern_set import PatternSet

literals = st.text("ab/.(|", min_size=1, max_size=4).map(re.escape)
patterns = literals | st.sampled_from(
    [r"^a", r"b$", r"a+b", r"ab?", r"a*", r"[a|b]c", r"(?:a|b)c", r"\bab", "a{2}", "a(?!b)"]
)


@given(st.lists(patterns, max_size=8), st.text("abc/.(| ", max_size=8))
def test_they_find_what_each_of_them_finds(each: list[str], text: str) -> None:
    """Also those that RE2 does not know, and the same one twice."""
    found = [place for place, one in enumerate(each) if re.search(one, text)]

    assert PatternSet(each).found_in(text) == found
