"""The comparison of a report with issued links, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import counted, quoted
from utmforge.output.formats import Format
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utmforge.analytics.comparison.compare import Comparison
    from utmforge.analytics.comparison.spellings import Spelling
    from utmforge.output.console import Console
    from utmforge.output.rows import Row

FIELDS = ("field", "value", "status", "visits", "meant", "differs", "alias", "line")
_SHOWN = ("field", "value", "visits", "status", "meant", "differs")
_MAX_LINES = 5
_MAX_ALIKE = 10
"""How many names per status and field a table shows, if nothing is wrong with them."""


def show_comparison(console: Console, comparison: Comparison) -> None:
    """Print the spellings of a report.

    A table ends with the proposed aliases. It leaves out names that do not matter, and a note says
    how many.
    """
    if console.format is Format.JSON and not console.columns:
        console.answer(_as_json(comparison))
        return
    shown: Sequence[Spelling] = comparison.spellings
    if console.format in {Format.TABLE, Format.MARKDOWN}:
        shown = _relevant(comparison.spellings)
    rows = [_row(one) for one in shown]
    titles = {"visits": comparison.report.unit}
    show_rows(console, rows, fields=FIELDS, shown=_SHOWN, key="value", titles=titles)
    is_whole = console.format is Format.TABLE and not console.columns
    if is_whole and (toml := _as_toml(comparison.aliases)):
        console.write_data(f"\n{toml}")
    if left := len(comparison.spellings) - len(shown):
        names = counted(left, "more name")
        console.note(f"left out {names} that split no rows; --format csv shows all")


def say_comparison(console: Console, comparison: Comparison, name: str) -> None:
    """Report what was read, what was skipped, and how many visits are split off.

    Args:
        console: Where the messages go.
        comparison: The result.
        name: The report's name in messages.
    """
    report = comparison.report
    period = report.period
    days = f", {period.first} to {period.last}" if period.first else ""
    columns = dict.fromkeys(quoted(column, 40) for column in report.columns.values())
    unit = report.unit.removesuffix("s") if comparison.visits == 1 else report.unit
    visits = f"{comparison.visits:,} {unit}"
    console.note(f"{name}{days}: {visits} by {', '.join(columns)}")
    if report.event:
        console.note(
            f"only the rows of {quoted(report.event)} are counted: each session has a row for each "
            "of its events"
        )
    if report.unit == "rows":
        console.note("no column counts visits, so each row counts once; or --map count=COLUMN")
    if report.skipped:
        rows = counted(len(report.skipped), "row")
        console.warn(f"skipped {rows} without a number: {_lines(report.skipped)}")
    if not comparison.knows_names:
        console.hint(
            "no links were issued here, so no name counts as yours: see --registry and --file"
        )
    for split in comparison.splits:
        other = counted(split.spellings, "other spelling")
        console.done(
            f"{split.field}: {split.visits:,} of {split.total:,} {report.unit} are split off "
            f"under {other}"
        )
    if not comparison.spellings:
        console.warn("there are no names in the report")
    elif not comparison.splits:
        console.done("no name has several spellings")


def _lines(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_MAX_LINES]))
    more = ", …" if len(numbers) > _MAX_LINES else ""
    return f"line {shown}{more}" if len(numbers) == 1 else f"lines {shown}{more}"


def _as_json(comparison: Comparison) -> dict[str, object]:
    period = comparison.report.period
    return {
        "unit": comparison.report.unit,
        "first": period.first and period.first.isoformat(),
        "last": period.last and period.last.isoformat(),
        "columns": comparison.report.columns,
        "spellings": [_row(one) for one in comparison.spellings],
        "aliases": comparison.aliases,
    }


def _as_toml(aliases: Mapping[str, Mapping[str, str]]) -> str:
    """Return aliases as campaigns.toml has them. Empty: there are none."""
    if not aliases:
        return ""
    import tomli_w

    return tomli_w.dumps({"convention": {name: {"aliases": of} for name, of in aliases.items()}})


def _relevant(spellings: Sequence[Spelling]) -> list[Spelling]:
    """Leave out automatic names, and all but the first names that have a single spelling."""
    split = {(one.field, one.meant) for one in spellings if one.splits}
    counts: dict[tuple[str, str], int] = {}
    shown = []
    for one in spellings:
        kind = one.field, one.status
        is_alone = not one.splits and (one.field, one.value) not in split
        if is_alone and one.status != "private":
            counts[kind] = counts.get(kind, 0) + 1
            if one.status == "automatic" or counts[kind] > _MAX_ALIKE:
                continue
        shown.append(one)
    return shown


def _row(one: Spelling) -> Row:
    row: Row = {name: getattr(one, name) for name in FIELDS if name != "differs"}
    row["differs"] = ", ".join(one.differs) or None
    return {name: row[name] for name in FIELDS}
