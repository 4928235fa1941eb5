"""Refuse to issue what is private: a link that was sent cannot be called back.

Most links are told by a look at their letters; the rest is `private_data`'s to read.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from utmforge.errors import PrivateData

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.model import TaggedLink, Tags

_FEW_DIGITS = 8
"""No phone number, payment card or IBAN has so few."""
_SHORT = 24


def refuse_private(links: Iterable[TaggedLink], *, allow_personal: bool = False) -> None:
    """Refuse links with personal data or secrets in them; what was found is not repeated.

    Args:
        links: Links that are to be issued.
        allow_personal: Let personal data pass; secrets never do.

    Raises:
        PrivateData: One of them holds something private.
    """
    for link in links:
        if _is_ordinary(link.landing_page) and _are_ordinary(link.tags):
            continue
        from utmforge.privacy.find import find_private, find_private_in_tags

        found = (*find_private(link.landing_page), *find_private_in_tags(link.tags))
        for one in sorted(found, key=lambda one: not one.is_secret):
            if one.is_secret:
                hint = "take it out, and change it where it opens something"
            else:
                hint = "take it out: everybody sees it; --allow-private issues it all the same"
            if one.is_secret or not allow_personal:
                raise PrivateData(f"the link has a private {one.kind} in {one.where}", hint=hint)


@lru_cache(maxsize=1024)
def _are_ordinary(tags: Tags) -> bool:
    """Tell whether all values are short words in small letters with few digits."""
    for _, value in tags.items():  # noqa: PERF102 - no dict
        bare = value.replace("-", "").replace("_", "")
        if not (bare.isalnum() and value.isascii() and value.islower() and len(value) <= _SHORT):
            return False
        if sum(map(str.isdigit, value)) > _FEW_DIGITS:
            return False
    return True


def _is_ordinary(page: str) -> bool:
    """Tell whether an address has nothing of what every private thing has."""
    ordinary, number = _signs()
    match = ordinary.fullmatch(page)
    if not match or number.search(page):
        return False
    query = match[1]
    return not query or all(
        _is_ordinary_name(piece.partition("=")[0]) for piece in query.split("&")
    )


@lru_cache(maxsize=1024)
def _is_ordinary_name(name: str) -> bool:
    from utmforge.privacy.keys import TELLING_KEYS

    return name.replace("_", "") not in TELLING_KEYS


@cache
def _signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what an ordinary address is like, and the numbers that it does not have."""
    return (
        re.compile(r"https?://[a-z0-9.-]+(?:/[a-z0-9/_.-]*)?(?:\?([a-z0-9_=&]*))?"),
        re.compile(r"[0-9]{2}(?:[0-9.()-]{9}|[a-z0-9]{11})"),
    )
