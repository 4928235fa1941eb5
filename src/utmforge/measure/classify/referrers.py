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
    from collections.abc import Collection, Iterable, Mapping

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
    host = address["host"].lower().rstrip(".").removeprefix("www.") if address else ""
    if not address or not host:
        return Referrer("other", None, None)
    match (address["scheme"] or "").lower():
        case "android-app":
            return _referrer(_android_apps().get(host), host)
        case "" | "http" | "https":
            if any(host == own or host.endswith(f".{own}") for own in _without_www(own_hosts)):
                return Referrer("own", host, None)
            return _web_site(host)
    return Referrer("other", None, None)


def _referrer(site: Site | None, host: str) -> Referrer:
    if not site:
        return Referrer("other", host, None)
    return Referrer(cast("ReferrerKind", site.kind), host, site.name or None)


def _without_www(hosts: Iterable[str]) -> Iterable[str]:
    return (host.lower().removeprefix("www.") for host in hosts)


def _web_site(host: str) -> Referrer:
    first, _, rest = host.partition(".")
    is_prefixed = first in PREFIXES or (len(first) == _COUNTRY and "." in rest)
    names = (host, rest) if is_prefixed else (host,)
    site = (
        _first_of(_hosts(), names)
        or _first_of(_gateways(), _endings(host))
        or _first_of_every_country(names)
        or _first_of_ga4(names)
    )
    if not site and first in WEBMAIL_PREFIXES and host.count(".") + 1 >= _MIN_LABELS:
        return Referrer("email", host, None)
    return _referrer(site, host)


def _first_of(known: Mapping[str, Site], names: Iterable[str]) -> Site | None:
    return next((known[name] for name in names if name in known), None)


def _first_of_every_country(names: Iterable[str]) -> Site | None:
    """Return a site such as `google.co.uk`."""
    for name in names:
        word, _, ending = name.partition(".")
        if word in EVERYWHERE and _COUNTRY_ENDING.fullmatch(ending):
            return Site(*EVERYWHERE[word], name)
    return None


def _first_of_ga4(names: Iterable[str]) -> Site | None:
    """Return a site in GA4's lists, with its name if that is known."""
    for name in names:
        for kind, listed in _GA4:
            if "." in name and name in listed:
                title = (EVERYWHERE[word][1] for word in name.split(".") if word in EVERYWHERE)
                return Site(kind, next(title, ""), name)
    return None


def _endings(host: str) -> Iterable[str]:
    """Yield the host and the domains above it."""
    labels = host.split(".")
    return (".".join(labels[at:]) for at in range(len(labels) - 1))


def _by_host(sites: Iterable[Site]) -> dict[str, Site]:
    return {host: site for site in sites for host in site.hosts.split()}


@cache
def _hosts() -> dict[str, Site]:
    spam = {host: Site("spam", "", host) for host in SPAM}
    return spam | _by_host(HOSTS)


@cache
def _gateways() -> dict[str, Site]:
    return _by_host(MAIL_GATEWAYS)


@cache
def _android_apps() -> dict[str, Site]:
    return _by_host(ANDROID_APPS)
