"""QR code (print)."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="qr",
    source="qr",
    medium="qr",
    title="QR code (print)",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "no GA4 rule covers print: it is filed under Unassigned on purpose, since any other "
        "medium would mix posters with web traffic; a custom channel group gathers it"
    ),
)
