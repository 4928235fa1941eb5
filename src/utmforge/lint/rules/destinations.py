"""UTM6xx: where a link leads."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from utmforge.errors import BadLandingPage, quoted
from utmforge.lint.rules.base import Found, LinkRule, Rule
from utmforge.urls.address import is_relative
from utmforge.urls.merge_tags import MERGE_TAG
from utmforge.urls.tagging import SIGNATURES, read_landing_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.urls.link import Link

# Carriers and SMS gateways block or forbid public shorteners: help.activecampaign.com (bit.ly
# prohibited), bandwidth.com (list of blocked ones); hosts from general knowledge, 2026-11.
SHORTENERS = frozenset(
    """
    bit.ly bitly.com bl.ink buff.ly cutt.ly dlvr.it goo.gl is.gd j.mp lnkd.in ow.ly rb.gy
    rebrand.ly s.id shorte.st shorturl.at short.gy snip.ly t.co t.ly tiny.cc tinyurl.com trib.al
    urlz.fr v.gd
    """.split()
)

# Sites that answer with an error, or with another page, when a parameter is added: Ghost's list of
# sites to which it does not tag links, and its issues (read 2026-11).
BREAK_ON_PARAMETERS = {
    "archive.org": "its addresses hold another address",
    "bailii.org": "any query is an error",
    "chicagomag.com": "any query is an error",
    "doubleclick.net": "its links are signed",
    "facebook.com": "it looks its own parameters up",
    "federalreserve.gov": "any query is 404",
    "substack.com": "its links are for one reader each",
}
# Invitations and keys after the `#`, which apps read themselves (Ghost 21702).
CHAT_INVITES = frozenset(("signal.me", "signal.group", "simplex.chat", "smp.simplex.im"))

_SMS = frozenset(("sms", "text", "mms", "rcs"))


class ShortenerInSms(LinkRule):
    """Do not send links of public shorteners by SMS.

    Carriers block messages with links of bit.ly and similar services, because spam uses them, and
    SMS gateways forbid them. A short path on your own domain is recognised and gets through.

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
            yield self.found(
                f"carriers block SMS with {link.host} links", "use a short path on your own domain"
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


def breaks(host: str) -> str | None:
    """Return why a site breaks when it is tagged, or None."""
    while "." in host:
        if host in BREAK_ON_PARAMETERS:
            return BREAK_ON_PARAMETERS[host]
        host = host.partition(".")[2]
    return None


class LookAlikeHost(LinkRule):
    """Do not mix scripts in a host name.

    A Cyrillic letter in an otherwise Latin name makes it a different site, often one that wants to
    steal passwords. A name written in one script throughout is fine.

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
        for label in link.host.split("."):
            if len(scripts := scripts_of(label)) > 1:
                yield self.found(
                    f"the host mixes {' and '.join(scripts)} letters: {quoted(_ascii(link.host))}",
                    "type it again by hand",
                )
                return


# Scripts that one language is written with together.
_TOGETHER = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"))


@lru_cache(maxsize=4096)
def scripts_of(label: str) -> tuple[str, ...]:
    """Return the scripts in one part of a host, none of digits and hyphens.

    >>> scripts_of("xn--shp-ted")
    ('Cyrillic', 'Latin')
    """
    text = label
    if label.startswith("xn--"):
        try:
            text = label[4:].encode("ascii").decode("punycode")
        except UnicodeError:
            return ()
    if text.isascii():
        return ()
    names = {unicodedata.name(sign, "?").partition(" ")[0] for sign in text if sign.isalpha()}
    if names & _TOGETHER:
        names = names - _TOGETHER - {"LATIN"} | {"EAST"}
    return tuple(sorted(name.title() for name in names))


def _ascii(host: str) -> str:
    labels = (
        label if label.isascii() else "xn--" + label.encode("punycode").decode()
        for label in host.split(".")
    )
    return ".".join(labels)


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
        if re.search(r"\s", link.url.strip()):
            yield self.found("the address has a space", "write it as %20")


RULES: tuple[Rule, ...] = (
    ShortenerInSms(),
    BreaksOnParameters(),
    LookAlikeHost(),
    NotAnAddress(),
)
