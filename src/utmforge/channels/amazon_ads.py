"""Amazon Ads."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="amazon-ads",
    source="amazon",
    medium="cpc",
    title="Amazon Ads",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source amazon as shopping and counts the medium cpc as paid, so it is "
        "filed under Paid Shopping"
    ),
)
