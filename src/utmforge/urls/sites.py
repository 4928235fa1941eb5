"""Which hosts belong to one site.

>>> other_site("https://shop.example/a", "https://www.shop.example/b")
>>> other_site("https://shop.example/a", "https://shop.example@evil.example/")
'evil.example'

No list of public suffixes is used: two hosts are one site if they are the same but for `www.`, if
one is a subdomain of the other, or if both belong to you. `a.hosting.example` and
`b.hosting.example` are two sites.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.urls.address import read_address

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN_DOMAIN = re.compile(
    r"(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?!xn--)[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?",
    re.IGNORECASE | re.ASCII,
)
_ELSEWHERE = re.compile(r"[\s/\\:@?#%]")  # what comes before or after a host, or is decoded
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
UNREADABLE = "an address that cannot be read"


def host_of(url: str) -> str:
    """Return the host of an address as browsers read it, without `www.`. Empty: it has none."""
    address = read_address(url)
    return address.host.rstrip(".").removeprefix("www.") if address else ""


def is_domain(text: str) -> bool:
    """Tell whether a text is a domain alone, in any script, or an IPv4 address.

    >>> [is_domain(text) for text in ("shop.example", "Bücher.example", "*.example", "a b", "a@b")]
    [True, True, False, False, False]
    """
    if _PLAIN_DOMAIN.fullmatch(text):  # most of them: nothing has to be parsed
        return True
    if _ELSEWHERE.search(text):
        return False
    address = read_address(f"https://{text}/")
    return bool(address and _HOST.fullmatch(address.host))


def own_hosts(domains: Iterable[str]) -> frozenset[str]:
    """Return the hosts of `own_domains` as they are written in addresses: in punycode.

    >>> sorted(own_hosts(["www.shop.example", "Bücher.example"]))
    ['shop.example', 'xn--bcher-kva.example']
    """
    return frozenset(host_of(f"https://{one}/") or one.removeprefix("www.") for one in domains)


def is_own(host: str, own: frozenset[str]) -> bool:
    """Tell whether a host, without `www.`, is one of your own or a subdomain of one."""
    if host in own or f"www.{host}" in own:
        return True
    while "." in host:
        host = host.partition(".")[2]
        if host in own:
            return True
    return False


def other_site(url: str, other: str, own: frozenset[str] = frozenset()) -> str | None:
    """Return the host of the second address if it is on another site than the first.

    Args:
        url: An address.
        other: Another one.
        own: The hosts that are your own; what is on one of them is never another site.
    """
    first, second = host_of(url), host_of(other)
    if not second:
        return UNREADABLE
    is_same = first == second or (first and is_own(second, frozenset((first,))))
    is_parent = "." in second and is_own(first, frozenset((second,)))
    return None if is_same or is_parent or is_own(second, own) else second
