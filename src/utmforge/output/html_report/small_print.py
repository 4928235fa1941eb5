"""What was lost, what was left out, how it was counted, and what is kept about people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from utmforge.measure.money.returns import FEW_CONVERSIONS
from utmforge.measure.result import LOG, NOT_ISSUED_YET
from utmforge.output.html_report.markup import Markup, element, joined
from utmforge.output.html_report.private_sharing import sentences
from utmforge.output.html_report.tables import Column, Line, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.measure.overview import Overview
    from utmforge.measure.result import Measurement, Origin, Orphan
    from utmforge.output.html_report.language import Language

_MOST = 10


def lost_section(say: Language, measurement: Measurement) -> Markup | None:
    """Return foreign tags and late visits. None: there are none."""
    parts = [*_orphans(say, measurement), *_late(say, measurement)]
    return joined(parts) if parts else None


def _orphans(say: Language, measurement: Measurement) -> Iterator[Markup]:
    few = measurement.orphans_suppressed
    if not measurement.orphans and few == 0:
        return
    lines = [
        Line((_tags(say, one), say.number(one.visits), _why(say, one)))
        for one in measurement.orphans[:_MOST]
    ]
    if few != 0:
        lines.append(Line((say("lost.few"), say.number(few), ""), is_pooled=True))
    yield element("p", say("lost.about"), class_="about")
    yield table(
        say("lost.table"),
        [
            Column(say("lost.tags"), is_text=True),
            Column(say("visits")),
            Column(say("lost.why"), is_text=True),
        ],
        lines,
    )
    if more := len(measurement.orphans[_MOST:]):
        yield element("p", say("rows.more", number=more), class_="about")


def _tags(say: Language, one: Orphan) -> str:
    return " / ".join(say.name(value) if value else "–" for value in one[:3])


def _why(say: Language, one: Orphan) -> str:
    if one.nearest:
        return say("lost.misspelt", name=say.name(one.nearest))
    if not all((one.source, one.medium, one.campaign)):
        return say("lost.missing")
    if one.why == NOT_ISSUED_YET:
        return say("lost.planned")
    return say("lost.unknown")


def _late(say: Language, measurement: Measurement) -> Iterator[Markup]:
    if measurement.late:
        yield element("h3", say("late"))
        yield table(
            say("late.table"),
            [
                Column(say("campaign"), is_text=True),
                Column(say("late.since"), is_text=True),
                Column(say("visits")),
            ],
            (
                Line(
                    (
                        say("late.link", name=one.link_id, campaign=say.name(one.campaign))
                        if one.link_id
                        else say.name(one.campaign),
                        say.day(one.since),
                        say.number(one.visits),
                    )
                )
                for one in measurement.late[:_MOST]
            ),
        )
        if more := len(measurement.late[_MOST:]):
            yield element("p", say("rows.more", number=more), class_="about")


def left_out_section(say: Language, measurement: Measurement) -> Markup:
    """Return the lines and hits that are not visits, and the visits without tags."""
    reading = measurement.reading
    kinds: Counter[str] = Counter()
    for one in measurement.excluded:
        kinds[one.kind] += one.hits
    counts = {say.term("excluded", kind): hits for kind, hits in kinds.most_common()}
    counts[say("left.redirects")] = measurement.redirects
    counts[say("left.rejected")] = sum(one.count for one in reading.rejected)
    tables = (
        table(
            say("left.table"),
            [Column(say("left.kind"), is_text=True), Column(say("left.hits"))],
            (Line((kind, say.number(hits))) for kind, hits in counts.items() if hits),
        )
        if any(counts.values())
        else None,
        table(
            say("origins.table"),
            [Column(say("origins.from"), is_text=True), Column(say("visits"))],
            (Line((_origin(say, one), say.number(one.visits))) for one in measurement.origins),
        )
        if measurement.origins
        else None,
    )
    return joined(
        (
            element("p", _read(say, measurement), class_="about"),
            element("div", *tables, class_="pair"),
        )
    )


def _read(say: Language, measurement: Measurement) -> str:
    reading = measurement.reading
    read, used = reading.lines_read, reading.lines_used
    if measurement.source != LOG:
        return say("left.rows", read=read, used=used)
    return say("left.about", read=read, used=used, views=measurement.views)


def _origin(say: Language, one: Origin) -> str:
    name = say.term("origin", one.origin)
    if not one.detail:
        return name
    return say("origins.detail", name=name, detail=say.term("depth", one.detail))


def method_section(say: Language, overview: Overview) -> Markup:
    """Return how it was counted, and what this log cannot tell."""
    is_log = overview.table.source == LOG
    cannot = [one for one in overview.notes if one.kind not in {"costs-not-split", "needs-log"}]
    return joined(
        (
            *sentences(say, overview.method),
            element("p", say("method.range", few=FEW_CONVERSIONS), class_="about"),
            *(
                [element("h3", say("method.cannot" if is_log else "method.notes"))]
                if cannot
                else []
            ),
            *sentences(say, cannot),
        )
    )


def privacy_section(say: Language, measurement: Measurement) -> Markup:
    """Return what is kept about people: nothing."""
    is_log = measurement.source == LOG
    return element(
        "ul",
        element("li", say("privacy.1" if is_log else "privacy.source")),
        element("li", say("privacy.2")) if is_log else None,
        element("li", say("privacy.3", minimum=measurement.minimum)),
        class_="plain",
    )
