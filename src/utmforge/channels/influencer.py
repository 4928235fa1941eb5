"""Influencer."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="influencer",
    source="influencer",
    medium="social",
    title="Influencer",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "no GA4 rule knows the medium influencer; with social it is filed under Organic Social; "
        "give the person's public name as source"
    ),
)
