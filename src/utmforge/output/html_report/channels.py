"""Previews, visits and conversions by channel: the funnel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.html_report.charts import bar, chart
from utmforge.output.html_report.markup import Markup, element, joined
from utmforge.output.html_report.returns_table import name_of, returns_table, shown_few

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.measure.overview import Overview
    from utmforge.measure.result import Row
    from utmforge.output.html_report.language import Language

_STEPS = ("previews", "visits", "conversions")


def channels_section(say: Language, overview: Overview) -> Markup | None:
    """Return the funnel of each channel with its table. None: no link was issued."""
    if not overview.channels:
        return None
    rows, more = shown_few(overview.channels)
    drawn = [row for row in rows if row.visits is not None and (row.visits or row.previews)]
    return joined(
        (
            element("p", say("channels.about"), class_="about"),
            element("figure", _funnel(say, drawn)) if drawn else None,
            returns_table(say, say("channels.table"), "channel", rows),
            element("p", say("rows.more", number=more), class_="about") if more else None,
        )
    )


def _funnel(say: Language, rows: Sequence[Row]) -> Markup:
    head = element(
        "div",
        element("span", say("channel"), class_="who"),
        *(element("span", say(step)) for step in _STEPS),
        class_="fr fh",
    )
    most = {step: max(_count(row, step) for row in rows) or 1 for step in _STEPS}
    lines = (
        element(
            "div",
            element("span", name_of(say, row, "channel"), class_="who"),
            *(_cell(say, row, step, most[step]) for step in _STEPS),
            class_="fr",
        )
        for row in rows
    )
    return chart("funnel", say("channels.chart"), head, *lines)


def _cell(say: Language, row: Row, step: str, most: int) -> Markup:
    count = _count(row, step)
    is_known = getattr(row, step) is not None
    rate = row.returns.rate if step == "conversions" and row.returns and count else None
    share = element("small", say.percent(float(rate), decimals=1)) if rate else None
    return element(
        "span",
        bar(count / most, step),
        element("span", say.number(count if is_known else None)),
        share,
        class_="fc",
    )


def _count(row: Row, step: str) -> int:
    count: int | None = getattr(row, step)
    return count or 0
