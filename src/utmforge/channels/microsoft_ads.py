"""Microsoft Advertising."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="microsoft-ads",
    source="bing",
    medium="cpc",
    title="Microsoft Advertising",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "GA4 lists the source bing as search and counts the medium cpc as paid, so it is filed "
        "under Paid Search; with the source microsoft it would be Paid Other"
    ),
)
