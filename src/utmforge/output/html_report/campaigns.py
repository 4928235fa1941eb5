"""Conversion rates by campaign with their ranges, and what was earned and spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.html_report.charts import chart, interval, nice_top, scale
from utmforge.output.html_report.markup import Markup, element, joined
from utmforge.output.html_report.returns_table import (
    counts_of,
    name_of,
    rate_range,
    returns_table,
    shown_few,
)
from utmforge.output.html_report.tables import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.measure.overview import Overview
    from utmforge.measure.result import Row
    from utmforge.output.html_report.language import Language

_MOST_DRAWN = 50
_MOST_ROWS = 200


def campaigns_section(say: Language, overview: Overview) -> Markup | None:
    """Return the rates of campaigns with their table. None: no link was issued."""
    if not overview.campaigns:
        return None
    rows, more = shown_few(overview.campaigns)
    rated = [row for row in rows if row.returns and row.returns.rate][:_MOST_DRAWN]
    is_drawn = any(row.returns.is_enough for row in rated if row.returns)
    return joined(
        (
            element("p", say("campaigns.about"), class_="about") if is_drawn else None,
            element("figure", _rates(say, rated)) if is_drawn else None,
            returns_table(say, say("campaigns.table"), "campaign", rows, counts_of(overview)),
            element("p", say("rows.more", number=more), class_="about") if more else None,
            element("p", say("roi.about"), class_="about")
            if any(row.returns and row.returns.roi for row in rows)
            else None,
            _each(say, overview),
        )
    )


def _each(say: Language, overview: Overview) -> Markup | None:
    """Return campaigns by channel. None: there is only one campaign or one channel."""
    if len(overview.campaigns) <= 1 or len(overview.channels) <= 1:
        return None
    rows, more = shown_few(overview.table.rows, _MOST_ROWS)
    return folded(
        say("campaigns.all"),
        returns_table(
            say,
            say("campaigns.all.table"),
            "campaign",
            rows,
            counts_of(overview),
            second="channel",
        ),
        *([element("p", say("rows.more", number=more), class_="about")] if more else []),
    )


def _rates(say: Language, rows: Sequence[Row]) -> Markup:
    ends = [
        float(row.returns.rate_high)
        for row in rows
        if row.returns and row.returns.is_enough and row.returns.rate_high
    ]
    top = min(nice_top(100 * max(ends), whole=True) / 100, 1.0)
    axis = element(
        "div",
        element("span", class_="who"),
        scale([say.percent(0), say.percent(top / 2), say.percent(top)]),
        element("span", class_="what"),
        class_="rr ax",
    )
    return chart("ranges", say("campaigns.chart"), *(_rate(say, row, top) for row in rows), axis)


def _rate(say: Language, row: Row, top: float) -> Markup:
    who = element("span", name_of(say, row, "campaign"), class_="who")
    figures = row.returns
    if not figures or not figures.rate or not figures.rate_low or not figures.rate_high:
        return element("div", who, class_="rr")
    if not figures.is_enough:
        few = say.counted(row.conversions or 0, "conversions")
        what = element("small", say("campaigns.few", conversions=few))
        return element(
            "div", who, element("span"), element("span", what, class_="what"), class_="rr"
        )
    rate = float(figures.rate)
    what = element("small", f" {rate_range(say, row)}")
    return element(
        "div",
        who,
        interval(float(figures.rate_low), float(figures.rate_high), rate, top),
        element("span", say.percent(rate, decimals=1), what, class_="what"),
        class_="rr",
    )
