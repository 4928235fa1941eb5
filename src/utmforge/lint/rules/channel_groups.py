"""UTM4xx: the channel group under which GA4 files the visit, if it is not what people expect.

Each case was found by applying GA4's rules (see `ga4/rules.py` for their origin) to tags that
people use, 2026-11.
"""

from __future__ import annotations

from abc import abstractmethod
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.ga4.channel_group import channel_group
from utmforge.analytics.ga4.rules import (
    EMAIL_WORDS,
    OF_SEARCH,
    OF_SHOPPING,
    OF_SOCIAL,
    OF_VIDEO,
    PAID,
    UNASSIGNED,
    names_a_shop,
)
from utmforge.analytics.ga4.suggested_mediums import is_medium, is_offline, known_medium
from utmforge.errors import quoted
from utmforge.lint.rules.base import Found, LinkRule, Rule
from utmforge.urls.parameters import near_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utmforge.analytics.channel_rules import ChannelGroup
    from utmforge.urls.link import Link

# Mediums that mean paid traffic and say so; others that contain cp are accidents.
_PAID_MEDIUMS = frozenset(("cpc", "cpm", "cpv", "cpa", "cpp", "cps", "cpl", "cpi", "ppc", "dcpm"))
_LISTED = (OF_SHOPPING[0], OF_SEARCH, OF_SOCIAL, OF_VIDEO)
# Mediums whose own group people expect whatever the source is.
_OWN_GROUP = {
    **dict.fromkeys(EMAIL_WORDS, "Email"),
    "sms": "SMS",
    "affiliate": "Affiliates",
    "audio": "Audio",
    "push": "Mobile Push Notifications",
    **dict.fromkeys(("referral", "link", "app"), "Referral"),
}


class Traffic(NamedTuple):
    """The tags that decide about a channel group, and the group."""

    source: str
    """In lower case, as GA4's rules read it. Empty: there is none."""
    medium: str
    """The same."""
    campaign: str
    """The same."""
    group: ChannelGroup
    """Where GA4 files the visit."""


_GROUPED = ("email", "sms", "social", "referral", "affiliate", "cpc", "display", "video", "audio")
"""Mediums with a channel group of their own."""

cached_group = lru_cache(maxsize=4096)(channel_group)


class TagsRule(LinkRule):
    """A rule that looks at source, medium and campaign together."""

    def check(self, link: Link) -> Iterator[Found]:
        """Yield what is surprising, in lower case as GA4's rules read it."""
        tags = link.as_written
        source, medium, campaign = (tags.get(n) for n in ("source", "medium", "campaign"))
        if source or medium:
            group = cached_group(source, medium, campaign)
            lowered = ((source or "").lower(), (medium or "").lower(), (campaign or "").lower())
            yield from self.look(Traffic(*lowered, group))

    @abstractmethod
    def look(self, traffic: Traffic) -> Iterable[Found]:
        """Return what is surprising about the group."""


class Unassigned(TagsRule):
    """Use a source and a medium that GA4 has a channel group for.

    GA4 files `medium=newsletter` under Unassigned, the row for everything it does not recognise.
    `email`, `sms`, `social`, `cpc`, `affiliate` and the others of
    [GA4's rules](channel-groups.md) have a group.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=newsletter&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring

    Print and QR codes (`qr`, `print`, `flyer`, `poster`) are Unassigned on purpose: any other
    medium would mix posters with web traffic. This rule does not report them.
    """

    code = "UTM401"
    name = "unassigned"

    def look(self, traffic: Traffic) -> Iterator[Found]:
        """Report what is Unassigned, certainly or probably."""
        source, medium, campaign, group = traffic
        if group.name != UNASSIGNED or not medium or is_offline(medium):
            return
        certain = "" if group.is_certain else f" ({group}: {group.why})"
        shown = quoted(medium, 40)
        what = f"source {quoted(source, 40)} with medium {shown}" if source else f"medium {shown}"
        instead = known_medium(medium, source, campaign)
        if _are_swapped(traffic):
            hint = _swap(traffic)
        elif instead:
            hint = f"use medium {quoted(instead)}"
        else:
            hint = f"use one of {', '.join(_GROUPED)}"
        yield self.found(f"GA4 files {what} under Unassigned{certain}", hint)


def _are_swapped(traffic: Traffic) -> bool:
    """Tell whether the source is a medium, and the medium would be a source.

    A word such as `newsletter` may be either: there the medium has to be a site in GA4's lists.
    """
    source, medium, campaign, _ = traffic
    if not is_medium(source) or is_medium(medium):
        return False
    is_site = any(listed.holds(medium) for listed in _LISTED)
    if not is_site and cached_group("", source, "").name == UNASSIGNED:
        return False
    return cached_group(medium, source, campaign).name != UNASSIGNED


