"""The charts: inline SVG, as wide as the page, with text that keeps its size.

Places are percentages of the width, so a chart needs no script to fit a phone, a screen or paper.
A chart is an image to a screen reader; the table beside it has its numbers.
"""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, NamedTuple

from utmforge.output.html_report.markup import Markup, element, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BAR = 10
_PLOT = 150
_STEPS = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
_DOT = 4.5
_BAND = 26


def nice_top(value: float, *, whole: bool = False) -> float:
    """Return the end of an axis that reaches a value: a round number, whose half is round, too.

    >>> [nice_top(each) for each in (0.23, 7, 48, 1900)]
    [0.3, 8.0, 50.0, 2000.0]

    Args:
        value: The largest value.
        whole: Whether half of it must be a whole number, too.
    """
    if value <= 0:
        return 2.0 if whole else 1.0
    power = 10.0 ** floor(log10(value))
    for step in _STEPS:
        top = round(step * power, 10)
        if top >= value and not (whole and top % 2):
            return top
    return 10 * power


def chart(kind: str, label: str, *content: Markup) -> Markup:
    """Return content that is one image to a screen reader."""
    return element("div", *content, class_=kind, role="img", aria_label=label)


def bar(part: float, colour: str) -> Markup:
    """Return a bar that fills a part of its width, from 0 to 1."""
    width = max(part * 100, 0.6) if part else 0.0
    return element(
        "svg",
        element("rect", width=_share(width), height=_BAR, rx=2, class_=f"f-{colour}"),
        width="100%",
        height=_BAR,
        aria_hidden="true",
    )


def interval(low: float, high: float, middle: float, top: float) -> Markup:
    """Return a range as a line with a dot at the measured value, on a scale that ends at `top`."""
    ends = [_share(100 * value / top) for value in (low, high, middle)]
    return element(
        "svg",
        element("line", x1=0, x2="100%", y1=8, y2=8, class_="s-grid"),
        element("line", x1=ends[0], x2=ends[1], y1=8, y2=8, class_="s-visits"),
        element("line", x1=ends[0], x2=ends[0], y1=4, y2=12, class_="s-visits"),
        element("line", x1=ends[1], x2=ends[1], y1=4, y2=12, class_="s-visits"),
        element("circle", cx=ends[2], cy=8, r=_DOT, class_="f-visits"),
        width="100%",
        height=16,
        aria_hidden="true",
    )


def deviation(
    low: float, high: float | None, middle: float, top: float, *, is_certain: bool
) -> Markup:
    """Return the range of a ratio beside the line of no change, on a scale from 0 to `top`.

    Args:
        low: The lower end.
        high: The upper end. None: there is none.
        middle: The ratio; 1 means no change.
        top: The end of the scale; what is beyond it is cut there.
        is_certain: Whether the range leaves out no change: the dot is filled.
    """
    places = (low, top if high is None else high, middle, 1)
    begin, end, dot, none = (_share(100 * min(value, top) / top) for value in places)
    return element(
        "svg",
        element("line", x1=0, x2="100%", y1=8, y2=8, class_="s-grid"),
        element("line", x1=none, x2=none, y1=0, y2=16, class_="s-axis"),
        element("line", x1=begin, x2=end, y1=8, y2=8, class_="s-visits"),
        element("circle", cx=dot, cy=8, r=_DOT, class_="f-visits" if is_certain else "f-open"),
        width="100%",
        height=16,
        aria_hidden="true",
    )


def scale(labels: Sequence[str]) -> Markup:
    """Return the labels below an axis, from its beginning to its end."""
    last = len(labels) - 1
    return element(
        "svg",
        *(
            element(
                "text",
                label,
                x=_share(100 * at / last),
                y=12,
                text_anchor="start" if at == 0 else "end" if at == last else "middle",
            )
            for at, label in enumerate(labels)
        ),
        width="100%",
        height=16,
        aria_hidden="true",
    )


class Bar(NamedTuple):
    """A bar of a time line; places are percentages of the width."""

    at: float
    width: float
    height: float
    inner: float
    """The height of the part in front."""


