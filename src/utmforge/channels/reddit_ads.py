"""Reddit Ads."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="reddit-ads",
    source="reddit",
    medium="paid-social",
    title="Reddit Ads",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source reddit as social and counts a medium that begins with paid as paid,"
        " so it is filed under Paid Social"
    ),
)
