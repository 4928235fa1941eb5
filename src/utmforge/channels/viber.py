"""Viber."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="viber",
    source="viber",
    medium="social",
    title="Viber",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 does not list the source viber; with medium social it is filed under Organic "
        "Social, with message it would be Unassigned"
    ),
)
