"""Addresses of which only a server knows where they lead: shorteners, gateways, click trackers.

Hosts and paths: as in the mails, tests and filter lists of public repositories (read 2026-11). A
mailer's tracker often has a host of the sender's own; its path tells it.

>>> tracker_of("u123.ct.sendgrid.net", "/ls/click", "upn=u001.x")
'SendGrid'
>>> tracker_of("news.shop.example", "/e3t/Ctc/W1+50013/x", ""), tracker_of("shop.example", "/", "")
('HubSpot', None)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from utmforge.urls.address import Address


class Tracker(NamedTuple):
    """What is known of a host and its subdomains."""

    name: str
    """Whose it is."""
    path: str | tuple[str, ...] = "/"
    """How the paths that count clicks begin."""


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
_CLICK_HOST = re.compile(r"cl(?:ick)?\.")
_HEX = re.compile(r"qs=[0-9a-f]{40,}(?:&|$)")
_NUMBER = re.compile(r"\d+(?=\.)")

# The paths above, and those that contain the page: an address or JSON in base64.
_SIGNS = re.compile(r"/(?:[lw][sf]/click|ss/c/u|e[1-3]t/|mk/cl/|track/|aHR0c|eyJ|\?qs=)")

SHORTENERS = {
    **dict.fromkeys(("t.co", "lnkd.in", "fb.me", "aka.ms"), "a network's shortener"),
    **dict.fromkeys(
        ("bit.ly", "tinyurl.com", "ow.ly", "buff.ly", "is.gd", "goo.gl", "cutt.ly", "rebrand.ly"),
        "a link shortener",
    ),
}


def sealed_by(address: Address) -> str | None:
    """Return the service that alone knows where this address leads, or None."""
    if address.scheme not in {"http", "https"}:
        return None
    found = tracker_of(address.host, address.path, address.query)
    return found or SHORTENERS.get(address.host)


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
    if path == "/" and _CLICK_HOST.match(host) and _HEX.match(query):
        return "Salesforce Marketing Cloud"
    return None


@lru_cache(maxsize=4096)
def tracker_host(host: str) -> Tracker | None:
    """Return what is known of a host whose clicks are counted, or None.

    >>> tracker_host("shop.us3.list-manage1.com").name, tracker_host("sendgrid.net.shop.example")
    ('Mailchimp', None)
    """
    for name in (host, _NUMBER.sub("", host)):
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
    return _SIGNS.search(url) is not None
