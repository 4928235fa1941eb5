"""What stands around tags and no rule can have anything to say of: most pages and fragments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.errors import BadLandingPage
from utmforge.lint.rules.destinations import CHAT_INVITES, SHORTENERS, breaks
from utmforge.lint.rules.parameters import is_own
from utmforge.privacy.find import find_private
from utmforge.privacy.keys import TELLING_KEYS
from utmforge.privacy.prefilter import has_signs
from utmforge.urls.parameters import is_of_another_tool, looks_like_tag
from utmforge.urls.tagging import SIGNATURES, read_landing_page

if TYPE_CHECKING:
    from utmforge.lint.rules.base import Settings

ANYWHERE = "http://x.y?"
"""A page of which there is nothing to say, no longer than any other."""

_MOST_KEPT = 50_000
_PAGE = re.compile(
    r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/[A-Za-z0-9/_.~%:,+-]*)?"
    r"\?((?:[A-Za-z0-9_-]{1,40}=[A-Za-z0-9_.~%:,+-]*&)*)"
)
_IN_HOST = len("https://")
_NAMES = re.compile("([^=]+)=[^&]*&")
_FRAGMENT = re.compile("[A-Za-z0-9_/.~%-]*[A-Za-z0-9]")


class Ordinary:
    """Knows hosts and names of parameters that no rule speaks of."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._hosts: dict[str, bool] = {}
        self._names: set[str] = set()
        self._queries: set[str] = set()
        self._fragments: set[str] = set()

    def is_page(self, page: str) -> bool:
        """Tell whether a page is ordinary, with what stands before the tags: `…?colour=3&`."""
        match = _PAGE.fullmatch(page)
        if not match:
            return False
        host, query = match.groups()
        if has_signs(page, _IN_HOST) and find_private(page):
            return False
        if not (self._hosts.get(host) or self._is_host(host)):
            return False
        return not query or query in self._queries or self._is_query(query)

    def are_names(self, names: list[str]) -> bool:
        """Tell whether parameters are no tags, sign nothing, and tell nothing by their names."""
        return self._names.issuperset(names) or all(map(self._is_name, names))

    def is_fragment(self, fragment: str) -> bool:
        """Tell whether what stands behind the `#` is neither a tag nor private."""
        if fragment in self._fragments:
            return True
        if not _FRAGMENT.fullmatch(fragment) or "utm" in fragment.lower():
            return False
        if has_signs(fragment) and find_private(f"{ANYWHERE}#{fragment}"):
            return False
        if len(self._fragments) >= _MOST_KEPT:
            self._fragments.clear()
        self._fragments.add(fragment)
        return True

    def _is_query(self, query: str) -> bool:
        if not self.are_names(_NAMES.findall(query)):
            return False
        if len(self._queries) >= _MOST_KEPT:
            self._queries.clear()
        self._queries.add(query)
        return True

    def _is_host(self, host: str) -> bool:
        if host in self._hosts:
            return self._hosts[host]
        bare = host.removeprefix("www.")
        settings = self._settings
        is_ordinary = not (
            "xn--" in host
            or bare in SHORTENERS
            or bare in CHAT_INVITES
            or breaks(bare)
            or (settings.is_site and is_own(bare, settings.own_domains))
        )
        try:
            is_ordinary = is_ordinary and bool(read_landing_page(f"https://{host}/"))
        except BadLandingPage:
            is_ordinary = False
        if len(self._hosts) >= _MOST_KEPT:
            self._hosts.clear()
        self._hosts[host] = is_ordinary
        return is_ordinary

    def _is_name(self, name: str) -> bool:
        if name in self._names:
            return True
        plain = name.lower().replace("_", "").replace("-", "")
        if looks_like_tag(name) or is_of_another_tool(name):
            return False
        if SIGNATURES.search(f"{name}=") or plain in TELLING_KEYS:
            return False
        if len(self._names) >= _MOST_KEPT:
            self._names.clear()
        self._names.add(name)
        return True
