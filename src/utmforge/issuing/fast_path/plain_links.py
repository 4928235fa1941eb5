"""Links to plain landing pages, with what all of them share prepared once.

It makes issuing in bulk fast (benchmarks/bulk.py). Its law: the links are those that `links_to`
makes, and no gate refuses them (tests/issuing/test_plain_links.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.model import TaggedLink
from utmforge.privacy.fast_path.plain_pages import is_plain, remember
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import MAX_URL_BYTES, written_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.issuing.requests import TagSet


class PlainLinks:
    """Makes links with tag sets that have passed the gates."""

    def __init__(self, sets: Iterable[TagSet]) -> None:
        """Prepare what links to all pages share.

        Raises:
            BadTag: A tag is empty or contains a character that a link cannot contain.
        """
        self._shared = [(written_tags(one.tags), one.channel, one.tags) for one in sets]
        self._longest = MAX_URL_BYTES - 1 - max(len(written) for written, *_ in self._shared)
        self._cleared: list[str] = []

    def to(self, landing_page: str) -> list[TaggedLink] | None:
        """Return the links to a page. None: it is not plain, so it is to be looked at in full."""
        if len(landing_page) > self._longest or not is_plain(landing_page):
            return None
        begun = f"{landing_page}&" if "?" in landing_page else f"{landing_page}?"
        self._cleared.append(landing_page)
        links = []
        for written, channel, tags in self._shared:
            url = begun + written
            links.append(TaggedLink(link_id(url), url, landing_page, channel, tags))
        return links

    def end_batch(self) -> None:
        """Let the gates know the pages since the last call, so that they need not look again."""
        remember(self._cleared)
        self._cleared.clear()
