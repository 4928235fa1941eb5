"""What was shared in private: certain, with evidence, and a range that is probable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.measure.result import LOG
from utmforge.output.html_report.charts import band, chart, scale, swatch
from utmforge.output.html_report.markup import Markup, element, joined
from utmforge.output.html_report.tables import Column, Line, folded, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utmforge.measure.dark_social.result import DarkSocial, Evidence, Sentence
    from utmforge.measure.overview import Overview
    from utmforge.output.html_report.language import Language

_MOST_PAGES = 20


def private_section(say: Language, overview: Overview) -> Markup | None:
    """Return the range of private sharing with its tables; or that it needs a log.

    None: there were no visits.
    """
    measurement = overview.table
    if measurement.source != LOG:
        needs = [one for one in overview.notes if one.kind == "needs-log"]
        told = (say.sentence(one).rstrip(".") + "." for one in needs)
        return joined(element("p", each, class_="about") for each in told)
    dark = measurement.dark_social
    if dark is None or not dark.visits:
        return None
    return joined(
        (
            element("p", say("private.about"), class_="about"),
            element("figure", _band(say, dark)),
            _cannot(say, dark),
            table(
                say("private.table"),
                [
                    Column(say("private.kind"), is_text=True),
                    Column(say("visits")),
                    Column(say("private.share")),
                ],
                _lines(say, dark),
            ),
            _phones(say, dark),
            *_pages(say, dark),
            *_calibration(say, dark),
            folded(
                say("private.method"),
                *_left_out(say, dark),
                *sentences(say, dark.method),
                *([element("h3", say("private.assumptions"))] if dark.assumptions else []),
                *sentences(say, dark.assumptions),
            ),
        )
    )


def _band(say: Language, dark: DarkSocial) -> Markup:
    certain = sum(one.visits or 0 for one in dark.measured) / dark.visits
    evidence = sum(one.visits or 0 for one in dark.evidence) / dark.visits
    low = (dark.low or 0) / dark.visits
    more = ((dark.high or 0) - (dark.low or 0)) / dark.visits
    parts = [("visits", certain), ("previews", evidence), ("pale", low), ("hatch", more)]
    axis = scale([say.percent(0), say.percent(0.5), say.percent(1)])
    return chart("band", say("private.chart"), band(parts), axis)


def _lines(say: Language, dark: DarkSocial) -> Iterator[Line]:
    for one in dark.measured:
        title = (
            say("private.measured", name=say.name(one.channel))
            if one.channel
            else say("private.measured.none")
        )
        yield _line(say, "visits", title, one.visits, one.share)
    for each in dark.evidence:
        if each.kind != "preview":
            kind = "private.mixed" if each.is_mixed else "private.evidence"
            title = say(kind, name=_evidence(say, each))
            yield _line(say, "previews", title, each.visits, each.share)
    if dark.low is not None and dark.high is not None:
        share = (
            say.percents(dark.share_low, dark.share_high)
            if dark.share_low is not None and dark.share_high is not None
            else say.number(None)
        )
        title = joined((swatch("pale"), swatch("hatch"), say("private.probable")))
        yield Line((title, say.numbers(dark.low, dark.high), share))
    all_visits = joined((swatch("rest"), say("private.all")))
    yield Line((all_visits, say.number(dark.visits), say.percent(1.0)))


def _line(say: Language, colour: str, title: str, visits: int | None, share: float | None) -> Line:
    shown = say.number(None) if share is None else say.percent(share)
    return Line((joined((swatch(colour), title)), say.number(visits), shown))


def _evidence(say: Language, one: Evidence) -> str:
    if one.detail is None:
        return say(f"evidence.{one.kind}.none")
    return say(f"evidence.{one.kind}", name=say.term("place", one.detail))


def _cannot(say: Language, dark: DarkSocial) -> Markup | None:
    if not dark.cannot:
        return None
    return element(
        "div",
        element("p", element("strong", say("private.cannot"))),
        *sentences(say, dark.cannot),
        class_="say",
    )


def _phones(say: Language, dark: DarkSocial) -> Markup | None:
    if dark.phone_share is None or dark.phone_share_of_others is None:
        return None
    others = float(dark.phone_share_of_others)
    return element(
        "p", say("private.phones", share=float(dark.phone_share), others=others), class_="about"
    )


def _pages(say: Language, dark: DarkSocial) -> Iterator[Markup]:
    previews = [one for one in dark.evidence if one.kind == "preview"]
    if dark.pages:
        yield element("h3", say("private.pages"))
        titles = ("private.visits", "previews", "private.link")
        yield table(
            say("private.pages.table"),
            [Column(say("private.page"), is_text=True), *(Column(say(one)) for one in titles)],
            (
                Line(
                    (
                        say.name(page.page),
                        say.numbers(page.low, page.high),
                        say.number(page.previews),
                        say("yes" if page.has_link else "no"),
                    )
                )
                for page in dark.pages[:_MOST_PAGES]
            ),
        )
        if more := len(dark.pages[_MOST_PAGES:]):
            yield element("p", say("rows.more", number=more), class_="about")
    if previews:
        yield table(
            say("private.previews"),
            [Column(say("private.kind"), is_text=True), Column(say("previews"))],
            (Line((_evidence(say, one), say.number(one.previews))) for one in previews),
        )


def _calibration(say: Language, dark: DarkSocial) -> Iterator[Markup]:
    if dark.calibration:
        titles = ("private.tagged", "private.visits", "private.tagged-share")
        yield table(
            say("private.calibration"),
            [Column(say("private.page"), is_text=True), *(Column(say(one)) for one in titles)],
            (
                Line(
                    (
                        say.name(one.page),
                        say.number(one.tagged),
                        say.numbers(one.low, one.high),
                        say.percents(one.tagged_share_low, one.tagged_share_high),
                    )
                )
                for one in dark.calibration[:_MOST_PAGES]
            ),
        )


def _left_out(say: Language, dark: DarkSocial) -> Iterator[Markup]:
    if dark.left_out:
        yield table(
            say("private.left-out"),
            [Column(say("left.kind"), is_text=True), Column(say("visits"))],
            (
                Line((say.term("left-out", one.kind), say.number(one.visits)))
                for one in dark.left_out
            ),
        )


def sentences(say: Language, some: Sequence[Sentence]) -> Iterator[Markup]:
    """Yield a list of sentences, marked as English where they have no other wording."""
    if some:
        yield element(
            "ul",
            *(
                element("li", say.sentence(one), lang=None if say.has_wording(one.kind) else "en")
                for one in some
            ),
            class_="plain",
        )
