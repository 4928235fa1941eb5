"""What `compare` does, without the command line: a result, and a file that is not written yet."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from utmforge import Registry, Tags, issue, make_link
from utmforge.analytics.exports.report import read_report
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.campaigns.document import open_document
from utmforge.errors import MissingInput
from utmforge.lint.report import ReportResult, compare_report, with_proposed_aliases
from utmforge.lint.workspace_run import run_for

FILE = CampaignFile()
ALIASES = {"source": {"facebok": "facebook"}}


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
