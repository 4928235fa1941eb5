"""WeChat."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="wechat",
    source="wechat",
    medium="message",
    title="WeChat",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source wechat as social, so any unpaid medium is filed under Organic Social"
    ),
)
