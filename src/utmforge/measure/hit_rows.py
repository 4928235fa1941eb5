"""What is kept of a line: no address, no query without tags, no value of a click id.

The fast path does the same in SQL; a test holds the two together.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from utmforge.urls.click_ids import CLICK_IDS

if TYPE_CHECKING:
    from utmforge.measure.readers.base import LogLine

MAX_PATH_CHARACTERS = 1024
MAX_TARGET_CHARACTERS = 8192
"""Servers refuse longer request lines by default; what is longer is cut."""
MAX_TEXT_CHARACTERS = 1024
"""Of a referrer and of a user agent."""

ASSET_ENDINGS = (
    *("css", "js", "mjs", "map", "webmanifest", "wasm", "png", "jpg", "jpeg", "gif", "svg", "svgz"),
    *("webp", "avif", "bmp", "ico", "cur", "tif", "tiff", "woff", "woff2", "ttf", "otf", "eot"),
    *("mp4", "m4v", "webm", "ogv", "mov", "mp3", "m4a", "ogg", "wav", "m3u8", "ts", "vtt"),
)

# These patterns are RE2's as well as Python's: the SQL of the fast path has the same text.
ASSET = rf"(?i)\.(?:{'|'.join(ASSET_ENDINGS)})$"
TAG = (
    r"(?i)(?:u|%75|%55)(?:t|%74|%54)(?:m|%6d|%4d)"
    r"|(?:^|[?&;]|%3f|%26)(?:mtm|pk|piwik|matomo|at|hsa)_"
)
"""Something like a campaign tag occurs: a cheap test that lets through rather too much."""
_NAMES = "|".join(sorted(map(re.escape, CLICK_IDS), key=lambda name: (-len(name), name)))
CLICK_ID = rf"(?i)(?:^|[?&;]|%3f|%26)({_NAMES})(?:=|%3d)"
CLICK_VALUE = (
    rf"(?i)((?:^|[?&;]|%3f|%26)(?:{_NAMES})(?:=|%3d))"
    r"(?:[^&;#%]|%[013-9a-f]|%2[0-57-9a-f]|%$|%2$)+"
)
IPV4 = r"^([0-9]{1,3}\.[0-9]{1,3})\.[0-9]{1,3}\.[0-9]{1,3}$"

_ASSET = re.compile(ASSET)
_TAG = re.compile(TAG)
_CLICK_ID = re.compile(CLICK_ID)
_CLICK_VALUE = re.compile(CLICK_VALUE)
_IPV4 = re.compile(IPV4)
_LABELS_KEPT = 2
_DIGITS_OF_ADDRESS = 4
_HEX_ADDRESS = re.compile("[0-9a-f]{8}")
UNTOLD_AGENT = "\n"
"""Stands for the agent of lines whose format has none: no line of a log has it."""


FetchSite = Literal["none", "same-origin", "same-site", "cross-site"]
"""What a browser says of the page that a request comes from (https://www.w3.org/TR/fetch-metadata/)."""
_FETCH_SITES: dict[str, FetchSite] = {name: name for name in get_args(FetchSite)}


class HitRow(NamedTuple):
    """A hit, with its texts."""

    ts: int
    network: str
    agent: str | None
    referrer: str | None
    """None: the request had none, or it is for an asset."""
    host: str | None
    page: str | None
    """None: an asset."""
    method: str
    status: int | None
    asset: bool
    click_id: str | None
    fetch_site: FetchSite | None
    """None: an asset, or the log does not keep it."""


def hit_row(line: LogLine, *, has_user_agent: bool = True) -> HitRow:
    """Return what is kept of a line.

    Args:
        line: The line.
        has_user_agent: Whether lines of its format have user agents.
    """
    path = line.target.partition("?")[0]
    asset = _ASSET.search(path) is not None
    page = None if asset else page_of(line.target)
    click = None if asset else _CLICK_ID.search(line.target)
    return HitRow(
        ts=line.ts,
        network=network_of(line.ip),
        agent=_cut(line.user_agent) if has_user_agent else UNTOLD_AGENT,
        referrer=None if asset else _cut(referrer_of(line.referrer)),
        host=_cut(line.host),
        page=page,
        method=line.method,
        status=line.status,
        asset=asset,
        click_id=None if click is None else click[1].lower(),
        fetch_site=None if asset or not line.fetch_site else _fetch_site(line.fetch_site),
    )


def page_of(target: str) -> str:
    """Return a page's path, with the query if there is something like a tag.

    >>> page_of("/p?id=3"), page_of("/p?utm_source=a&fbclid=Iw0")
    ('/p', '/p?utm_source=a&fbclid=')
    """
    path, mark, query = target.partition("?")
    if mark and _TAG.search(f"?{query}") is None:
        return path[:MAX_PATH_CHARACTERS]
    return _CLICK_VALUE.sub(r"\1", target[:MAX_TARGET_CHARACTERS])


def network_of(ip: str) -> str:
    """Return the network of an address: /16, or /32 of IPv6; of a host name, the last two labels.

    A label that may hold an address is left out.

    >>> network_of("203.0.113.7"), network_of("2001:db8::7"), network_of("ip-7.isp.example")
    ('203.0', '2001:db8', 'isp.example')
    >>> network_of("ip-203-0-113-7.example"), network_of("p7.cb007107.example")
    ('example', 'example')
    """
    if match := _IPV4.fullmatch(ip):
        return match[1]
    if ":" in ip:
        try:
            address = IPv6Address(ip.strip("[]").partition("%")[0])
        except ValueError:
            return "unknown"
        if address.ipv4_mapped is not None:
            return network_of(str(address.ipv4_mapped))
        high = int(address) >> 96
        return f"{high >> 16:x}:{high & 0xFFFF:x}"
    labels = ip.lower().strip(".").split(".")
    if len(labels) < _LABELS_KEPT:
        return "unknown"
    kept = [label for label in labels[-_LABELS_KEPT:] if not _may_hold_address(label)]
    return ".".join(kept)[-60:] or "unknown"


def _may_hold_address(label: str) -> bool:
    """Tell whether a label has as many digits as the shortest address, or a hexadecimal one."""
    return sum(map(str.isdigit, label)) >= _DIGITS_OF_ADDRESS or bool(_HEX_ADDRESS.search(label))


def referrer_of(referrer: str | None) -> str | None:
    """Return scheme, host and path of a referrer."""
    if referrer is None:
        return None
    return referrer.partition("?")[0].partition("#")[0] or None


def _fetch_site(text: str) -> FetchSite | None:
    return _FETCH_SITES.get(text.strip().lower())


def _cut(text: str | None) -> str | None:
    return None if text is None else text[:MAX_TEXT_CHARACTERS]
