"""The phone's share dialog (share button)."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="share-dialog",
    source="share-dialog",
    medium="social",
    title="The phone's share dialog (share button)",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "the phone does not tell which app was chosen; "
        "GA4 files any source of the medium social under Organic Social"
    ),
)
