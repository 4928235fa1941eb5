"""Check whether a file's tables are utmforge's before anything in them is evaluated.

A view, a trigger, a CHECK, a generated column or an index on an expression runs code that is in
the file (https://www.sqlite.org/security.html). Our tables, indexes and triggers are
compared in full text. Beside them a file may only have plain tables, such as those of `ANALYZE`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from utmforge.files.digests import blake2b

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
"""Asks for everything that a file defines."""

SCHEMA_DIGESTS = (
    "8ef566c4bb2579c38292df0145217b98",
    "42d9c1889518aaa43ea69d93c1d49c26",
    "d7d7ff0a55c044ba6ce8d9823cefde4c",
    "bcdd5e6c3922f3b0544e3aa8b9e15e66",
    "8b0058c574f49aa638107863f7cb413b",
)
"""What `schema_digest` returns after each step."""

_OURS = {"links", "changes", "history", "versions"}
_DIGEST_BYTES = 16
_EVALUATED = r"\b(?:CHECK|AS|GENERATED|DEFAULT|COLLATE|VIRTUAL|WITHOUT|WHERE|REFERENCES)\b"


def schema_digest(rows: Iterable[Sequence[object]]) -> str:
    """Return a cryptographic digest of all that `SCHEMA` says of our tables."""
    text = repr([tuple(row) for row in rows if row[2] in _OURS])
    return blake2b(text.encode(errors="replace"), digest_size=_DIGEST_BYTES).hexdigest()


def is_schema_of(rows: Sequence[Sequence[Any]], version: int) -> bool:
    """Tell whether a file has our tables after this many steps, and else only plain ones."""
    if schema_digest(rows) != SCHEMA_DIGESTS[version - 1]:
        return False
    return all(row[2] in _OURS or is_plain(row[0], row[3]) for row in rows)


def is_plain(kind: object, sql: object) -> bool:
    """Tell whether a table or an index has only values, and nothing that is evaluated."""
    import re

    if kind == "index" and sql is None:  # of a UNIQUE
        return True
    if kind not in {"table", "index"} or not isinstance(sql, str):
        return False
    if re.search(_EVALUATED, sql, re.IGNORECASE):
        return False
    if kind == "index":
        return bool(re.fullmatch(r'CREATE (?:UNIQUE )?INDEX [\w"]+ ON [\w"]+ ?\([\w\s,"]*\)', sql))
    return bool(re.fullmatch(r'CREATE TABLE [\w"]+ ?\([\w\s,"()]*\)', sql))


def is_readable(rows: Iterable[Sequence[Any]]) -> bool:
    """Tell whether reading a later version's file evaluates nothing; no trigger fires then."""
    return all(row[0] == "trigger" or is_plain(row[0], row[3]) for row in rows)
