"""Blog."""

from utmforge.channels.base import GA4_CHANNEL_GROUPS, Channel

CHANNEL = Channel(
    name="blog",
    source="blog",
    medium="referral",
    title="Blog",
    page=GA4_CHANNEL_GROUPS,
    reason=(
        "no GA4 rule knows the medium blog; with referral it is filed under Referral. Use it on "
        "other sites only: a tagged link within your own starts a new session"
    ),
)
