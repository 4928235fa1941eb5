"""What came back as an analytics tool has counted it: an export + registry + campaign file.

The answer has the rows of a log's. What such a source cannot tell, such as previews, is said.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from utmforge.analytics.comparison.automatic import is_automatic
from utmforge.errors import ContradictoryInput, did_you_mean, quoted
from utmforge.measure.attribution import Label
from utmforge.measure.counting import Grouping, VisitCount
from utmforge.measure.orphans import orphans
from utmforge.measure.periods import period, zone_of
from utmforge.measure.private_values import private_tags
from utmforge.measure.reading import FileFormat, LogReading, RejectedLines
from utmforge.measure.rest import FEW
from utmforge.measure.result import Measurement, Origin
from utmforge.measure.rows import Earned, FileEarnings, assemble, costs, issued_names
from utmforge.measure.showing import (
    content_differences,
    shown_rows,
    with_returns,
    without_conversions,
)
from utmforge.measure.sources.names import NAMES, Issued, IssuedNames, foreign_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.counting import Names
    from utmforge.measure.money.conversions import ConversionFile
    from utmforge.measure.result import Key, Row
    from utmforge.measure.run import Asked
    from utmforge.measure.sources.base import SourceCounts
    from utmforge.registry import Registry

T = TypeVar("T")
_EPOCH = date(1970, 1, 1).toordinal()
_ORIGINS = {"organic": "search", "referral": "other sites", "(none)": "direct"}
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
    by, by_notes = _keys(source, asked.by)
    since, until = _days(source, asked)
    found = _found(source, registry, file, asked, by)
    zone = zone_of(asked.timezone or file.workspace.timezone)
    days = period(since, until, zone, 0, 0)
    of_file = (
        FileEarnings(conversions, registry, file, days, asked.campaign) if conversions else None
    )
    spent, is_unsplit = costs(registry, file, by, asked.campaign)
    rows = assemble(
        Grouping(found.visits, {}, found.converted, {}),
        by,
        days,
        issued=issued_names(registry, by, asked.campaign),
        earned=of_file.earned(by) if of_file else found.earned,
        spent=spent,
        from_file=of_file is not None or not source.has_converted,
    )
    has_conversions = source.has_conversions or conversions is not None
    shown = [_as_told(row, source) for row in shown_rows(rows, by, asked.minimum)]
    shown = with_returns(shown if has_conversions else without_conversions(shown))
    foreign, hidden = orphans(found.labels, found.foreign, registry, file, asked.minimum)
    return Measurement(
        reading=_reading(source),
        by=by,
        since=since,
        until=until,
        zone=f"the time zone set in {source.tool if source.tool != 'report' else 'the tool'}",
        rows=tuple(shown),
        excluded=(),
        views=0,
        redirects=0,
        orphans=foreign,
        orphans_suppressed=hidden,
        late=(),
        origins=tuple(_origins(found.origins, asked.minimum)),
        differences=tuple(content_differences(shown, by)),
        minimum=asked.minimum,
        notes=(*by_notes, *_notes(source, since, is_unsplit=is_unsplit)),
        warnings=(
            *source.warnings,
            *_nothing(source, (since, until)),
            *_not_issued(source, registry, found, asked.campaign),
            *_private(found.labels),
            *_left_out(conversions, of_file),
        ),
        method=tuple(_method(source, asked.minimum, from_file=conversions is not None)),
        source=source.tool,
    )


class _Found(NamedTuple):
    """The counts of a source by what they belong to."""

    visits: dict[Names, VisitCount]
    converted: dict[Names, VisitCount]
    earned: list[Earned]
    labels: list[Label]
    foreign: dict[int, VisitCount]
    origins: dict[str, VisitCount]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in the period."""
        return not (self.visits or self.foreign or self.origins)


def _found(
    source: SourceCounts,
    registry: Registry,
    file: CampaignFile,
    asked: Asked,
    by: Sequence[Key],
) -> _Found:
    names = IssuedNames(registry, file, is_lower=source.is_lower)
    has_campaigns = "campaign" in source.fields
    found = _Found({}, {}, [], [], {}, {})
    numbers: dict[object, int] = {}
    for one in source.counts:
        if one.day and ((asked.since and one.day < asked.since) or _is_after(one.day, asked)):
            continue
        count = VisitCount(one.visits, one.visitors)
        issued = names.issued(one.tags, has_campaigns=has_campaigns)
        if issued:
            if asked.campaign in {None, issued.campaign}:
                name = _name(issued, one.day, by)
                _add(found.visits, name, count)
                _add(found.converted, name, VisitCount(one.converted, one.converted))
                found.earned.append(Earned(name, one.conversions, one.value))
        elif all(is_automatic(field, one.tags) for field in one.tags):
            _add(found.origins, _origin(one.tags), count)
        else:
            tags = foreign_tags(one.tags)
            number = numbers.setdefault(tags, len(numbers))
            if number == len(found.labels):
                found.labels.append(Label("foreign", tags))
            _add(found.foreign, number, count)
    return found


