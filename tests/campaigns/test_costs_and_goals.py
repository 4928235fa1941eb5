"""What campaigns cost and what goals are worth, in campaigns.toml."""

from decimal import Decimal
from pathlib import Path

import pytest

from utmforge import load_campaigns
from utmforge.campaigns.currencies import decimals_of
from utmforge.errors import CampaignFileInvalid
from utmforge.model import Goal

SPRING = '[campaigns.spring]\nlanding_page = "https://x.example/"\nchannels = ["sms"]\n'


def problem(text: str) -> tuple[str, str, str | None, str | None]:
    """Return the one problem of a file: its place, message, key and hint."""
    Path("campaigns.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CampaignFileInvalid) as caught:
        load_campaigns("campaigns.toml")
    [one] = caught.value.problems
    return one.where, one.message, one.key, one.hint


def test_costs_of_a_campaign_a_channel_and_a_link() -> None:
    """In the campaign's own currency, or else in the workspace's."""
    Path("campaigns.toml").write_text(
        f'[workspace]\ncurrency = "EUR"\n{SPRING}'
        'cost = 500\ncurrency = "JPY"\n'
        "[campaigns.spring.costs]\nsms = 340\n"
        "[campaigns.spring.link_costs]\nk7m2xq9rtw4b = 20\n",
        encoding="utf-8",
    )
    campaign = load_campaigns("campaigns.toml").campaign("spring")

    assert campaign.cost == Decimal(500)
    assert campaign.costs == {"sms": Decimal(340)}
    assert campaign.link_costs == {"k7m2xq9rtw4b": Decimal(20)}
    assert campaign.currency == "JPY"


def test_goals_with_a_currency_of_their_own() -> None:
    """The value is a number or the same as text; without a currency it has the workspace's."""
    Path("campaigns.toml").write_text(
        '[goals.order]\npath = "/thanks*"\nvalue = "49.00"\ncurrency = "EUR"\n'
        '[goals.call]\npath = "/call"\nvalue = 2.5\n[goals.read]\npath = "/read"\n',
        encoding="utf-8",
    )

    assert load_campaigns("campaigns.toml").goals == {
        "order": Goal("/thanks*", Decimal("49.00"), "EUR"),
        "call": Goal("/call", Decimal("2.5")),
        "read": Goal("/read"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '[goals.x]\npath = "/a"\nvalue = 49.005\ncurrency = "EUR"',
            (3, "value has more than the 2 decimals of EUR", "goals.x.value", "round it"),
        ),
        (
            '[workspace]\ncurrency = "JPY"\n[goals.x]\npath = "/a"\nvalue = 0.5',
            (5, "value has more than the 0 decimals of JPY", "goals.x.value", "round it"),
        ),
        (
            '[goals.x]\npath = "/a"\nvalue = "49,00"',
            (3, "value is text, not an amount", "goals.x.value", "write it as 120.00"),
        ),
        (
            '[goals.x]\npath = "/a"\ncurrency = "EUX"',
            (3, 'no currency is called "EUX"', "goals.x.currency", 'did you mean "EUR"?'),
        ),
        (
            '[workspace]\ncurrency = "QQQ"',
            (2, 'no currency is called "QQQ"', "workspace.currency", "such as EUR"),
        ),
        (
            f"{SPRING}cost = -1",
            (4, "cost is not an amount of money", "campaigns.spring.cost", "write it as 120.00"),
        ),
        (
            f'{SPRING}currency = "euro"',
            (
                *(4, 'currency "euro" is not three capital letters', "campaigns.spring.currency"),
                "such as EUR",
            ),
        ),
        (
            f'{SPRING}currency = "KWD"\n[campaigns.spring.costs]\nsms = 1.2345',
            (
                *(6, "sms has more than the 3 decimals of KWD", "campaigns.spring.costs.sms"),
                "round it",
            ),
        ),
        (
            f"{SPRING}[campaigns.spring.link_costs]\nsms = 1",
            (
                *(5, '"sms" is not the id of a link', "campaigns.spring.link_costs.sms"),
                "utmforge list shows the ids",
            ),
        ),
        (
            f"{SPRING}[campaigns.spring.link_costs]\nk7m2xq9rtw4b = true",
            (
                5,
                "k7m2xq9rtw4b is true or false, not an amount",
                "campaigns.spring.link_costs.k7m2xq9rtw4b",
                "write it as 120.00",
            ),
        ),
    ],
)
def test_wrong_values_are_errors_with_their_line(
    text: str, expected: tuple[int, str, str, str]
) -> None:
    """One sentence, the place, the key and the next step."""
    line, *rest = expected

    assert problem(text) == (f"campaigns.toml:{line}", *rest)


def test_amounts_without_a_currency_have_two_decimals() -> None:
    """As most currencies."""
    assert [decimals_of(code) for code in (None, "EUR", "JPY", "TND")] == [2, 2, 0, 3]
