"""Meta Ads (Instagram)."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="instagram-ads",
    source="instagram",
    medium="paid-social",
    title="Meta Ads (Instagram)",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source instagram as social and counts a medium that begins with paid as "
        "paid, so it is filed under Paid Social"
    ),
)
