r"""Many links as rows: what consecutive links share is written once.

It makes issuing in bulk fast (benchmarks/bulk.py). Its law: the rows are those of `rows.to_row`
(tests/registry/test_link_rows.py).

    id \x1f url \x1f landing page \x1f channel \x1f … \x1f change \x1f author   → checksum
    └── of one link                └── shared by links to a channel
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.files.digests import blake2b
from utmforge.registry.rows import CHECKSUM_BYTES, to_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.model import TaggedLink
    from utmforge.registry.rows import Row

_SHARED_FROM = 3  # the columns before: id, url, landing_page


def to_rows(links: Iterable[TaggedLink], issued_at: str, change_id: str) -> list[Row]:
    """Return the values of the columns of links that are issued together."""
    rows: list[Row] = []
    tags = None
    channel: str | None = ""
    author: str | None = None
    shared: Row = ()
    text = ""
    for link in links:
        name, url, page, its_channel, its_tags, _, _, its_author = link
        if its_tags is not tags or its_channel != channel or its_author != author:
            tags, channel, author = its_tags, its_channel, its_author
            shared = to_row(link, issued_at, change_id)[_SHARED_FROM:-1]
            counting = shared if author else shared[:-1]  # see `rows.checksum`
            text = "\x1f".join("\x00" if value is None else value for value in counting)
        whole = f"{name}\x1f{url}\x1f{page}\x1f{text}".encode()
        rows.append(
            (name, url, page, *shared, blake2b(whole, digest_size=CHECKSUM_BYTES).hexdigest())
        )
    return rows
