"""The table of counts and returns that channels and campaigns share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.html_report.tables import Column, Line, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.measure.result import Key, Row
    from utmforge.output.html_report.language import Language
    from utmforge.output.html_report.markup import Markup

_MOST = 100


def shown_few(rows: Sequence[Row], most: int = _MOST) -> tuple[list[Row], int]:
    """Return at most so many rows, and how many others there are; pooled ones stay."""
    named = [row for row in rows if not row.suppressed]
    pooled = [row for row in rows if row.suppressed]
    return [*named[:most], *pooled], len(named[most:])


def returns_table(
    say: Language, caption: str, key: Key, rows: Sequence[Row], *, second: Key | None = None
) -> Markup:
    """Return counts, rates with their ranges, and what was earned and spent."""
    has_money = any(row.value or row.cost for row in rows)
    columns = [Column(say(key), is_text=True)]
    columns += [Column(say(second), is_text=True)] if second else []
    columns += [Column(say(name)) for name in ("previews", "visits", "conversions", "rate")]
    columns.append(Column(say("range")))
    if has_money:
        columns += [Column(say(name)) for name in ("value", "cost", "roi", "cost-per-conversion")]
    return table(
        caption,
        columns,
        (Line(_cells(say, key, second, row, has_money=has_money), row.suppressed) for row in rows),
    )


def _cells(say: Language, key: Key, second: Key | None, row: Row, *, has_money: bool) -> list[str]:
    figures = row.returns
    cells = [name_of(say, row, key)]
    if second:
        cells.append("" if row.suppressed else name_of(say, row, second))
    is_rated = figures is not None and figures.rate is not None
    cells += [
        say.number(row.previews),
        say.number(row.visits),
        say.number(row.conversions),
        say.percent(float(figures.rate), decimals=1)
        if figures and figures.rate
        else say.number(None),
        rate_range(say, row) if is_rated else say.number(None),
    ]
    if has_money:
        roi = figures.roi if figures else None
        each = figures.cost_per_conversion if figures else None
        currency = row.cost.currency if row.cost else ""
        cells += [
            say.money(row.value),
            say.money(row.cost),
            say.percent(float(roi), signed=True) if roi else say.number(None),
            say.amount(each, currency) if each else say.number(None),
        ]
    return cells


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
