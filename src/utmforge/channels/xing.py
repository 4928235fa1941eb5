"""XING."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="xing",
    source="xing",
    medium="social",
    title="XING",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source xing as social; medium social says the same, so that other tools "
        "file it there too"
    ),
)
