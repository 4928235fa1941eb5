"""Reports become findings and results, and nothing private is repeated.

The comparison runs without the command line and writes no file.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from utmforge import Registry, Tags, issue, make_link
from utmforge.analytics.comparison.spellings import Spelling
from utmforge.analytics.exports.report import read_report
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.campaigns.document import open_document
from utmforge.errors import MissingInput
from utmforge.lint.report import (
    ReportResult,
    compare_report,
    lint_spellings,
    with_proposed_aliases,
)
from utmforge.lint.run import Run
from utmforge.lint.workspace_run import run_for

SPLIT = Spelling("source", "facebok", 20, 3, "misspelt", "facebook", ("typo",), "facebook")
FOREIGN = Spelling("source", "partner", 5, 7, "foreign")
PRIVATE = Spelling("content", "(e-mail address)", 3, 9, "private")
ISSUED = Spelling("source", "facebook", 80, 2, "issued")
AUTOMATIC = Spelling("source", "(direct)", 900, 4, "automatic")
FILE = CampaignFile()
ALIASES = {"source": {"facebok": "facebook"}}


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


def result_of(rows: str, *codes: str) -> ReportResult:
    """Compare a report with one issued link."""
    report = read_report(f"utm_source,visits\n{rows}".encode(), "report.csv")
    run = run_for(FILE, datetime(2026, 11, 1, tzinfo=UTC), frozenset(codes), is_site=False)
    with Registry.open("links.db") as registry:
        issue([make_link("https://shop.example/", Tags("facebook", "social", "a"))], registry)
        return compare_report(run, report, "report.csv", registry, FILE)


@pytest.mark.parametrize(
    ("rows", "found", "is_clean"),
    [
        ("facebook,80\n", [], True),
        ("acme,3\n", ["UTM802"], True),
        ("facebook,80\nfacebok,20\n", ["UTM801"], False),
        ("ann@mail.example,3\n", ["UTM501"], False),
    ],
)
def test_a_comparison_has_findings(rows: str, found: list[str], is_clean: bool) -> None:
    """A split and personal data fail; a foreign name is a note."""
    result = result_of(rows, "UTM501", "UTM801", "UTM802")

    assert [one.code for one in result.findings] == found
    assert result.is_clean is is_clean


def test_aliases_are_added_without_writing_the_file() -> None:
    """The caller shows the difference first."""
    path = Path("campaigns.toml")
    path.write_text("# mine\n")
    fixed = with_proposed_aliases(open_document(path), ALIASES)

    assert fixed is not None
    assert fixed.text == '# mine\n\n[convention.source.aliases]\nfacebok = "facebook"\n'
    assert fixed.difference.splitlines()[-2:] == [
        "+[convention.source.aliases]",
        '+facebok = "facebook"',
    ]
    assert path.read_text() == "# mine\n"
    assert with_proposed_aliases(open_document(path), {}) is None


def test_aliases_need_a_file() -> None:
    """Even if there are none."""
    with pytest.raises(MissingInput, match="for the aliases"):
        with_proposed_aliases(None, {})
