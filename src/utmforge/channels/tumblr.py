"""Tumblr."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="tumblr",
    source="tumblr",
    medium="social",
    title="Tumblr",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source tumblr as social; medium social says the same, so that other tools "
        "file it there too"
    ),
)
