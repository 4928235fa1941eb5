"""Measure what came back: logs + registry + campaign file ─► Measurement.

    logs ─► tables of hits ─► visits and previews by issued link ─► rows, suppressed where few

The whole use case, without the command line. DuckDB and the list of crawlers are imported here and
below only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import MeasureMissing, did_you_mean, quoted
from utmforge.measure.counting import Counts, LateCount, count, late_counts
from utmforge.measure.dark_social.result import Sentence
from utmforge.measure.engine import Engine
from utmforge.measure.late import Cutoff, cutoffs, late_visits
from utmforge.measure.orphans import orphans
from utmforge.measure.overview import GROUPINGS, TABLE, overview
from utmforge.measure.periods import Period, period, zone_of
from utmforge.measure.private_values import private_tags
from utmforge.measure.result import Excluded, Measurement, Origin
from utmforge.measure.rows import (
    FileEarnings,
    assemble,
    costs,
    goal_earnings,
    issued_names,
    shown_names,
)
from utmforge.measure.showing import content_differences, shown_rows, with_returns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.attribution import Label
    from utmforge.measure.counting import Grouping
    from utmforge.measure.load import Progress
    from utmforge.measure.log_files import LogFile
    from utmforge.measure.money.conversions import ConversionFile
    from utmforge.measure.reading import LogReading
    from utmforge.measure.overview import Overview
    from utmforge.measure.result import Key, Row
    from utmforge.registry import Registry

DEFAULT_MINIMUM = 10
"""Visitors below which a count is not shown (facts and reasons: docs/explanation/privacy.md)."""
_IDLE_MINUTES = 30


class Asked(NamedTuple):
    """What is to be measured, and how."""

    log_format: str | None = None
    """A format's name, or a format string. None: each log's first lines tell."""
    since: date | None = None
    until: date | None = None
    timezone: str | None = None
    """IANA name. None: that of the campaign file, or UTC."""
    campaign: str | None = None
    """Only this one. None: all."""
    by: tuple[Key, ...] = ("campaign", "channel")
    minimum: int = DEFAULT_MINIMUM
    memory_limit: str | None = None
    threads: int | None = None
    overview: bool = False
    """Whether to count by campaign and channel and by day, too, for a page."""


def measure_logs(
    logs: Sequence[LogFile],
    registry: Registry,
    file: CampaignFile,
    asked: Asked,
    conversions: ConversionFile | None = None,
    progress: Progress | None = None,
) -> Measurement:
    """Read logs and say what came back by issued links.

    Args:
        logs: Opened, in any order.
        registry: Where links were issued.
        file: Goals, costs, own domains, channels, the time zone.
        asked: What is to be measured.
        conversions: Instead of the file's goals. None: those.
        progress: Is told how many bytes are done, of how many.

    Raises:
        MeasuringError: The extra is not installed, or a log cannot be read.
        ContradictoryInput: There is no such time zone.
        RegistryError: The registry cannot be asked.
    """
    try:
        from utmforge.measure.database import DEFAULT_MEMORY, open_database
        from utmforge.measure.load import load
    except ModuleNotFoundError as error:
        raise MeasureMissing(
            f"utmforge measure needs {error.name}", hint="pip install 'utmforge[measure]'"
        ) from None
    from utmforge.measure.readers.catalogue import find_format

    zone = zone_of(asked.timezone or file.workspace.timezone)
    log_format = find_format(asked.log_format) if asked.log_format else None
    memory = asked.memory_limit or DEFAULT_MEMORY
    with open_database(memory_limit=memory, threads=asked.threads) as connection:
        reading = load(
            connection, logs, log_format=log_format, threads=asked.threads or 2, progress=progress
        )
        days = period(asked.since, asked.until, zone, reading.first_ts or 0, reading.last_ts or 0)
        engine = Engine(connection)
        others = GROUPINGS if asked.overview else ()
        counts = count(engine, registry, file, days, asked.by, asked.campaign, others)
        labels = counts.dimensions.attribution.labels
        ends = cutoffs({number: labels[number] for number in counts.labels}, registry, file, days)
        seconds = {number: cutoff.second for number, cutoff in ends.items()}
        late = late_counts(engine, seconds, asked.by)
    found = _Found(reading, counts, days, ends, late)
    return _measurement(found, registry, file, asked, conversions)


class _Found(NamedTuple):
    """What the logs hold."""

    reading: LogReading
    counts: Counts
    days: Period
    cutoffs: Mapping[int, Cutoff]
    late: tuple[LateCount, ...]


def _measurement(
    found: _Found,
    registry: Registry,
    file: CampaignFile,
    asked: Asked,
    conversions: ConversionFile | None,
) -> Measurement:
    """Join what the logs hold with what was issued, earned and spent; suppress what is few."""
    reading, counts, days = found.reading, found.counts, found.days
    labels = counts.dimensions.attribution.labels
    of_file = (
        FileEarnings(conversions, registry, file, days, asked.campaign) if conversions else None
    )
    tables = _Tables(registry, file, days, asked, of_file)
    rows = tables.rows(counts, asked.by)
    shown = with_returns(shown_rows(rows, asked.by, asked.minimum))
    late = [one._replace(names=shown_names(one.names, asked.by, days)) for one in found.late]
    foreign, hidden = orphans(labels, counts.labels, registry, file, asked.minimum)
    has_conversions = bool(conversions or file.goals)
    is_unsplit = tables.is_unsplit(asked.by)
    method = tuple(_method(asked, from_file=conversions is not None))
    shown_period = _shown_period(reading, days)
    return Measurement(
        reading,
        asked.by,
        *shown_period,
        asked.timezone or file.workspace.timezone or "UTC",
        tuple(shown),
        tuple(
            Excluded(kind, reason, hits)
            for (kind, reason), hits in sorted(
                counts.excluded.items(), key=lambda one: (-one[1], str(one[0]))
            )
        ),
        counts.views,
        counts.redirects,
        foreign,
        hidden,
        tuple(late_visits(late, found.cutoffs, shown, days, asked.minimum)),
        tuple(_origins(counts, asked.minimum)),
        tuple(content_differences(shown, asked.by)),
        asked.minimum,
        tuple(
            one.sentence
            for one in _notes(reading, is_unsplit=is_unsplit, has_conversions=has_conversions)
        ),
        (
            *_nothing_counted(reading, days, registry, asked.campaign),
            *_cut_short(reading),
            *_private_data(labels),
            *_left_out(conversions, of_file.unknown if of_file else ()),
        ),
        tuple(one.sentence for one in method),
        overview=tables.overview(
            counts,
            shown_period,
            _notes(reading, is_unsplit=False, has_conversions=has_conversions),
            method,
        ),
    )


class _Tables:
    """Makes rows of counts by any keys, with what was earned and spent."""

    def __init__(
        self,
        registry: Registry,
        file: CampaignFile,
        days: Period,
        asked: Asked,
        earned: FileEarnings | None,
    ) -> None:
        self._registry = registry
        self._file = file
        self._days = days
        self._asked = asked
        self._earned = earned

    def rows(self, counts: Counts | Grouping, by: Sequence[Key]) -> list[Row]:
        """Return all rows, nothing suppressed."""
        spent, _ = costs(self._registry, self._file, by, self._asked.campaign)
        return assemble(
            counts,
            by,
            self._days,
            issued=issued_names(self._registry, by, self._asked.campaign),
            earned=self._earned.earned(by) if self._earned else goal_earnings(counts, self._file),
            spent=spent,
            from_file=self._earned is not None,
        )

    def is_unsplit(self, by: Sequence[Key]) -> bool:
        """Tell whether some costs cannot be split by these keys."""
        return costs(self._registry, self._file, by, self._asked.campaign)[1]

    def overview(
        self,
        counts: Counts,
        period: tuple[date | None, date | None],
        notes: Iterable[Sentence],
        method: Iterable[Sentence],
    ) -> Overview | None:
        """Return the counts from several sides. None: they were not asked for."""
        if not counts.others:
            return None
        table, days = counts.others
        return overview(
            with_returns(shown_rows(self.rows(table, TABLE), TABLE, self._asked.minimum)),
            self.rows(days, ("day",)),
            self._file,
            campaign=self._asked.campaign,
            since=period[0],
            until=period[1],
            minimum=self._asked.minimum,
            notes=notes,
            method=method,
        )


def _origins(counts: Counts, minimum: int) -> Iterator[Origin]:
    """Yield where visits without tags came from; those of few visitors only as other ones."""
    few = few_visitors = 0
    origins = sorted(counts.origins.items(), key=lambda one: (-one[1].visits, str(one[0])))
    for (origin, detail), number in origins:
        if number.visitors < minimum:
            few += number.visits
            few_visitors += number.visitors
        else:
            yield Origin(origin, detail, number.visits)
    if few:
        yield Origin("others of few visitors", None, few if few_visitors >= minimum else None)


def _notes(reading: LogReading, *, is_unsplit: bool, has_conversions: bool) -> Iterator[Sentence]:
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
    if not has_conversions and reading.lines_used:
        yield Sentence(
            "no-goals", "no goals are set in campaigns.toml, so conversions were not counted"
        )
    if is_unsplit:
        yield Sentence(
            "costs-not-split",
            "some costs cannot be split so finely: --by campaign,channel shows them",
        )


def _nothing_counted(
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


def _cut_short(reading: LogReading) -> Iterator[str]:
    """Yield which packed logs are not whole."""
    for name in dict.fromkeys(one.name for one in reading.formats if one.is_cut_short):
        yield f"{name} is cut short or damaged: what could be read was used"


def _private_data(labels: Sequence[Label]) -> Iterator[str]:
    """Yield which tags of visited links identify a person, without their values."""
    if found := private_tags(label.tags for label in labels):
        yield f"links that were visited hold personal data in {', '.join(found)}"


def _left_out(
    conversions: ConversionFile | None, unknown: Sequence[tuple[int, str]]
) -> Iterator[str]:
    """Yield which rows of the file of conversions are not counted, each with its line."""
    if conversions:
        for line, why in sorted((*conversions.problems, *unknown)):
            yield f"conversions, line {line}: not counted: {why}"


def _method(asked: Asked, *, from_file: bool) -> Iterator[Sentence]:
    """Yield how it was counted, one sentence each."""
    yield Sentence(
        "visit",
        f"A visit is what one visitor does until {_IDLE_MINUTES} minutes pass without a page, or "
        "until a link with other tags is opened.",
        {"minutes": _IDLE_MINUTES},
    )
    yield Sentence(
        "visitor",
        "A visitor is one browser in one network on one day: addresses are cut to /16 (IPv4) or "
        "/32 (IPv6) before they are hashed with a random salt, so people may count as one.",
    )
    if from_file:
        yield Sentence(
            "conversion-of-file",
            "Conversions are those of the file, joined by link, campaign or coupon.",
        )
    else:
        yield Sentence(
            "conversion",
            "A conversion is a goal reached during a visit, once a visit; it belongs to the "
            "tagged link that began the visit.",
        )
    yield Sentence(
        "preview",
        "A preview is an app's fetch of a pasted link; repeats within 10 minutes are one.",
        {"minutes": 10},
    )
    yield Sentence(
        "minimum",
        f"Counts of fewer than {asked.minimum} visitors are not shown.",
        {"minimum": asked.minimum},
    )


def _shown_period(reading: LogReading, days: Period) -> tuple[date | None, date | None]:
    """Return the first and the last day: those that were asked for, else those of the log."""
    if reading.first_ts is None or reading.last_ts is None:
        return None, None
    first = days.day_of(reading.first_ts if days.since is None else days.since)
    last = days.day_of(reading.last_ts if days.until is None else days.until - 1)
    if days.until is None:
        return first, max(first, last)
    return min(first, last), last
