"""What came back as an analytics tool has counted it: an export + registry + campaign file.

The answer has the rows of a log's. What such a source cannot tell, such as previews, is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import ContradictoryInput, quoted
from utmforge.measure.counting import Grouping
from utmforge.measure.dark_social.result import Sentence
from utmforge.measure.orphans import orphans
from utmforge.measure.overview import DAYS, overview
from utmforge.measure.periods import period, zone_of
from utmforge.measure.reading import FileFormat, LogReading, RejectedLines
from utmforge.measure.rest import shown_origins
from utmforge.measure.result import Measurement
from utmforge.measure.rows import FileEarnings, assemble, costs, issued_names
from utmforge.measure.showing import (
    content_differences,
    shown_rows,
    with_returns,
    without_conversions,
)
from utmforge.measure.sources.counting import Found, found_in
from utmforge.measure.sources.names import NAMES
from utmforge.measure.sources.sentences import left_out_conversions, method, notes, warnings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.money.conversions import ConversionFile
    from utmforge.measure.overview import Overview
    from utmforge.measure.periods import Period
    from utmforge.measure.result import Key, Row
    from utmforge.measure.run import Asked
    from utmforge.measure.sources.base import SourceCounts
    from utmforge.registry import Registry

_DEFAULT_BY = ("campaign", "channel")


def measure_source(
    source: SourceCounts,
    registry: Registry,
    file: CampaignFile,
    asked: Asked,
    conversions: ConversionFile | None = None,
) -> Measurement:
    """Say what came back by issued links, as an analytics tool has counted it.

    Args:
        source: What its export holds.
        registry: Where links were issued.
        file: Costs, channels, the naming convention.
        asked: What is to be measured.
        conversions: Instead of those of the tool. None: those.

    Raises:
        ContradictoryInput: The source does not tell what is to be counted by, or other days.
        RegistryError: The registry cannot be asked.
    """
    zone = zone_of(asked.timezone or file.workspace.timezone)
    since, until = _days(source, asked)
    days = period(since, until, zone, 0, 0)
    earned = (
        FileEarnings(conversions, registry, file, days, asked.campaign) if conversions else None
    )
    counted = _Counted(
        source, registry, file, asked._replace(since=since, until=until), days, conversions, earned
    )
    measured = _measured(counted, asked.by)
    if not asked.overview:
        return measured
    table = measured if asked.page_by == asked.by else _measured(counted, asked.page_by)
    return measured._replace(overview=_overview(counted, table))


class _Counted(NamedTuple):
    """A source, and what it is counted with."""

    source: SourceCounts
    registry: Registry
    file: CampaignFile
    asked: Asked
    """With the days that are measured."""
    days: Period
    conversions: ConversionFile | None
    earned: FileEarnings | None
    """The conversions of the file. None: those of the tool."""

    @property
    def has_conversions(self) -> bool:
        """Whether anything tells conversions."""
        return self.source.has_conversions or self.conversions is not None


def _measured(counted: _Counted, asked_by: tuple[Key, ...]) -> Measurement:
    """Return what came back by some keys."""
    source, asked = counted.source, counted.asked
    by, by_notes = _keys(source, asked_by)
    found = found_in(source, counted.registry, counted.file, asked, by)
    shown = shown_rows(_rows(counted, found, by), by, asked.minimum)
    shown = [_as_told(row, source) for row in shown]
    shown = with_returns(shown if counted.has_conversions else without_conversions(shown))
    foreign, hidden = orphans(
        found.labels, found.foreign, counted.registry, counted.file, asked.minimum
    )
    days = asked.since, asked.until
    return Measurement(
        reading=_reading(source),
        by=by,
        since=asked.since,
        until=asked.until,
        zone=f"the time zone set in {source.tool_named or 'the tool'}",
        rows=tuple(shown),
        excluded=(),
        views=0,
        redirects=0,
        orphans=foreign,
        orphans_suppressed=hidden,
        late=(),
        origins=tuple(shown_origins(found.origins, asked.minimum)),
        differences=tuple(content_differences(shown, by)),
        minimum=asked.minimum,
        notes=tuple(one.sentence for one in (*by_notes, *_notes(counted, by))),
        warnings=(
            *warnings(source, counted.registry, found, days, asked.campaign),
            *left_out_conversions(counted.conversions, counted.earned),
        ),
        method=tuple(one.sentence for one in _method(counted)),
        source=source.tool,
    )


def _rows(counted: _Counted, found: Found, by: Sequence[Key]) -> list[Row]:
    """Return all rows by some keys, nothing suppressed."""
    asked, source = counted.asked, counted.source
    spent, _ = costs(counted.registry, counted.file, by, asked.campaign)
    return assemble(
        Grouping(found.visits, {}, found.converted, {}),
        by,
        counted.days,
        issued=issued_names(counted.registry, by, asked.campaign),
        earned=counted.earned.earned(by) if counted.earned else found.earned,
        spent=spent,
        from_file=counted.earned is not None or not source.has_converted,
    )


def _notes(counted: _Counted, by: Sequence[Key]) -> list[Sentence]:
    asked = counted.asked
    _, is_unsplit = costs(counted.registry, counted.file, by, asked.campaign)
    return list(notes(counted.source, asked.since, is_unsplit=is_unsplit))


def _method(counted: _Counted) -> list[Sentence]:
    from_file = counted.conversions is not None
    return list(method(counted.source, counted.asked.minimum, from_file=from_file))


def _overview(counted: _Counted, table: Measurement) -> Overview:
    """Return the counts from several sides, for a page."""
    source, asked = counted.source, counted.asked
    days: list[Row] | None = None
    if source.has_days and source.has_visits:
        found = found_in(source, counted.registry, counted.file, asked, DAYS)
        days = _rows(counted, found, DAYS)
    _, by_notes = _keys(source, asked.page_by)
    return overview(
        table,
        days,
        counted.file,
        asked.campaign,
        [*by_notes, *_notes(counted, table.by)],
        _method(counted),
        has_conversions=counted.has_conversions,
    )


def _keys(source: SourceCounts, by: tuple[Key, ...]) -> tuple[tuple[Key, ...], list[Sentence]]:
    """Return what can be counted by, with a note if that is less than usual.

    Raises:
        ContradictoryInput: The source does not tell one of the keys that were asked for.
    """
    told: set[str] = {*source.fields} & {"campaign", "content"}
    if {"source", "medium"} & source.fields:
        told.add("channel")
    if source.has_days:
        told.add("day")
    missing = [key for key in by if key not in told]
    if not missing:
        return by, []
    rest = tuple(key for key in by if key in told)
    if by == _DEFAULT_BY and rest:
        return rest, [_by_less(source.name, missing[0])]
    why = "has no such column" if missing[0] in NAMES else "counts none"
    possible = ",".join(key for key in NAMES if key in told)
    raise ContradictoryInput(
        f"{quoted(source.name)} cannot be counted by {missing[0]}: it {why}",
        hint=f"--by {possible}" if possible else "export it with the campaign",
    )


def _by_less(name: str, missing: Key) -> Sentence:
    """Return that a source is counted by one of the two usual keys only."""
    if missing == "channel":
        return Sentence(
            "no-channels-told",
            f"{name} does not tell channels: counted by campaign",
            {"name": name},
        )
    return Sentence(
        "no-campaigns-told", f"{name} does not tell campaigns: counted by channel", {"name": name}
    )


def _days(source: SourceCounts, asked: Asked) -> tuple[date | None, date | None]:
    """Return the days that are measured.

    Raises:
        ContradictoryInput: Other days were asked for than those that the source adds up.
    """
    since, until = asked.since or source.since, asked.until or source.until
    if source.since is None or source.until is None or source.has_days:
        return since, until
    if since != source.since or until != source.until:
        raise ContradictoryInput(
            f"{quoted(source.name)} counts {source.since} to {source.until} together",
            hint="leave out --since and --until, or export it for the other days",
        )
    return since, until


def _as_told(row: Row, source: SourceCounts) -> Row:
    """Return a row without the numbers that the source does not tell."""
    if not source.has_visits:
        row = row._replace(visits=None, converted=None)
    return row if source.has_visitors else row._replace(visitors=None)


def _reading(source: SourceCounts) -> LogReading:
    left = source.lines_read - source.lines_used
    return LogReading(
        lines_read=source.lines_read,
        lines_used=source.lines_used,
        rejected=(RejectedLines(source.left_out, left, ()),) if left else (),
        formats=(FileFormat(source.name, source.form, 1.0),),
        first_ts=None,
        last_ts=None,
        has_referrer=False,
        has_user_agent=False,
    )
