"""Snapchat Ads."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="snapchat-ads",
    source="snapchat",
    medium="paid-social",
    title="Snapchat Ads",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source snapchat as social and counts a medium that begins with paid as "
        "paid, so it is filed under Paid Social"
    ),
)
