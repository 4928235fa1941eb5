"""Tables: the first cell of a row names it, the others are numbers unless it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.output.html_report.markup import Markup, element, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Column(NamedTuple):
    """A column."""

    title: str
    is_text: bool = False
    """Whether its cells are words, aligned to the left."""


class Line(NamedTuple):
    """A row of a table."""

    cells: Sequence[str | Markup]
    is_pooled: bool = False
    """Whether it stands for several rows with few visitors."""


def table(
    caption: str, columns: Sequence[Column], lines: Iterable[Line], *, narrow: bool = False
) -> Markup:
    """Return a table that scrolls by itself where the window is narrow.

    Args:
        caption: What it is about.
        columns: The first one names the rows.
        lines: The rows.
        narrow: Whether it is not as wide as the page.
    """
    head = element(
        "tr", *(element("th", one.title, scope="col", class_=_text(one)) for one in columns)
    )
    body = joined(_row(columns, line) for line in lines)
    whole = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", body),
    )
    return element(
        "div",
        whole,
        class_="scroll narrow" if narrow else "scroll",
        role="region",
        aria_label=caption,
        tabindex=0,
    )


def _row(columns: Sequence[Column], line: Line) -> Markup:
    first, *others = line.cells
    cells = (
        element("td", cell, class_=_text(column))
        for column, cell in zip(columns[1:], others, strict=True)
    )
    return element(
        "tr", element("th", first, scope="row"), *cells, class_="few" if line.is_pooled else None
    )


def _text(column: Column) -> str | None:
    return "t" if column.is_text else None


def folded(summary: str, *content: Markup) -> Markup:
    """Return content that opens when it is asked for, and in print."""
    return element("details", element("summary", summary), *content)
