"""Pinterest."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="pinterest",
    source="pinterest",
    medium="social",
    title="Pinterest",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source pinterest as social; medium social says the same, so that other "
        "tools file it there too"
    ),
)
