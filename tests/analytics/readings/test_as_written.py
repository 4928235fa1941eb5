"""Each tool reads what is written: every letter case, place, entity, repetition and empty value.

GA4 reads exact names in the query, Plausible too; Matomo looks into the fragment first. After `#a?`
it takes the first parameter's name to be `a?utm_source`, and reads those that follow.
"""

from itertools import product

import pytest

from utmforge.analytics.readings import Readings, readings_of
from utmforge.urls.link import Link

CASES = {"lower": str.lower, "upper": str.upper, "title": str.title}
PLACES = ("query", "fragment", "route", "anchor")
ENTITIES = ("", "amp;", "#038;")
VALUES = {
    "one": ("v",),
    "repeated": ("v", "w"),
    "empty first": ("", "v"),
    "empty last": ("v", ""),
    "only empty": ("",),
}
WRITTEN = {
    "query": "https://x.example/?{}",
    "fragment": "https://x.example/#{}",
    "route": "https://x.example/#/a?{}",
    "anchor": "https://x.example/#a?{}",
}
GA4 = {"repeated": "v", "empty first": "v", "empty last": "v", "only empty": None}
"""The first value that is not empty."""
LAST = {"repeated": "w", "empty first": "v", "empty last": None, "only empty": None}
"""Matomo and Plausible keep the last; of an empty one nothing is recorded."""

TAGS = ("source", "medium", "campaign")


def recorded(read: Readings, field: str) -> tuple[str | None, ...]:
    """Return what GA4, Matomo and Plausible have for a field."""
    tools = (read.ga4.tags, read.matomo, read.plausible)
    return tuple(getattr(tool, field) or None for tool in tools)


@pytest.mark.parametrize(
    ("case", "place", "entity", "values"), [*product(CASES, PLACES, ENTITIES, VALUES)]
)
def test_every_combination(case: str, place: str, entity: str, values: str) -> None:
    """One tag, written in one way, in one place, with these values."""
    for field in TAGS:
        name = entity + CASES[case](f"utm_{field}")
        query = "&".join(f"{name}={value}" for value in VALUES[values])
        read = readings_of(Link(WRITTEN[place].format(query)))

        is_name = case == "lower" and not entity
        first = GA4.get(values, "v") if is_name and place == "query" else None
        last = LAST.get(values, "v") if is_name else None
        in_matomo = last if place != "anchor" or len(VALUES[values]) > 1 else None
        in_plausible = last if place == "query" else None
        assert recorded(read, field) == (first, in_matomo, in_plausible), query


def test_what_follows_an_entity_s_hash_is_in_the_fragment() -> None:
    """`&#038;` is `&` for a browser in HTML only; in an address its `#` ends the query."""
    read = readings_of(Link("https://x.example/?a=1&#038;utm_source=s&utm_medium=m"))

    assert recorded(read, "medium") == (None, "m", None)
    assert recorded(read, "source") == (None, None, None)


@pytest.mark.parametrize(
    ("end", "group"),
    [
        ("?utm_source=facebook&utm_medium=cpc", "Paid Social"),
        ("?utm_source=whatsapp", "Organic Social"),
        ("#utm_source=facebook&utm_medium=cpc", "uncertain: Direct or another group"),
        ("?UTM_SOURCE=facebook&UTM_MEDIUM=cpc", "uncertain: Direct or another group"),
        ("?UTM_SOURCE=facebook&utm_medium=cpc", "uncertain: Paid Other or another group"),
        ("?utm_source=&utm_medium=email", "uncertain: Email or another group"),
        ("?utm_medium=partner-site", "uncertain: Unassigned or another group"),
        ("?utm_campaign=spring", "uncertain: Unassigned or another group"),
    ],
)
def test_ga4_is_certain_only_of_what_it_reads(end: str, group: str) -> None:
    """Tags that it does not read decide nothing, and a medium needs its source."""
    assert str(readings_of(Link(f"https://x.example/{end}")).ga4.group) == group
