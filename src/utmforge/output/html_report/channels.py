"""Previews, visits and conversions by channel: the funnel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.html_report.charts import bar, chart
from utmforge.output.html_report.markup import Markup, element, joined
from utmforge.output.html_report.returns_table import (
    counts_of,
    name_of,
    returns_table,
    shown_few,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.measure.overview import Overview
    from utmforge.measure.result import Row
    from utmforge.output.html_report.language import Language


def channels_section(say: Language, overview: Overview) -> Markup | None:
    """Return the funnel of each channel with its table. None: no link was issued."""
    if not overview.channels:
        return None
    rows, more = shown_few(overview.channels)
    steps = counts_of(overview)
    drawn = [row for row in rows if any(_count(row, step) for step in steps[:2])]
    has_previews = "previews" in steps
    return joined(
        (
            element("p", say("channels.about"), class_="about") if has_previews else None,
            element("figure", _funnel(say, drawn, steps)) if drawn else None,
            returns_table(
                say,
                say("channels.table" if has_previews else "channels.told.table"),
                "channel",
                rows,
                steps,
            ),
            element("p", say("rows.more", number=more), class_="about") if more else None,
        )
    )


def _funnel(say: Language, rows: Sequence[Row], steps: Sequence[str]) -> Markup:
    few = "" if len(steps) > 2 else " two"  # noqa: PLR2004 - as many as the grid has columns
    head = element(
        "div",
        element("span", say("channel"), class_="who"),
        *(element("span", say(step)) for step in steps),
        class_=f"fr fh{few}",
    )
    most = {step: max(_count(row, step) for row in rows) or 1 for step in steps}
    lines = (
        element(
            "div",
            element("span", name_of(say, row, "channel"), class_="who"),
            *(_cell(say, row, step, most[step]) for step in steps),
            class_=f"fr{few}",
        )
        for row in rows
    )
    about = say("channels.chart" if "previews" in steps else "channels.told.chart")
    return chart("funnel", about, head, *lines)


def _cell(say: Language, row: Row, step: str, most: int) -> Markup:
    count = _count(row, step)
    is_known = getattr(row, step) is not None
    rate = row.returns.rate if step == "conversions" and row.returns and count else None
    share = element("small", say.percent(float(rate), decimals=1)) if rate else None
    return element(
        "span",
        bar(count / most, "visits" if step == "visitors" else step),
        element("span", say.number(count if is_known else None)),
        share,
        class_="fc",
    )


def _count(row: Row, step: str) -> int:
    count: int | None = getattr(row, step)
    return count or 0
