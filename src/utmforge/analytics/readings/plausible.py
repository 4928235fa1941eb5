"""What Plausible records of a tagged link: the source, the tags and the acquisition channel.

Read 2026-11-23 in plausible/analytics, `lib/plausible/ingestion/acquisition.ex` (277f8f7c) and
`source.ex`, `priv/custom_sources.json` (022a7860). Two things are not included here: the referrer
database, which changes the capitals of some sources (`WhatsApp` for `whatsapp`) but not the
channel, and names added later. So if a source is in none of the lists and no other rule decides,
the channel is uncertain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.channel_rules import (
    ChannelGroup,
    Condition,
    Rule,
    contains,
    decide,
    is_listed,
    is_one_of,
)
from utmforge.analytics.ga4.rules import (
    DISPLAY,
    EMAIL_WORDS,
    OF_SHOPPING,
    PAID,
    PUSH,
    REFERRAL_MEDIUM,
    SOCIAL_MEDIUM,
)
from utmforge.analytics.ga4.sources import SEARCH, SHOPPING, SOCIAL, VIDEO
from utmforge.analytics.readings.parameters import of_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utmforge.urls.link import Link

# The first of these parameters gives the source, even if it is empty.
SOURCE_PARAMETERS = ("utm_source", "source", "ref")

# Other spellings of a source, without Wikipedia's two hundred hosts.
SPELLINGS = {
    "Baidu": "baidu.com",
    "Bing": "ntp.msn.com",
    "Brave": "search.brave.com",
    "Discord": "discord.com discordapp.com ptb.discord.com canary.discord.com",
    "Facebook": "fb fb-ads fbads fbad facebook-ads facebook_ads fcb facebook_ad facebook_feed_ad",
    "Google": "google_ads google-ads googleads gads adwords",
    "Instagram": "ig",
    "Linktree": "linktree linktr.ee",
    "Microsoft Teams": "statics.teams.cdn.office.net",
    "Perplexity": "perplexity perplexity.ai",
    "Reddit": "reddit-ads android-app://com.reddit.frontpage",
    "Sogou": "sogou.com m.sogou.com wap.sogou.com",
    "Telegram": "t.me webk.telegram.org",
    "TikTok": "tiktokads tik.tok",
    "Twitter": "twitter-ads",
    "Yandex": "ya.ru yandex.com.tr yandex.eu yandex.fr yandex.kz yandex.tm yandex.uz",
    "Youtube": "yt yt-ads",
}
NAME_OF = {
    "google ads": "Google",
    **{spelling: name for name, many in SPELLINGS.items() for spelling in many.split()},
    **{name.lower(): name for name in SPELLINGS},
}

# Sources that are ads by their name, whatever the medium.
ADS = frozenset(spelling for spelling in NAME_OF if spelling.endswith(("ads", "ad"))) | {"adwords"}

# Plausible misses these: it looks them up in lower case, and its list has them with capitals.
MISSED = {"google shopping", "hatena", "igshopping", "imageshack"}
MORE_SOCIAL = {
    *("hacker news", "telegram", "slack", "producthunt", "github", "steamcommunity.com"),
    *("statics.teams.cdn.office.net", "vkontakte", "threads", "discord", "microsoft teams"),
    *("bluesky", "mastodon", "x (twitter)", "x"),
}
ASSISTANTS = frozenset(
    ("chatgpt", "chatgpt.com", "claude", "phind", "deepseek", "copilot", "grok", "perplexity")
) | {"google gemini"}

OF_SHOPPING_HERE = (
    is_listed("source", SHOPPING - MISSED | {"temu.com"}, "shopping"),
    *OF_SHOPPING[1:],
)
OF_SEARCH = is_listed("source", SEARCH | {"yahoo!", "ecosia", "brave"}, "search")
OF_SOCIAL = is_listed("source", SOCIAL - MISSED | MORE_SOCIAL, "social")
OF_VIDEO = is_listed("source", VIDEO, "video")
PAID_OR_AD = (*PAID, Condition("utm_source", ADS.__contains__, "is the name of an ad"))
MAIL_WORDS = (*EMAIL_WORDS, "newsletter")

RULES = (
    Rule("Cross-network", (contains("campaign", "cross-network"),)),
    Rule("Paid Shopping", OF_SHOPPING_HERE, PAID),
    Rule("Paid Search", (OF_SEARCH,), PAID_OR_AD),
    Rule("Paid Search", (is_one_of("source", "google"),), (is_one_of("click id", "gclid"),)),
    Rule("Paid Search", (is_one_of("source", "bing"),), (is_one_of("click id", "msclkid"),)),
    Rule("Paid Social", (OF_SOCIAL,), PAID_OR_AD),
    Rule("Paid Video", (OF_VIDEO,), PAID_OR_AD),
    Rule("Display", (DISPLAY,)),
    Rule("Paid Other", PAID),
    Rule("Organic Shopping", OF_SHOPPING_HERE),
    Rule("Organic Social", (OF_SOCIAL, SOCIAL_MEDIUM)),
    Rule("Organic Video", (OF_VIDEO, contains("medium", "video"))),
    Rule("AI Assistants", (is_listed("source", ASSISTANTS, "AI assistant"),)),
    Rule("Organic Search", (OF_SEARCH,)),
    Rule("Email", (is_one_of("source", "gmail"),)),
    Rule("Email", (contains("utm_source", *MAIL_WORDS), contains("medium", *MAIL_WORDS))),
    Rule("Affiliates", (is_one_of("medium", "affiliate"),)),
    Rule("Audio", (is_one_of("medium", "audio"),)),
    Rule("SMS", (is_one_of("utm_source", "sms"), is_one_of("medium", "sms"))),
    Rule("Mobile Push Notifications", PUSH),
    Rule("Referral", (REFERRAL_MEDIUM,)),
)

OF_ANY_SOURCE = ChannelGroup(
    "Referral",
    "no other rule fires, and there is a source",
    is_certain=False,
    why="Plausible may know the source by now: its own list grows",
)
OF_NO_SOURCE = ChannelGroup("Direct", "no other rule fires, and there is no source")
NO_SOURCE = "without a source Plausible uses where the visitor came from"


class PlausibleReading(NamedTuple):
    """What Plausible stores of a visit; None if the link has no such tag."""

    source: str | None
    """The source as Plausible's reports show it: `Telegram` for `t.me`. Capitals may differ."""
    medium: str | None
    """`utm_medium` as given."""
    campaign: str | None
    """`utm_campaign` as given."""
    content: str | None
    """`utm_content` as given."""
    term: str | None
    """`utm_term` as given."""
    channel: ChannelGroup
    """The acquisition channel: Plausible's own, much like GA4's."""


def read_by_plausible(link: Link) -> PlausibleReading:
    """Return what Plausible records; it also reads `source` or `ref` from the query."""
    parameters = of_query(link)
    tagged = next((parameters[name] for name in SOURCE_PARAMETERS if name in parameters), None)
    source = None if tagged is None else NAME_OF.get(tagged.lower(), tagged)
    return PlausibleReading(
        source,
        parameters.get("utm_medium"),
        parameters.get("utm_campaign"),
        parameters.get("utm_content"),
        parameters.get("utm_term"),
        _channel(source or "", tagged or "", parameters),
    )


def _channel(source: str, tagged: str, parameters: Mapping[str, str]) -> ChannelGroup:
    values = {
        "source": source.lower(),
        "medium": parameters.get("utm_medium", "").lower(),
        "campaign": parameters.get("utm_campaign", "").lower(),
        "utm_source": tagged.lower(),
        "click id": next((name for name in ("gclid", "msclkid") if name in parameters), ""),
    }
    channel = decide(RULES, values, OF_ANY_SOURCE if source else OF_NO_SOURCE)
    return channel if source else channel._replace(is_certain=False, why=NO_SOURCE)
