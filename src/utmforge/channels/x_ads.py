"""X Ads."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="x-ads",
    source="twitter",
    medium="paid-social",
    title="X Ads",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source twitter as social and counts a medium that begins with paid as "
        "paid, so it is filed under Paid Social; with the source x it would be Paid Other"
    ),
)
