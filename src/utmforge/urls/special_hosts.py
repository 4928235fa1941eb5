"""Hosts that are not ordinary landing pages: shorteners, networks, app stores, click trackers.

>>> special_host("www.bit.ly"), special_host("m.facebook.com"), special_host("shop.example")
('shortener', 'breaks', None)
>>> tracker_of("u123.ct.sendgrid.net", "/ls/click", "upn=u001.x")
'SendGrid'
>>> tracker_of("news.shop.example", "/e3t/Ctc/W1+50013/x", ""), tracker_of("shop.example", "/", "")
('HubSpot', None)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

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


class AppStore(NamedTuple):
    """A store that reads the source of an installation from a parameter of its own."""

    name: str
    parameter: str
    """What the store reads."""
    is_called: str
    """The parameter in words, with what belongs to it."""
    step: str
    """What to write."""


# Google's page on the Play Store's referrer, Apple's and Microsoft's on campaign links (from
# general knowledge, 2026-11).
_GOOGLE_PLAY = AppStore(
    "Google Play",
    "referrer",
    "the parameter referrer",
    "write the tags, percent-encoded, as its value: referrer=utm_source%3D…%26utm_medium%3D…",
)
_APPLE = AppStore(
    "Apple's App Store",
    "ct",
    "the parameters ct (campaign) and pt (provider)",
    "add ct=CAMPAIGN&pt=PROVIDER as App Store Connect writes them",
)
_MICROSOFT = AppStore(
    "Microsoft's store", "cid", "the parameter cid (campaign)", "add cid=CAMPAIGN"
)
APP_STORES = {
    **dict.fromkeys(("play.google.com", "market.android.com"), _GOOGLE_PLAY),
    **dict.fromkeys(("apps.apple.com", "itunes.apple.com", "geo.itunes.apple.com"), _APPLE),
    **dict.fromkeys(("apps.microsoft.com",), _MICROSOFT),
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


class Tracker(NamedTuple):
    """What is known of a host and its subdomains."""

    name: str
    """Whose it is."""
    path: str | tuple[str, ...] = "/"
    """How the paths that count clicks begin."""


# Click trackers of mailers and gateways, from which only their servers can tell the page. Hosts and
# paths: as in the mails, tests and filter lists of public repositories (read 2026-11).
# By host, a number at its end left out: list-manage1.com, cmail19.com, klclick3.com.
_TRACKERS = {
    **dict.fromkeys(
        ("mimecast.com", "mimecastprotect.com"),
        Tracker("Mimecast", "/s/"),
    ),
    "url.emailprotection.link": Tracker("a mail gateway"),
    "outlook.inky.com": Tracker("Inky", "/link"),
    "url.mailanyone.net": Tracker("VIPRE"),
    "sendgrid.net": Tracker("SendGrid"),
    "list-manage.com": Tracker("Mailchimp", "/track/click"),
    "mandrillapp.com": Tracker("Mandrill", "/track/click"),
    "hubspotemail.net": Tracker("HubSpot"),
    "hubspotlinks.com": Tracker("HubSpot"),
    "sidekickopen.com": Tracker("HubSpot"),
    "klclick.com": Tracker("Klaviyo"),
    "cmail.com": Tracker("Campaign Monitor", "/t/"),
    "createsend.com": Tracker("Campaign Monitor", "/t/"),
    "rs6.net": Tracker("Constant Contact", "/tn.jsp"),
    **dict.fromkeys(
        ("sendibm.com", "sendibt.com", "brevolinks.com"),
        Tracker("Brevo"),
    ),
    "sparkpostmail.com": Tracker("SparkPost", "/f/a/"),
    "pstmrk.it": Tracker("Postmark"),
    "awstrack.me": Tracker("Amazon SES", "/L0/"),
    "customeriomail.com": Tracker("Customer.io", "/e/c/"),
    "track.customer.io": Tracker("Customer.io", "/e/c/"),
    "mjt.lu": Tracker("Mailjet", "/lnk/"),
    "convertkit-mail.com": Tracker("Kit"),
    "kit-mail.com": Tracker("Kit"),
    "mlsend.com": Tracker("MailerLite", "/link/"),
    "clicks.mlsend.com": Tracker("MailerLite"),
    "clicks.aweber.com": Tracker("AWeber"),
    "acemlna.com": Tracker("ActiveCampaign", "/lt.php"),
    "acemlnb.com": Tracker("ActiveCampaign", "/lt.php"),
    "acemlnc.com": Tracker("ActiveCampaign", "/lt.php"),
    "activehosted.com": Tracker("ActiveCampaign", "/lt.php"),
    "emlnk.com": Tracker("ActiveCampaign", "/lt.php"),
    "dripemail.com": Tracker("Drip", "/c/"),
    "e2ma.net": Tracker("Emma", "/click/"),
    "icptrack.com": Tracker("iContact"),
    "benchurl.com": Tracker("Benchmark Email"),
    "bmetrack.com": Tracker("Benchmark Email"),
    "soundestlink.com": Tracker("Omnisend", "/link/"),
    "maillist-manage.com": Tracker("Zoho Campaigns", "/click/"),
    "go.pardot.com": Tracker("Account Engagement", "/e/"),
    "links.iterable.com": Tracker("Iterable", ("/u/", "/a/")),
    "link.mail.beehiiv.com": Tracker("beehiiv"),
    "exct.net": Tracker("Salesforce Marketing Cloud"),
}
# On a host of the sender's own: the beginning of the path, and what the query must begin with.
_PATHS = (
    ("SendGrid", "/ls/click", "upn="),
    ("SendGrid", "/wf/click", "upn="),
    ("SendGrid", "/ss/c/u001.", ""),
    ("SendGrid", "/uni/ss/c/u001.", ""),
    ("HubSpot", "/e3t/C", ""),
    ("HubSpot", "/e2t/c/", ""),
    ("HubSpot", "/e2t/sc/", ""),
    ("HubSpot", "/e1t/c/", ""),
    ("Brevo", "/mk/cl/f/", ""),
    ("Customer.io", "/e/c/eyJ", ""),
    ("Mandrill", "/track/click/", "p=eyJ"),
)
TRACKER_SIGNS = (
    *("/ls/click", "/wf/click", "/ss/c/u", "/e1t/", "/e2t/", "/e3t/", "/mk/cl/", "/track/"),
    *("/aHR0c", "/eyJ", "/?qs="),
)
"""Parts of the paths above, and of those that contain the page: an address or JSON in base64."""


def tracker_of(host: str, path: str, query: str) -> str | None:
    """Return the mailer or gateway whose click tracker this is, or None.

    Args:
        host: In lower case.
        path: With its leading slash.
        query: Without its `?`.
    """
    known = tracker_host(host)
    if known:
        is_click = path.startswith(known.path) and (path != "/" or query)
        return known.name if is_click else None
    for name, begin, parameter in _PATHS:
        if path.startswith(begin) and query.startswith(parameter):
            return name
    if path == "/" and host.startswith(("cl.", "click.")) and _is_long_hex(query):
        return "Salesforce Marketing Cloud"
    return None


def _is_long_hex(query: str) -> bool:
    return re.match(r"qs=[0-9a-f]{40,}(?:&|$)", query) is not None


def _without_numbers(host: str) -> str:
    """Return a host without the numbers at the ends of its labels."""
    return ".".join(label.rstrip("0123456789") for label in host.split("."))


@lru_cache(maxsize=4096)
def tracker_host(host: str) -> Tracker | None:
    """Return what is known of a host whose clicks are counted, or None.

    >>> tracker_host("shop.us3.list-manage1.com").name, tracker_host("sendgrid.net.shop.example")
    ('Mailchimp', None)
    """
    for name in (host, _without_numbers(host)):
        rest = name
        while "." in rest:
            if rest in _TRACKERS:
                return _TRACKERS[rest]
            rest = rest.partition(".")[2]
    return None


def may_be_tracked(url: str) -> bool:
    """Tell whether an address has a sign of a tracker that is on a host of the sender's own.

    >>> may_be_tracked("https://news.shop.example/ls/click?upn=x"), may_be_tracked("https://a.b/c")
    (True, False)
    """
    return any(map(url.__contains__, TRACKER_SIGNS))
