"""LinkedIn Ads."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="linkedin-ads",
    source="linkedin",
    medium="paid-social",
    title="LinkedIn Ads",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source linkedin as social and counts a medium that begins with paid as "
        "paid, so it is filed under Paid Social"
    ),
)
