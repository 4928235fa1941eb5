"""What the wizard proposes and keeps of the campaign that `new --like` repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.campaigns.inheritance import INHERITED_TAGS
from utmforge.issuing.requests import links_like

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.issuing.requests import LinkRequest
    from utmforge.model import Campaign, TaggedLink


class Repeated:
    """A campaign of the file, whose channels, contents and pages are used again.

    An answer that changes nothing is left out of the request, so that each link keeps what it has.
    """

    def __init__(self, campaign: Campaign) -> None:
        self.name = campaign.name
        self.campaign = campaign
        places = campaign.placements
        self.channels = tuple(dict.fromkeys(each.channel for each in places))
        self.contents = tuple(
            dict.fromkeys(each.tags.content for each in places if each.tags.content)
        )

    def links(
        self, page: str | None, request: LinkRequest, file: CampaignFile
    ) -> tuple[list[TaggedLink], list[str]]:
        """Return the links, and notes about them."""
        return links_like(self.campaign, page, request, file)

    def missing(self, required: Iterable[str]) -> list[str]:
        """Return the required tags that its placements do not have."""
        tags = [each.tags for each in self.campaign.placements]
        return [
            name
            for name in required
            if name == "id" or not all(getattr(each, name) for each in tags)
        ]

    def proposed(self, request: LinkRequest) -> LinkRequest:
        """Return a request with what the campaign has, where nothing else was answered."""
        return request._replace(
            channels=request.channels or self.channels, contents=request.contents or self.contents
        )

    def changed(self, request: LinkRequest) -> LinkRequest:
        """Return a request without what the campaign has anyway."""
        return request._replace(
            channels=() if request.channels == self.channels else request.channels,
            contents=() if request.contents == self.contents else request.contents,
        )

    def spelled_out(self, request: LinkRequest) -> LinkRequest:
        """Return a request that does without the campaign: its channels and its common tags."""
        tags = self.campaign.tags
        own = {name: value for name in INHERITED_TAGS if (value := getattr(tags, name))}
        channels = request.channels or self.channels
        return request.with_tags(**(own | request.given()))._replace(channels=channels)

    def can_be_extended(self, page: str | None, request: LinkRequest) -> bool:
        """Tell whether `extends` in campaigns.toml makes the same links."""
        pages = {each.landing_page for each in self.campaign.placements}
        keeps_pages = page is None or pages <= {self.campaign.landing_page}
        return keeps_pages and not request.channels and not request.contents
