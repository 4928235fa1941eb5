"""SMS."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="sms",
    source="sms",
    medium="sms",
    title="SMS",
    page=GA4_CHANNEL_GROUPS,
    reason="GA4's rule for SMS matches only the exact value sms",
)
