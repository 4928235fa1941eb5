"""The table of counts and returns that channels and campaigns share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.measure.result import LOG
from utmforge.output.html_report.tables import Column, Line, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utmforge.measure.overview import Overview
    from utmforge.measure.result import Key, Row
    from utmforge.output.html_report.language import Language
    from utmforge.output.html_report.markup import Markup

_MOST = 100


def shown_few(rows: Sequence[Row], most: int = _MOST) -> tuple[list[Row], int]:
    """Return at most so many rows, and how many others there are; pooled ones stay."""
    named = [row for row in rows if not row.suppressed]
    pooled = [row for row in rows if row.suppressed]
    return [*named[:most], *pooled], len(named[most:])


def counts_of(overview: Overview) -> tuple[str, ...]:
    """Return what a source counts: only a log has previews, and some tell visitors alone."""
    previews = ("previews",) if overview.table.source == LOG else ()
    rows = overview.table.rows
    is_told = not rows or any(row.visits is not None for row in rows)
    return (*previews, "visits" if is_told else "visitors", "conversions")


def returns_table(
    say: Language,
    caption: str,
    key: Key,
    rows: Sequence[Row],
    counts: Sequence[str],
    *,
    second: Key | None = None,
) -> Markup:
    """Return counts, rates with their ranges, and what was earned and spent.

    Args:
        say: The language.
        caption: What the table is about.
        key: What names a row.
        rows: The rows.
        counts: What they count, see `counts_of`.
        second: What else names a row. None: nothing.
    """
    money = _money(rows)
    columns = [Column(say(key), is_text=True)]
    columns += [Column(say(second), is_text=True)] if second else []
    columns += [Column(say(name)) for name in (*counts, "rate")]
    columns.append(Column(say("range")))
    columns += [Column(say(name)) for name in money]
    return table(
        caption,
        columns,
        (Line(_cells(say, key, second, row, counts, money), row.suppressed) for row in rows),
    )


def _cells(
    say: Language,
    key: Key,
    second: Key | None,
    row: Row,
    counts: Sequence[str],
    money: Sequence[str],
) -> list[str]:
    figures = row.returns
    cells = [name_of(say, row, key)]
    if second:
        cells.append("" if row.suppressed else name_of(say, row, second))
    is_rated = figures is not None and figures.rate is not None
    cells += [
        *(say.number(getattr(row, name)) for name in counts),
        say.percent(float(figures.rate), decimals=1)
        if figures and figures.rate
        else say.number(None),
        rate_range(say, row) if is_rated else say.number(None),
    ]
    currency = row.cost.currency if row.cost else ""
    roi = figures.roi if figures else None
    each = figures.cost_per_conversion if figures else None
    amounts = {
        "value": say.money(row.value),
        "cost": say.money(row.cost),
        "roi": say.percent(float(roi), signed=True) if roi else say.number(None),
        "cost-per-conversion": say.amount(each, currency) if each else say.number(None),
    }
    return [*cells, *(amounts[name] for name in money)]


def _money(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the columns of amounts that have any: without costs, there are no returns."""
    value = ("value",) if any(row.value for row in rows) else ()
    costs = ("cost", "roi", "cost-per-conversion") if any(row.cost for row in rows) else ()
    return (*value, *costs)


def rate_range(say: Language, row: Row) -> str:
    """Return the range of a rate; a dash where there are too few conversions."""
    figures = row.returns
    if not figures or not figures.is_enough or not figures.rate_low or not figures.rate_high:
        return say.number(None)
    return say.percents(float(figures.rate_low), float(figures.rate_high), decimals=1)


def name_of(say: Language, row: Row, key: Key) -> str:
    """Return the name of a row."""
    if row.suppressed:
        return say.counted(row.pooled, "pooled")
    return say.name(row.keys[key], f"{key}.none")


def key_columns(say: Language, keys: Sequence[Key]) -> list[Column]:
    """Return the columns for what rows are counted by."""
    return [Column(say(key), is_text=True) for key in keys]


def key_names(say: Language, names: Mapping[str, str | None], keys: Sequence[Key]) -> list[str]:
    """Return what a row is counted by, in the order of the keys."""
    return [say.name(names[key], f"{key}.none") for key in keys]