class Axis(NamedTuple):
    """The axes of a time line."""

    top: float
    ticks: Sequence[str]
    """From 0 to `top`."""
    days: Sequence[tuple[float, str]]
    """Labels below, with their places in percent."""


def columns(bars: Iterable[Bar], axis: Axis, marks: Iterable[float]) -> Markup:
    """Return bars over time, and dashed lines where campaigns begin or end."""
    last = len(axis.ticks) - 1
    levels = [8 + (_PLOT - 8) * (1 - at / last) for at in range(last + 1)]
    room = _PLOT - 8
    widest = max(len(label) for label in axis.ticks)
    ticks = element(
        "svg",
        *(
            element("text", label, x="100%", y=level + 4, text_anchor="end")
            for label, level in zip(axis.ticks, levels, strict=True)
        ),
        width=max(8 * widest, 16),
        height=_PLOT + 22,
        aria_hidden="true",
    )
    lines = (
        element("line", x1=0, x2="100%", y1=level, y2=level, class_="s-grid" if at else "s-axis")
        for at, level in enumerate(levels)
    )
    drawn = []
    for one in bars:
        for height, colour in ((one.height, "visits"), (one.inner, "conversions")):
            tall = height / axis.top * room
            if tall:
                tall = max(tall, 1.0)
                drawn.append(
                    element(
                        "rect",
                        x=_share(one.at),
                        y=_PLOT - tall,
                        width=_share(one.width),
                        height=tall,
                        class_=f"f-{colour}",
                    )
                )
    dashes = (
        element("line", x1=_share(at), x2=_share(at), y1=0, y2=_PLOT, class_="s-mark")
        for at in marks
    )
    below = (
        element("text", label, x=_share(at), y=_PLOT + 16, text_anchor=_anchor(at))
        for at, label in axis.days
    )
    plot = element(
        "svg",
        *lines,
        *drawn,
        *dashes,
        *below,
        width="100%",
        height=_PLOT + 22,
        aria_hidden="true",
    )
    return joined((ticks, plot))


def strip(begin: float, end: float) -> Markup:
    """Return when something runs, as a band between two places in percent."""
    return element(
        "svg",
        element("rect", width="100%", height=4, y=1, rx=2, class_="f-rest"),
        element(
            "rect",
            x=_share(begin),
            width=_share(max(end - begin, 0.6)),
            height=6,
            rx=2,
            class_="f-conversions",
        ),
        width="100%",
        height=6,
        aria_hidden="true",
    )


def band(parts: Sequence[tuple[str, float]]) -> Markup:
    """Return parts of a whole side by side.

    Args:
        parts: The colour and the part, from 0 to 1, of each; what is left is the rest.
    """
    at = 0.0
    drawn = [element("rect", width="100%", height=_BAND, rx=3, class_="f-rest")]
    for colour, part in parts:
        width = max(min(100 * part, 100 - at), 0)
        if width:
            drawn.append(
                element(
                    "rect", x=_share(at), width=_share(width), height=_BAND, class_=f"f-{colour}"
                )
            )
        at += width
    return element("svg", HATCH, *drawn, width="100%", height=_BAND, aria_hidden="true")


HATCH = element(
    "defs",
    element(
        "pattern",
        element("rect", width=6, height=6, class_="f-pale"),
        element("path", d="M0 6 6 0", class_="s-visits"),
        id="hatch",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
    ),
)
"""Stripes for what may be: told from what is certain without colour."""


def swatch(colour: str) -> Markup:
    """Return the sample of a colour in a legend."""
    return element(
        "svg",
        element("rect", width=12, height=12, rx=2, class_=f"f-{colour}"),
        width=12,
        height=12,
        class_="swatch",
        aria_hidden="true",
    )


def _anchor(at: float) -> str:
    return "start" if at < 8 else "end" if at > 92 else "middle"  # noqa: PLR2004 - near an edge


def _share(percent: float) -> str:
    return f"{percent:.2f}".rstrip("0").rstrip(".") + "%"
