"""Signal."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="signal",
    source="signal",
    medium="social",
    title="Signal",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 does not list the source signal; with medium social it is filed under Organic "
        "Social, with message it would be Unassigned"
    ),
)
