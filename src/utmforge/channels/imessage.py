"""iMessage."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="imessage",
    source="imessage",
    medium="sms",
    title="iMessage",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "written in the same app as an SMS and filed with it: GA4 has no rule for the "
        "source imessage, and medium sms is filed under SMS"
    ),
)
