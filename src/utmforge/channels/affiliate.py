"""Affiliate."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="affiliate",
    source="affiliate",
    medium="affiliate",
    title="Affiliate",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4's rule for Affiliates matches only the exact medium affiliate; give the affiliate's "
        "name as source"
    ),
)
