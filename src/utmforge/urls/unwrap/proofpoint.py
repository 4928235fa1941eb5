"""Decode Proofpoint's three formats of an address inside another, without a request.

v1 percent-encodes it. v2 writes `-` for `%` and `_` for `/`. v3 leaves it readable, with `*` for
each byte that a mail could damage, and these bytes in base64 after it; `**A` stands for two of
them, `**B` for three, up to 65.

Sources: Proofpoint's published URL decoder and public test vectors of other decoders (read
2026-11); runs are counted in bytes, not in characters.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from binascii import Error
from string import ascii_lowercase, ascii_uppercase, digits

from utmforge.urls.quoting import octets

_V3 = re.compile(r"/v3/__(.+?)__;([\w-]*)(?:!|%21)", re.ASCII | re.IGNORECASE | re.DOTALL)
_PLACE = re.compile(rb"\*(?:\*([\w-]))?", re.ASCII)
_ONE_SLASH = re.compile(r"\A([a-z][a-z0-9+.-]*:/)(?=[^/])", re.IGNORECASE)
_RUNS = {
    letter: length
    for length, letter in enumerate(ascii_uppercase + ascii_lowercase + digits + "-_", start=2)
}


def from_v2(value: str) -> str:
    """Read the parameter `u`."""
    encoded = value.replace("-", "%").replace("_", "/")
    return octets(encoded).decode(errors="replace")


def from_v3(rest: str) -> str | None:
    """Read the text after the host. None: the number of replaced bytes does not match."""
    match = _V3.match(rest)
    if not match:
        return None
    try:
        replaced = urlsafe_b64decode(match[2] + "==")
    except Error:
        return None
    # The original's own `%` are among the replaced bytes: other programs added these.
    pieces = _PLACE.split(octets(match[1]))
    if sum(map(_length, pieces[1::2])) != len(replaced):
        return None
    whole = pieces[0]
    for run, text in zip(pieces[1::2], pieces[2::2], strict=True):
        whole += replaced[: _length(run)] + text
        replaced = replaced[_length(run) :]
    return _ONE_SLASH.sub(r"\1/", whole.decode(errors="replace"), count=1)


def _length(run: bytes | None) -> int:
    return _RUNS[run.decode()] if run else 1
