"""Podcast."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="podcast",
    source="podcast",
    medium="audio",
    title="Podcast",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4's rule for Audio matches only the exact medium audio, with podcast it would be "
        "Unassigned; give the show's name as source"
    ),
)
