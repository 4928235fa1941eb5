"""Facebook."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="facebook",
    source="facebook",
    medium="social",
    title="Facebook",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source facebook as social; medium social says the same, so that other "
        "tools file it there too"
    ),
)
