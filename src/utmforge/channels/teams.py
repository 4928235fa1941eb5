"""Microsoft Teams."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="teams",
    source="teams",
    medium="social",
    title="Microsoft Teams",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 does not list the source teams; with medium social it is filed under Organic "
        "Social, with message it would be Unassigned"
    ),
)
