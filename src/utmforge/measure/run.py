"""Measure what came back: logs + registry + campaign file ─► Measurement.

    logs ─► tables of hits ─► visits and previews by issued link ─► rows, suppressed where few

The whole use case, without the command line. DuckDB, Spark and the list of crawlers are imported
here and below only.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.errors import MeasureMissing
from utmforge.measure.advice import advice
from utmforge.measure.counting import Counts, LateCount, count, late_counts
from utmforge.measure.dark_social.assemble import Shown, dark_social, most_visits
from utmforge.measure.dark_social.linked_pages import has_link
from utmforge.measure.late import Cutoff, cutoffs, late_visits
from utmforge.measure.orphans import orphans
from utmforge.measure.overview import DAYS, TABLE, overview
from utmforge.measure.periods import Period, period, zone_of
from utmforge.measure.rest import Beside, hide_more, shown_origins
from utmforge.measure.result import Excluded, Measurement
from utmforge.measure.rows import (
    FileEarnings,
    assemble,
    costs,
    goal_earnings,
    issued_names,
    shown_names,
)
from utmforge.measure.sentences import (
    cut_short,
    left_out,
    method,
    notes,
    nothing_counted,
    private_data,
)
from utmforge.measure.showing import (
    content_differences,
    hidden_pool,
    shown_rows,
    with_returns,
    without_conversions,
)
from utmforge.measure.spark.logs import SparkLogs
from utmforge.measure.unopened import unopened_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.attribution import Label
    from utmforge.measure.counting import Grouping
    from utmforge.measure.dark_social.result import Sentence
    from utmforge.measure.engine import Engine
    from utmforge.measure.load import Progress
    from utmforge.measure.log_files import LogFile
    from utmforge.measure.money.conversions import ConversionFile
    from utmforge.measure.overview import Overview
    from utmforge.measure.reading import LogReading
    from utmforge.measure.result import Key, Row
    from utmforge.registry import Registry

DEFAULT_MINIMUM = 10
"""Visitors below which a count is not shown (facts and reasons: docs/explanation/privacy.md)."""


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
    engine: Literal["duckdb", "spark"] = "duckdb"
    spark_master: str | None = None
    """Of `spark`. None: this machine, or the session that is running."""
    overview: bool = False
    """Whether to count by `page_by` and by day, too, for a page."""
    page_by: tuple[Key, ...] = TABLE
    """The keys of the table of a page."""
    has_sharing: bool = True
    """Whether private sharing is estimated, too."""


def measure_logs(
    logs: Sequence[LogFile] | SparkLogs,
    registry: Registry,
    file: CampaignFile,
    asked: Asked,
    conversions: ConversionFile | None = None,
    progress: Progress | None = None,
) -> Measurement:
    """Read logs and say what came back by issued links.

    Args:
        logs: Opened, in any order; or the addresses of logs that Spark reads.
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
    found = _found(logs, registry, file, asked, progress)
    earned = (
        FileEarnings(conversions, registry, file, found.days, asked.campaign)
        if conversions
        else None
    )
    run = _Run(registry, file, asked, conversions, earned)
    measured = _measurement(found, run)
    if not asked.overview:
        return measured
    table = measured
    if asked.by != asked.page_by:  # what a page shows must not be two answers
        by_table = run._replace(asked=asked._replace(by=asked.page_by))
        table = _measurement(found.by_table(asked.page_by), by_table)
    return measured._replace(overview=_overview(found, table, run))


class _Run(NamedTuple):
    """What the logs are measured with."""

    registry: Registry
    file: CampaignFile
    asked: Asked
    conversions: ConversionFile | None
    """Instead of the file's goals. None: those."""
    earned: FileEarnings | None
    """The conversions by name. None: the goals."""

    @property
    def has_conversions(self) -> bool:
        """Whether anything says what a conversion is."""
        return bool(self.conversions or self.file.goals)


class _Found(NamedTuple):
    """What the logs hold."""

    reading: LogReading
    counts: Counts
    days: Period
    cutoffs: Mapping[int, Cutoff]
    late: tuple[LateCount, ...]
    late_by_table: tuple[LateCount, ...]

    def by_table(self, keys: tuple[Key, ...]) -> _Found:
        """Return the same by the keys of the table of a page."""
        return self._replace(counts=self.counts.counted_by(keys), late=self.late_by_table)

    @property
    def labels(self) -> Sequence[Label]:
        """Return what the tagged pages belong to."""
        return self.counts.dimensions.attribution.labels


