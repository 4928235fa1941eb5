"""TikTok."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="tiktok",
    source="tiktok",
    medium="social",
    title="TikTok",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source tiktok as social; medium social says the same, so that other tools "
        "file it there too"
    ),
)
