"""Mastodon."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="mastodon",
    source="mastodon",
    medium="social",
    title="Mastodon",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 does not list the source mastodon; with medium social it is filed under Organic "
        "Social, with post it would be Unassigned"
    ),
)
