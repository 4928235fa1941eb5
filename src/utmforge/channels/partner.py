"""Partner's site."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="partner",
    source="partner",
    medium="referral",
    title="Partner's site",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "no GA4 rule knows the medium partner; with referral it is filed under Referral; give the"
        " partner's name as source"
    ),
)
