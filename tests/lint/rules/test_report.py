"""UTM8xx: how a spelling differs is said in words."""

import pytest

from utmforge.analytics.comparison.spellings import Spelling
from utmforge.lint.rules.report import _BY, ForeignInReport, SplitInReport


@pytest.mark.parametrize("how", sorted(_BY))
def test_every_way_to_differ_has_its_words(how: str) -> None:
    """Only a typo is not certain."""
    one = Spelling("source", "Facebok", 20, 3, "misspelt", "facebook", (how,), None)
    message = SplitInReport().finding(one, "visits").message

    assert _BY[how] in message
    assert (" probably " in message) is (how == "typo")
    assert message.startswith('source "Facebok" is')
    assert '"facebook"' in message


def test_several_ways_are_joined() -> None:
    """In the order in which they were found."""
    one = Spelling("source", "Face_Bok", 2, 3, "misspelt", "face-book", ("case", "typo"), None)

    assert (
        "in a different letter case and with a typo"
        in SplitInReport().finding(one, "visits").message
    )


def test_a_foreign_name_says_how_much_it_is() -> None:
    """In the unit of the report, with thousands."""
    found = ForeignInReport().finding(Spelling("medium", "x", 12345, 3, "foreign"), "sessions")

    assert found.message.startswith('medium "x" (12,345 sessions) is neither in an issued link')
