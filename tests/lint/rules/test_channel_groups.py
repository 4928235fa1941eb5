"""UTM4xx: whatever is said of a group is what GA4's rules say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.analytics.ga4.channel_group import channel_group
from utmforge.lint.rules.channel_groups import RULES, PaidOther, SourceAlone, Unassigned
from utmforge.urls.link import Link

PAGE = "https://shop.example/"
SOURCES = ["news", "google", "facebook", "youtube", "amazon", "email", "sms", "partner", ""]
MEDIUMS = ["email", "social", "cpc", "display", "push", "docs", "mobile", "affiliate", "banner", ""]
WORD = st.sampled_from(["spring", "shop-spring", "cross-network", "bookshop", ""])


def address(source: str, medium: str, campaign: str = "spring") -> str:
    """Return an address with the tags that are not empty."""
    pairs = (("source", source), ("medium", medium), ("campaign", campaign))
    return f"{PAGE}?" + "&".join(f"utm_{name}={value}" for name, value in pairs if value)


@given(st.sampled_from(SOURCES), st.sampled_from(MEDIUMS), WORD)
def test_unassigned_is_said_where_it_is_true(source: str, medium: str, campaign: str) -> None:
    """Exactly where GA4 has no group for a link with a medium."""
    group = channel_group(source, medium, campaign)
    said = list(Unassigned().check(Link(address(source, medium, campaign))))

    assert bool(said) is bool(group.name == "Unassigned" and medium)


@pytest.mark.parametrize("medium", MEDIUMS)
def test_a_link_without_tags_has_no_group_to_speak_of(medium: str) -> None:
    """Parameters of the page are not tags."""
    for rule in RULES:
        assert not list(rule.check(Link(f"{PAGE}?medium={medium}&source=x")))  # type: ignore[attr-defined] # all look at links


@given(st.sampled_from(SOURCES), st.sampled_from(MEDIUMS), WORD)
def test_each_rule_speaks_once(source: str, medium: str, campaign: str) -> None:
    """One finding a link, in the manner of the house."""
    link = Link(address(source, medium, campaign))
    for rule in RULES:
        found = list(rule.check(link))  # type: ignore[attr-defined] # all look at links
        assert len(found) <= 1
        assert all(not one.message.endswith(".") for one in found)


def test_a_source_without_a_medium() -> None:
    """Only if the medium is there without a value, or misspelt; UTM201 reports a missing one."""
    assert list(SourceAlone().check(Link(f"{address('google', '')}&utm_medium=")))
    assert not list(SourceAlone().check(Link(address("google", ""))))
    assert not list(SourceAlone().check(Link(address("google", "cpc"))))
    assert not list(SourceAlone().check(Link(address("", "cpc"))))


@pytest.mark.parametrize(
    ("source", "medium", "found"),
    [("meta", "paid_social", True), ("facebook", "paid_social", False), ("news", "email", False)],
)
def test_paid_other(source: str, medium: str, found: bool) -> None:
    """A paid medium with a source that no list has."""
    assert bool(list(PaidOther().check(Link(address(source, medium))))) is found
