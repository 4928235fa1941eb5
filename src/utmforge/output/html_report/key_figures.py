"""The first thing a reader sees: the sums, and what to do next."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.money.amounts import Amount, by_currency
from utmforge.measure.result import LOG
from utmforge.measure.showing import known_sum
from utmforge.output.html_report.markup import Markup, element, joined

if TYPE_CHECKING:
    from utmforge.measure.dark_social.result import DarkSocial
    from utmforge.measure.overview import Overview
    from utmforge.measure.result import Measurement
    from utmforge.output.html_report.language import Language

_MOST_APPS = 3


class Totals(NamedTuple):
    """The sums of the rows that are shown."""

    previews: int
    apps: Counter[str]
    visits: int | None
    """None: they are not told."""
    visitors: int | None
    """None: they are not told."""
    conversions: int | None
    """None: they were not counted."""
    converted: int | None
    """None: the conversions are of a file, so the visits that converted are not known."""
    values: tuple[Amount, ...]
    costs: tuple[Amount, ...]
    channels: int | None
    """How many channels were visited. None: it is not counted by channel."""


def totals(overview: Overview) -> Totals:
    """Return the sums of the rows that are shown."""
    rows = overview.table.rows
    apps: Counter[str] = Counter()
    for row in rows:
        apps.update(row.preview_apps)
    visited = {
        row.keys.get("channel")
        for row in rows
        if (row.visits or row.visitors) and not row.suppressed
    }
    has_channels = "channel" in overview.table.by
    return Totals(
        sum(row.previews for row in rows),
        apps,
        known_sum(row.visits for row in rows) if rows else 0,
        known_sum(row.visitors for row in rows) if rows else 0,
        sum(row.conversions or 0 for row in rows) if overview.has_conversions else None,
        known_sum(row.converted for row in rows),
        by_currency(row.value for row in rows if row.value),
        by_currency(row.cost for row in rows if row.cost),
        len(visited) if has_channels else None,
    )


def lead(say: Language, overview: Overview) -> str:
    """Return what happened, in two or three sentences."""
    sums = totals(overview)
    if not (sums.visits or sums.visitors):
        sentences = [say("lead.none" if sums.visits is not None else "lead.hidden")]
    else:
        visits = (
            say.counted(sums.visitors or 0, "visitors")
            if sums.visits is None
            else say.counted(sums.visits, "visits")
        )
        sentences = [
            say("lead.links", visits=visits)
            if sums.channels is None
            else say("lead.visits", visits=visits, channels=say.counted(sums.channels, "channels"))
        ]
    conversions = say.counted(sums.conversions or 0, "conversions")
    if sums.conversions and sums.values:
        value = ", ".join(map(say.money, sums.values))
        sentences.append(say("lead.value", conversions=conversions, value=value))
    elif sums.conversions:
        sentences.append(say("lead.conversions", conversions=conversions))
    if sums.previews:
        sentences.append(say("lead.previews", previews=say.counted(sums.previews, "times")))
    return " ".join(sentences)


def key_figures(say: Language, measurement: Measurement, overview: Overview) -> Markup:
    """Return the sums as a list."""
    sums = totals(overview)
    is_log = measurement.source == LOG
    figures = [
        _visits(say, sums),
        _figure(
            say("key.conversions"), say.number(sums.conversions), _rate(say, sums, is_log=is_log)
        ),
    ]
    if sums.values or sums.costs:
        spent = ", ".join(map(say.money, sums.costs))
        figures.append(
            _figure(
                say("key.value"),
                joined(_amount(say, one) for one in sums.values) or say.number(None),
                say("key.cost", cost=spent) if spent else say("key.no-cost"),
            )
        )
    apps = ", ".join(
        f"{say.term('app', app)} {say.number(previews)}"
        for app, previews in sums.apps.most_common(_MOST_APPS)
    )
    previews = _figure(
        say("key.previews"), say.number(sums.previews), apps or say("key.previews.none")
    )
    figures += [previews] if is_log else []
    if measurement.dark_social:
        figures.append(_private(say, measurement.dark_social))
    return element("dl", *figures, class_="key")


def _visits(say: Language, sums: Totals) -> Markup:
    """Return visits and visitors, or the one of them that is told."""
    if sums.visits is None and sums.visitors is not None:
        return _figure(say("key.by-visitors"), say.number(sums.visitors), None)
    visitors = None
    if sums.visitors is not None:
        visitors = say("key.visitors", visitors=say.counted(sums.visitors, "visitors"))
    return _figure(say("key.visits"), say.number(sums.visits), visitors)


def _figure(title: str, figure: str | Markup, about: str | None) -> Markup:
    return element(
        "div",
        element("dt", title),
        element("dd", figure, class_="big"),
        element("dd", about, class_="sub") if about else None,
    )


def _amount(say: Language, amount: Amount) -> Markup:
    if not amount.currency:
        return joined((say.number(amount.value), " "))
    currency = element("span", amount.currency, class_="unit")
    return joined((say.number(amount.value), " ", currency, " "))


def _rate(say: Language, sums: Totals, *, is_log: bool) -> str | None:
    if sums.conversions is None:
        return say("key.no-conversions" if is_log else "key.conversions-untold")
    converted = sums.conversions if sums.converted is None else sums.converted
    if not sums.visits or converted > sums.visits:
        return None
    return say("key.rate", rate=say.percent(converted / sums.visits, decimals=1))


def _private(say: Language, dark: DarkSocial) -> Markup:
    certain = sum(one.visits or 0 for one in dark.measured)
    seen = [one for one in dark.evidence if one.visits]
    evident = certain + sum(one.visits or 0 for one in seen if not one.is_mixed)
    mixed = sum(one.visits or 0 for one in seen if one.is_mixed)
    if not dark.visits:
        return _figure(say("key.private"), say.number(None), None)
    if dark.low is None or dark.high is None:
        share = say.percent(min(evident / dark.visits, 1.0))
        return _figure(say("key.private"), share, say("key.private.certain"))
    low, high = (evident + dark.low) / dark.visits, (evident + mixed + dark.high) / dark.visits
    share = say.percents(min(low, 1.0), min(high, 1.0))
    return _figure(say("key.private"), share, say("key.private.range"))


def advice_section(say: Language, measurement: Measurement) -> Markup | None:
    """Return what follows from the numbers. None: it is not a log."""
    if measurement.source != LOG:
        return None
    if not measurement.advice:
        return element("p", say("next.none"), class_="about")
    return element(
        "ol",
        *(
            element("li", say.sentence(one), lang=None if say.has_wording(one.kind) else "en")
            for one in measurement.advice
        ),
        class_="next",
    )