def _found(
    logs: Sequence[LogFile] | SparkLogs,
    registry: Registry,
    file: CampaignFile,
    asked: Asked,
    progress: Progress | None,
) -> _Found:
    """Read the logs and count everything in them; the engine is closed after that."""
    zone = zone_of(asked.timezone or file.workspace.timezone)
    opened = (
        _in_spark(logs, asked) if isinstance(logs, SparkLogs) else _in_duckdb(logs, asked, progress)
    )
    with opened as (engine, reading):
        days = period(asked.since, asked.until, zone, reading.first_ts or 0, reading.last_ts or 0)
        wanted = dict.fromkeys((asked.page_by, DAYS) if asked.overview else ())
        others = [keys for keys in wanted if keys != asked.by]
        counts = count(
            engine,
            registry,
            file,
            days,
            asked.by,
            asked.campaign,
            others=others,
            has_sharing=asked.has_sharing,
        )
        labels = counts.dimensions.attribution.labels
        ends = cutoffs({number: labels[number] for number in counts.labels}, registry, file, days)
        seconds = {number: cutoff.second for number, cutoff in ends.items()}
        late = late_counts(engine, seconds, asked.by)
        page_by = asked.page_by
        by_table = late_counts(engine, seconds, page_by) if page_by in counts.others else ()
        return _Found(reading, counts, days, ends, late, by_table)


@contextmanager
def _in_duckdb(
    logs: Sequence[LogFile], asked: Asked, progress: Progress | None
) -> Iterator[tuple[Engine, LogReading]]:
    """Yield DuckDB with the tables of the logs."""
    with _imported("measure"):
        from utmforge.measure.classify.user_agents import load_patterns
        from utmforge.measure.database import DEFAULT_MEMORY, open_database
        from utmforge.measure.duckdb_engine import DuckDBEngine
        from utmforge.measure.load import load
    from utmforge.measure.readers.catalogue import find_format

    log_format = find_format(asked.log_format) if asked.log_format else None
    memory = asked.memory_limit or DEFAULT_MEMORY
    with open_database(memory_limit=memory, threads=asked.threads) as connection:
        reading = load(
            connection,
            logs,
            log_format=log_format,
            threads=asked.threads or 2,
            progress=progress,
            meanwhile=load_patterns,
        )
        yield DuckDBEngine(connection), reading


@contextmanager
def _in_spark(logs: SparkLogs, asked: Asked) -> Iterator[tuple[Engine, LogReading]]:
    """Yield Spark with the tables of the logs."""
    with _imported("spark"):
        import crawleruseragents  # noqa: F401 - is part of the extra

        from utmforge.measure.spark.load import load
        from utmforge.measure.spark.session import open_session
        from utmforge.measure.spark.spark_engine import SparkEngine
    with (
        open_session(logs.master, is_small=logs.is_small) as session,
        closing(SparkEngine(session, is_small=logs.is_small)) as engine,
    ):
        yield engine, load(engine, logs.addresses, asked.log_format)


@contextmanager
def _imported(extra: str) -> Iterator[None]:
    """Name the extra that a missing package belongs to."""
    try:
        yield
    except ModuleNotFoundError as error:
        engine = " --engine spark" if extra == "spark" else ""
        raise MeasureMissing(
            f"utmforge measure{engine} needs {error.name}",
            hint=f"pip install 'utmforge[{extra}]'",
        ) from None


def _overview(found: _Found, table: Measurement, run: _Run) -> Overview:
    """Return the counts from several sides, for a page."""
    asked = run.asked
    by_day = found.counts.others.get(DAYS, found.counts)
    return overview(
        table,
        _rows(by_day, DAYS, found.days, run),
        run.file,
        asked.campaign,
        notes(found.reading, is_unsplit=False, has_conversions=run.has_conversions),
        method(asked.minimum, from_file=run.conversions is not None),
        has_conversions=run.has_conversions,
    )


