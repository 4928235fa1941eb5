"""The columns that visits can be counted by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.measure.sql.dialect import Dialect

_KEYS = {
    "campaign": "l.campaign",
    "channel": "l.channel",
    "content": "l.content",
    "link": "l.link_id",
    "page": "p.path",
    "day": "v.day",
}


def keys_of(names: Sequence[str]) -> str:
    """Return the columns of keys."""
    return ", ".join(_KEYS[name] for name in names)


def numbers_of(names: Sequence[str]) -> str:
    """Return `1, 2, 3`: columns by their places."""
    return ", ".join(str(at + 1) for at in range(len(names)))


def visitor_of(dialect: Dialect) -> str:
    """Return the expression for the visitor of a hit `h` on a day with the salt `s.salt`."""
    return dialect.keyed("s.salt, h.network, h.agent")
