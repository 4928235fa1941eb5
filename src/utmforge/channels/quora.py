"""Quora."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="quora",
    source="quora",
    medium="social",
    title="Quora",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source quora as social; medium social says the same, so that other tools "
        "file it there too"
    ),
)
