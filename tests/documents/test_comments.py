"""A comment to utmforge is read in each kind of document, with its rules and its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.documents.comments import Suppression, comment_in


@pytest.mark.parametrize(
    ("line", "start", "reasons"),
    [
        ("https://x.example/ # utmforge: ignore UTM101", 19, {"UTM101": ""}),
        ("# utmforge: ignore UTM101 as agreed", 0, {"UTM101": "as agreed"}),
        ("#utmforge: ignore UTM101,UTM202 old", 0, {"UTM101": "old", "UTM202": "old"}),
        ("x # utmforge: ignore UTM1 , UTM2", 2, {"UTM1": "", "UTM2": ""}),
        ("<p> <!-- utmforge: ignore UTM101 theirs --> </p>", 4, {"UTM101": "theirs"}),
        ("[//]: # (utmforge: ignore UTM101 theirs)", 0, {"UTM101": "theirs"}),
        ("# utmforge: ignore UTM101 one UTM202", 0, {"UTM101": "one UTM202"}),
        ("# utmforge: ignore UTM101  two  words  \r\n", 0, {"UTM101": "two  words"}),
    ],
)
def test_what_a_comment_says(line: str, start: int, reasons: dict[str, str]) -> None:
    """Where it begins, its codes, and the reason that holds for all of them."""
    assert comment_in(line) == (start, Suppression(reasons))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "# a remark",
        "utmforge: ignore UTM101",
        "https://x.example/?utmforge: ignore UTM101",
        "# utmforge: ignore",
        "# utmforge: ignore everything",
        "# utmforge:ignore UTM101",
        "# UTMFORGE: IGNORE UTM101",
    ],
)
def test_what_is_not_a_comment_to_utmforge(line: str) -> None:
    """Nothing is suppressed by accident, and never all rules at once."""
    assert comment_in(line) is None


CODES = st.lists(st.from_regex("UTM[0-9]{3}", fullmatch=True), min_size=1, max_size=9, unique=True)
REASON = st.text("abc xyz.", max_size=40).map(str.strip)


@given(st.sampled_from(["# ", "<!-- ", "[//]: # ("]), CODES, REASON)
def test_every_code_has_the_reason(begin: str, codes: list[str], reason: str) -> None:
    """In each way of writing it, behind an address too."""
    end = {"# ": "", "<!-- ": " -->", "[//]: # (": ")"}[begin]
    said = f"utmforge: ignore {', '.join(codes)} {reason}".rstrip()
    found = comment_in(f"https://x.example/ {begin}{said}{end}")

    assert found is not None
    _, suppression = found
    assert suppression.reasons == dict.fromkeys(codes, reason)
    assert all(suppression.__contains__(code) for code in codes)
    assert not suppression.__contains__("UTM")
