"""What a channel is, and the fields each of the built-in ones fills in."""

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

Kind = Literal["private", "public", "paid", "buttons"]
"""Messages to people, and print; public posts and pages; advertisements; buttons on own pages."""


class Channel(NamedTuple):
    """Where a person pastes a link."""

    name: str
    """Its name, such as `whatsapp`."""
    source: str
    """The `utm_source` of its links."""
    medium: str
    """The `utm_medium` of its links."""
    title: str = ""
    """Its name as its makers write it. Empty: one of the user's own channels."""
    page: str = ""
    """The page that source and medium are based on. Empty: one of the user's own channels."""
    reason: str = ""
    """Why this source and this medium."""
    extends: str | None = None
    """The channel that it extends. None: it extends none."""
    based_on: str | None = None
    """The built-in channel that one of the user's own is based on, through others. None: none."""
    message: str | None = None
    """The words to send with its links that have no others. None: none."""
    price_per_segment: "Decimal | None" = None
    """What one segment of an SMS to one recipient costs. None: not known, or not an SMS."""
    audience: int | None = None
    """How many recipients an SMS has. None: not known, or not an SMS."""
    subject: str | None = None
    """The subject of mails with its links that have no other. None: none."""


GA4_CHANNEL_GROUPS = "https://support.google.com/analytics/answer/9756891"
"""GA4's default channel group: the rules and the list of sources (read 2026-11)."""
GA4_PARAMETERS = "https://support.google.com/analytics/answer/10917952"
"""The parameters that GA4 reads, and what auto-tagging does to them (read 2026-11)."""
