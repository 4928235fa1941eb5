"""Snapchat."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="snapchat",
    source="snapchat",
    medium="message",
    title="Snapchat",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source snapchat as social, so any unpaid medium is filed under Organic "
        "Social"
    ),
)
