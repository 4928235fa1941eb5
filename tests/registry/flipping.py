"""Flip bytes of a small registry, one at a time, and see what becomes of it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from utmforge import Registry, Tags, issue, make_link
from utmforge.errors import RegistryDamaged, UtmforgeError
from utmforge.registry.check import check
from utmforge.registry.queries import LinkQuery
from utmforge.registry.repair import repair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from utmforge.model import TaggedLink

HEADER_BYTES = 100
"""The header of an SQLite file, in which every byte has a meaning of its own."""

_MASKS = (0xFF, 0x01)
"""The bits that are flipped: all of a byte, which ends its being text, or one, which does not."""

_NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


class Flips(NamedTuple):
    """What a series of flipped bytes led to."""

    tried: int
    """Flips, one at a time."""
    noticed: int
    """Those after which the damage was found or the file refused."""
    wrong: list[int]
    """Positions of those after which a wrong answer was given."""


def check_and_repair(folder: Path, sample: int | None = None, seed: int = 1) -> Flips:
    """Check and repair a registry after each flip.

    A check that finds nothing must be right, and a repair must keep nothing that was not issued.

    Args:
        folder: Where the registry is made.
        sample: How many flips to try, spread over the file. None: every one.
        seed: Makes the sample repeatable.
    """
    path = folder / "links.db"
    links = _links(6, campaigns=3)
    with Registry.open(path) as registry:
        links = [one.link for one in issue(links, registry, now=_NOON)]

    def look() -> bool | None:
        try:
            result = check(path)
        except UtmforgeError:
            return None
        if result.is_whole:
            return _listed(path) == links
        try:
            repair(path, _NOON)
        except RegistryDamaged:
            return None
        except UtmforgeError:
            return False
        finally:
            for aside in folder.glob("*.damaged-*"):
                aside.unlink()
        kept = _listed(path)
        return None if kept is not None and all(link in links for link in kept) else False

    return _flip(path, look, sample, seed)


def read(folder: Path, sample: int | None = None, seed: int = 1) -> Flips:
    """Read a registry in every way after each flip: the right answer or a refusal.

    Args:
        folder: Where the registry is made.
        sample: How many flips to try, spread over the file. None: every one.
        seed: Makes the sample repeatable.
    """
    path = folder / "links.db"
    with Registry.open(path) as registry:
        links = _links(3, campaigns=1)
        issue(links, registry)
        registry.retire([links[0].id], "x", successor=links[1].id)
        registry.retire([links[2].id], "y")
        registry.undo()
        links = list(registry.links())
    ids = [link.id for link in links]

    def answers() -> tuple[object, ...]:
        with Registry.open(path) as registry:
            known = registry.queries.known(ids).values()
            return (
                list(registry.links()),
                [registry.get(each) for each in ids],
                sorted(known, key=lambda link: link.landing_page),
                registry.queries.campaigns(),
                [registry.history(each) for each in ids],
                registry.changes(),
            )

    right = answers()
    assert right[:4] == (links, links, links, ["c0"])

    def look() -> bool | None:
        try:
            return answers() == right
        except UtmforgeError:
            return None

    return _flip(path, look, sample, seed)


class LargeFlips(NamedTuple):
    """What flipped pages of a large registry led to."""

    noticed: int
    """Flips after which every way to read was right or refused, the first time."""
    found_after: list[int]
    """For each flip with a wrong answer: how often the file was opened until it was refused."""
    never_found: int
    """Flips with a wrong answer that were not found at all."""


def read_large(
    folder: Path, flips: int, opens: int, *, links: int = 5_000, seed: int = 1
) -> LargeFlips:
    """Flip a byte of a page of a large registry, read it, and open it until that is refused.

    Args:
        folder: Where the registry is made.
        flips: How many flips to try, one at a time, each in a page chosen at random.
        opens: How often the file is opened after a wrong answer.
        links: The registry's size; every fiftieth link is retired.
        seed: Makes the flips repeatable.
    """
    path = folder / "links.db"
    with Registry.open(path) as registry:
        made = [one.link for one in issue(_links(links, campaigns=20), registry)]
        registry.retire([link.id for link in made[::50]], "x")
    some = [link.id for link in made[:: max(links // 50, 1)]]

    def answers() -> tuple[object, ...]:
        with Registry.open(path) as registry:
            query = LinkQuery
            return (
                list(registry.links()),
                [registry.queries.count(query(state=state)) for state in (None, "retired")],
                [list(registry.links(query(campaign=f"c{name}"))) for name in range(20)],
                sorted(registry.queries.known(some)),
                registry.queries.campaigns(),
                registry.changes(),
            )

    right = answers()
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)  # noqa: S311 - positions, no secrets
    noticed = never = 0
    found = []
    for _ in range(flips):
        position, mask = chance.randrange(HEADER_BYTES, len(data)), chance.choice(_MASKS)
        data[position] ^= mask
        path.write_bytes(data)
        data[position] ^= mask
        try:
            is_right = answers() == right
        except UtmforgeError:
            is_right = True
        if is_right:
            noticed += 1
        elif number := next((n for n in range(1, opens + 1) if _is_refused(path)), None):
            found.append(number)
        else:
            never += 1
    path.write_bytes(data)
    return LargeFlips(noticed, found, never)


def _is_refused(path: Path) -> bool:
    try:
        Registry.open(path).close()
    except UtmforgeError:
        return True
    return False


def _flip(path: Path, look: Callable[[], bool | None], sample: int | None, seed: int) -> Flips:
    """Flip bytes; `look` returns whether the answer was right, or None: the damage was noticed."""
    _in_small_pages(path)
    data = bytearray(path.read_bytes())
    tried = noticed = 0
    wrong = []
    for position, mask in _places(len(data), sample, seed):
        data[position] ^= mask
        path.write_bytes(data)
        data[position] ^= mask
        seen = look()
        tried += 1
        noticed += seen is None
        if seen is False:
            wrong.append(position)
    return Flips(tried, noticed, wrong)


def _places(size: int, sample: int | None, seed: int) -> Iterator[tuple[int, int]]:
    """Yield positions and masks: every one, or one by chance in each of `sample` equal parts.

    A tenth of the sample lies in the header, which is small and decides how the rest is read.
    """
    if sample is None:
        yield from product(range(size), _MASKS)
        return
    chance = random.Random(seed)  # noqa: S311 - positions, no secrets
    in_header = min(sample // 10, HEADER_BYTES)
    for start, end, count in (
        (0, HEADER_BYTES, in_header),
        (HEADER_BYTES, size, sample - in_header),
    ):
        edges = [start + (end - start) * part // count for part in range(count + 1)]
        for each in pairwise(edges):
            yield chance.randrange(*each), chance.choice(_MASKS)


def _links(count: int, campaigns: int) -> list[TaggedLink]:
    return [
        make_link(f"https://x.example/{number}", Tags("a", "b", f"c{number % campaigns}"))
        for number in range(count)
    ]


def _listed(path: Path) -> list[TaggedLink] | None:
    """Return the links of a registry that is taken to be whole; None: it is not."""
    try:
        with Registry.open(path) as registry:
            return list(registry.links())
    except UtmforgeError:
        return None


def _in_small_pages(path: Path) -> None:
    """Rewrite a file with pages of 512 bytes instead of 4,096: it has fewer unused bytes."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA page_size=512")
        database.execute("VACUUM")
