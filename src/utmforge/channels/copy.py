"""Copy link (share button)."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="copy",
    source="copied-link",
    medium="social",
    title="Copy link (share button)",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "it may be pasted anywhere; GA4 files any source of the medium social under Organic Social"
    ),
)
