"""From a landing page and its tags to a link that is not issued yet.

campaign x placement → TaggedLink (planned)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.model import TaggedLink
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import LandingPage, read_landing_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.model import Placement, Tags


def make_link(
    landing_page: str | LandingPage, tags: Tags, *, channel: str | None = None
) -> TaggedLink:
    """Tag a landing page; nothing is written, and no naming convention is applied.

    Raises:
        BadLandingPage: The address cannot be tagged.
        BadTag: A tag is empty or contains a character that a link cannot contain.
    """
    page = read_landing_page(landing_page) if isinstance(landing_page, str) else landing_page
    url = page.with_tags(tags)
    return TaggedLink(link_id(url), url, page.url, channel, tags)


def plan(placements: Iterable[Placement]) -> list[TaggedLink]:
    """Make the link of each placement.

    Raises:
        BadLandingPage: An address cannot be tagged.
        BadTag: A tag is empty or contains a character that a link cannot contain.
    """
    return [
        make_link(placement.landing_page, placement.tags, channel=placement.channel)
        for placement in placements
    ]
