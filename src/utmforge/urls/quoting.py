"""Percent-encoding, with one named policy for each part of an address.

>>> encoded("spring sale"), decoded("spring+sale%21"), name_text("utm%5Fsource")
('spring%20sale', 'spring sale!', 'utm_source')
>>> path_text("/a+b%20c"), intended_text("caf%25C3%25A9"), address_text("https%3A//x.example/%E9")
('/a+b c', 'café', 'https://x.example/%E9')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, unquote_plus, unquote_to_bytes

from utmforge.urls.merge_tags import WITHOUT_SPACES, in_value, may_have_merge_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

_TWICE_ENCODED = re.compile(r"%25(?=[0-9A-Fa-f]{2})")
_UNREADABLE = "\ufffd"
"""The replacement character for bytes that are not UTF-8 text."""


def encoded(value: str) -> str:
    """Percent-encode a value, all but its unreserved characters (RFC 3986).

    Merge tags of mail and ad tools stay unchanged.

    >>> encoded("news {{ first_name | default: 'you' }}")
    "news%20{{ first_name | default: 'you' }}"
    """
    if not may_have_merge_tag(value):
        return quote(value, safe="")
    return _encoded_around(value, in_value(value))


def encoded_as_in_0_2(value: str) -> str:
    """Return what `encoded` returned up to 0.2, for the links of that time.

    >>> encoded_as_in_0_2("{{ a }}"), encoded_as_in_0_2("{{a}}")
    ('%7B%7B%20a%20%7D%7D', '{{a}}')
    """
    return _encoded_around(value, re.finditer(WITHOUT_SPACES, value))


def _encoded_around(value: str, kept: Iterable[re.Match[str]]) -> str:
    written = ""
    position = 0
    for match in kept:
        written += quote(value[position : match.start()], safe="") + match[0]
        position = match.end()
    return written + quote(value[position:], safe="")


def component(text: str) -> str:
    """Percent-encode a text of any kind, all but its unreserved characters (RFC 3986).

    >>> component("20 % off: https://shop.example/?a=1")
    '20%20%25%20off%3A%20https%3A%2F%2Fshop.example%2F%3Fa%3D1'
    """
    return quote(text, safe="")


def decoded(raw: str) -> str:
    """Decode a value; `+` is a space."""
    return unquote_plus(raw) if "%" in raw or "+" in raw else raw


def name_text(raw: str) -> str:
    """Decode the name of a parameter; `+` is a space."""
    return unquote_plus(raw) if "%" in raw or "+" in raw else raw


def path_text(raw: str) -> str:
    """Decode a path or a fragment; `+` stays `+`."""
    return unquote(raw)


def once_encoded(raw: str) -> str:
    """Return a value that was percent-encoded several times as if it were encoded once.

    A value may contain a percent sign itself. `%25de` is encoded once: decoding it twice does not
    give UTF-8 text, so it cannot have been encoded twice.

    >>> [once_encoded(raw) for raw in ("caf%25C3%25A9", "50%25", "50%25deg", "a%252520b")]
    ['caf%C3%A9', '50%25', '50%25deg', 'a%20b']
    """
    best, unreadable = raw, unquote(raw).count(_UNREADABLE)
    while (less := _TWICE_ENCODED.sub("%", raw)) != raw:
        raw = less
        if unquote(raw).count(_UNREADABLE) <= unreadable:
            best = raw
    return best


def intended_text(raw: str) -> str:
    """Decode a value as often as it was encoded.

    >>> intended_text("a%252520b"), intended_text("50%25"), intended_text("100%25-off")
    ('a b', '50%', '100%-off')
    """
    return decoded(once_encoded(raw))


def address_text(raw: str) -> str:
    """Decode an address that was percent-encoded once; bytes that are not UTF-8 stay encoded."""
    text = unquote(raw, errors="surrogateescape")
    if text.isprintable():
        return text
    return re.sub("[\udc80-\udcff]", lambda match: f"%{ord(match[0]) - 0xDC00:02X}", text)


def octets(raw: str) -> bytes:
    """Decode a text to bytes, whatever their encoding."""
    return unquote_to_bytes(raw)
