"""Bluesky."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="bluesky",
    source="bluesky",
    medium="social",
    title="Bluesky",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 does not list the source bluesky; with medium social it is filed under Organic "
        "Social, with post it would be Unassigned"
    ),
)
