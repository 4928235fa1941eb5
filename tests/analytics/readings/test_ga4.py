"""GA4: the tags it stores, and what its limits cut."""

import pytest

from utmforge.analytics.readings import (
    readings_of,
)
from utmforge.analytics.readings.ga4 import CLICK_ID, CUT
from utmforge.model import Tags
from utmforge.urls.link import Link
from utmforge.urls.tagging import tag

PAGE = "https://x.example/"


def tagged(source: str, medium: str, campaign: str = "spring") -> str:
    """Return an address with these tags."""
    return tag(PAGE, Tags(source, medium, campaign))


def test_ga4_cuts_a_value_at_100_characters() -> None:
    """As it stands there, letter case kept."""
    read = readings_of(
        Link(f"{PAGE}?utm_source=News&utm_medium=email&utm_campaign={'x' * 101}")
    ).ga4

    assert read.tags == Tags("News", "email", "x" * 100)
    assert read.at_risk == ()


def test_ga4_loses_what_stands_after_1000_characters() -> None:
    """The tags are named, and the group is uncertain when they decide it."""
    long = f"{PAGE}?q={'x' * 970}&utm_source=a&utm_medium=email&utm_campaign=c"
    read = readings_of(Link(long)).ga4

    assert len(read.page_location) == 1000
    assert read.tags == Tags("a", "email", "c")
    assert read.at_risk == ("source", "medium", "campaign")
    assert str(read.group) == "uncertain: Email or Direct"
    assert read.group.why == CUT


def test_tags_after_1000_characters_that_decide_nothing() -> None:
    """They are at risk; the group is not."""
    start = f"{PAGE}?utm_source=a&utm_medium=email&utm_campaign=c&q={'x' * 990}"
    read = readings_of(Link(f"{start}&utm_content=d")).ga4

    assert read.at_risk == ("content",)
    assert str(read.group) == "Email"


@pytest.mark.parametrize("click_id", ["gclid", "dclid"])
def test_a_click_id_of_google_beats_the_tags(click_id: str) -> None:
    """The group by the tags is only one of those that are possible."""
    read = readings_of(Link(f"{tagged('news', 'email')}&{click_id}=1")).ga4

    assert read.click_id == click_id
    assert str(read.group) == "uncertain: Email or another group"
    assert read.group.why == CLICK_ID
