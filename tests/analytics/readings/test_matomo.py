"""Matomo: the dimensions it records."""

import pytest

from utmforge.analytics.readings import (
    MatomoReading,
    readings_of,
)
from utmforge.urls.link import Link

PAGE = "https://x.example/"


MATOMO = {
    "?utm_campaign=A%20b": MatomoReading("a b", campaign_without_plugin="a b"),
    "?utm_campaign=+A+": MatomoReading("a", campaign_without_plugin="a"),
    "?utm_campaign=a&mtm_campaign=b": MatomoReading("b", campaign_without_plugin="b"),
    "?utm_campaign=a&mtm_campaign=": MatomoReading("a", campaign_without_plugin="a"),
    "?utm_campaign=0&pk_cpn=0": MatomoReading(),
    "?utm_campaign=a&utm_source=s#utm_campaign=B": MatomoReading("b", campaign_without_plugin="b"),
    "?utm_campaign=a#top": MatomoReading("a", campaign_without_plugin="a"),
    "#/path?utm_campaign=a": MatomoReading("a", campaign_without_plugin="a"),
    "?utm_source=S&utm_medium=m": MatomoReading(
        source="s", medium="m", campaign_without_plugin="s"
    ),
    "?utm_medium=m": MatomoReading(medium="m", campaign_without_plugin="m"),
    "?mtm_clid=AbC": MatomoReading(id="AbC"),
    "?mtm_group=g&pk_placement=p": MatomoReading(group="g", placement="p"),
    "?utm_campaign=" + "é" * 200: MatomoReading("é" * 125, campaign_without_plugin="é" * 125),
    "?UTM_CAMPAIGN=a": MatomoReading(),
    "": MatomoReading(),
}


@pytest.mark.parametrize(("end", "expected"), MATOMO.items(), ids=lambda value: str(value)[:40])
def test_matomo(end: str, expected: MatomoReading) -> None:
    """Which parameter comes first, and how its value is recorded."""
    assert readings_of(Link(PAGE + end)).matomo == expected
