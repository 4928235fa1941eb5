"""Instagram."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="instagram",
    source="instagram",
    medium="social",
    title="Instagram",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source instagram as social; medium social says the same, so that other "
        "tools file it there too"
    ),
)
