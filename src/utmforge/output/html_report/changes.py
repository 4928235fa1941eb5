"""This period beside a saved one: visits a day and conversion rates, each with its range."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from utmforge.output.html_report.charts import chart, deviation, scale
from utmforge.output.html_report.markup import Markup, element, joined
from utmforge.output.html_report.private_sharing import sentences
from utmforge.output.html_report.returns_table import key_columns, key_names
from utmforge.output.html_report.tables import Column, Line, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utmforge.measure.changes import Changes, RowChange
    from utmforge.measure.intervals import Difference, Ratio
    from utmforge.measure.overview import Overview
    from utmforge.measure.result import Key, Row
    from utmforge.output.html_report.language import Language

_MOST_ROWS = 100
_MOST_DRAWN = 30
_MOST_TIMES = 5
"""The chart ends at five times as many visits; ranges that go on are cut there."""


def changes_section(say: Language, overview: Overview) -> Markup | None:
    """Return the comparison with its tables. None: nothing is compared."""
    found = overview.changes
    if found is None:
        return None
    saved, keys = found.saved, overview.table.by
    about = say(
        "compare.about",
        name=say.name(saved.name),
        days=say.days(saved.since, saved.until),
        number=say.counted(found.days_before, "days"),
        now=say.counted(found.days, "days"),
    )
    drawn = [row for row in found.rows if row.visits and row.visits.ratio is not None]
    more = len(found.rows[_MOST_ROWS:])
    return joined(
        (
            element("p", about, class_="about"),
            _total(say, found),
            element("figure", _drawn(say, drawn[:_MOST_DRAWN], keys)) if drawn else None,
            _visits(say, found, keys),
            element("p", say("rows.more", number=more), class_="about") if more else None,
            _rates(say, found, keys),
            *sentences(say, found.method),
        )
    )


def _total(say: Language, found: Changes) -> Markup | None:
    """Return what changed in all, as a sentence. None: that is not known."""
    if not found.total or not found.total.visits or found.total.visits.ratio is None:
        return None
    parts = [
        say(
            "compare.total",
            change=_percent(say, found.total.visits.ratio),
            range=_range(say, found.total.visits),
            verdict=_verdict(say, found.total.visits),
        )
    ]
    if found.total.rate:
        rate = found.total.rate
        parts.append(
            say(
                "compare.total.rate",
                difference=_points(say, rate.difference),
                range=_point_range(say, rate),
                verdict=_verdict(say, rate),
            )
        )
    return element("p", " ".join(parts), class_="say")


def _drawn(say: Language, rows: Sequence[RowChange], keys: Sequence[Key]) -> Markup:
    """Return a line for the range of each change, beside the line of no change."""
    ends = [(row.visits.high or row.visits.ratio or 1) for row in rows if row.visits]
    top = min(max(ceil(max(ends)), 2), _MOST_TIMES)
    axis = element(
        "div",
        element("span", class_="who"),
        scale([_percent(say, times) for times in range(top + 1)]),
        element("span", class_="what"),
        class_="rr ax",
    )
    lines = (_line(say, row, row.visits, keys, top) for row in rows if row.visits)
    return chart("ranges", say("compare.chart"), *lines, axis)


def _line(say: Language, row: RowChange, found: Ratio, keys: Sequence[Key], top: int) -> Markup:
    middle = 1.0 if found.ratio is None else found.ratio
    what = element("small", f" {_verdict(say, found)}")
    return element(
        "div",
        element("span", " / ".join(key_names(say, row.keys, keys)), class_="who"),
        deviation(found.low, found.high, middle, top, is_certain=found.is_beyond_chance),
        element("span", _percent(say, middle), what, class_="what"),
        class_="rr",
    )


def _visits(say: Language, found: Changes, keys: Sequence[Key]) -> Markup:
    return table(
        say("compare.table"),
        _columns(say, keys, "compare.change"),
        (Line(_visits_cells(say, row, found, keys)) for row in found.rows[:_MOST_ROWS]),
    )


def _visits_cells(
    say: Language, row: RowChange, found: Changes, keys: Sequence[Key]
) -> list[str | Markup]:
    ratio = row.visits
    return [
        *key_names(say, row.keys, keys),
        say.number(row.now.visits if row.now else None),
        say.number(row.before.visits if row.before else None),
        say.number(None) if not ratio or ratio.ratio is None else _percent(say, ratio.ratio),
        _range(say, ratio) if ratio else say.number(None),
        _verdict(say, ratio) if ratio else _why_unknown(say, row, found),
    ]


def _why_unknown(say: Language, row: RowChange, found: Changes) -> str:
    if row.now is None:
        return say("compare.few-now" if found.hides_now else "compare.only-before")
    if row.before is None:
        return say("compare.few-before" if found.hides_before else "compare.only-now")
    return say("compare.few")


def _rates(say: Language, found: Changes, keys: Sequence[Key]) -> Markup | None:
    """Return the conversion rates of both periods. None: none can be compared."""
    lines = [Line(cells) for row in found.rows if (cells := list(_rate_cells(say, row, keys)))]
    if not lines:
        return None
    return table(
        say("compare.rates"), _columns(say, keys, "compare.difference"), lines[:_MOST_ROWS]
    )


def _columns(say: Language, keys: Sequence[Key], change: str) -> list[Column]:
    titles = ("compare.now", "compare.before", change, "range")
    return [
        *key_columns(say, keys),
        *(Column(say(title)) for title in titles),
        Column(say("compare.verdict"), is_text=True),
    ]


def _rate_cells(say: Language, row: RowChange, keys: Sequence[Key]) -> Iterator[str | Markup]:
    if row.rate and row.now and row.before:
        yield from key_names(say, row.keys, keys)
        yield from (_rate(say, one) for one in (row.now, row.before))
        yield _points(say, row.rate.difference)
        yield _point_range(say, row.rate)
        yield _verdict(say, row.rate)


def _rate(say: Language, row: Row) -> str:
    return say.percent((row.converted or 0) / (row.visits or 1), decimals=1)


def _percent(say: Language, ratio: float) -> str:
    """Return a ratio as a change, such as `+60%`."""
    change = round(ratio - 1, 2)
    return say.percent(change, decimals=0, signed=change != 0)


def _range(say: Language, found: Ratio) -> str:
    high = "…" if found.high is None else _percent(say, found.high)
    return say("compare.range", low=_percent(say, found.low), high=high)


def _points(say: Language, share: float) -> str:
    """Return a difference of shares in points, such as `+11.2`."""
    return say.signed(share * 100)


def _point_range(say: Language, found: Difference) -> str:
    return say("compare.range", low=_points(say, found.low), high=_points(say, found.high))


def _verdict(say: Language, found: Ratio | Difference) -> str:
    return say("compare.certain" if found.is_beyond_chance else "compare.chance")
