"""Links to fill registries with, and what lies in a registry."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

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


def fill(place: str | Path) -> None:
    """Issue and retire links with every kind of text that a spreadsheet might calculate."""
    nasty = ["=1+1", "+336", "-spring", "@x", "'quoted", "''", "a,b", 'say "hi"', "é", "[x]", "ｆ"]
    links = [
        make_link("https://x.example/", Tags("s", "m", "c", content=text), channel=text)
        for text in nasty
    ]
    with Registry.open(place) as registry:
        registry.add(links, now=NOON)
        registry.retire([links[0].id], "=cmd|' /C calc'!A0", successor=links[1].id)
        registry.retire([links[2].id], 'two\nlines, "quoted"')
        registry.undo()


def connection_of(registry: Registry) -> sqlite3.Connection:
    """Return what lies beneath."""
    assert isinstance(registry.database, SqliteDatabase)
    return registry.database._connection
