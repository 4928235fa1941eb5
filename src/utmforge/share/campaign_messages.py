"""The message, the app and the SMS price that campaigns.toml has for a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.channels.catalogue import base_of
from utmforge.errors import PublicShortener
from utmforge.share.message import message_faults, place_link
from utmforge.share.ready import SMS, ReadyLink, ready, refuse_shorteners
from utmforge.share.sms import Price, extra_segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.channels import Channel
    from utmforge.model import Campaign, Placement, TaggedLink


class CampaignMessages:
    """Finds what a campaign file says about links; of an unknown link it says nothing."""

    def __init__(self, file: CampaignFile) -> None:
        self._file = file
        self._campaigns: dict[str, Campaign] = {
            one.tags.campaign: one for one in file.campaigns.values()
        }
        planned = [place for one in file.campaigns.values() for place in one.placements]
        self._by_tags = {(one.landing_page, one.tags): one for one in planned}
        self._by_content = {
            (one.tags.campaign, one.channel, one.tags.content): one for one in planned
        }

    def message(self, link: TaggedLink) -> str | None:
        """Return the message of the link's placement, else of its campaign, else of its channel.

        A link whose names were corrected when it was issued has the message of the placement with
        its channel and content.
        """
        return next((one.message for one in self._sources(link) if one and one.message), None)

    def subject(self, link: TaggedLink) -> str | None:
        """Return the subject of the link's placement, else of its campaign, else of its channel."""
        return next((one.subject for one in self._sources(link) if one and one.subject), None)

    def _sources(self, link: TaggedLink) -> tuple[Placement | Campaign | Channel | None, ...]:
        """Return what may say what is sent with a link, the closest first."""
        return (
            self._by_tags.get((link.landing_page, link.tags)),
            self._by_content.get((link.tags.campaign, link.channel or "", link.tags.content)),
            self._campaigns.get(link.tags.campaign),
            self._file.channels.get(link.channel or ""),
        )

    def app(self, link: TaggedLink) -> str | None:
        """Return the built-in channel that the link's channel is based on. None: none."""
        return base_of(link.channel, self._file.channels)

    def price(self, link: TaggedLink) -> Price | None:
        """Return the price of the link's SMS. None: the file has none."""
        channel = self._file.channels.get(link.channel or "")
        if channel is None or channel.price_per_segment is None:
            return None
        return Price(channel.price_per_segment, channel.audience)

    def warnings(self, links: Iterable[TaggedLink]) -> list[tuple[str, str]]:
        """Return what is wrong with the messages of links, each once, with the next step."""
        found: dict[tuple[str, str], None] = {}
        expensive: dict[tuple[str, str], list[str]] = {}
        for link in links:
            message = self.message(link)
            found |= dict.fromkeys(message_faults(message or ""))
            if self.app(link) != SMS:
                continue
            try:
                refuse_shorteners(link, message)
            except PublicShortener as error:
                found[error.message, error.hint or ""] = None
            if warning := extra_segment(place_link(message, link.url)):
                expensive.setdefault(warning, []).append(f"{link.id} ({link.channel})")
        of_sms = ((f"{first_of(ids)}: {said}", hint) for (said, hint), ids in expensive.items())
        return [*found, *of_sms]

    def ready(
        self, link: TaggedLink, *, message: str | None = None, ascii_only: bool = False
    ) -> ReadyLink:
        """Return a link with all that is needed to share it.

        Args:
            link: The link.
            message: The words to send with it. None: those of the file.
            ascii_only: Replace the characters of an SMS that are not in its usual alphabet.

        Raises:
            PublicShortener: It is for SMS, and contains a link of a public shortener.
        """
        app = self.app(link)
        return ready(
            link,
            self.message(link) if message is None else message,
            app=app,
            price=self.price(link) if app == SMS else None,
            ascii_only=ascii_only,
            subject=self.subject(link),
        )


def first_of(subjects: Sequence[str]) -> str:
    """Return the first of several subjects of one sentence, and how many there are besides it.

    >>> first_of(["a"]), first_of(["a", "b", "c"])
    ('a', 'a and 2 more')
    """
    return subjects[0] + (f" and {len(subjects) - 1:,} more" if len(subjects) > 1 else "")
