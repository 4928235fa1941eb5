r"""Many links as rows: what consecutive links share is written once.

It makes issuing in bulk fast (benchmarks/bulk.py). Its law: the rows are those of `rows.to_row`
(tests/registry/test_link_rows.py).

    id \x1f url \x1f landing page \x1f channel \x1f … \x1f change \x1f author   → checksum
    └── of one link                └── shared by links to a channel
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.files.digests import blake2b
from utmforge.registry.rows import CHECKSUM_BYTES, hashed, to_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.model import TaggedLink
    from utmforge.registry.rows import Row

_SHARED_FROM = 3  # the columns before: id, url, landing_page


def to_rows(links: Iterable[TaggedLink], issued_at: str, change_id: str) -> list[Row]:
    """Return the values of the columns of links that are issued together."""
    rows: list[Row] = []
    told: tuple[object, ...] | None = None
    shared: Row = ()
    text = ""
    for link in links:
        name, url, page, channel, tags, _, _, author, pages = link
        if told is None or tags is not told[0] or (channel, author, pages) != told[1]:
            told = (tags, (channel, author, pages))
            shared = to_row(link, issued_at, change_id)[_SHARED_FROM:-1]
            text = hashed(shared)
        whole = f"{name}\x1f{url}\x1f{page}\x1f{text}".encode()
        rows.append(
            (name, url, page, *shared, blake2b(whole, digest_size=CHECKSUM_BYTES).hexdigest())
        )
    return rows
