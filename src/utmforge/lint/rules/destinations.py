"""UTM6xx: where a link leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from utmforge.errors import BadLandingPage, quoted
from utmforge.lint.rules.base import Found, LinkRule, Rule
from utmforge.privacy.find import find_private
from utmforge.urls.address import is_relative
from utmforge.urls.landing_faults import landing_faults, usable_page
from utmforge.urls.merge_tags import MERGE_TAG, masked
from utmforge.urls.scripts import ascii_host, mixed_scripts
from utmforge.urls.special_hosts import CHAT_INVITES, SHORTENERS, breaks
from utmforge.urls.tagging import SIGNATURES, read_landing_page
from utmforge.urls.unwrap.wrappers import is_gateway

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.urls.landing_faults import FaultKind
    from utmforge.urls.link import Link

_SMS = frozenset(("sms", "text", "mms", "rcs"))


class ShortenerInSms(LinkRule):
    """Do not send links of public shorteners by SMS.

    Carriers block messages with links of bit.ly and similar services, because spam uses them, and
    SMS gateways forbid them. A short path on your own domain is recognised and gets through. In
    campaigns.toml the words of a message are read too, and `utmforge share` refuses such a message.

    Instead of:
        https://bit.ly/3abcde?utm_source=sms&utm_medium=sms&utm_campaign=spring

    Write:
        https://shop.example/s?utm_source=sms&utm_medium=sms&utm_campaign=spring
    """

    code = "UTM601"
    name = "shortener-in-sms"
    severity = "error"

    def check(self, link: Link) -> Iterator[Found]:
        """Look at host, source and medium."""
        used = {
            link.as_written.get("source", "").lower(),
            link.as_written.get("medium", "").lower(),
        }
        if link.host in SHORTENERS and used & _SMS:
            yield self.blocked(link.host)

    def blocked(self, host: str) -> Found:
        """Report a link of a shortener, or a message that contains one."""
        return self.found(
            f"carriers block SMS with {host} links", "use a short path on your own domain"
        )


class BreaksOnParameters(LinkRule):
    """Do not tag links to sites that break when a parameter is added.

    Some answer with an error or with another page, signed addresses are refused, and chat
    invitations stop working. The rule knows a list of such sites (Ghost's) and the parameters that
    sign an address.

    Instead of:
        https://www.federalreserve.gov/releases/h15/?utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://www.federalreserve.gov/releases/h15/
    """

    code = "UTM602"
    name = "breaks-on-parameters"

    def check(self, link: Link) -> Iterator[Found]:
        """Look at the host and at parameters that sign."""
        if not link.is_tagged:
            return
        if link.host in CHAT_INVITES:
            yield self.found(f"{link.host} invitations stop working with tags", "remove the tags")
        elif why := breaks(link.host):
            yield self.found(f"{link.host} breaks with tags: {why}", "remove the tags")
        elif signature := SIGNATURES.search(link.query):
            yield self.found(
                f"the address is signed ({signature[1]}=…): one added parameter breaks it",
                "link to a page that redirects to it",
            )


class LookAlikeHost(LinkRule):
    """Do not mix scripts in a host name.

    A Cyrillic letter in an otherwise Latin name makes it a different site, often one made to steal
    passwords. A name written in one script throughout is fine.

    Instead of:
        https://sh\u043ep.example/?utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM603"
    name = "look-alike-host"
    severity = "error"

    def check(self, link: Link) -> Iterator[Found]:
        """Look at each part of the host, decoded from punycode."""
        if scripts := mixed_scripts(link.host):
            yield self.found(
                f"the host mixes {' and '.join(scripts)} letters: {quoted(ascii_host(link.host))}",
                "type it again by hand",
            )


class NotAnAddress(LinkRule):
    """Use complete web addresses.

    A line that is not a web address, has a space in it, or is not http or https leads nowhere.

    Instead of:
        htp://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM604"
    name = "not-an-address"
    severity = "error"

    def check(self, link: Link) -> Iterator[Found]:
        """Read it as a landing page."""
        if is_relative(link.url) or SIGNATURES.search(link.query) or MERGE_TAG.match(link.url):
            return  # a merge tag in front is the site, filled in later
        try:
            read_landing_page(link.url)
        except BadLandingPage as error:
            yield self.found(error.message, error.hint)
            return
        if re.search(r"\s", masked(link.url.strip())):
            yield self.found("the address has a space", "write it as %20")


class LandingPageRule(LinkRule):
    """A rule about landing pages, which issuing asks in the same words."""

    kinds: ClassVar[tuple[FaultKind, ...]]
    """The kinds of fault that it reports."""

    def check(self, link: Link) -> Iterator[Found]:
        """Name the address to use instead, unless it contains private data."""
        for fault in landing_faults(link):
            if fault.kind in self.kinds:
                yield self.found(fault.message, fault.hint or address_to_use(link))


def address_to_use(link: Link) -> str:
    """Return a hint with the address that was meant."""
    page = usable_page(link)
    return f"use {page}" if page and not find_private(page) else "use the page's own address"


class WrappedAddress(LandingPageRule):
    """Tag the page itself, not the gateway or counter in front of it.

    Mail gateways (Safe Links, Proofpoint), click counters, share links and affiliate links contain
    the address of the page. Tags that are added to them are not passed on: the page is visited
    without tags. The same goes for click trackers of mailers, such as SendGrid's, from which only the
    mailer can tell the page: open the link, and use the address of the page.
    Reported for links with tags, and for those of mail gateways in any case.

    Instead of:
        https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2F&data=05&utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM605"
    name = "wrapped-address"
    severity = "error"
    kinds = ("wrapped", "sealed", "affiliate")

    def check(self, link: Link) -> Iterator[Found]:
        """Look for an address inside."""
        if link.is_tagged or is_gateway(link):
            yield from super().check(link)


class AppStore(LandingPageRule):
    """Give app stores the parameters that they read.

    Google Play reads the tags in `referrer`, percent-encoded, and passes them to the app. Apple reads
    `ct` (the campaign) and `pt` (the provider). Neither reads tags in the address itself.

    Instead of:
        https://play.google.com/store/apps/details?id=com.example.app&utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://play.google.com/store/apps/details?id=com.example.app&referrer=utm_source%3Dnews%26utm_medium%3Demail%26utm_campaign%3Dspring
    """

    code = "UTM606"
    name = "app-store"
    kinds = ("app-store",)

    def check(self, link: Link) -> Iterator[Found]:
        """Look at links with tags."""
        if link.is_tagged:
            yield from super().check(link)


class DoubledScheme(LandingPageRule):
    """Begin an address with one scheme.

    `https://https://shop.example/` leads to a host called `https`, which does not exist.

    Instead of:
        https://https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM607"
    name = "doubled-scheme"
    severity = "error"
    kinds = ("doubled-scheme",)


class TaggedShortener(LandingPageRule):
    """Tag the address first, then shorten it.

    A shortener forwards to the address that it was given. Whether it passes on tags that are added
    to its own address depends on the service and on its settings.

    Instead of:
        https://bit.ly/3abcde?utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM608"
    name = "tagged-shortener"
    kinds = ("shortener",)

    def check(self, link: Link) -> Iterator[Found]:
        """Look at links with tags; UTM601 reports those in an SMS."""
        if link.is_tagged and not any(True for _ in ShortenerInSms(self.settings).check(link)):
            yield from super().check(link)


class NotYourSite(LandingPageRule):
    """Tag links to pages on which your analytics runs.

    A link to a messenger or a social network opens a conversation or a profile there. No tool of
    yours sees the tags.

    Instead of:
        https://wa.me/15551234567?utm_source=news&utm_medium=email&utm_campaign=spring

    Write:
        https://wa.me/15551234567
    """

    code = "UTM609"
    name = "not-your-site"
    severity = "note"
    kinds = ("messenger",)

    def check(self, link: Link) -> Iterator[Found]:
        """Look at links with tags."""
        if link.is_tagged:
            yield from super().check(link)


RULES: tuple[Rule, ...] = (
    ShortenerInSms(),
    BreaksOnParameters(),
    LookAlikeHost(),
    NotAnAddress(),
    WrappedAddress(),
    AppStore(),
    DoubledScheme(),
    TaggedShortener(),
    NotYourSite(),
)
