"""Messenger."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="messenger",
    source="messenger",
    medium="message",
    title="Messenger",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source messenger as social, so any unpaid medium is filed under "
        "Organic Social"
    ),
)
