"""How two links differ, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.explain.differences import masked
from utmforge.output.escaping import safe
from utmforge.output.formats import Format
from utmforge.output.rows import Row, show_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.explain.differences import Difference
    from utmforge.output.console import Console

_FIELDS = ("part", "name", "first", "second")


def show_differences(console: Console, found: Sequence[Difference]) -> None:
    """Print differences; in a table, `-` marks the first link's value and `+` the second's."""
    rows: list[Row] = [
        {
            "part": each.part,
            "name": each.name,
            "first": _shown(each.name, each.first),
            "second": _shown(each.name, each.second),
        }
        for each in found
    ]
    if console.format is not Format.TABLE:
        show_rows(console, rows, fields=_FIELDS, shown=_FIELDS, key="name")
        return
    for each, row in zip(found, rows, strict=True):
        console.write(f"{safe(each.name)}: {safe(str(each))}\n")
        for sign, value in (("-", row["first"]), ("+", row["second"])):
            if value is not None:
                console.write(f"  {sign} {safe(str(value))}\n")


def _shown(name: str, value: str | None) -> str | None:
    return value and masked(name, value)
