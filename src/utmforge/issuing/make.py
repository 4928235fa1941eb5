"""From a landing page and its tags to an issued link.

    campaign x placement → TaggedLink (planned) → registry → Issued

A link is handed out only after the registry has saved it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.model import Campaign, Issued, Placement, TaggedLink, Tags
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import LandingPage, read_landing_page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from utmforge.registry import Registry


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


def issue(
    what: Campaign | Iterable[TaggedLink],
    registry: Registry,
    *,
    now: datetime | None = None,
    about: str = "",
    allow_private: bool = False,
) -> list[Issued]:
    """Issue a campaign's links, or links made with `make_link`: all of them or none.

    A link that was issued before stays the same and keeps the day it was first issued.

    Args:
        what: A campaign of `load_campaigns`, or links.
        registry: Where they are saved.
        now: The time of issue. None: the current time.
        about: What the links are for; shown by `utmforge history`. Empty: the campaign's name.
        allow_private: Accept personal data in links; secrets are still refused.

    Raises:
        PrivateData: One of them holds personal data or a secret, so none was issued.
        NotText: One has a channel that no registry accepts, so none was issued.
        LinkRetired: One of them was retired, so none was issued.
        RegistryError: They could not be saved, so none was issued.
    """
    if isinstance(what, Campaign):
        about = about or what.name
        links = plan(what.placements)
    else:
        links = list(what)
    return registry.add(links, now=now, about=about, allow_private=allow_private)
