"""Spellings of a report, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.formats import Format
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utmforge.analytics.comparison.spellings import Spelling
    from utmforge.analytics.exports.report import Report
    from utmforge.output.console import Console
    from utmforge.output.rows import Row

FIELDS = ("field", "value", "status", "visits", "meant", "differs", "alias", "line")
_SHOWN = ("field", "value", "visits", "status", "meant", "differs")
_MOST_SHOWN = 10
"""Names of one status in one field that a table shows, if nothing is wrong with them."""


def show_spellings(
    console: Console,
    spellings: Sequence[Spelling],
    report: Report,
    aliases: Mapping[str, Mapping[str, str]],
) -> None:
    """Print spellings.

    A table for people has behind it the aliases that are proposed, and leaves out, saying so, what
    is of no consequence.

    Args:
        console: Where they go.
        spellings: Those of a report.
        report: What was read.
        aliases: What is proposed, by field.
    """
    if console.format is Format.JSON:
        console.answer(
            {
                "unit": report.unit,
                "first": report.period.first and report.period.first.isoformat(),
                "last": report.period.last and report.period.last.isoformat(),
                "columns": report.columns,
                "spellings": [_row(one) for one in spellings],
                "aliases": aliases,
            }
        )
        return
    shown = spellings
    if console.format in {Format.TABLE, Format.MARKDOWN}:
        shown = _of_consequence(spellings)
    rows = [_row(one) for one in shown]
    titles = {"visits": report.unit}
    show_rows(console, rows, fields=FIELDS, shown=_SHOWN, key="value", titles=titles)
    if console.format is Format.TABLE and (toml := _as_toml(aliases)):
        console.write(f"\n{toml}")
    if left := len(spellings) - len(shown):
        console.note(f"{left:,} more names, which split nothing away; --format csv has all")


def _as_toml(aliases: Mapping[str, Mapping[str, str]]) -> str:
    """Return aliases as campaigns.toml has them; nothing for none."""
    if not aliases:
        return ""
    import tomli_w

    return tomli_w.dumps({"convention": {name: {"aliases": of} for name, of in aliases.items()}})


def _of_consequence(spellings: Sequence[Spelling]) -> list[Spelling]:
    """Leave out what analytics filled in, and all but the first of the names that stand alone."""
    split = {(one.field, one.meant) for one in spellings if one.splits}
    counts: dict[tuple[str, str], int] = {}
    shown = []
    for one in spellings:
        kind = one.field, one.status
        is_alone = not one.splits and (one.field, one.value) not in split
        if is_alone and one.status != "private":
            counts[kind] = counts.get(kind, 0) + 1
            if one.status == "automatic" or counts[kind] > _MOST_SHOWN:
                continue
        shown.append(one)
    return shown


def _row(one: Spelling) -> Row:
    row: Row = {name: getattr(one, name) for name in FIELDS if name != "differs"}
    row["differs"] = ", ".join(one.differs) or None
    return {name: row[name] for name in FIELDS}
