"""The page: a measurement as one file without a script that asks for nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from utmforge import __version__
from utmforge.measure.result import LOG
from utmforge.measure.sources.base import REPORT
from utmforge.output.escaping import safe
from utmforge.output.html_report.beside import beside_section, source_name
from utmforge.output.html_report.campaigns import campaigns_section
from utmforge.output.html_report.changes import changes_section
from utmforge.output.html_report.channels import channels_section
from utmforge.output.html_report.key_figures import advice_section, key_figures, lead
from utmforge.output.html_report.language import Language
from utmforge.output.html_report.markup import Markup, element, joined
from utmforge.output.html_report.over_time import time_section
from utmforge.output.html_report.private_sharing import private_section
from utmforge.output.html_report.small_print import (
    left_out_section,
    lost_section,
    method_section,
    privacy_section,
)
from utmforge.output.page_markup import html_page

if TYPE_CHECKING:
    from utmforge.measure.overview import Overview
    from utmforge.measure.result import Measurement
    from utmforge.output.formats import PageLanguage

_STYLE = Path(__file__).with_name("report.css")


def measurement_page(overview: Overview, code: PageLanguage = "en") -> str:
    """Return a measurement as a page.

    Args:
        overview: What came back, from several sides.
        code: The language.
    """
    measurement = overview.table
    say = Language(code)
    title = (
        say("title.campaign", campaign=say.name(overview.campaign))
        if overview.campaign
        else say("title")
    )
    sections = {
        "next": advice_section(say, measurement),
        "compare": changes_section(say, overview),
        "beside": beside_section(say, overview),
        "channels": channels_section(say, overview),
        "time": time_section(say, measurement, overview),
        "campaigns": campaigns_section(say, overview),
        "private": private_section(say, overview),
        "lost": lost_section(say, measurement),
        "left": left_out_section(say, measurement),
        "method": method_section(say, overview),
        "privacy": privacy_section(say, measurement),
    }
    present = {key: section for key, section in sections.items() if section}
    body = (
        element("a", say("skip"), href="#report", class_="skip"),
        _header(say, overview, title),
        element(
            "nav",
            element(
                "ul", *(element("li", element("a", say(key), href=f"#{key}")) for key in present)
            ),
            aria_label=say("contents"),
        ),
        element(
            "main",
            _section("key", say, key_figures(say, measurement, overview)),
            *(_section(key, say, section) for key, section in present.items()),
            id="report",
            tabindex=-1,
        ),
        element("footer", element("p", _foot(say, measurement))),
    )
    style = _STYLE.read_text(encoding="utf-8")
    return html_page(safe(title), joined(body), style=style, language=code)


def _header(say: Language, overview: Overview, title: str) -> Markup:
    return element(
        "header",
        element("p", say("eyebrow"), class_="eyebrow"),
        element("h1", title),
        element("p", _period(say, overview.table), class_="period"),
        element("p", lead(say, overview), class_="lead"),
    )


def _foot(say: Language, measurement: Measurement) -> str:
    if measurement.source == LOG:
        return say("foot", version=__version__)
    if measurement.source == REPORT:
        return say("foot.report", version=__version__)
    return say("foot.source", version=__version__, name=source_name(say, measurement))


def _section(key: str, say: Language, content: Markup) -> Markup:
    heading = element("h2", say(key), id=f"{key}-title")
    return element("section", heading, content, id=key, aria_labelledby=f"{key}-title")


def _period(say: Language, measurement: Measurement) -> str:
    is_log = measurement.source == LOG
    if measurement.since is None or measurement.until is None:
        return say("period.none" if is_log else "period.untold")
    days = say.days(measurement.since, measurement.until)
    if is_log:
        return say("period", days=days, zone=measurement.zone)
    if measurement.source == REPORT:
        return say("period.report", days=days)
    return say("period.source", days=days, name=source_name(say, measurement))
