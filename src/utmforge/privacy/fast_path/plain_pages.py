"""Plain landing pages: one look instead of a parser of addresses and two gates.

It makes issuing in bulk fast (benchmarks/bulk.py). Its law: a page that is plain is already as
browsers write it, has no fault as a landing page and contains nothing private
(tests/privacy/test_plain_pages.py). A page that is not plain is looked at in full.

    https://shop.example  /catalogue/item-4711  ?colour=blue
    └── a host, seen once └── nothing to look up └── names, each seen once
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from utmforge.errors import BadLandingPage
from utmforge.privacy.prefilter import NUMBERS, PLAIN_PAGES, has_small_token, is_suspect
from utmforge.urls.landing_prefilter import has_sign, is_ordinary
from utmforge.urls.special_hosts import may_be_tracked
from utmforge.urls.tagging import MAX_URL_BYTES, read_landing_page

if TYPE_CHECKING:
    from collections.abc import Collection

_PAGE = re.compile(
    r"(https?://[a-z0-9.-]+/)(?:[a-z0-9_-][a-z0-9_.-]*+/)*+(?:[a-z0-9_-][a-z0-9_.-]*+)?+"
    r"(?:\?([a-z0-9_]+=[a-z0-9_]*+(?:&[a-z0-9_]+=[a-z0-9_]*+)*+))?"
)
_AFTER_SCHEME = len("https")
_MAX_REMEMBERED = 50_000


def is_plain(text: str) -> bool:
    """Tell whether a page needs no further look.

    >>> is_plain("https://shop.example/p/item-4711?colour=blue")
    True
    >>> is_plain("https://shop.example/p?gclid=1"), is_plain("https://bit.ly/3abcde")
    (False, False)
    """
    match = _PAGE.fullmatch(text)
    if (
        match is None
        or len(text) > MAX_URL_BYTES
        or NUMBERS.search(text)
        or has_small_token(text)
        or has_sign(text)
        or may_be_tracked(text)
        or text.find("http", _AFTER_SCHEME) >= 0
    ):
        return False
    origin, query = match.groups()
    if not _is_clear(origin):
        return False
    if query:
        for parameter in query.split("&"):
            name = parameter[: parameter.index("=")]
            if not _is_clear(f"https://shop.example/?{name}="):
                return False
    return True


def remember(pages: Collection[str]) -> None:
    """Let the gates know the plain pages of a batch."""
    if len(PLAIN_PAGES) + len(pages) > _MAX_REMEMBERED:
        PLAIN_PAGES.clear()
    PLAIN_PAGES.update(pages)


@lru_cache(maxsize=4096)
def _is_clear(page: str) -> bool:
    """Look in full at a page that is the same for many: a host, or the name of a parameter."""
    try:
        is_as_written = read_landing_page(page).url == page
    except BadLandingPage:
        return False
    return is_as_written and is_ordinary(page) and not is_suspect(page)
