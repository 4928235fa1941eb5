"""Two sources of the same visits side by side, and why they usually differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.measure.result import LOG
from utmforge.output.html_report.charts import bar, chart
from utmforge.output.html_report.markup import Markup, element, joined
from utmforge.output.html_report.private_sharing import sentences
from utmforge.output.html_report.returns_table import key_columns, key_names
from utmforge.output.html_report.tables import Column, Line, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.measure.beside import BesideRow
    from utmforge.measure.overview import Overview
    from utmforge.measure.result import Key, Measurement
    from utmforge.output.html_report.language import Language

_MOST_ROWS = 100
_MOST_DRAWN = 12


def beside_section(say: Language, overview: Overview) -> Markup | None:
    """Return both sources with their differences. None: there is only one."""
    found = overview.beside
    if found is None:
        return None
    one, other, keys = overview.table, found.other, overview.table.by
    names = [source_name(say, each) for each in (one, other)]
    drawn = [row for row in found.rows if row.difference is not None and _most(row)]
    drawn = sorted(drawn, key=_most, reverse=True)[:_MOST_DRAWN]
    more = len(found.rows[_MOST_ROWS:])
    return joined(
        (
            element("p", say("beside.about", one=names[0], other=names[1]), class_="about"),
            *sentences(say, found.warnings),
            element("figure", _drawn(say, drawn, keys, names)) if drawn else None,
            _table(say, found.rows[:_MOST_ROWS], keys, names),
            element("p", say("rows.more", number=more), class_="about") if more else None,
            *([element("h3", say("beside.reasons"))] if found.reasons else []),
            *sentences(say, found.reasons),
        )
    )


def source_name(say: Language, measurement: Measurement) -> str:
    """Return the name of a source: that of its tool, or a word."""
    if measurement.source == LOG:
        return say("source.log")
    return say.term("source", measurement.source)


def _most(row: BesideRow) -> int:
    return max((one.visits or 0) for one in (row.one, row.other) if one)


def _drawn(
    say: Language, rows: Sequence[BesideRow], keys: Sequence[Key], names: Sequence[str]
) -> Markup:
    """Return two bars for each row, on one scale."""
    head = element(
        "div",
        element("span", class_="who"),
        *(element("span", name) for name in names),
        class_="fr fh two",
    )
    most = max(map(_most, rows))
    lines = (
        element(
            "div",
            element("span", " / ".join(key_names(say, row.keys, keys)), class_="who"),
            *(
                element(
                    "span",
                    bar((one.visits or 0) / most if one else 0, colour),
                    element("span", say.number(one.visits if one else None)),
                    class_="fc",
                )
                for one, colour in ((row.one, "visits"), (row.other, "previews"))
            ),
            class_="fr two same",
        )
        for row in rows
    )
    return chart("funnel", say("beside.chart"), head, *lines)


def _table(
    say: Language, rows: Sequence[BesideRow], keys: Sequence[Key], names: Sequence[str]
) -> Markup:
    return table(
        say("beside.table"),
        [
            *key_columns(say, keys),
            *(Column(name) for name in names),
            Column(say("beside.difference")),
            Column(say("beside.share")),
        ],
        (
            Line(
                (
                    *key_names(say, row.keys, keys),
                    say.number(row.one.visits if row.one else None),
                    say.number(row.other.visits if row.other else None),
                    say.number(None) if row.difference is None else say.change(row.difference),
                    say.number(None)
                    if row.share is None
                    else say.percent(row.share, signed=row.share != 0),
                )
            )
            for row in rows
        ),
    )
