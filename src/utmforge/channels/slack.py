"""Slack."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="slack",
    source="slack",
    medium="social",
    title="Slack",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 does not list the source slack; with medium social it is filed under Organic "
        "Social, with message it would be Unassigned"
    ),
)
