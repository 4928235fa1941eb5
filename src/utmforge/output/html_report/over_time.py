"""Visits and conversions over time, and when campaigns ran."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.measure.result import LOG
from utmforge.output.html_report.charts import (
    Axis,
    Bar,
    chart,
    columns,
    nice_top,
    strip,
    swatch,
)
from utmforge.output.html_report.markup import Markup, element, joined
from utmforge.output.html_report.tables import Column, Line, folded, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from utmforge.measure.overview import CampaignDates, Overview
    from utmforge.measure.result import Measurement
    from utmforge.measure.timeline import Span, Timeline
    from utmforge.output.html_report.language import Language

_MOST_STRIPS = 12
_MOST_MARKS = 3
_GAP = 0.12
"""The part of a day, week or month that stays empty between two bars."""
_APART = 30.0
"""The least distance of two labels below the time line, in percent of its width."""
_APART_WITH_YEAR = 45.0


def time_section(say: Language, measurement: Measurement, overview: Overview) -> Markup | None:
    """Return the time line with its table. None: the log has no hits."""
    if measurement.since is None:
        return None
    if "day" in overview.table.by:
        return None
    if not overview.has_days:
        return element("p", say("time.untold"), class_="about")
    line = overview.timeline
    if line is None or not any(span.visits for span in line.spans):
        return element("p", say("time.none"), class_="about")
    plot = _Plot(line)
    is_joined = line.grain == "day" and any(span.days > 1 for span in line.spans)
    seen = say("time.about" if overview.has_conversions else "time.about.visits")
    about = " ".join([seen, *([say("time.few")] if is_joined else [])])
    return joined(
        (
            element("p", about, class_="about"),
            element("figure", plot.drawn(say, overview.dates)),
            _more(say, overview.dates),
            folded(
                say("time.open"),
                _table(say, line.spans, _titles(overview)),
                *_dates_table(say, overview.dates),
            ),
        )
    )


class _Plot:
    """The drawing of one time line."""

    def __init__(self, line: Timeline) -> None:
        self._spans = line.spans
        self._first = line.spans[0].first
        self._days = (line.spans[-1].last - self._first).days + 1

    def drawn(self, say: Language, dates: Sequence[CampaignDates]) -> Markup:
        """Return the bars, the axes, and a band for each campaign."""
        most = max(max(span.visits, span.conversions) / span.days for span in self._spans)
        top = nice_top(most, whole=most > 1)
        middle = top / 2
        ticks = [say.number(_plain(each)) for each in (0, middle, top)]
        shown = dates[:_MOST_STRIPS]
        marks = (
            [self._at(one.starts) for one in shown if one.starts and one.starts > self._first]
            if len(shown) <= _MOST_MARKS
            else []
        )
        has_conversions = any(span.conversions for span in self._spans)
        legend = element(
            "p",
            element("span", swatch("visits"), say("time.visits")),
            element("span", swatch("conversions"), say("time.conversions"))
            if has_conversions
            else None,
            class_="key-line",
        )
        plot = element(
            "div",
            columns(self._bars(), Axis(top, ticks, self._labels(say)), marks),
            *(self._strip(say, one) for one in shown),
            class_="plot",
        )
        about = say("time.chart" if has_conversions else "time.told.chart")
        return chart("time", about, legend, plot)

    def _at(self, day: date) -> float:
        """Return the place of a day's beginning, in percent."""
        return min(max((day - self._first).days, 0), self._days) / self._days * 100

    def _bars(self) -> Iterator[Bar]:
        gap = min(_GAP * 100 * min(span.days for span in self._spans) / self._days, 0.4)
        for span in self._spans:
            width = 100 * span.days / self._days
            yield Bar(
                self._at(span.first) + gap / 2,
                width - gap,
                span.visits / span.days,
                span.conversions / span.days,
            )

    def _labels(self, say: Language) -> list[tuple[float, str]]:
        """Return a few days for the axis: the first one, the last one, some between."""
        last = self._spans[-1].last
        with_year = self._first.year != last.year
        apart = _APART_WITH_YEAR if with_year else _APART
        places = [(0.0, self._first)]
        for span in self._spans[1:]:
            at = self._at(span.first)
            if at - places[-1][0] >= apart and 100 - at >= apart:
                places.append((at, span.first))
        if last != self._first:
            places.append((100.0, last))
        return [(at, say.day(day, with_year=with_year, short=True)) for at, day in places]

    def _strip(self, say: Language, one: CampaignDates) -> Markup:
        begin = self._at(one.starts) if one.starts else 0.0
        end = self._at(one.ends) + 100 / self._days if one.ends else 100.0
        label = f"{say.name(one.campaign)}, {_when(say, one)}"
        return element("div", element("div", label), strip(begin, min(end, 100.0)), class_="strip")


def _when(say: Language, one: CampaignDates) -> str:
    if one.starts and one.ends:
        return say("time.both", days=say.days(one.starts, one.ends))
    if one.starts:
        return say("time.from", first=say.day(one.starts))
    return say("time.until", last=say.day(one.ends) if one.ends else "")


def _more(say: Language, dates: Sequence[CampaignDates]) -> Markup | None:
    more = len(dates[_MOST_STRIPS:])
    return element("p", say("time.dates.more", number=more), class_="about") if more else None


def _titles(overview: Overview) -> tuple[str, ...]:
    """Return what is counted by day."""
    conversions = ("conversions",) if overview.has_conversions else ()
    previews = ("previews",) if overview.table.source == LOG else ()
    return ("visits", *conversions, *previews)


def _table(say: Language, spans: Sequence[Span], titles: Sequence[str]) -> Markup:
    return table(
        say("time.table" if {"conversions", "previews"} <= {*titles} else "time.told.table"),
        [Column(say("time.days"), is_text=True), *(Column(say(title)) for title in titles)],
        (
            Line(
                (
                    say.days(span.first, span.last, short=True),
                    *(say.number(getattr(span, title)) for title in titles),
                )
            )
            for span in _told(spans)
        ),
    )


def _told(spans: Sequence[Span]) -> list[Span]:
    """Return spans as the table has them: those in which nothing happened are one row."""
    told: list[Span] = []
    for span in spans:
        if told and not any((*told[-1][2:], *span[2:])):
            told[-1] = told[-1]._replace(last=span.last)
        else:
            told.append(span)
    return told


def _dates_table(say: Language, dates: Sequence[CampaignDates]) -> Iterator[Markup]:
    if dates:
        yield table(
            say("time.dates"),
            [Column(say("campaign"), is_text=True), Column(say("time.days"), is_text=True)],
            (Line((say.name(one.campaign), _when(say, one))) for one in dates),
        )


def _plain(value: float) -> float:
    """Return a whole number without decimals."""
    return int(value) if value == int(value) else value
