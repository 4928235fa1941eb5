"""The default channel group of a link in GA4, the rule for it, and whether that is certain.

>>> group = channel_group("whatsapp", "message", "spring-sale")
>>> print(group, "because", group.rule)
Organic Social because source "whatsapp" is listed as social
>>> print(channel_group("newsletter", "email-newsletter", "spring-sale"))
uncertain: Unassigned or Email
"""

from __future__ import annotations

from utmforge.analytics.channel_rules import ChannelGroup, decide
from utmforge.analytics.ga4.rules import RULES, UNASSIGNED
from utmforge.errors import quoted
from utmforge.naming.field_rule import MAX_TAG_CHARACTERS

NOT_SET = "(not set)"
"""GA4's value for a missing tag."""

LETTER_CASE = (
    "sources disagree on whether GA4 ignores letter case here; its reports keep a separate row"
)
WHITE_SPACE = "no source says whether GA4 drops the white space around a value"
NO_TAGS = "without tags GA4 uses where the visitor came from"
NO_SOURCE = (
    "Google requires utm_source, and does not say what GA4 does with the other tags without it"
)


def channel_group(
    source: str | None, medium: str | None = None, campaign: str | None = None
) -> ChannelGroup:
    """Return the default channel group of a visit with these tags; None or empty: no tag.

    Letter case never changes the most likely group, since most sources say that GA4 ignores it.
    Values are cut at 100 characters, as GA4 cuts them
    (https://support.google.com/analytics/answer/9267744). Without a source nothing is certain:
    Google requires the source (https://support.google.com/analytics/answer/10917952), and reports
    without it differ.
    """
    given = [(value or "")[:MAX_TAG_CHARACTERS] for value in (source, medium, campaign)]
    if not any(given):
        return ChannelGroup("Direct", "there are no tags", is_certain=False, why=NO_TAGS)
    if not given[0]:
        group = _filed([value.lower() for value in given])
        return group._replace(is_certain=False, others=(), why=NO_SOURCE)
    lowered = [value.lower() for value in given]
    group = _filed(lowered)
    if lowered != given:
        group = group.unless(_filed(given), LETTER_CASE)
    trimmed = [value.strip() for value in lowered]
    if trimmed != lowered:
        group = group.unless(_filed(trimmed), WHITE_SPACE)
    return group


def _filed(tags: list[str]) -> ChannelGroup:
    """Evaluate the rules on source, medium and campaign, letter case as it is."""
    source, medium, campaign = (value or NOT_SET for value in tags)
    unknown = ChannelGroup(
        UNASSIGNED, f"no rule matches source {quoted(source, 40)} with medium {quoted(medium, 40)}"
    )
    return decide(RULES, {"source": source, "medium": medium, "campaign": campaign}, unknown)
