"""Twitch."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="twitch",
    source="twitch",
    medium="video",
    title="Twitch",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source twitch as video, so it is filed under Organic Video; with medium "
        "social it would be Organic Social"
    ),
)
