"""Email."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="email",
    source="email",
    medium="email",
    title="Email",
    page=GA4_CHANNEL_GROUPS,
    reason="medium email is the one value GA4 files under Email; give the list's name as source",
)
