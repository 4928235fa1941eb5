"""Instagram direct message."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="instagram-dm",
    source="instagram",
    medium="message",
    title="Instagram direct message",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source instagram as social; the medium message tells a direct message "
        "from a post"
    ),
)
