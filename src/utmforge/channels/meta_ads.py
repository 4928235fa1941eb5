"""Meta Ads (Facebook)."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="meta-ads",
    source="facebook",
    medium="paid-social",
    title="Meta Ads (Facebook)",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source facebook as social and counts a medium that begins with paid as "
        "paid, so it is filed under Paid Social; with the source meta it would be Paid Other"
    ),
)
