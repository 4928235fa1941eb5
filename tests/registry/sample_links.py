"""Links to fill registries with, and what lies in a registry."""

import sqlite3
from datetime import UTC, datetime

from utmforge import Registry, Tags, make_link
from utmforge.model import TaggedLink
from utmforge.registry.sqlite import SqliteDatabase

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)

DAY = "2026-03-20T12:00:00Z"

LINK = make_link("https://shop.example/?a=1#b", Tags("a", "b", "c", "d", "e", "f", "g", "h", "i"))


def link(number: int, **tags: str) -> TaggedLink:
    """Return a link of its own."""
    base = {"source": "s", "medium": "m", "campaign": "c"} | tags
    return make_link(f"https://shop.example/{number}", Tags(**base), channel="email")


ONE, TWO, THREE = link(1), link(2), link(3)


def states(registry: Registry) -> dict[str, str]:
    """Return the state of each link, by the number of its page."""
    return {each.landing_page[-1]: each.state for each in registry.links()}


def connection_of(registry: Registry) -> sqlite3.Connection:
    """Return what lies beneath."""
    assert isinstance(registry.database, SqliteDatabase)
    return registry.database._connection
