"""Values that analytics tools fill in for visits without tags."""

import pytest

from utmforge.analytics.comparison.automatic import is_automatic
from utmforge.analytics.comparison.known_names import KnownNames
from utmforge.analytics.comparison.spellings import spellings
from utmforge.analytics.exports.rows import ReportRow


@pytest.mark.parametrize(
    ("source", "medium", "status"),
    [
        ("google", "organic", "automatic"),
        ("l.facebook.com", "referral", "automatic"),
        ("chatgpt.com", "ai-assistant", "automatic"),
        ("(direct)", "(none)", "automatic"),
        ("newsletter", "referral", "foreign"),
        ("facebook.com", "social", "misspelt"),
        ("google", "cpc", "foreign"),
        ("blog.example", "referral", "issued"),
    ],
)
def test_what_no_tag_has_said(source: str, medium: str, status: str) -> None:
    """Sites and search engines, unless links were issued with that source."""
    names = KnownNames({"source": {"facebook", "blog.example"}})
    rows = [ReportRow(2, {"source": source, "medium": medium}, 1)]

    assert spellings(rows, names)[0].status == status


def test_visits_with_and_without_a_tag_are_two() -> None:
    """Only the former are split away."""
    rows = [
        ReportRow(2, {"source": "facebook.com", "medium": "referral"}, 490),
        ReportRow(3, {"source": "facebook.com", "medium": "social"}, 10),
        ReportRow(4, {"source": "facebook", "medium": "social"}, 90),
    ]
    found = [one for one in spellings(rows, KnownNames()) if one.field == "source"]

    assert [(one.value, one.status, one.visits) for one in found] == [
        ("facebook", "foreign", 90),
        ("facebook.com", "misspelt", 10),
        ("facebook.com", "automatic", 490),
    ]


@pytest.mark.parametrize(
    ("field", "value", "is_ours", "expected"),
    [
        ("campaign", "(not set)", False, True),
        ("campaign", "(not set)", True, True),
        ("campaign", "spring", False, False),
        ("medium", "referral", False, True),
        ("medium", "referral", True, False),
        ("content", "referral", False, False),
    ],
)
def test_what_is_in_brackets_always_is(
    field: str, value: str, is_ours: bool, expected: bool
) -> None:
    """And the source and medium of a visit from a site, unless links carry that source."""
    tags = {"source": "site.example", "medium": "referral", field: value}

    assert is_automatic(field, tags, is_ours=is_ours) is expected
