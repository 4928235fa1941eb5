"""Which rule of a table fires, and what is said where that is not settled."""

import pytest

from utmforge.analytics.channel_rules import (
    ChannelGroup,
    Condition,
    Rule,
    begins_with,
    contains,
    decide,
    ends_with,
    is_listed,
    is_one_of,
)

OTHERWISE = ChannelGroup("Unassigned", "no rule matches it")


@pytest.mark.parametrize(
    ("condition", "holds", "fails", "says"),
    [
        (is_one_of("medium", "cpc", "ppc"), "ppc", "xppc", "is cpc or ppc"),
        (contains("medium", "cp"), "ecpm", "social", "contains cp"),
        (begins_with("medium", "paid"), "paid-x", "x-paid", "begins with paid"),
        (ends_with("medium", "push"), "web-push", "push-x", "ends with push"),
        (is_listed("source", frozenset(("fb",)), "social"), "fb", "f", "is listed as social"),
    ],
)
def test_conditions(condition: Condition, holds: str, fails: str, says: str) -> None:
    """What each asks of a value, and how it is said."""
    rule = Rule("A", (condition,))
    values = {"source": holds, "medium": holds}

    assert (rule.found(values) or "").endswith(says)
    assert rule.found(dict.fromkeys(values, fails)) is None


def test_the_first_rule_to_fire_decides() -> None:
    """Where a rule has further conditions, one of them has to hold too."""
    rules = (
        Rule("A", (is_one_of("source", "x"),), (is_one_of("medium", "m"),)),
        Rule("B", (is_one_of("source", "x"),)),
        Rule("C", (is_one_of("source", "x"),)),
    )

    assert decide(rules, {"source": "x", "medium": "m"}, OTHERWISE).name == "A"
    assert decide(rules, {"source": "x", "medium": "m"}, OTHERWISE).rule == (
        'source "x" is x and medium "m" is m'
    )
    assert decide(rules, {"source": "x", "medium": "n"}, OTHERWISE).name == "B"
    assert decide(rules, {"source": "y", "medium": "n"}, OTHERWISE) == OTHERWISE


@pytest.mark.parametrize(
    ("is_likely", "said"), [(True, "uncertain: A or B"), (False, "uncertain: B or A")]
)
def test_a_doubtful_rule_leaves_the_next_one_possible(is_likely: bool, said: str) -> None:
    """The likelier group first, and why it is not certain."""
    rules = (
        Rule("A", (contains("medium", "m"),), doubt="unclear", is_likely=is_likely),
        Rule("B", (contains("medium", "m"),)),
    )
    group = decide(rules, {"medium": "m"}, OTHERWISE)

    assert str(group) == said
    assert group.why == "unclear"


def test_two_doubts_that_agree_are_none() -> None:
    """Whatever is not settled, the group is the same."""
    rules = (
        Rule("A", (contains("medium", "m"),), doubt="unclear"),
        Rule("A", (contains("medium", "m"),)),
    )

    assert decide(rules, {"medium": "m"}, OTHERWISE).is_certain
