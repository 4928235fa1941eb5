"""What a campaign takes over from the one that it extends: "the same next month".

    [campaigns.2026-05]          [campaigns.2026-04]
    extends = "2026-04"    ◄──   landing_page, channels, contents, placements, message, term …
    starts = 2026-05-01          not: starts, ends, id, costs, coupons

A key of its own replaces the other's. Channels or placements of its own replace both of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from utmforge.campaigns.toml_tables import Table, way_round
from utmforge.errors import did_you_mean, quoted
from utmforge.model import SINGLE_TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping

INHERITED_TAGS = tuple(name for name in SINGLE_TAGS if name not in {"source", "medium", "id"})
"""Tags that are neither a channel's nor one campaign's alone."""
INHERITED = (
    *("landing_page", "channels", "contents", "placements", "currency", "lint"),
    *("message", "subject", *INHERITED_TAGS),
)
"""The keys that a campaign takes over."""
_WHERE = ("channels", "placements")


def with_inherited(tables: Mapping[str, Table]) -> dict[str, Table]:
    """Return the campaigns' tables with what each takes over, in their order.

    What is wrong with an `extends` becomes a problem of its table, which then takes over nothing.
    Chains may have any length.
    """
    done: dict[str, Table] = {}
    for first in tables:
        chain: list[str] = []
        name: str | None = first
        while name is not None and name not in done:
            chain.append(name)
            name = _extended(name, tables, chain)
        for each in reversed(chain):
            table = tables[each]
            base = done[name] if name is not None else None
            done[each] = Table(_merged(table, base), table.path, table.problems)
            name = each
    return {name: done[name] for name in tables}


def _extended(name: str, tables: Mapping[str, Table], chain: list[str]) -> str | None:
    """Return the campaign that a campaign extends. None: it extends none, or none that can be."""
    table = tables[name]
    other = table.text("extends")
    if other is None:
        return None
    if other in chain:
        message = f"{quoted(name)} extends itself{way_round(name, other, chain)}"
        table.wrong("extends", message, "name another campaign")
        return None
    if other not in tables:
        table.wrong(
            "extends",
            f"no campaign is called {quoted(other)}",
            did_you_mean(other, tables) or "name a campaign of this file",
        )
        return None
    return other


def _merged(table: Table, base: Table | None) -> dict[str, Any]:
    if base is None:
        return table.raw
    places_itself = any(key in table.raw for key in _WHERE)
    taken = {
        key: value
        for key, value in base.raw.items()
        if key in INHERITED and not (places_itself and key in _WHERE)
    }
    return {**taken, **table.raw}
