"""Comparing a report with what was issued, without the command line."""

from utmforge import Registry, Tags, issue, make_link
from utmforge.analytics.comparison.compare import Split, compare, splits_in
from utmforge.analytics.comparison.spellings import Spelling
from utmforge.analytics.exports.report import read_report
from utmforge.campaigns.campaign_file import CampaignFile

REPORT = b"""\
utm_source,utm_medium,visits
weekly-news,email,80
Weekly_News,email,15
(direct),(none),400
partner,email,5
"""


def test_a_report_beside_what_was_issued() -> None:
    """Spellings, aliases, what is split, and how much was counted."""
    report = read_report(REPORT, "report.csv")
    with Registry.open("none", create=False) as registry:
        issue([make_link("https://x.example/", Tags("weekly-news", "email", "c"))], registry)
        comparison = compare(report, registry, CampaignFile())

    assert comparison.report is report
    assert [(one.value, one.status) for one in comparison.spellings if one.field == "source"] == [
        ("weekly-news", "issued"),
        ("Weekly_News", "misspelt"),
        ("partner", "foreign"),
        ("(direct)", "automatic"),
    ]
    assert comparison.aliases == {"source": {"weekly_news": "weekly-news"}}
    assert comparison.splits == (Split("source", 15, 100, 1),)
    assert comparison.visits == 500
    assert comparison.knows_names


def test_nothing_is_known() -> None:
    """Every name is foreign then; similar ones are still split."""
    report = read_report(b"utm_source,visits\nnews,3\nNews,1\n", "report.csv")
    with Registry.open("none", create=False) as registry:
        comparison = compare(report, registry, CampaignFile())

    assert not comparison.knows_names
    assert comparison.splits == (Split("source", 1, 4, 1),)


def test_what_the_tool_filled_in_is_not_split() -> None:
    """Visits without tags count neither way."""
    assert splits_in([Spelling("source", "(direct)", 9, 2, "automatic")]) == ()
    assert splits_in([]) == ()
