"""Whether a server's rows are what a statement asks for: as many columns, texts and whole numbers.

A server may be another program, or have other tables of the same names. What it sends is checked
here, once, so that no other module has to expect rows of another shape.

>>> is_answer("SELECT count(*) FROM links", [(3,)]), is_answer("SELECT count(*) FROM links", [])
(True, False)
>>> is_answer("SELECT id, seq FROM links", [("k7q2m", 1)])
True
>>> is_answer("SELECT id, seq FROM links", [("k7q2m", "1")])
False
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from utmforge.model import PARAMETERS, Tags

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBERS = frozenset(("part", "links", "seq", "step"))
"""The columns that hold whole numbers."""
_MAY_BE_EMPTY = frozenset(
    (
        *(PARAMETERS[name] for name in Tags._field_defaults),
        *("channel", "change_id", "undoes", "reason", "successor", "labels", "author", "pages"),
        "NULL::text",
    )
)
"""The columns that may be NULL."""
_SELECT = re.compile(r"SELECT (?:DISTINCT )?(.*?) FROM ", re.DOTALL)
_COMMA = re.compile(r",\s*(?![^()]*\))")
_AGGREGATE = re.compile(r"(?:count\(|max\(|coalesce\(max\()")
"""What a number is computed with, and for all rows together if there is no other column."""


class _Column(NamedTuple):
    """What a column may hold."""

    kind: type
    may_be_empty: bool


def is_answer(statement: str, rows: Sequence[Sequence[Any]]) -> bool:
    """Tell whether rows have the shape that a SELECT of the registry asks for."""
    columns, is_one_row = _asked(statement)
    if is_one_row and len(rows) != 1:
        return False
    return all(_is_allowed(kinds, columns) for kinds in {tuple(map(type, row)) for row in rows})


def _is_allowed(kinds: Sequence[type], columns: Sequence[_Column]) -> bool:
    return len(kinds) == len(columns) and all(
        kind is column.kind or (column.may_be_empty and kind is type(None))
        for kind, column in zip(kinds, columns, strict=True)
    )


@lru_cache(maxsize=64)
def _asked(statement: str) -> tuple[list[_Column], bool]:
    """Return the columns of a SELECT, and whether it always has exactly one row."""
    match = _SELECT.match(statement)
    names = _COMMA.split(match[1].strip()) if match else []
    columns = [
        _Column(int if name in NUMBERS or _AGGREGATE.match(name) else str, name in _MAY_BE_EMPTY)
        for name in names
    ]
    return columns, len(names) == 1 and bool(_AGGREGATE.match(names[0]))
