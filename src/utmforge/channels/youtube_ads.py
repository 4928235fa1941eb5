"""YouTube Ads."""

from utmforge.channels.base import GA4_PARAMETERS, Channel

CHANNEL = Channel(
    name="youtube-ads",
    source="youtube",
    medium="paid-video",
    title="YouTube Ads",
    page=GA4_PARAMETERS,
    reason=(
        "GA4 lists the source youtube as video and counts a medium that begins with paid as paid,"
        " so it is filed under Paid Video; where auto-tagging (gclid) is on, Google's own values "
        "take precedence"
    ),
)
