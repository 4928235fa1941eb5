"""Addresses that contain another one: mail gateways, click counters, share links, AMP.

A wrapper is opened only if its host is known and it contains a web address, so that the result is
always http or https.

Sources: Proofpoint, Safe Links, Cisco, Sophos and Barracuda as found in public repositories' mails
and tests (read 2026-11); the share links of `channels/`; the others from general knowledge.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utmforge.urls.address import Address
from utmforge.urls.quoting import address_text
from utmforge.urls.special_hosts import tracker_of
from utmforge.urls.unwrap import proofpoint
from utmforge.urls.unwrap.copied_text import Step, only_address
from utmforge.urls.unwrap.encoded_pages import (
    base64_in_path,
    from_base64,
    json_in_path,
    json_in_query,
    translated,
    without_scheme_in_path,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from utmforge.urls.link import Link

    Reader = Callable[[Address], str | None]


class Wrapper(NamedTuple):
    """One kind of address that contains another."""

    name: str
    """Its name in the steps."""
    host: str
    """The host; with a leading dot, also its subdomains; `#` is any number; `mailto:` is a
    scheme; a word without a dot is one of `_HOSTS`."""
    path: str
    """The beginning of its path."""
    read: Reader
    """Returns the text inside, or None if there is none."""
    then: str = ""
    """The parameter that always follows; without it the link was cut. Empty: no such parameter."""


def parameter(*names: str) -> Reader:
    """Read the first of these parameters that is there."""

    def read(address: Address) -> str | None:
        # A `?` in a value belongs to the address inside, if that was not percent-encoded.
        pairs = [piece.partition("=") for piece in _parameters(address).split("&")]
        found = {name.lstrip("?").lower(): value for name, _, value in reversed(pairs)}
        return next((address_text(found[name]) for name in names if found.get(name)), None)

    return read


def words(*names: str) -> Reader:
    """Read the first address in the text that one of these parameters holds."""
    of = parameter(*names)

    def read(address: Address) -> str | None:
        text = (of(address) or "").strip()
        found = only_address(text) or only_address(_with_spaces(text))
        return found.text if found else text

    return read


def _with_spaces(text: str) -> str:
    """Return a text with the spaces before its address that a form wrote as `+`."""
    before, scheme, rest = text.partition("http")
    return before.replace("+", " ") + scheme + rest


def _parameters(address: Address) -> str:
    """Return the query; an `sms:` address may have its parameters without a `?`."""
    return address.query or (address.path.partition("&")[2] if not address.host else "")


def in_base64(name: str, skip: int = 0) -> Reader:
    """Read this parameter as base64, without its first `skip` letters."""
    of = parameter(name)

    def read(address: Address) -> str | None:
        return from_base64((of(address) or "")[skip:])

    return read


def after(mark: str) -> Reader:
    """Read the part of the path from this to the next slash, completely percent-encoded."""

    def read(address: Address) -> str | None:
        match = re.search(mark, address.path)
        return address_text(address.path[match.end() :].partition("/")[0]) if match else None

    return read


def between(mark: str) -> Reader:
    """Read the part of the address between two marks, which is not percent-encoded."""

    def read(address: Address) -> str | None:
        query = f"?{address.query}" if address.query else ""
        fragment = f"#{address.fragment}" if address.fragment else ""
        _, _, rest = f"{address.path}{query}{fragment}".partition(mark)
        inner, end, _ = rest.partition(mark)
        return inner if end else None

    return read


def amp(mark: str) -> Reader:
    """Read an AMP page's own address: the host in the path, `s/` before it for https."""

    def read(address: Address) -> str | None:
        match = re.match(mark + "(s/)?", address.path)
        if not match:
            return None
        query = f"?{address.query}" if address.query else ""
        fragment = f"#{address.fragment}" if address.fragment else ""
        rest = address.path[match.end() :] + query + fragment
        return f"{'https' if match[1] else 'http'}://{rest}"

    return read


def _proofpoint_2(address: Address) -> str | None:
    value = parameter("u")(address)
    return proofpoint.from_v2(value) if value else None


def _proofpoint_3(address: Address) -> str | None:
    query = f"?{address.query}" if address.query else ""
    fragment = f"#{address.fragment}" if address.fragment else ""
    return proofpoint.from_v3(address.path + query + fragment)


