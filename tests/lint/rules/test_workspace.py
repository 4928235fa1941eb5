"""UTM7xx: what the campaign file and the registry say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.lint.rules.base import Settings
from utmforge.lint.rules.workspace import AgainstTheConvention, NearDuplicate, OutsideItsDates
from utmforge.naming.convention import Convention
from utmforge.naming.field_rule import FieldRule
from utmforge.urls.link import Link

LINK = Link("https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring")
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 30))


@given(DAYS, st.none() | st.just(FIRST), st.none() | st.just(LAST))
def test_a_campaign_has_a_first_and_a_last_day(
    today: date, starts: date | None, ends: date | None
) -> None:
    """Both belong to it; without one there is no limit on that side."""
    rule = OutsideItsDates(Settings(periods={"spring": (starts, ends)}, today=today))
    is_inside = (starts is None or starts <= today) and (ends is None or today <= ends)

    assert (not list(rule.check(LINK))) is is_inside


@pytest.mark.parametrize(
    ("today", "message"),
    [
        (FIRST - timedelta(1), 'campaign "spring" starts on 2026-03-01'),
        (LAST + timedelta(1), 'campaign "spring" ended on 2026-03-31'),
    ],
)
def test_what_is_said_of_the_dates(today: date, message: str) -> None:
    """The day that is meant."""
    rule = OutsideItsDates(Settings(periods={"spring": (FIRST, LAST)}, today=today))

    assert [one.message for one in rule.check(LINK)] == [message]


@pytest.mark.parametrize(
    "settings",
    [Settings(), Settings(today=LAST), Settings(periods={"other": (None, FIRST)}, today=LAST)],
)
def test_other_campaigns_and_no_day(settings: Settings) -> None:
    """Nothing is said of a campaign without dates, or where the day is not known."""
    assert not list(OutsideItsDates(settings).check(LINK))


@pytest.mark.parametrize(
    ("rule", "value", "messages", "hints"),
    [
        (FieldRule(allowed=("email",)), "email", [], []),
        (FieldRule(allowed=("email",)), "Email", [], []),
        (FieldRule(allowed=("email",)), "mail", ['medium "mail" is not in the naming convention'],
         ['use "email", or add it to [convention.medium]']),
        (FieldRule(aliases={"e-mail": "email"}), "E-Mail",
         ['medium "E-Mail" is an alias in the naming convention'], ['write "email"']),
        (FieldRule(max_length=3), "email",
         ['medium "email" has 5 characters, the naming convention allows 3'],
         ["shorten it, or raise max_length in [convention.medium]"]),
    ],
)  # fmt: skip
def test_values_against_the_convention(
    rule: FieldRule, value: str, messages: list[str], hints: list[str]
) -> None:
    """As the convention writes them: letter case has a rule of its own."""
    checked = AgainstTheConvention(Settings(Convention(fields={"medium": rule})))
    found = list(checked.check_value("medium", value))

    assert [one.message for one in found] == messages
    assert [one.hint for one in found] == hints
    assert not list(checked.check_value("source", value))


def test_a_near_name_says_how_to_keep_both() -> None:
    """With the code to suppress."""
    found = NearDuplicate().near("campaign", "sping", "spring")

    assert found.message == 'campaign "sping" is nearly "spring": reports show them as two rows'
    assert found.hint == "use one of them, or suppress UTM702 with a reason if both are intended"
