"""A link as a row of text, with a checksum that is looked at whenever it is read."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, cast

from utmforge.digests import blake2b
from utmforge.errors import RegistryDamaged, quoted
from utmforge.model import PARAMETERS, State, TaggedLink, Tags

if TYPE_CHECKING:
    from collections.abc import Sequence

# The tags' columns carry the parameters' names: utm_source …
COLUMNS = ("id", "url", "landing_page", "channel", *PARAMETERS.values(), "issued_at", "state")
SELECTED = ", ".join((*COLUMNS, "checksum"))

_FIRST_TAG = COLUMNS.index("utm_source")
_tag_values = attrgetter(*PARAMETERS)
_CHECKSUM_BYTES = 8


def checksum(values: Sequence[str | None]) -> str:
    """Return 64 bits of BLAKE2b over a row's values, None told from empty, as hexadecimals."""
    text = "\x1f".join(["\x00" if value is None else value for value in values])
    return blake2b(text.encode(), digest_size=_CHECKSUM_BYTES).hexdigest()


def to_row(link: TaggedLink, issued_at: str) -> tuple[str | None, ...]:
    """Return the values of `COLUMNS` and the checksum."""
    link_id, url, landing_page, channel, tags, *_ = link
    values = (link_id, url, landing_page, channel, *_tag_values(tags), issued_at, "issued")
    return (*values, checksum(values))


def from_row(row: Sequence[str | None]) -> TaggedLink:
    """Return the link of a row of `SELECTED`.

    Raises:
        RegistryDamaged: The row is not what was written.
    """
    *values, stored = row
    if not all(isinstance(value, str | None) for value in row) or checksum(values) != stored:
        raise RegistryDamaged(
            f"the entry of link {quoted(str(values[0]), 20)} is not what was written",
            hint="restore the registry from a backup",
        )
    tags = dict(zip(PARAMETERS, values[_FIRST_TAG:-2], strict=True))
    link_id, url, landing_page, channel = values[:_FIRST_TAG]
    return TaggedLink(
        cast("str", link_id),
        cast("str", url),
        cast("str", landing_page),
        channel,
        Tags(**cast("dict[str, str]", tags)),
        values[-2],
        cast("State", values[-1]),
    )
