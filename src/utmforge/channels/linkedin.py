"""LinkedIn."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="linkedin",
    source="linkedin",
    medium="social",
    title="LinkedIn",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source linkedin as social; medium social says the same, so that other "
        "tools file it there too"
    ),
)
