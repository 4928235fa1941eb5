"""X (Twitter)."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="x",
    source="twitter",
    medium="social",
    title="X (Twitter)",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source twitter as social, and does not list x: with x, advertisements "
        "there would be filed under Paid Other instead of Paid Social"
    ),
)
