"""Verify a part of a large file each time it is opened, another one each time.

Rows of each table are numbered without gaps, because they are only added. So in any part of a table
each number must be there, each row must match its checksum, and each index must lead to it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from utmforge.registry.database import WORKSPACE
from utmforge.registry.rows import TABLES, is_whole
from utmforge.urls.link_ids import ID_ALPHABET

if TYPE_CHECKING:
    import sqlite3

ROWS_A_LOOK = 256
"""Rows of each table that are verified: about two milliseconds."""
_IDS_A_LOOK = 64

_INDEXES: dict[str, dict[str, tuple[str, ...]]] = {
    "links": {
        "sqlite_autoindex_links_1": ("id",),
        "links_by_campaign": ("utm_campaign",),
    },
    "history": {
        "sqlite_autoindex_history_1": ("link_id", "change_id", "checksum"),
        "history_by_change": ("change_id",),
    },
    "changes": {"sqlite_autoindex_changes_1": ("id", "part")},
}
"""The indexes of each table, and their columns after `workspace`."""


def is_part_damaged(connection: sqlite3.Connection) -> bool:
    """Tell whether a part of each table, chosen at random, is damaged or missing in an index."""
    return _is_any_id_lost(connection) or any(_is_damaged(connection, table) for table in TABLES)


def missing_rows(connection: sqlite3.Connection, table: str) -> int:
    """Return how many rows of a table are not there, though later ones are."""
    count, last = connection.execute(
        f"SELECT (SELECT count(*) FROM {table}), (SELECT max(seq) FROM {table} NOT INDEXED)"
    ).fetchone()
    return int(last or 0) - int(count)


def _is_damaged(connection: sqlite3.Connection, table: str) -> bool:
    """Read one of the equal parts of a table in its order, and by each index."""
    last = connection.execute(f"SELECT max(seq) FROM {table} NOT INDEXED").fetchone()[0] or 0
    if not last:
        return False
    first = 1 + ROWS_A_LOOK * _random(-(-last // ROWS_A_LOOK))
    size = min(ROWS_A_LOOK, last - first + 1)
    part = (first, first + size - 1)
    columns = ", ".join(TABLES[table])
    select = f"SELECT seq, {columns} FROM {table} NOT INDEXED WHERE seq BETWEEN ? AND ?"
    rows = connection.execute(f"{select} ORDER BY seq", part).fetchall()
    if [row[0] for row in rows] != list(range(first, first + size)):
        return True
    if not all(is_whole(row[1:]) for row in rows):
        return True
    return bool(connection.execute(_by_indexes(table), part).fetchone()[0] != size)


def _by_indexes(table: str) -> str:
    """Return the statement that counts the rows of a part that every index leads to."""
    joins = ""
    for name, columns in _INDEXES[table].items():
        alike = [f"{name}.{column} = part.{column}" for column in ("workspace", *columns, "seq")]
        joins += f" CROSS JOIN {table} AS {name} INDEXED BY {name} ON {' AND '.join(alike)}"
    return f"SELECT count(*) FROM {table} AS part NOT INDEXED{joins} WHERE part.seq BETWEEN ? AND ?"


def _is_any_id_lost(connection: sqlite3.Connection) -> bool:
    """Tell whether the index of ids leads to rows that the table does not have."""
    after = "".join(ID_ALPHABET[_random(len(ID_ALPHABET))] for _ in range(3))
    found, there = connection.execute(
        "SELECT count(*), count(links.seq) FROM (SELECT id, seq FROM links "
        f"INDEXED BY sqlite_autoindex_links_1 WHERE workspace = '{WORKSPACE}' AND id >= ? "
        f"ORDER BY id LIMIT {_IDS_A_LOOK}) AS named "
        "LEFT JOIN links NOT INDEXED ON links.seq = named.seq AND links.id = named.id",
        (after,),
    ).fetchone()
    return bool(found != there)


def _random(below: int) -> int:
    """Return a number from 0; the module `random` takes longer to load than this look."""
    return int.from_bytes(os.urandom(8), "big") % below
