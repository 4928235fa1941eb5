"""TikTok Ads."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="tiktok-ads",
    source="tiktok",
    medium="paid-social",
    title="TikTok Ads",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source tiktok as social and counts a medium that begins with paid as paid,"
        " so it is filed under Paid Social"
    ),
)