def _swap(traffic: Traffic) -> str:
    source, medium, *_ = traffic
    return (
        "source and medium seem to be swapped: use "
        f"source {quoted(medium, 40)} and medium {quoted(source, 40)}"
    )


class ShopInCampaign(TagsRule):
    """Keep `shop` out of campaign names.

    GA4 files a campaign under Organic Shopping (or Paid Shopping) when its name begins with
    `shop`, has it after an `e` or anything but a letter, or has `shopping` anywhere, whatever the
    medium is. `workshop` and `photoshop` are unaffected.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=pop-up-shop

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=pop-up-store
    """

    code = "UTM402"
    name = "shop-in-campaign"

    def look(self, traffic: Traffic) -> Iterator[Found]:
        """Report a name without which the group would be another one."""
        source, medium, campaign, group = traffic
        if names_a_shop(campaign) or "shopping" in campaign:
            other = cached_group(source, medium, "x")
            if group.name != other.name:
                yield self.found(
                    f"campaign {quoted(campaign, 40)} makes GA4 file the visit under {group.name}, not {other.name}",
                    'leave "shop" out of the name',
                )


class SourceBeatsMedium(TagsRule):
    """Remember that a source in GA4's lists counts more than the medium.

    With medium `email`, source `google` is Organic Search, `amazon` is Organic Shopping, `youtube` is
    Organic Video, and every social site is Organic Social.

    Instead of:
        https://shop.example/?utm_source=google&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=google-groups-list&utm_medium=email&utm_campaign=spring
    """

    code = "UTM403"
    name = "source-beats-medium"

    def look(self, traffic: Traffic) -> Iterator[Found]:
        """Report a source that overrides the medium's own group."""
        source, medium, _, group = traffic
        expected = _OWN_GROUP.get(medium)
        if expected and any(listed.holds(source) for listed in _LISTED) and group.name != expected:
            yield self.found(
                f"source {quoted(source, 40)} makes GA4 file the visit under {group.name}, although the medium is "
                f"{quoted(medium, 40)}",
                f"use a source of your own, or a medium that belongs to {group.name}",
            )


class PaidByAccident(TagsRule):
    """Use `cp` in a medium only for paid traffic.

    GA4 counts every medium that contains `cp` as paid: `ecpm`, `tcp` and `copy_cpost` are Paid
    Other.

    Instead of:
        https://shop.example/?utm_source=blog&utm_medium=tcp-banner&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=blog&utm_medium=banner&utm_campaign=spring
    """

    code = "UTM404"
    name = "paid-by-accident"

    def look(self, traffic: Traffic) -> Iterator[Found]:
        """Report `cp` that is not a word of its own."""
        _, medium, _, group = traffic
        words = set(medium.replace("_", "-").replace(" ", "-").split("-"))
        if "cp" in medium and not words & _PAID_MEDIUMS and group.name.startswith("Paid"):
            yield self.found(
                f'medium {quoted(medium, 40)} contains "cp": GA4 counts the visit as paid and files '
                f"it under {group.name}",
                'use a medium without "cp", or "cpc" if it is paid',
            )


class PaidOther(TagsRule):
    """For paid traffic, use a source that is in GA4's lists.

    GA4 files paid traffic under Paid Social, Paid Search, Paid Shopping or Paid Video only if the
    source is in its lists: `facebook` is, `meta` is not. Everything else is Paid Other.

    Instead of:
        https://shop.example/?utm_source=meta&utm_medium=paid_social&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=facebook&utm_medium=paid_social&utm_campaign=spring
    """

    code = "UTM405"
    name = "paid-other"
    severity = "note"

    def look(self, traffic: Traffic) -> Iterator[Found]:
        """Report a medium for paid traffic with a source that is not listed."""
        source, medium, _, group = traffic
        is_meant = "cp" not in medium or medium in _PAID_MEDIUMS
        if source and group.name == "Paid Other" and is_meant:
            yield self.found(
                f"source {quoted(source, 40)} is not in GA4's lists: with medium "
                f"{quoted(medium, 40)} GA4 files the visit under Paid Other",
                "use the site as source, such as facebook, google or youtube",
            )


