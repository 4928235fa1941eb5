"""Google Ads."""

from utmforge.channels.base import GA4_PARAMETERS, Channel

CHANNEL = Channel(
    name="google-ads",
    source="google",
    medium="cpc",
    title="Google Ads",
    page=GA4_PARAMETERS,
    reason=(
        "GA4 lists the source google as search and counts the medium cpc as paid, so it is filed "
        "under Paid Search; where auto-tagging (gclid) is on, Google's own values take precedence"
    ),
)
