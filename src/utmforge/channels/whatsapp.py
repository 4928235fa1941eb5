"""WhatsApp."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="whatsapp",
    source="whatsapp",
    medium="message",
    title="WhatsApp",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source whatsapp as social, so any unpaid medium is filed under Organic "
        "Social"
    ),
)
