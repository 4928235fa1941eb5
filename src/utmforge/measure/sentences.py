"""What a measurement says besides its counts: what could not be told or counted, and the method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import counted, did_you_mean, quoted
from utmforge.measure.dark_social.result import Sentence
from utmforge.measure.private_values import private_tags
from utmforge.measure.sql.statements import IDLE_SECONDS, PREVIEW_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utmforge.measure.attribution import Label
    from utmforge.measure.money.conversions import ConversionFile
    from utmforge.measure.periods import Period
    from utmforge.measure.reading import LogReading
    from utmforge.registry import Registry


def notes(reading: LogReading, *, is_unsplit: bool, has_conversions: bool) -> Iterator[Sentence]:
    """Yield what this log cannot tell, and what was not split."""
    if not reading.has_referrer and reading.lines_used:
        yield Sentence(
            "no-referrers",
            "the log has no referrers: where visits without tags came from cannot be told",
        )
    if not reading.has_user_agent and reading.lines_used:
        yield Sentence(
            "no-user-agents",
            "the log has no user agents: bots and previews cannot be told from visits",
        )
    elif reading.lines_without_agent:
        what = counted(reading.lines_without_agent, "line")
        yield Sentence(
            "some-without-user-agents",
            f"{what} in a format without user agents: in them, bots and previews count as visits",
            {"lines": reading.lines_without_agent},
        )
    if not has_conversions and reading.lines_used:
        yield Sentence(
            "no-goals", "no goals are set in campaigns.toml, so conversions were not counted"
        )
    if is_unsplit:
        yield unsplit_costs()


def unsplit_costs() -> Sentence:
    """Return that costs are missing in a table."""
    return Sentence(
        "costs-not-split",
        "some costs cannot be split so finely: --by campaign,channel shows them",
    )


def nothing_counted(
    reading: LogReading, days: Period, registry: Registry, campaign: str | None
) -> Iterator[str]:
    """Yield why there may be nothing to see: no lines, another period, another campaign."""
    if not reading.lines_read:
        yield "the log is empty"
    elif not reading.lines_used:
        yield "no line is in the log format of --log-format"
    if reading.first_ts is not None and reading.last_ts is not None:
        is_before = days.since is not None and reading.last_ts < days.since
        if is_before or (days.until is not None and reading.first_ts >= days.until):
            first, last = days.day_of(reading.first_ts), days.day_of(reading.last_ts)
            yield f"the log holds {first} to {last}: nothing in it is in the period"
    if not registry.queries.totals()[0]:
        yield "no links were issued yet: utmforge new and utmforge build issue them"
    elif campaign is not None and not registry.queries.has_campaign(campaign):
        near = did_you_mean(campaign, registry.queries.campaigns())
        yield f"no link of campaign {quoted(campaign)} was issued" + (f"; {near}" if near else "")


def cut_short(reading: LogReading) -> Iterator[str]:
    """Yield which packed logs are not whole."""
    for name in dict.fromkeys(one.name for one in reading.formats if one.is_cut_short):
        yield f"{name} is cut short or damaged: what could be read was used"


def private_data(labels: Sequence[Label]) -> Iterator[str]:
    """Yield which tags of visited links identify a person, without their values."""
    if found := private_tags(labels):
        yield f"links that were visited hold personal data in {', '.join(found)}"


def left_out(
    conversions: ConversionFile | None, unknown: Sequence[tuple[int, str]]
) -> Iterator[str]:
    """Yield which rows of the file of conversions are not counted, each with its line."""
    if conversions:
        for line, why in sorted((*conversions.problems, *unknown)):
            yield f"conversions, line {line}: not counted: {why}"


def method(minimum: int, *, from_file: bool) -> Iterator[Sentence]:
    """Yield how it was counted, one sentence each."""
    minutes = IDLE_SECONDS // 60
    yield Sentence(
        "visit",
        f"A visit is what one visitor does until {minutes} minutes pass without a page, "
        "or until a link with other tags is opened.",
        {"minutes": minutes},
    )
    yield Sentence(
        "visitor",
        "A visitor is one browser in one network on one day: addresses are cut to /16 (IPv4) or "
        "/32 (IPv6) before they are hashed with a random salt, so people may count as one.",
    )
    if from_file:
        yield of_file()
    else:
        yield Sentence(
            "conversion",
            "A conversion is a goal reached during a visit, once a visit; it belongs to the "
            "tagged link that began the visit.",
        )
    minutes = PREVIEW_SECONDS // 60
    yield Sentence(
        "preview",
        f"A preview is an app's fetch of a pasted link; repeats within {minutes} minutes are one.",
        {"minutes": minutes},
    )
    yield minimum_sentence(minimum)


def of_file() -> Sentence:
    """Return that conversions are those of a file."""
    return Sentence(
        "conversion-of-file",
        "Conversions are those of the file, joined by link, campaign or coupon.",
    )


def minimum_sentence(minimum: int) -> Sentence:
    """Return which counts are not shown."""
    return Sentence(
        "minimum",
        f"Counts of fewer than {minimum} visitors are not shown.",
        {"minimum": minimum},
    )
