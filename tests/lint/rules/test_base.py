"""What all rules have in common."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.lint import RULES, Rule
from utmforge.lint.rules.base import SEVERITIES, Found, LinkRule, Settings, ValueRule
from utmforge.lint.rules.catalogue import rules_for
from utmforge.urls.link import Link


class Loud(ValueRule):
    """A rule of the test's own: no exclamation marks."""

    code = "UTM999"
    name = "loud"
    is_fixable = True

    def check_value(self, field: str, value: str) -> Iterator[Found]:
        """Find them."""
        if "!" in value:
            yield self.found(f"{field} is loud")

    def fixed_value(self, _field: str, value: str) -> str:
        """Take them away."""
        return value.replace("!", "")


PAGE = "https://shop.example/a!b?x=y!&"


def test_a_value_rule_looks_at_tags_alone() -> None:
    """Each of them, decoded; the page's own parameters and its path are not its business."""
    link = Link(f"{PAGE}utm_source=a%21&utm_medium=b&utm_campaign=c!")

    assert [one.message for one in Loud().check(link)] == ["source is loud", "campaign is loud"]
    assert Loud().fixed(link) == f"{PAGE}utm_source=a&utm_medium=b&utm_campaign=c"


@given(st.text(st.characters(codec="ascii", exclude_characters="&#?=\t\r\n "), max_size=20))
def test_fixing_twice_is_fixing_once(value: str) -> None:
    """And what is right is left as it was written."""
    link = Link(f"{PAGE}utm_source={value}")
    once = Loud().fixed(link)

    assert Loud().fixed(Link(once)) == once
    assert (once == link.url) or list(Loud().check(link))


def test_rules_are_the_same_by_their_code() -> None:
    """Whatever settings they were made with."""
    assert Loud() == Loud(Settings(is_site=True))
    assert len({Loud(), Loud(Settings(is_site=True))}) == 1
    assert Loud() != RULES[0]
    assert Loud() != "UTM999"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_is_complete(rule: Rule) -> None:
    """A code, a kind, a severity, and a fix only where it says that it has one."""
    assert rule.code.startswith("UTM")
    assert rule.name == rule.name.lower()
    assert rule.severity in SEVERITIES
    if isinstance(rule, LinkRule) and not rule.is_fixable:
        url = f"{PAGE}utm_source=News&UTM_MEDIUM=e%20mail&utm_campaign=&utm_x=1#utm_term=a"
        assert rule.fixed(Link(url)) == url


def test_rules_are_made_with_the_settings_of_a_workspace() -> None:
    """All of them, or those that are asked for, in the order of the catalogue."""
    settings = Settings(is_site=True)

    assert all(one.settings is settings for one in rules_for(settings))
    assert rules_for(settings) == RULES
    assert [one.code for one in rules_for(settings, ["UTM302", "UTM101"])] == ["UTM101", "UTM302"]
