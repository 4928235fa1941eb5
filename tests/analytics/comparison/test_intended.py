"""What a spelling was meant to be."""

import pytest

from tests.analytics.comparison.sources import of_sources
from utmforge.analytics.comparison.intended import Meanings
from utmforge.analytics.comparison.known_names import KnownNames
from utmforge.naming.convention import Convention
from utmforge.naming.field_rule import FieldRule


def test_of_foreign_spellings_that_with_most_visits_is_meant() -> None:
    """As the naming convention writes it, whether it is in the report or not."""
    found = of_sources({"Autumn_Mail": 50, "autumn_mail": 20, "autumn_mial": 3}, KnownNames())

    assert {value: one.meant for value, one in found.items()} == {
        "Autumn_Mail": "autumn_mail",
        "autumn_mail": None,
        "autumn_mial": "autumn_mail",
    }
    only = of_sources({"Autumn Mail": 50, "autumn_mail": 20}, KnownNames())
    assert {one.meant for one in only.values()} == {"autumn-mail"}


def test_a_site_that_is_known_is_meant_however_few_came() -> None:
    """`pinterest` is in GA4's list of sources."""
    assert (
        of_sources({"pintrest": 90, "pinterest": 10}, KnownNames())["pintrest"].meant == "pinterest"
    )


def test_a_short_form_of_what_is_in_the_report() -> None:
    """Also when nobody here issued it; alone it is anybody's."""
    assert of_sources({"fb": 90, "facebook": 10}, KnownNames())["fb"].meant == "facebook"
    assert of_sources({"fb": 90}, KnownNames())["fb"].status == "foreign"


def test_what_was_issued_before_the_convention_leads_to_what_it_writes() -> None:
    """Also where that was never issued."""
    found = of_sources({"Facebook": 9, "facebook": 1}, KnownNames({"source": {"Facebook"}}))

    assert (found["Facebook"].status, found["Facebook"].meant) == ("issued", "facebook")
    assert found["facebook"].status == "planned"


def test_names_that_are_meant_to_differ() -> None:
    """Digits and codes are no typos, and short names are all alike."""
    names = KnownNames({"source": {"hero-1", "sale-fr", "abc"}})

    assert {
        one.status for one in of_sources({"hero-2": 1, "sale-de": 1, "abd": 1}, names).values()
    } == {"foreign"}


@pytest.mark.parametrize(
    ("visits", "meant"),
    [
        ({}, {}),
        ({"news": 1}, {}),
        ({"News": 1}, {"News": ("news", ("case",))}),
        ({"nl": 1}, {"nl": ("newsletter", ("short form",))}),
        (
            {"www.news.example": 1},
            {"www.news.example": ("news", ("short form",))},
        ),
        ({"partner": 3, "partnr": 1}, {"partnr": ("partner", ("typo",))}),
        ({"one": 1, "two": 2}, {}),
    ],
)
def test_each_spelling_leads_to_a_name_that_means_itself(
    visits: dict[str, int], meant: dict[str, tuple[str, tuple[str, ...]]]
) -> None:
    """Spellings that mean themselves are left out."""
    meanings = Meanings("source", {"news", "newsletter"}, (), Convention())

    assert meanings.of(visits) == meant


@pytest.mark.parametrize(
    ("value", "meant", "alias"),
    [
        ("wn", "news", "news"),
        ("News", "news", None),  # the convention writes it so without an alias
        ("news", "news", None),
        ("planned", "news", None),  # it is right itself
        ("closed", "news", None),  # the convention refuses it
        ("old-news", "news", None),  # it is an alias already
    ],
)
def test_an_alias_only_where_the_convention_needs_and_takes_it(
    value: str, meant: str, alias: str | None
) -> None:
    """What it writes right by itself, allows or refuses gets none."""
    rule = FieldRule(prohibited=("closed",), aliases={"old-news": "news"})
    meanings = Meanings("source", {"news"}, {"planned"}, Convention(fields={"source": rule}))

    assert meanings.alias(value, meant) == alias
