"""Telegram."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="telegram",
    source="telegram",
    medium="social",
    title="Telegram",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 does not list the source telegram; with medium social it is filed under Organic "
        "Social, with message it would be Unassigned"
    ),
)