class PaidNotRecognised(TagsRule):
    """Begin a medium for paid traffic with `paid`.

    GA4 only recognises `paid` at the beginning of a medium: `social_paid` is Organic Social or
    Unassigned.

    Instead of:
        https://shop.example/?utm_source=facebook&utm_medium=social_paid&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=facebook&utm_medium=paid_social&utm_campaign=spring
    """

    code = "UTM406"
    name = "paid-not-recognised"

    def look(self, traffic: Traffic) -> Iterator[Found]:
        """Report `paid` that is not at the beginning."""
        _, medium, _, group = traffic
        is_paid = any(condition.holds(medium) for condition in PAID)
        words = medium.replace("_", "-").replace(" ", "-").split("-")
        if "paid" in words and not is_paid:
            yield self.found(
                f'GA4 does not recognise "paid" in medium {quoted(medium, 40)}: it files the visit under '
                f"{group}",
                'begin the medium with "paid"',
            )


class CrossNetwork(TagsRule):
    """Keep `cross-network` out of campaign names.

    GA4 files every such campaign under Cross-network, whatever the source and the medium are.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=cross-network-test

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=all-networks-test
    """

    code = "UTM407"
    name = "cross-network"

    def look(self, traffic: Traffic) -> Iterator[Found]:
        """Look into the campaign."""
        _, _, campaign, _ = traffic
        if "cross-network" in campaign:
            yield self.found(
                f"campaign {quoted(campaign, 40)} makes GA4 file the visit under Cross-network, "
                "whatever the medium is",
                "use a different name",
            )


class MobilePush(TagsRule):
    """Use `mobile` and `notification` in a medium only for push messages.

    GA4 files every medium that contains one of them, or ends with `push`, under Mobile Push
    Notifications.

    Instead of:
        https://shop.example/?utm_source=app&utm_medium=mobile-banner&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=app&utm_medium=banner&utm_campaign=spring
    """

    code = "UTM408"
    name = "mobile-push"

    def look(self, traffic: Traffic) -> Iterator[Found]:
        """Report a medium that is not about push messages."""
        _, medium, _, group = traffic
        means_push = "push" in medium or medium.startswith("notification")
        if group.name == "Mobile Push Notifications" and medium and not means_push:
            yield self.found(
                f"medium {quoted(medium, 40)} makes GA4 file the visit under Mobile Push Notifications",
                'use a medium without "mobile" and "notification"',
            )


class SourceIsEmail(TagsRule):
    """Write `email` in the medium, not in the source.

    With source `email` or `sms`, GA4 files the visit under Email or SMS whatever the medium is, and
    reports cannot tell one list from another.

    Instead of:
        https://shop.example/?utm_source=email&utm_medium=newsletter&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=newsletter&utm_medium=email&utm_campaign=spring
    """

    code = "UTM409"
    name = "source-is-a-medium"
    severity = "note"

    def look(self, traffic: Traffic) -> Iterator[Found]:
        """Look for the words of the mediums in the source."""
        source, medium, _, group = traffic
        if source in {*EMAIL_WORDS, "sms"} and medium and _OWN_GROUP.get(medium) is None:
            yield self.found(
                f"source {quoted(source)} makes GA4 file the visit under {group}, although the medium is "
                f"{quoted(medium, 40)}",
                f"use the name of the list as source, and {source} as medium",
            )
        elif group.name != UNASSIGNED and _are_swapped(traffic):
            yield self.found(
                f"source {quoted(source, 40)} is a medium, and medium {quoted(medium, 40)} is not",
                _swap(traffic),
            )


class SourceAlone(TagsRule):
    """Give the medium a value where GA4 reads it.

    With an empty medium, or one whose name is misspelt, GA4 files a source in its lists under that
    source's organic group, and every other source under Unassigned. A link without any medium is
    reported by UTM201 alone.

    Instead of:
        https://shop.example/?utm_source=mailchimp&utm_medium=&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=mailchimp&utm_medium=email&utm_campaign=spring
    """

    code = "UTM410"
    name = "source-alone"
    severity = "note"

    def check(self, link: Link) -> Iterator[Found]:
        """Leave a missing medium to UTM201."""
        if any(near_field(one.name) == "medium" for one in (*link.parameters, *link.in_fragment)):
            yield from super().check(link)

    def look(self, traffic: Traffic) -> Iterator[Found]:
        """Tell which channel group GA4 chooses."""
        source, medium, _, group = traffic
        if source and not medium:
            yield self.found(
                f"GA4 reads no medium: it files source {quoted(source, 40)} under {group}",
                "give utm_medium a value",
            )


RULES: tuple[Rule, ...] = (
    Unassigned(),
    ShopInCampaign(),
    SourceBeatsMedium(),
    PaidByAccident(),
    PaidOther(),
    PaidNotRecognised(),
    CrossNetwork(),
    MobilePush(),
    SourceIsEmail(),
    SourceAlone(),
)
