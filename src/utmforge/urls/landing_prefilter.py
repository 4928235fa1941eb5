"""The prefilter for landing pages: most of them have nothing that could be a fault.

It makes issuing in bulk and starting up fast (benchmarks/bulk.py, benchmarks/startup.py). Its law:
`landing_faults` finds nothing in a page that is ordinary (tests/urls/test_landing_faults.py).
"""

from __future__ import annotations

import re
from functools import lru_cache

from utmforge.urls.parameters import looks_like_tag
from utmforge.urls.special_hosts import may_be_tracked, special_host, tracker_host

_HOST = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::[0-9]+)?(?=[/?#]|$)")
_NAME = re.compile("(?:^|&)([^=&]*)")
# Signs of an address in another one (also in base64, and without its scheme in AMP's), of a tag in
# a value, and of what HTML left.
_AMP = re.compile("amp(?:;|%3b)|/amp/")
_AFTER_SCHEME = len("https")


def is_ordinary(page: str) -> bool:
    """Tell whether a landing page certainly has no fault.

    >>> is_ordinary("https://shop.example/sale?size=4"), is_ordinary("https://bit.ly/3abcde")
    (True, False)
    """
    match = _HOST.match(page)
    if not match or not _is_ordinary_host(match[1]):
        return False
    lowered = page.lower()
    if lowered.find("http", _AFTER_SCHEME) >= 0:
        return False
    if has_sign(lowered) or may_be_tracked(page):
        return False
    _, question_mark, rest = page.partition("?")
    return not question_mark or _has_ordinary_names(rest.partition("#")[0])


def has_sign(page: str) -> bool:
    """Tell whether a page in lower case has a sign of a fault."""
    return (
        "utm_" in page
        or "38;" in page
        or "26;" in page
        or "ahr0c" in page
        or "/c/" in page
        or "/v/" in page
        or ("amp" in page and _AMP.search(page) is not None)
    )


@lru_cache(maxsize=4096)
def _is_ordinary_host(host: str) -> bool:
    if "xn--" in host or host.endswith(".translate.goog"):
        return False
    return special_host(host) is None and tracker_host(host) is None


@lru_cache(maxsize=4096)
def _has_ordinary_names(query: str) -> bool:
    from utmforge.urls.click_ids import is_click_id

    names = _NAME.findall(query)
    return not any("%" in name or is_click_id(name) or looks_like_tag(name) for name in names)
