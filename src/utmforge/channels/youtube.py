"""YouTube."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="youtube",
    source="youtube",
    medium="video",
    title="YouTube",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source youtube as video, so it is filed under Organic Video; with medium "
        "social it would be Organic Social"
    ),
)
