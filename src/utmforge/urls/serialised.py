"""Addresses as the WHATWG URL standard serialises them (https://url.spec.whatwg.org/).

Most landing pages are written so already, and need no parser, which takes 1.4 ms to load
(benchmarks/startup.py). The law: the parser leaves such an address as it is
(tests/urls/test_serialised.py).
"""

from __future__ import annotations

import re

_SEGMENT = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*"
_AS_SERIALISED = re.compile(
    r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,20}"
    rf"/(?:{_SEGMENT}/)*+(?:{_SEGMENT})?(?:\?[A-Za-z0-9=&_.-]*)?(?:#[A-Za-z0-9=&_.-]*)?"
)


def serialised(text: str) -> str:
    """Return an address as a browser writes it.

    >>> serialised("HTTPS://Shop.Example:443/a/../b c")
    'https://shop.example/b%20c'

    Raises:
        ValueError: It is not an address with a scheme.
    """
    if _AS_SERIALISED.fullmatch(text):
        return text
    import can_ada

    return str(can_ada.parse(text))
