"""Google Business Profile."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="google-business",
    source="google-business",
    medium="organic",
    title="Google Business Profile",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "medium organic files it under Organic Search, where visits from Google Maps and Search "
        "belong; a source of its own tells the profile from other results"
    ),
)