def _safe_link(address: Address) -> str | None:
    """Read the parameter `url`; a mail program may have encoded the others into it."""
    inner = parameter("url")(address)
    if not inner or "&data=" in f"&{address.query}" or "&reserved=" not in inner:
        return inner
    return inner.partition("&data=")[0]


_MESSAGE_TEXT = words("body")
_MAILER = "mailer"

# Their own pages for publishers on deep links, from general knowledge, 2026-11.
_AFFILIATES: tuple[tuple[str, str, str, Reader], ...] = (
    ("Awin", ".awin1.com", "/", parameter("ued", "p")),
    ("Sovrn", ".viglink.com", "/", parameter("u", "out")),
    ("Skimlinks", ".skimresources.com go.redirectingat.com", "/", parameter("url")),
    ("Rakuten", ".linksynergy.com", "/", parameter("murl", "rd_parm1")),
    (
        "CJ",
        ".anrdoezrs.net .dpbolvw.net .jdoqocy.com .kqzyfj.com .tkqlhce.com .emjcd.com",
        "/",
        parameter("url"),
    ),
    ("ShareASale", ".shareasale.com", "/", parameter("urllink")),
    ("impact.com", ".sjv.io .pxf.io .evyy.net .ojrq.net .7eer.net", "/", parameter("u")),
    ("Partnerize", "prf.hn", "/click/", after(r"/destination:(?=https?%)")),
    ("Tradedoubler", ".tradedoubler.com", "/", parameter("url")),
    ("TradeTracker", ".tradetracker.net", "/", parameter("u")),
    ("Admitad", ".admitad.com", "/", parameter("ulp")),
    ("Webgains", ".webgains.com", "/", parameter("wgtarget")),
    ("FlexOffers", ".flexlinkspro.com", "/", parameter("url")),
    ("Effiliation", ".effiliation.com", "/", parameter("url")),
    ("eBay", "rover.ebay.com", "/", parameter("mpre")),
    ("AliExpress", "s.click.aliexpress.com", "/", parameter("dl_target_url")),
)

