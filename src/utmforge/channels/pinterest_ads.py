"""Pinterest Ads."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="pinterest-ads",
    source="pinterest",
    medium="paid-social",
    title="Pinterest Ads",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source pinterest as social and counts a medium that begins with paid as "
        "paid, so it is filed under Paid Social"
    ),
)
