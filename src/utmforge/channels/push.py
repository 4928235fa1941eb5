"""Push notification."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="push",
    source="push",
    medium="push",
    title="Push notification",
    page=GA4_CHANNEL_GROUPS,
    reason=("GA4 files a medium that ends with push under Mobile Push Notifications"),
)
