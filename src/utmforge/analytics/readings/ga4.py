"""What GA4 records of a tagged link.

Parameters: https://support.google.com/analytics/answer/10917952; limits:
https://support.google.com/analytics/answer/9267744 (both read 2026-11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.ga4.channel_group import channel_group
from utmforge.analytics.readings.parameters import of_query
from utmforge.naming.field_rule import MAX_TAG_CHARACTERS
from utmforge.urls.link import Link
from utmforge.urls.parameters import tags_of

if TYPE_CHECKING:
    from utmforge.analytics.channel_rules import ChannelGroup
    from utmforge.model import Tags

MAX_PAGE_LOCATION = 1000
"""Characters of an address that GA4 keeps."""

# Click ids of Google Ads and Google Marketing Platform, which override the tags.
CLICK_IDS = ("gclid", "dclid")

CUT = f"GA4 keeps {MAX_PAGE_LOCATION:,} characters of an address, and tags come after them"
CLICK_ID = "a Google click id in the address overrides the tags wherever GA4 can use it"


class Ga4Reading(NamedTuple):
    """What GA4 stores of a visit."""

    tags: Tags
    """The tags, each cut to 100 characters, letter case as given.

    `creative_format` and `marketing_tactic` are stored, but no report shows them.
    """
    group: ChannelGroup
    """The default channel group."""
    page_location: str
    """The address, cut to 1,000 characters."""
    at_risk: tuple[str, ...] = ()
    """The tags, such as `content`, that are cut off in `page_location`."""
    click_id: str | None = None
    """Google's parameter that overrides the tags, such as `gclid`. None: there is none."""


def read_by_ga4(link: Link) -> Ga4Reading:
    """Return what GA4 records; it reads the tags as they are written."""
    tags = tags_of(link.as_written)
    page_location = link.url[:MAX_PAGE_LOCATION]
    kept = tags if page_location == link.url else tags_of(Link(page_location).as_written)
    at_risk = tuple(name for name, value in tags.items() if getattr(kept, name) != value)
    group = _group(tags)
    if at_risk:
        group = group.unless(_group(kept), CUT)
    click_id = next((name for name in CLICK_IDS if name in of_query(link)), None)
    if click_id:
        group = group._replace(is_certain=False, why=CLICK_ID)
    cut = tags._replace(**{name: value[:MAX_TAG_CHARACTERS] for name, value in tags.items()})
    return Ga4Reading(cut, group, page_location, at_risk, click_id)


def _group(tags: Tags) -> ChannelGroup:
    return channel_group(tags.source, tags.medium, tags.campaign)