WRAPPERS = (
    # Mail gateways.
    *(
        Wrapper("Outlook Safe Links", host, "/", _safe_link, "data")
        for host in (
            *(".safelinks.protection.outlook.com", ".safelinks.protection.office365.us"),
            ".safelinks.protection.outlook.com.mcas.ms",
        )
    ),
    *(
        Wrapper("Outlook Safe Links", host, "/mail/", parameter("url"))
        for host in (
            *("outlook.office.com", "outlook.office365.com", "outlook.live.com"),
            *("outlook.cloud.microsoft", "outlook.office365.us"),
        )
    ),
    Wrapper("Teams Safe Links", "statics.teams.cdn.office.net", "/", parameter("url")),
    *(
        Wrapper("Proofpoint", host, path, read, then)
        for host in ("urldefense.proofpoint.com", "urldefense.com", "urldefense.us")
        for path, read, then in (
            ("/v1/", parameter("u"), "k"),
            ("/v2/", _proofpoint_2, "d"),
            ("/v3/", _proofpoint_3, ""),
        )
    ),
    Wrapper("Barracuda", "linkprotect.cudasvc.com", "/url", parameter("a")),
    Wrapper("Cisco Secure Email", "secure-web.cisco.com", "/", after(r"^/[^/]+/(?=https?%)")),
    Wrapper("Sophos", ".protection.sophos.com", "/", in_base64("u")),
    Wrapper("Symantec", "clicktime.symantec.com", "/", parameter("u")),
    Wrapper("Trellix", ".fireeye.com", "/v1/url", parameter("u")),
    Wrapper("Trend Micro", ".trendmicro.com", "/wis/clicktime/", parameter("url")),
    Wrapper("Hornetsecurity", ".hornetsecurity.com", "/", parameter("u", "url")),
    Wrapper("Check Point", "url.avanan.click", "/", between("___")),
    Wrapper("Check Point", ".protect.checkpoint.com", "/", between("___")),
    Wrapper("Libraesva", "urlsand.esvalabs.com", "/", parameter("u")),
    Wrapper("SonicWall", "sonicwall", "/click", in_base64("b64_encoded_url")),
    Wrapper("GMX", "deref-gmx.net", "/", parameter("redirecturl")),
    Wrapper("GMX", "deref-gmx.com", "/", parameter("redirecturl")),
    Wrapper("mail.com", "deref-mail.com", "/", parameter("redirecturl")),
    Wrapper("WEB.DE", "deref-web.de", "/", parameter("redirecturl")),
    Wrapper("WEB.DE", "deref-web-02.de", "/", parameter("redirecturl")),
    # Click counters of networks, apps and search engines.
    Wrapper("Facebook", "l.facebook.com", "/", parameter("u")),
    Wrapper("Facebook", "lm.facebook.com", "/", parameter("u")),
    Wrapper("Facebook", ".facebook.com", "/l.php", parameter("u")),
    Wrapper("Instagram", "l.instagram.com", "/", parameter("u")),
    Wrapper("Threads", "l.threads.com", "/", parameter("u")),
    Wrapper("Threads", "l.threads.net", "/", parameter("u")),
    Wrapper("Messenger", "l.messenger.com", "/", parameter("u")),
    Wrapper("Workplace", "l.workplace.com", "/", parameter("u")),
    Wrapper("WhatsApp", "l.wl.co", "/", parameter("u")),
    Wrapper("TikTok", ".tiktok.com", "/link/", parameter("target")),
    Wrapper("LinkedIn", ".linkedin.com", "/safety/go", parameter("url")),
    Wrapper("LinkedIn", ".linkedin.com", "/redir/", parameter("url")),
    Wrapper("YouTube", ".youtube.com", "/redirect", parameter("q")),
    Wrapper("Tumblr", "t.umblr.com", "/redirect", parameter("z")),
    Wrapper("Tumblr", ".tumblr.com", "/redirect", parameter("z")),
    Wrapper("Medium", "medium.com", "/r/", parameter("url")),
    Wrapper("Weibo", "weibo.cn", "/sinaurl", parameter("u")),
    Wrapper("Zhihu", "link.zhihu.com", "/", parameter("target")),
    Wrapper("Reddit", "out.reddit.com", "/", parameter("url")),
    Wrapper("VK", ".vk.com", "/away.php", parameter("to")),
    Wrapper("Slack", "slack-redir.net", "/link", parameter("url")),
    Wrapper("Steam", "steamcommunity.com", "/linkfilter", parameter("url", "u")),
    Wrapper("SoundCloud", "exit.sc", "/", parameter("url")),
    Wrapper("DuckDuckGo", "duckduckgo.com", "/l/", parameter("uddg")),
    Wrapper("Bing", ".bing.com", "/ck/", in_base64("u", skip=len("a1"))),
    Wrapper("Yahoo", "r.search.yahoo.com", "/", after(r"/RU=(?=https?%)")),
    Wrapper("the Google redirect", "google", "/url", parameter("q", "url")),
    Wrapper("a Google ad", ".googleadservices.com", "/", parameter("adurl")),
    Wrapper("a Google ad", "google", "/aclk", parameter("adurl")),
    Wrapper("a Google ad", ".g.doubleclick.net", "/", parameter("adurl")),
    Wrapper("Google Translate", "translate.google", "/", parameter("u")),
    Wrapper("Google Translate", ".translate.goog", "/", translated),
    Wrapper("Google Translate", "translate.googleusercontent.com", "/", parameter("u")),
    Wrapper("Bing Translator", ".translatetheweb.com", "/", parameter("a")),
    Wrapper("Yandex Translate", "translate.yandex.com", "/", parameter("url")),
    Wrapper("the Google AMP viewer", "google", "/amp/", amp("/amp/")),
    Wrapper("the AMP cache", ".cdn.ampproject.org", "/", amp(r"/(?:c|v|wp/c)/")),
    # Click trackers of mailers that contain the page.
    Wrapper("a click tracker of Mandrill", "mandrillapp.com", "/track/click", json_in_query),
    Wrapper("a click tracker of Mandrill", "mandrillapp.com", "/track/click", parameter("url")),
    Wrapper("a click tracker of Amazon SES", ".awstrack.me", "/L0/", after("^/L0/(?=https?:)")),
    Wrapper("a click tracker of Postmark", "click.pstmrk.it", "/", without_scheme_in_path),
    Wrapper("a click tracker of Customer.io", _MAILER, "/e/c/eyJ", json_in_path),
    Wrapper("a click tracker of Drip", ".dripemail#.com", "/c/", json_in_path),
    Wrapper("a click tracker of Substack", ".substack.com", "/redirect/2/", json_in_path),
    Wrapper("a click tracker of Kit", ".convertkit-mail#.com", "/", base64_in_path),
    Wrapper("a click tracker of Kit", ".kit-mail#.com", "/", base64_in_path),
    Wrapper("a click tracker of Mailjet", ".mjt.lu", "/lnk/", base64_in_path),
    Wrapper("a click tracker", _MAILER, "/", base64_in_path),
    # Links that share another link.
    Wrapper("a mail link", "mailto:", "", _MESSAGE_TEXT),
    Wrapper("an SMS link", "sms:", "", _MESSAGE_TEXT),
    Wrapper("an SMS link", "smsto:", "", _MESSAGE_TEXT),
    Wrapper("a WhatsApp share link", "wa.me", "/", words("text")),
    Wrapper("a WhatsApp share link", "api.whatsapp.com", "/send", words("text")),
    Wrapper("a WhatsApp share link", "web.whatsapp.com", "/send", words("text")),
    Wrapper("a WhatsApp share link", "whatsapp:", "", words("text")),
    Wrapper("a Telegram share link", "t.me", "/share", words("url", "text")),
    Wrapper("a Telegram share link", "telegram.me", "/share", words("url", "text")),
    Wrapper("a Telegram share link", "tg:", "", words("url", "text")),
    Wrapper("a LINE share link", ".line.me", "/", words("url", "text")),
    Wrapper("a Viber share link", "viber:", "", words("text")),
    Wrapper("a Messenger share link", "fb-messenger:", "", parameter("link")),
    Wrapper("a Messenger share link", ".facebook.com", "/dialog/send", parameter("link")),
    Wrapper("a Facebook share link", ".facebook.com", "/sharer", parameter("u")),
    Wrapper("a Teams share link", "teams.microsoft.com", "/share", parameter("href")),
    Wrapper("a Snapchat share link", ".snapchat.com", "/share", parameter("link")),
    Wrapper("a Threads share link", ".threads.com", "/intent/", words("url", "text")),
    Wrapper("a Threads share link", ".threads.net", "/intent/", words("url", "text")),
    Wrapper("a Bluesky share link", "bsky.app", "/intent/", words("text")),
    Wrapper("an X share link", ".x.com", "/intent/", words("url", "text")),
    Wrapper("an X share link", ".twitter.com", "/intent/", words("url", "text")),
    Wrapper("a VK share link", ".vk.com", "/share.php", parameter("url")),
    Wrapper("a Reddit share link", ".reddit.com", "/submit", parameter("url")),
    Wrapper("a LinkedIn share link", ".linkedin.com", "/sharing/", parameter("url")),
    Wrapper("a LinkedIn share link", ".linkedin.com", "/shareArticle", parameter("url")),
    Wrapper("a LinkedIn share link", ".linkedin.com", "/feed/", words("text")),
    Wrapper("a XING share link", ".xing.com", "/spi/shares/", parameter("url")),
    Wrapper("a Pinterest share link", ".pinterest.com", "/pin/create/", parameter("url")),
    Wrapper("a Tumblr share link", ".tumblr.com", "/widgets/share/", parameter("canonicalurl")),
    Wrapper("a Hacker News share link", "news.ycombinator.com", "/submitlink", parameter("u")),
    Wrapper("a Flipboard share link", "share.flipboard.com", "/", parameter("url")),
    # Affiliate links, which count a click for a partner.
    *(
        Wrapper(f"an affiliate link of {name}", host, path, read)
        for name, hosts, path, read in _AFFILIATES
        for host in hosts.split()
    ),
)

