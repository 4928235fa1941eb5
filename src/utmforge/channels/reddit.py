"""Reddit."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="reddit",
    source="reddit",
    medium="social",
    title="Reddit",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source reddit as social; medium social says the same, so that other tools "
        "file it there too"
    ),
)
