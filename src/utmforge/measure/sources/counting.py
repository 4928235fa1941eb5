"""Counts of an analytics tool → what they belong to: issued links, other tags, or no tags."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from utmforge.analytics.comparison.automatic import is_automatic
from utmforge.measure.attribution import Label
from utmforge.measure.counting import VisitCount
from utmforge.measure.rows import Earned
from utmforge.measure.sources.names import Issued, IssuedNames, foreign_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.counting import Names
    from utmforge.measure.result import Key
    from utmforge.measure.run import Asked
    from utmforge.measure.sources.base import SourceCounts
    from utmforge.registry import Registry

T = TypeVar("T")
_EPOCH = date(1970, 1, 1).toordinal()
_ORIGINS = {"organic": "search", "referral": "other sites", "(none)": "direct"}


class Found(NamedTuple):
    """The counts of a source by what they belong to."""

    visits: dict[Names, VisitCount]
    converted: dict[Names, VisitCount]
    earned: list[Earned]
    labels: list[Label]
    foreign: dict[int, VisitCount]
    origins: dict[tuple[str, str | None], VisitCount]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in the period."""
        return not (self.visits or self.foreign or self.origins)


def found_in(
    source: SourceCounts,
    registry: Registry,
    file: CampaignFile,
    asked: Asked,
    by: Sequence[Key],
) -> Found:
    """Return what a source counts, by some keys, in the days that are asked for."""
    names = IssuedNames(registry, file, is_lower=source.is_lower)
    has_campaigns = "campaign" in source.fields
    found = Found({}, {}, [], [], {}, {})
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


def _origin(tags: Mapping[str, str]) -> tuple[str, str | None]:
    return _ORIGINS.get(tags.get("medium", ""), "no name"), None