GATEWAYS = frozenset(
    (
        *("Outlook Safe Links", "Teams Safe Links", "Proofpoint", "Barracuda", "Sophos"),
        *(
            "Hornetsecurity",
            "Check Point",
            "Cisco Secure Email",
            "Symantec",
            "Trellix",
            "Trend Micro",
            "GMX",
            "mail.com",
            "WEB.DE",
        ),
        *("Libraesva", "SonicWall"),
    )
)
"""The names of mail gateways."""

# Only their servers know where these lead.
_SHORTENERS = {
    **dict.fromkeys(("t.co", "lnkd.in", "fb.me", "aka.ms"), "a network's shortener"),
    **dict.fromkeys(
        ("bit.ly", "tinyurl.com", "ow.ly", "buff.ly", "is.gd", "goo.gl", "cutt.ly", "rebrand.ly"),
        "a link shortener",
    ),
}

_HOSTS = {
    "google": re.compile(r"(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}"),
    "translate.google": re.compile(r"translate\.google\.(?:com?\.)?[a-z]{2,3}"),
    "sonicwall": re.compile(r"(?:[\w-]+\.)*sonicurlprotection-\w{2,8}\.com"),
    # A mailer's tracker on a host of the sender's own.
    _MAILER: re.compile(
        r"(?:[\w-]+\.)*(?:clicks?|links?|trk|track(?:ing)?|e?mails?|news(?:letters?)?|send|go|[cert])"
        r"\d*\.[\w.-]+"
    ),
}
"""Hosts that are more than one name and its subdomains."""
_NUMBER = re.compile(r"\d+(?=\.)")
_WEB = re.compile(r"https?(?:://|%(?:25)*3A)", re.IGNORECASE)


