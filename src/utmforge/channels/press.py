"""Press."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="press",
    source="press",
    medium="referral",
    title="Press",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "no GA4 rule knows the medium press; with referral it is filed under Referral; give the "
        "paper's name as source"
    ),
)
