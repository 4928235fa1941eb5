"""A report compared with what was issued, in words and in every format."""

import json
from datetime import date

import pytest

from tests.output.consoles import console
from utmforge.analytics.comparison.compare import Comparison, Split
from utmforge.analytics.comparison.spellings import Spelling
from utmforge.analytics.exports.report import Report
from utmforge.analytics.exports.tables import Period
from utmforge.output.formats import Format
from utmforge.output.report_names import say_comparison, show_comparison

REPORT = Report((), "visits", Period(None, None), {"source": "Source"}, (), is_lower=False)
SPELLINGS = (
    Spelling("source", "news", 80, 2, "issued"),
    Spelling("source", "Newz", 15, 3, "misspelt", "news", ("case", "typo"), "news"),
    Spelling("source", "(direct)", 400, 4, "automatic"),
)
COMPARISON = Comparison(
    REPORT,
    SPELLINGS,
    {"source": {"newz": "news"}},
    (Split("source", 15, 95, 1),),
    495,
    knows_names=True,
)


def said(comparison: Comparison) -> list[str]:
    """Return what is said on stderr."""
    to, stdout, stderr = console(Format.TABLE)
    say_comparison(to, comparison, "report.csv")
    assert stdout.getvalue() == ""
    return stderr.getvalue().splitlines()


def test_a_table_leaves_out_what_splits_nothing_and_proposes_aliases() -> None:
    """And says how much it left out."""
    to, stdout, stderr = console(Format.TABLE)
    show_comparison(to, COMPARISON)

    assert stdout.getvalue() == (
        "field   value  visits  status    meant  differs\n"
        "source  news   80      issued    -      -\n"
        "source  Newz   15      misspelt  news   case, typo\n"
        '\n[convention.source.aliases]\nnewz = "news"\n'
    )
    assert stderr.getvalue() == (
        "note: left out 1 more name that split no rows; --format csv shows all\n"
    )


def test_programs_get_everything() -> None:
    """Its published keys; days as ISO 8601."""
    days = REPORT._replace(period=Period(date(2026, 3, 1), date(2026, 3, 31)))
    to, stdout, _ = console(Format.JSON)
    show_comparison(to, COMPARISON._replace(report=days))
    to.finish()

    data = json.loads(stdout.getvalue())["data"]
    assert list(data) == ["unit", "first", "last", "columns", "spellings", "aliases"]
    assert (data["first"], data["last"]) == ("2026-03-01", "2026-03-31")
    assert data["spellings"][1] == {
        "field": "source",
        "value": "Newz",
        "status": "misspelt",
        "visits": 15,
        "meant": "news",
        "differs": "case, typo",
        "alias": "news",
        "line": 3,
    }
    assert len(data["spellings"]) == 3


@pytest.mark.parametrize(
    ("comparison", "lines"),
    [
        (
            COMPARISON,
            [
                'note: report.csv: 495 visits by "Source"',
                "source: 15 of 95 visits are split off under 1 other spelling",
            ],
        ),
        (
            COMPARISON._replace(splits=(), knows_names=False),
            [
                'note: report.csv: 495 visits by "Source"',
                "hint: no links were issued here, so no name counts as yours: "
                "see --registry and --file",
                "no name has several spellings",
            ],
        ),
        (
            COMPARISON._replace(report=REPORT._replace(skipped=(3,)), splits=()),
            [
                'note: report.csv: 495 visits by "Source"',
                "warning: skipped 1 row without a number: line 3",
                "no name has several spellings",
            ],
        ),
        (
            COMPARISON._replace(report=REPORT._replace(skipped=tuple(range(2, 9))), splits=()),
            [
                'note: report.csv: 495 visits by "Source"',
                "warning: skipped 7 rows without a number: lines 2, 3, 4, 5, 6, …",
                "no name has several spellings",
            ],
        ),
    ],
)
def test_what_was_read_and_what_is_split(comparison: Comparison, lines: list[str]) -> None:
    """Counted in the plural where there are several."""
    assert said(comparison) == lines
