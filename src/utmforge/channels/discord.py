"""Discord."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="discord",
    source="discord",
    medium="social",
    title="Discord",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 does not list the source discord; with medium social it is filed under Organic "
        "Social, with message it would be Unassigned"
    ),
)
