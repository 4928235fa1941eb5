"""The prefilter for landing pages: most of them have nothing that could be a fault.

It makes issuing in bulk and starting up fast (benchmarks/bulk.py, benchmarks/startup.py). Its law:
`landing_faults` finds nothing in a page that is ordinary (tests/urls/test_landing_faults.py).
"""

from __future__ import annotations

import re
from functools import lru_cache

from utmforge.urls.parameters import looks_like_tag
from utmforge.urls.special_hosts import special_host

_PAGE = re.compile(
    r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::[0-9]+)?(?:/[^?#]*)?(?:\?([^#]*))?(?:#.*)?"
)
_NAME = re.compile("(?:^|&)([^=&]*)")
# Signs of an address in another one (also in base64, and without its scheme in AMP's), of a tag
# in a value, and of what HTML left.
_SIGNS = re.compile(
    "(?<=.{8})https?|aHR0c|/amp/|/c/|/v/|utm_|amp;|#038;|#38;|amp%3b", re.IGNORECASE
)


def is_ordinary(page: str) -> bool:
    """Tell whether a landing page certainly has no fault.

    >>> is_ordinary("https://shop.example/sale?size=4"), is_ordinary("https://bit.ly/3abcde")
    (True, False)
    """
    match = _PAGE.fullmatch(page)
    if not match or _SIGNS.search(page):
        return False
    host, query = match.groups()
    return _is_ordinary_host(host) and (not query or _has_ordinary_names(query))


@lru_cache(maxsize=4096)
def _is_ordinary_host(host: str) -> bool:
    return "xn--" not in host and special_host(host) is None


@lru_cache(maxsize=4096)
def _has_ordinary_names(query: str) -> bool:
    from utmforge.urls.click_ids import is_click_id

    names = _NAME.findall(query)
    return not any("%" in name or is_click_id(name) or looks_like_tag(name) for name in names)
