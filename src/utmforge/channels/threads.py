"""Threads."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="threads",
    source="threads",
    medium="social",
    title="Threads",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 does not list the source threads; with medium social it is filed under Organic "
        "Social, with post it would be Unassigned"
    ),
)
