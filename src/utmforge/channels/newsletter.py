"""Newsletter."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="newsletter",
    source="newsletter",
    medium="email",
    title="Newsletter",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "medium email is the one value GA4 files under Email, with newsletter it would be "
        "Unassigned; if you have several newsletters, give the name of each as source"
    ),
)
