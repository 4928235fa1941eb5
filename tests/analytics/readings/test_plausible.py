"""Plausible: the source by its usual name, and its channel."""

import pytest

from utmforge.analytics.readings import (
    readings_of,
)
from utmforge.analytics.readings.plausible import NAME_OF, NO_SOURCE, OF_ANY_SOURCE
from utmforge.model import Tags
from utmforge.urls.link import Link
from utmforge.urls.tagging import tag

PAGE = "https://x.example/"


def tagged(source: str, medium: str, campaign: str = "spring") -> str:
    """Return an address with these tags."""
    return tag(PAGE, Tags(source, medium, campaign))


PLAUSIBLE = {
    "?utm_source=IG": ("Instagram", "Organic Social"),
    "?ref=t.me": ("Telegram", "Organic Social"),
    "?source=fb&ref=t.me": ("Facebook", "Organic Social"),
    "?utm_source=&ref=t.me": ("", "uncertain: Direct or another group"),
    "?utm_source=a&utm_source=ig": ("Instagram", "Organic Social"),
    "?utm_source=google+ads": ("Google", "Paid Search"),
    "?ref=google+ads": ("Google", "Paid Search"),
    "?utm_source=google&gclid=1": ("Google", "Paid Search"),
    "?utm_source=bing&msclkid=1": ("Bing", "Paid Search"),
    "?utm_source=bing&gclid=1": ("Bing", "Organic Search"),
    "?utm_medium=email": (None, "uncertain: Email or another group"),
    "#utm_source=ig": (None, "uncertain: Direct or another group"),
    "": (None, "uncertain: Direct or another group"),
}


@pytest.mark.parametrize(("end", "expected"), PLAUSIBLE.items())
def test_plausible_names_the_source(end: str, expected: tuple[str | None, str]) -> None:
    """From the first parameter that is there, in the query only, by its usual name."""
    read = readings_of(Link(PAGE + end)).plausible

    assert (read.source, str(read.channel)) == expected


def test_plausible_says_what_is_not_known() -> None:
    """A source in no list, and no source at all."""
    assert readings_of(Link(tagged("list", "message"))).plausible.channel == OF_ANY_SOURCE
    assert readings_of(Link(PAGE)).plausible.channel.why == NO_SOURCE


def test_plausible_s_names_are_written_in_lower_case() -> None:
    """Otherwise a lower-cased source would never find them."""
    assert all(name == name.lower() for name in NAME_OF)
