"""Refuse to issue what is private: a link that was sent cannot be called back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from utmforge.errors import PrivateData
from utmforge.privacy.find import find_private, find_private_in_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.model import TaggedLink

_in_tags = lru_cache(maxsize=1024)(find_private_in_tags)
"""Links to many pages have the same tags."""


def refuse_private(links: Iterable[TaggedLink], *, allow_personal: bool = False) -> None:
    """Refuse links with personal data or secrets in them; what was found is not repeated.

    Args:
        links: Links that are to be issued.
        allow_personal: Let personal data pass; secrets never do.

    Raises:
        PrivateData: One of them holds something private.
    """
    for link in links:
        found = (*find_private(link.landing_page), *_in_tags(link.tags))
        for one in sorted(found, key=lambda one: not one.is_secret):
            if one.is_secret:
                hint = "take it out, and change it wherever it gives access"
            else:
                hint = "take it out: everyone can see it; --allow-private issues it all the same"
            if one.is_secret or not allow_personal:
                raise PrivateData(f"the link has a private {one.kind} in {one.where}", hint=hint)