def _is_after(day: date, asked: Asked) -> bool:
    return asked.until is not None and day > asked.until


def _add(counts: dict[T, VisitCount], name: T, count: VisitCount) -> None:
    before = counts.get(name, VisitCount(0, 0))
    counts[name] = VisitCount(before.visits + count.visits, before.visitors + count.visitors)


def _name(issued: Issued, day: date | None, by: Sequence[Key]) -> Names:
    number = None if day is None else str(day.toordinal() - _EPOCH)
    values: dict[str, str | None] = {**issued._asdict(), "day": number}
    return tuple(values[key] for key in by)


def _origin(tags: Mapping[str, str]) -> str:
    return _ORIGINS.get(tags.get("medium", ""), "no name")


def _keys(source: SourceCounts, by: tuple[Key, ...]) -> tuple[tuple[Key, ...], list[str]]:
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
        return rest, [f"{source.name} does not tell {missing[0]}s: counted by {rest[0]}"]
    why = "has no such column" if missing[0] in NAMES else "counts none"
    possible = ",".join(key for key in NAMES if key in told)
    raise ContradictoryInput(
        f"{quoted(source.name)} cannot be counted by {missing[0]}: it {why}",
        hint=f"--by {possible}" if possible else "export it with the campaign",
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


def _origins(origins: Mapping[str, VisitCount], minimum: int) -> Iterator[Origin]:
    """Yield where visits without tags came from; those of few visitors only as other ones."""
    few: Counter[str] = Counter()
    for origin, count in sorted(origins.items(), key=lambda one: (-one[1].visits, one[0])):
        if count.visitors < minimum:
            few.update(visits=count.visits, visitors=count.visitors)
        else:
            yield Origin(origin, None, count.visits)
    if few:
        is_shown = few["visitors"] >= minimum
        yield Origin(FEW, None, few["visits"] if is_shown else None)


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


def _notes(source: SourceCounts, since: date | None, *, is_unsplit: bool) -> Iterator[str]:
    yield (
        f"{source.tool if source.tool != 'report' else 'a report'} has no link previews, and no "
        "range of private sharing can be told from it: those need the log"
    )
    if not source.has_visits:
        yield f"{source.name} tells visitors, but no visits"
    elif not source.has_visitors:
        yield f"{source.name} tells no visitors: rows are suppressed by their visits"
    if not source.has_conversions:
        yield f"{source.name} tells no conversions"
    if since is None:
        yield f"{source.name} does not say which days it covers: --since and --until say it"
    if is_unsplit:
        yield "some costs cannot be split so finely: --by campaign,channel shows them"
    yield from source.notes


def _nothing(source: SourceCounts, asked: tuple[date | None, date | None]) -> Iterator[str]:
    if not source.lines_used:
        yield f"{source.name} has no rows"
    if source.since and source.until and asked[0] and asked[1]:
        is_whole = source.since <= asked[0] and asked[1] <= source.until
        if not is_whole:
            yield f"{source.name} holds {source.since} to {source.until} only"


def _not_issued(
    source: SourceCounts, registry: Registry, found: _Found, campaign: str | None
) -> Iterator[str]:
    """Yield why no row may have visits: nothing was issued, or nothing of that name."""
    if not registry.queries.totals()[0]:
        yield "no links were issued yet: utmforge new and utmforge build issue them"
    elif campaign is not None:
        if not registry.queries.has_campaign(campaign):
            near = did_you_mean(campaign, registry.queries.campaigns())
            said = f"no link of campaign {quoted(campaign)} was issued"
            yield f"{said}; {near}" if near else said
    elif source.lines_used and not (found.visits or found.is_empty):
        yield f"no campaign in {source.name} was issued"


def _private(labels: Iterable[Label]) -> Iterator[str]:
    if found := private_tags(labels):
        yield f"tags in it hold personal data in {', '.join(found)}"


def _left_out(conversions: ConversionFile | None, of_file: FileEarnings | None) -> Iterator[str]:
    if conversions and of_file:
        for line, why in sorted((*conversions.problems, *of_file.unknown)):
            yield f"conversions, line {line}: not counted: {why}"


def _method(source: SourceCounts, minimum: int, *, from_file: bool) -> Iterator[str]:
    yield from source.method
    yield "Rows belong to the issued campaign with the same name, and to the channel of its tags."
    if from_file:
        yield "Conversions are those of the file, joined by link, campaign or coupon."
    yield f"Counts of fewer than {minimum} visitors are not shown."
