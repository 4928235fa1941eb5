"""A referrer → the kind of site or app that the visitor comes from.

>>> classify_referrer("android-app://com.whatsapp", ())
Referrer(kind='messaging', host='com.whatsapp', name='WhatsApp')
>>> classify_referrer("www.shop.example/cart", ["shop.example"]).kind
'own'
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from utmforge.analytics.ga4.sources import SEARCH, SHOPPING, SOCIAL, VIDEO
from utmforge.measure.classify.referrer_hosts import (
    ANDROID_APPS,
    EVERYWHERE,
    HOSTS,
    MAIL_GATEWAYS,
    PREFIXES,
    SPAM,
    WEBMAIL_PREFIXES,
    Site,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

ReferrerKind = Literal[
    "none",
    "own",
    "search",
    "social",
    "messaging",
    "email",
    "video",
    "shopping",
    "ai",
    "spam",
    "other",
]

_ADDRESS = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://|//|(?![a-z][a-z0-9+.-]*:/))(?:[^@/?#\s]*@)?"
    r"(?P<host>[\w.-]+|\[[0-9a-f:.]+\])(?::\d*)?(?=[/?#]|$)",
    re.IGNORECASE,
)
_WEB = frozenset(("", "http", "https"))
_COUNTRY_ENDING = re.compile(r"(?:com?|org|net|edu|gov)\.[a-z]{2}|com|[a-z]{2}")
_COUNTRY = 2
"""Letters of a country or language, such as `fr`."""
_MIN_LABELS = 3  # webmail.example.org, but not mail.ru
_GA4 = (("search", SEARCH), ("social", SOCIAL), ("video", VIDEO), ("shopping", SHOPPING))


class Referrer(NamedTuple):
    """Where a visitor comes from."""

    kind: ReferrerKind
    """The kind of site or app."""
    host: str | None
    """The host without `www.`, or the app's package. None: there is none."""
    name: str | None
    """The name of a site or an app that is well known. None: it is not."""


_NONE = Referrer("none", None, None)


def classify_referrer(text: str | None, own_hosts: Collection[str]) -> Referrer:
    """Return what a referrer is; None, empty and `-` are none.

    Args:
        text: The referrer, also without its scheme.
        own_hosts: The user's own hosts, in lower case; their subdomains are own, too.
    """
    text = (text or "").strip()
    if text in {"", "-"}:
        return _NONE
    address = _ADDRESS.match(text)
    if not address:
        return Referrer("other", None, None)
    scheme = (address["scheme"] or "").lower()
    host = address["host"].lower().rstrip(".").removeprefix("www.")
    if scheme == "android-app":
        site = _android_apps().get(host)
        return _referrer(site, host) if site else Referrer("other", host, None)
    if scheme not in _WEB or not host:
        return Referrer("other", None, None)
    if any(host == own or host.endswith(f".{own}") for own in _without_www(own_hosts)):
        return Referrer("own", host, None)
    return _web_site(host)


def _without_www(hosts: Iterable[str]) -> Iterable[str]:
    return (host.lower().removeprefix("www.") for host in hosts)


def _web_site(host: str) -> Referrer:
    first, _, rest = host.partition(".")
    is_prefixed = first in PREFIXES or (len(first) == _COUNTRY and "." in rest)
    names = (host, rest) if is_prefixed else (host,)
    known = _hosts()
    for name in names:
        if name in known:
            return _referrer(known[name], host)
        if name in SPAM:
            return Referrer("spam", host, None)
    gateways = _gateways()
    if gateway := next((gateways[end] for end in _endings(host) if end in gateways), None):
        return _referrer(gateway, host)
    for name in names:
        word, _, ending = name.partition(".")
        if word in EVERYWHERE and _COUNTRY_ENDING.fullmatch(ending):
            kind, title = EVERYWHERE[word]
            return Referrer(cast("ReferrerKind", kind), host, title)
    for name in names:
        for kind, listed in _GA4:
            if "." in name and name in listed:
                return Referrer(cast("ReferrerKind", kind), host, _title(name))
    if first in WEBMAIL_PREFIXES and host.count(".") + 1 >= _MIN_LABELS:
        return Referrer("email", host, None)
    return Referrer("other", host, None)


def _endings(host: str) -> Iterable[str]:
    """Yield the host and the domains above it."""
    labels = host.split(".")
    return (".".join(labels[at:]) for at in range(len(labels) - 1))


def _title(name: str) -> str | None:
    """Return the name of a site such as `fr.search.yahoo.com`, by a word in it."""
    return next((EVERYWHERE[word][1] for word in name.split(".") if word in EVERYWHERE), None)


def _referrer(site: Site, host: str) -> Referrer:
    return Referrer(cast("ReferrerKind", site.kind), host, site.name)


def _by_host(sites: Iterable[Site]) -> dict[str, Site]:
    return {host: site for site in sites for host in site.hosts.split()}


@cache
def _hosts() -> dict[str, Site]:
    return _by_host(HOSTS)


@cache
def _gateways() -> dict[str, Site]:
    return _by_host(MAIL_GATEWAYS)


@cache
def _android_apps() -> dict[str, Site]:
    return _by_host(ANDROID_APPS)
