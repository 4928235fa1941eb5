"""LINE."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="line",
    source="line",
    medium="message",
    title="LINE",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source line as social, so any unpaid medium is filed under Organic Social"
    ),
)
