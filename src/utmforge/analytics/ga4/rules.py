"""The rules of GA4's default channel group, in order; the first rule that matches decides.

Google's page is https://support.google.com/analytics/answer/9756891; only its beginning could be
read. The order and the wording are what its published copies have in common, read 2026-11-23:
the comment in Velir/dbt-ga4 `macros/default_channel_grouping.sql`,
sergiouceda.com, colemanmarketing.co.uk (the state of 2022), ga4audits.com (2026). Where the copies
disagree, a rule has a `doubt`. The rules for Google's own ads use no tags and are left out.
"""

from __future__ import annotations

from utmforge.analytics.channel_rules import (
    Condition,
    Rule,
    begins_with,
    contains,
    ends_with,
    is_listed,
    is_one_of,
)
from utmforge.analytics.ga4.sources import SEARCH, SHOPPING, SOCIAL, VIDEO

ORDER = "the copies of GA4's rules disagree on whether Referral or Email comes first"
WORDING = "it is not settled whether Email matches the whole value or a part of it"
ORDER_AND_WORDING = (
    "it is not settled whether Email matches a part of the value, nor whether it comes before "
    "Referral"
)
ASSISTANT = (
    "GA4 has been rolling out AI Assistant since May 2026; its place among the rules is known from "
    "secondary sources only"
)

LETTERS_OTHER_THAN_E = frozenset("abcdfghijklmnopqrstuvwxyz")


def names_a_shop(campaign: str) -> bool:
    """Tell whether `shop` stands at the beginning, after e or after something other than a-z.

    >>> [names_a_shop(campaign) for campaign in ("pop-up-shop", "eshop", "workshop")]
    [True, True, False]
    """
    at = campaign.find("shop")
    while at > 0 and campaign[at - 1] in LETTERS_OTHER_THAN_E:
        at = campaign.find("shop", at + 1)
    return at >= 0


DIRECT_SOURCE = is_one_of("source", "(direct)")
NO_MEDIUM = is_one_of("medium", "(not set)", "(none)")
OF_SHOPPING = (
    is_listed("source", SHOPPING, "shopping"),
    contains("campaign", "shopping"),
    Condition("campaign", names_a_shop, "has shop at its start, after e or after a non-letter"),
)
OF_SEARCH = is_listed("source", SEARCH, "search")
OF_SOCIAL = is_listed("source", SOCIAL, "social")
OF_VIDEO = is_listed("source", VIDEO, "video")
PAID = (
    contains("medium", "cp"),
    is_one_of("medium", "ppc", "retargeting"),
    begins_with("medium", "paid"),
)
DISPLAY = is_one_of("medium", "display", "banner", "expandable", "interstitial", "cpm")
SOCIAL_MEDIUM = is_one_of(
    "medium",
    *("social", "social-network", "social-media", "sm", "social network", "social media"),
)
REFERRAL_MEDIUM = is_one_of("medium", "referral", "app", "link")
ASSISTANT_MEDIUM = is_one_of("medium", "ai-assistant")
PUSH = (
    ends_with("medium", "push"),
    contains("medium", "mobile", "notification"),
    is_one_of("source", "firebase"),
)
EMAIL_WORDS = ("email", "e-mail", "e_mail", "e mail")
EMAIL = (is_one_of("source", *EMAIL_WORDS), is_one_of("medium", *EMAIL_WORDS))
EMAIL_IN_IT = (contains("source", *EMAIL_WORDS), contains("medium", *EMAIL_WORDS))

UNASSIGNED = "Unassigned"

# fmt: off
RULES = (
    Rule("Direct", (DIRECT_SOURCE,), (NO_MEDIUM,)),
    Rule("Cross-network", (contains("campaign", "cross-network"),)),
    Rule("Paid Shopping", OF_SHOPPING, PAID),
    Rule("Paid Search", (OF_SEARCH,), PAID),
    Rule("Paid Social", (OF_SOCIAL,), PAID),
    Rule("Paid Video", (OF_VIDEO,), PAID),
    Rule("Display", (DISPLAY,)),
    Rule("Paid Other", PAID),
    Rule("AI Assistant", (ASSISTANT_MEDIUM,), doubt=ASSISTANT, is_likely=False),
    Rule("Organic Shopping", OF_SHOPPING),
    Rule("Organic Social", (OF_SOCIAL, SOCIAL_MEDIUM)),
    Rule("Organic Video", (OF_VIDEO, contains("medium", "video"))),
    Rule("Organic Search", (OF_SEARCH, is_one_of("medium", "organic"))),
    Rule("AI Assistant", (ASSISTANT_MEDIUM,), doubt=ASSISTANT),
    Rule("Email", (REFERRAL_MEDIUM,), EMAIL_IN_IT, doubt=ORDER_AND_WORDING, is_likely=False),
    Rule("Email", (REFERRAL_MEDIUM,), EMAIL, doubt=ORDER, is_likely=False),
    Rule("Referral", (REFERRAL_MEDIUM,)),
    Rule("Email", EMAIL),
    Rule("Email", EMAIL_IN_IT, doubt=WORDING, is_likely=False),
    Rule("Affiliates", (is_one_of("medium", "affiliate"),)),
    Rule("Audio", (is_one_of("medium", "audio"),)),
    Rule("SMS", (is_one_of("source", "sms"), is_one_of("medium", "sms"))),
    Rule("Mobile Push Notifications", PUSH),
)
# fmt: on
