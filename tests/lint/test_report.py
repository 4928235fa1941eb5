"""Spellings of a report become findings, with their lines, and nothing private is repeated."""

import pytest

from utmforge.analytics.comparison.spellings import Spelling
from utmforge.lint.report import lint_spellings
from utmforge.lint.run import Run

SPLIT = Spelling("source", "facebok", 20, 3, "misspelt", "facebook", ("typo",), "facebook")
FOREIGN = Spelling("source", "partner", 5, 7, "foreign")
PRIVATE = Spelling("content", "(e-mail address)", 3, 9, "private")
ISSUED = Spelling("source", "facebook", 80, 2, "issued")
AUTOMATIC = Spelling("source", "(direct)", 900, 4, "automatic")


@pytest.mark.parametrize(
    ("one", "code", "severity", "message"),
    [
        (SPLIT, "UTM801", "warning", 'source "facebok" is probably "facebook" with a typo'),
        (FOREIGN, "UTM802", "note", 'source "partner" (5 visits) is neither in an issued link'),
        (PRIVATE, "UTM501", "error", "e-mail address in content (3 visits)"),
    ],
)
def test_each_kind_of_spelling(one: Spelling, code: str, severity: str, message: str) -> None:
    """Its rule, its place in the report, and how much it is."""
    (found,) = lint_spellings(Run(), [one], "r.csv", "visits")

    assert (found.code, found.severity) == (code, severity)
    assert found.message.startswith(message)
    assert (found.where.file, found.where.line) == ("r.csv", one.line)


@pytest.mark.parametrize("one", [ISSUED, AUTOMATIC])
def test_what_is_right_is_not_said(one: Spelling) -> None:
    """Issued names, and what the tool filled in itself."""
    assert lint_spellings(Run(), [one], "r.csv", "visits") == []


def test_findings_come_by_line_and_suppressed_ones_do_not() -> None:
    """Whatever the order of the spellings."""
    spellings = [PRIVATE, FOREIGN, SPLIT]
    found = lint_spellings(Run(), spellings, "r.csv", "visits")

    assert [one.where.line for one in found] == [3, 7, 9]
    run = Run(ignored={"UTM802": "partners"}, select={"UTM801", "UTM802"})
    assert [one.code for one in lint_spellings(run, spellings, "r.csv", "visits")] == ["UTM801"]
