"""Recognise pages and fragments about which no rule reports anything: most of them.

    https://shop.example/p/item-4711.html?colour=blue&   a page, with what comes before the tags
    #section-2                                           a fragment

One pattern tells whether a page has only usual characters. A rule may still report its host (a
shortener, a site that breaks), the names of its parameters (a misspelt tag, a signature), or private
data in it. The answers about hosts and names are cached; the prefilter rules out private data. This
is fast (benchmarks/lint.py), and every rule finds nothing in a clean page
(tests/lint/test_linter.py).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from utmforge.bounded_cache import MAX_ENTRIES, BoundedCache
from utmforge.errors import BadLandingPage
from utmforge.privacy.find import find_private
from utmforge.privacy.keys import TELLING_KEYS
from utmforge.privacy.prefilter import has_signs
from utmforge.urls.click_ids import is_click_id, is_person_id
from utmforge.urls.other_tools import is_of_another_tool
from utmforge.urls.parameters import looks_like_tag
from utmforge.urls.sites import is_own
from utmforge.urls.special_hosts import TRACKER_SIGNS, special_host, tracker_host
from utmforge.urls.tagging import SIGNATURES, read_landing_page
from utmforge.urls.unwrap.wrappers import is_wrapper_host

if TYPE_CHECKING:
    from utmforge.lint.rules.base import Settings

ANYWHERE = "http://x.y?"
"""The shortest clean page."""

_PAGE = re.compile(
    r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/[A-Za-z0-9/_.~%:,+-]*)?"
    r"\?((?:[A-Za-z0-9_-]{1,40}=[A-Za-z0-9_.~%:,+-]*&)*)"
)
_TRACKED = re.compile("|".join(map(re.escape, TRACKER_SIGNS)))
_IN_HOST = len("https://")
_NAMES = re.compile("([^=]+)=[^&]*&")
_FRAGMENT = re.compile("[A-Za-z0-9_/.~%-]*[A-Za-z0-9]")


class CleanPages:
    """Recognises pages about which no rule reports anything."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._hosts = BoundedCache[str, bool]()

    def is_clean(self, page: str) -> bool:
        """Tell whether no rule reports anything about a page such as `…/p?colour=3&`."""
        match = _PAGE.fullmatch(page)
        if not match:
            return False
        host, query = match.groups()
        if _TRACKED.search(page):
            return False
        if has_signs(page, _IN_HOST) and find_private(page):
            return False
        is_clean = self._hosts.get(host)
        if is_clean is None:
            is_clean = self._hosts[host] = self._is_clean_host(host)
        return is_clean and (not query or are_clean_names(query))

    def _is_clean_host(self, host: str) -> bool:
        bare = host.removeprefix("www.")
        settings = self._settings
        if (
            "xn--" in host
            or special_host(bare)
            or is_wrapper_host(host)
            or tracker_host(host)
            or (settings.is_site and is_own(bare, settings.own_domains))
        ):
            return False
        try:
            read_landing_page(f"https://{host}/")
        except BadLandingPage:
            return False
        return True


@lru_cache(maxsize=MAX_ENTRIES)
def are_clean_names(query: str) -> bool:
    """Tell whether no parameter of a query is a tag, a signature or named after private data.

    >>> are_clean_names("ref=header&lang=de&"), are_clean_names("sig=abc&")
    (True, False)
    """
    return "utm_" not in query.lower() and all(map(is_clean_name, _NAMES.findall(query)))


def click_ids_in(page: str) -> tuple[str, ...]:
    """Return the names of the click ids in a clean page: a rule reports nothing but them.

    >>> click_ids_in("https://shop.example/?colour=3&gclid=x&")
    ('gclid',)
    """
    _, _, query = page.partition("?")
    return _click_ids_in(query) if query else ()


@lru_cache(maxsize=MAX_ENTRIES)
def _click_ids_in(query: str) -> tuple[str, ...]:
    return tuple(filter(is_click_id, _NAMES.findall(query)))


@lru_cache(maxsize=MAX_ENTRIES)
def is_clean_name(name: str) -> bool:
    """Tell whether a parameter is not a tag, a signature or named after private data."""
    plain = name.lower().replace("_", "").replace("-", "")
    if looks_like_tag(name) or is_of_another_tool(name) or is_person_id(name):
        return False
    return not (SIGNATURES.search(f"{name}=") or plain in TELLING_KEYS)


@lru_cache(maxsize=MAX_ENTRIES)
def is_clean_fragment(fragment: str) -> bool:
    """Tell whether what comes after the `#` is neither a tag nor private."""
    if not _FRAGMENT.fullmatch(fragment) or "utm" in fragment.lower():
        return False
    return not (has_signs(fragment) and find_private(f"{ANYWHERE}#{fragment}"))
