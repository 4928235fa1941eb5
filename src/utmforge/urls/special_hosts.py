"""Hosts that are not ordinary landing pages: shorteners, messengers, networks, app stores.

>>> special_host("www.bit.ly"), special_host("m.facebook.com"), special_host("shop.example")
('shortener', 'breaks', None)
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

HostKind = Literal["shortener", "messenger", "app-store", "breaks", "invitation"]

# Carriers and SMS gateways block or forbid public shorteners: help.activecampaign.com (bit.ly
# prohibited), bandwidth.com (list of blocked ones); hosts from general knowledge, 2026-11.
_SHORTENERS = (
    "bit.ly bitly.com bl.ink buff.ly cutt.ly dlvr.it goo.gl is.gd j.mp lnkd.in ow.ly rb.gy "
    "rebrand.ly s.id shorte.st shorturl.at short.gy snip.ly t.co t.ly tiny.cc tinyurl.com trib.al "
    "urlz.fr v.gd"
)
SHORTENERS = frozenset(_SHORTENERS.split())

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

# Addresses that open a conversation or a profile: the visit never reaches a page of yours. From
# general knowledge, 2026-11.
_MESSENGERS = (
    "wa.me api.whatsapp.com chat.whatsapp.com m.me t.me telegram.me line.me lin.ee discord.gg "
    "discord.com viber.com threema.id kakao.com "
    "instagram.com threads.net threads.com tiktok.com x.com twitter.com linkedin.com snapchat.com "
    "pinterest.com reddit.com bsky.app youtube.com youtu.be fb.me"
)
MESSENGERS = frozenset(_MESSENGERS.split())

# Stores read the source of an installation from parameters of their own: Google's page on the Play
# Store's referrer, and Apple's on campaign links (from general knowledge, 2026-11).
APP_STORES = {
    "play.google.com": (
        "Google Play",
        "the parameter referrer",
        "write the tags, percent-encoded, as its value: referrer=utm_source%3D…%26utm_medium%3D…",
    ),
    **dict.fromkeys(
        ("apps.apple.com", "itunes.apple.com"),
        (
            "Apple's App Store",
            "the parameters ct (campaign) and pt (provider)",
            "add ct=CAMPAIGN&pt=PROVIDER as App Store Connect writes them",
        ),
    ),
}


def breaks(host: str) -> str | None:
    """Return why a site breaks when it is tagged, or None."""
    while "." in host:
        if host in BREAK_ON_PARAMETERS:
            return BREAK_ON_PARAMETERS[host]
        host = host.partition(".")[2]
    return None


@lru_cache(maxsize=4096)
def special_host(host: str) -> HostKind | None:
    """Return what is special about a host, or None."""
    bare = host.removeprefix("www.")
    if bare in SHORTENERS:
        return "shortener"
    if bare in CHAT_INVITES:
        return "invitation"
    if breaks(bare):
        return "breaks"
    if bare in APP_STORES:
        return "app-store"
    return "messenger" if bare in MESSENGERS or bare.removeprefix("m.") in MESSENGERS else None
