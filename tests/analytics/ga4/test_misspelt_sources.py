"""The sources that a typo is looked for."""

import pytest

from utmforge.analytics.ga4.misspelt_sources import WELL_KNOWN, well_known_source
from utmforge.analytics.ga4.sources import SEARCH, SHOPPING, SOCIAL, VIDEO
from utmforge.naming.similar import MIN_LENGTH, NearNames

LISTED = SHOPPING | SEARCH | SOCIAL | VIDEO


def test_they_are_of_the_list_and_apart() -> None:
    """Long enough for a typo, near to no other of them."""
    assert set(WELL_KNOWN) <= LISTED
    assert list(WELL_KNOWN) == sorted(set(WELL_KNOWN))
    assert min(map(len, WELL_KNOWN)) >= MIN_LENGTH
    assert NearNames(WELL_KNOWN).clusters() == ()


@pytest.mark.parametrize("source", sorted(LISTED))
def test_what_is_listed_is_meant(source: str) -> None:
    """Whatever it is near to."""
    assert well_known_source(source) is None
    assert well_known_source(source.upper()) is None