def _measurement(found: _Found, run: _Run) -> Measurement:
    """Join what the logs hold with what was issued, earned and spent; suppress what is few."""
    reading, counts, days, asked = found.reading, found.counts, found.days, run.asked
    shown = shown_rows(_rows(counts, asked.by, days, run), asked.by, asked.minimum)
    shown = with_returns(shown if run.has_conversions else without_conversions(shown))
    late = [one._replace(names=shown_names(one.names, asked.by, days)) for one in found.late]
    rest = _rest(found, shown, run)
    since, until = _shown_period(reading, days)
    measured = Measurement(
        reading=reading,
        by=asked.by,
        since=since,
        until=until,
        zone=asked.timezone or run.file.workspace.timezone or "UTC",
        rows=tuple(shown),
        excluded=tuple(_excluded(counts)),
        views=counts.views,
        redirects=counts.redirects,
        orphans=rest.orphans,
        orphans_suppressed=rest.orphans_suppressed,
        late=tuple(late_visits(late, found.cutoffs, shown, days, asked.minimum)),
        origins=rest.origins,
        differences=tuple(content_differences(shown, asked.by)),
        minimum=asked.minimum,
        notes=tuple(one.sentence for one in _notes(reading, run)),
        warnings=(
            *nothing_counted(reading, days, run.registry, asked.campaign),
            *cut_short(reading),
            *private_data(found.labels),
            *left_out(run.conversions, run.earned.unknown if run.earned else ()),
        ),
        method=tuple(
            one.sentence for one in method(asked.minimum, from_file=run.conversions is not None)
        ),
    )
    return _with_sharing(measured, found, run)


def _notes(reading: LogReading, run: _Run) -> Iterator[Sentence]:
    """Yield what this log cannot tell, and what was not split."""
    _, is_unsplit = costs(run.registry, run.file, run.asked.by, run.asked.campaign)
    return notes(reading, is_unsplit=is_unsplit, has_conversions=run.has_conversions)


def _rest(found: _Found, shown: Sequence[Row], run: _Run) -> Beside:
    """Return what may be shown of visits that are not in the rows."""
    counts, minimum = found.counts, run.asked.minimum
    foreign, hidden = orphans(found.labels, counts.labels, run.registry, run.file, minimum)
    pool = hidden_pool(shown)
    return hide_more(
        Beside(foreign, hidden, tuple(shown_origins(counts.origins, minimum))),
        sum(row.visits or 0 for row in shown),
        pool.pooled if pool else 0,
        most_visits=min(counts.views + counts.redirects, most_visits(counts, minimum)),
        minimum=minimum,
    )


def _with_sharing(measured: Measurement, found: _Found, run: _Run) -> Measurement:
    """Add private sharing, and what to do next: both follow from what is shown already."""
    counts, asked = found.counts, run.asked
    beside = Shown(measured.rows, measured.origins, asked.by, found.days, asked.minimum)
    private = dark_social(found.reading, counts, beside, partial(has_link, run.registry))
    unopened = None
    if measured.until:
        last, minimum = measured.until, asked.minimum
        unopened = unopened_links(
            run.registry, found.labels, counts.labels, last, asked.campaign, minimum
        )
    return measured._replace(dark_social=private, advice=advice(measured, private, unopened))


def _rows(counts: Counts | Grouping, by: Sequence[Key], days: Period, run: _Run) -> list[Row]:
    """Return all rows by some keys, nothing suppressed."""
    registry, file, campaign = run.registry, run.file, run.asked.campaign
    spent, _ = costs(registry, file, by, campaign)
    return assemble(
        counts,
        by,
        days,
        issued=issued_names(registry, by, campaign),
        earned=run.earned.earned(by) if run.earned else goal_earnings(counts, file),
        spent=spent,
        from_file=run.earned is not None,
    )


def _excluded(counts: Counts) -> Iterator[Excluded]:
    """Yield the hits that are not views by kind and reason, the most frequent first."""
    for (kind, reason), hits in sorted(
        counts.excluded.items(), key=lambda one: (-one[1], str(one[0]))
    ):
        yield Excluded(kind, reason, hits)


def _shown_period(reading: LogReading, days: Period) -> tuple[date | None, date | None]:
    """Return the first and the last day: those that were asked for, else those of the log."""
    if reading.first_ts is None or reading.last_ts is None:
        return None, None
    first = days.day_of(reading.first_ts if days.since is None else days.since)
    last = days.day_of(reading.last_ts if days.until is None else days.until - 1)
    if days.until is None:
        return first, max(first, last)
    return min(first, last), last