def unwrapped(link: Link) -> Step | None:
    """Return the address inside, how it was reached, and why it is cut; None without one."""
    address = link.address
    found = _inner(link, address) if address else None
    if found is None or address is None:
        return None
    wrapper, inner = found
    cut = f"the {wrapper.name} address around it is cut off"
    query = f"&{address.query}".replace("%26", "&").replace("%3D", "=")
    is_whole = not wrapper.then or f"&{wrapper.then}=" in query
    return Step(_one_word(inner), f"unwrapped from {wrapper.name}", None if is_whole else cut)


def wrapper_of(link: Link) -> str | None:
    """Return the name of an address that contains another one, or None."""
    address = link.address
    found = _inner(link, address) if address else None
    return found[0].name if found else None


def is_wrapper_host(host: str) -> bool:
    """Tell whether there is a wrapper at a host, on whatever path.

    Those on hosts of a sender's own have paths that `may_be_tracked` tells.
    """
    address = Address("https", host, "/", "", "")
    return any(_is_of(address, each.host) for each in WRAPPERS if each.host != _MAILER)


def is_affiliate_link(name: str) -> bool:
    """Tell whether the name of a wrapper is that of an affiliate link."""
    return name.startswith("an affiliate link")


def is_gateway(link: Link) -> bool:
    """Tell whether an address is a mail gateway's, which is never intended as a landing page."""
    address = link.address
    found = _inner(link, address) if address else None
    return found is not None and found[0].name in GATEWAYS


def _inner(link: Link, address: Address) -> tuple[Wrapper, str] | None:
    """Return the wrapper that an address is, and the text of the address inside."""
    for wrapper in WRAPPERS:
        if not (address.path.startswith(wrapper.path) and _is_of(address, wrapper.host)):
            continue
        inner = (wrapper.read(address) or "").strip()
        if _WEB.match(inner) and len(inner) < len(link.url):
            return wrapper, inner
    return None


def sealed_by(address: Address) -> str | None:
    """Return the service that alone knows where this address leads, or None."""
    if address.scheme not in {"http", "https"}:
        return None
    found = tracker_of(address.host, address.path, address.query)
    return found or _SHORTENERS.get(address.host)


def _is_of(address: Address, host: str) -> bool:
    if host.endswith(":"):
        return address.scheme == host[:-1]
    if address.scheme not in {"http", "https"}:
        return False
    if pattern := _HOSTS.get(host):
        return bool(pattern.fullmatch(address.host))
    given = address.host
    if "#" in host:
        host, given = host.replace("#", ""), _NUMBER.sub("", given)
    if host.startswith("."):
        return given.endswith(host) or given == host[1:]
    return given == host


def _one_word(url: str) -> str:
    """Encode spaces and remove line breaks, as browsers do."""
    return re.sub(r"[\t\r\n]", "", url).replace(" ", "%20")
