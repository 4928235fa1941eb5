"""Registries with links in them, to look after."""

from datetime import UTC, datetime
from pathlib import Path

from utmforge import Registry, Tags, issue, make_link
from utmforge.model import TaggedLink

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


def fill(path: Path, count: int) -> list[TaggedLink]:
    """Make a registry; return its links."""
    links = [make_link(f"https://x.example/{n}", Tags("a", "b", f"c{n % 3}")) for n in range(count)]
    with Registry.open(path) as registry:
        return [one.link for one in issue(links, registry, now=NOON)]
