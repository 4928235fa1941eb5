"""Hits → counts: the statements of `measure/sql`, in order, and what Python adds to them."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from utmforge.measure.dark_social.counting import (
    Private,
    Sharing,
    count_sharing,
    keep_for_sharing,
    private_visits,
)
from utmforge.measure.dimensions import Dimensions, classify_texts
from utmforge.measure.sql import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.engine import Engine
    from utmforge.measure.periods import Period
    from utmforge.registry import Registry

Names = tuple[str | None, ...]
"""The name of a cell by each key."""


class VisitCount(NamedTuple):
    """Visits, and visitors counted once a day."""

    visits: int
    visitors: int


class Grouping(NamedTuple):
    """Visits and previews of issued links, counted by some keys."""

    visits: Mapping[Names, VisitCount]
    """Visits by issued links."""
    goals: Mapping[Names, Mapping[str, int]]
    """How often each goal was reached, once a visit."""
    converted: Mapping[Names, VisitCount]
    """Visits that reached at least one goal, and their visitors."""
    previews: Mapping[Names, Mapping[str, int]]
    """Previews by app."""
    private: tuple[Private, ...] = ()
    """Visits by links for private channels, if private sharing is counted."""


class Counts(NamedTuple):
    """What a log holds, counted; nothing is suppressed yet."""

    dimensions: Dimensions
    visits: Mapping[Names, VisitCount]
    """Visits by issued links."""
    goals: Mapping[Names, Mapping[str, int]]
    """How often each goal was reached, once a visit."""
    converted: Mapping[Names, VisitCount]
    """Visits that reached at least one goal, and their visitors."""
    previews: Mapping[Names, Mapping[str, int]]
    """Previews by app."""
    labels: Mapping[int, VisitCount]
    """Visits by the number of their label, foreign ones included."""
    origins: Mapping[tuple[str, str | None], VisitCount]
    """Visits without tags."""
    excluded: Mapping[tuple[str, str | None], int]
    """Hits that are not views."""
    views: int
    redirects: int
    others: Mapping[tuple[str, ...], Grouping] = MappingProxyType({})
    """The same visits by other keys."""
    sharing: Sharing | None = None
    """What it has about private sharing. None: that was not asked for."""

    def counted_by(self, keys: tuple[str, ...]) -> Counts:
        """Return the same by other keys, which were counted, too."""
        found = self.others[keys]
        return self._replace(
            visits=found.visits,
            goals=found.goals,
            converted=found.converted,
            previews=found.previews,
            sharing=self.sharing and self.sharing._replace(private=found.private),
        )


def count(
    engine: Engine,
    registry: Registry,
    file: CampaignFile,
    period: Period,
    by: Sequence[str],
    campaign: str | None = None,
    *,
    others: Sequence[tuple[str, ...]] = (),
    has_sharing: bool = False,
) -> Counts:
    """Count what came back by issued links, and everything else by its kind.

    Args:
        engine: With the tables of `load`.
        registry: Where links were issued.
        file: Goals, own domains, channels.
        period: Which hits count, and their days.
        by: The keys of the counts.
        campaign: Count only what came back by this one. None: by all.
        others: Count the same by these keys, too.
        has_sharing: Whether to count private sharing, too.

    Raises:
        RegistryError: The registry cannot be asked.
    """
    dimensions = classify_texts(engine, registry, file, period, campaign)
    engine.make("page_hits", statements.page_hits(engine.dialect, period))
    excluded: Counter[tuple[str, str | None]] = Counter()
    for kind, reason, hits in engine.rows(statements.excluded_counts(period)):
        excluded[kind, reason] += hits
    previews, *more_previews = (
        _by_name(engine.rows(statements.preview_counts(keys)), len(keys)) for keys in (by, *others)
    )
    if has_sharing:
        keep_for_sharing(engine, period, dimensions.attribution.labels, file)
    engine.drop("hits")
    _make_visits(engine)
    scanners, views, redirects = (engine.rows(statements.totals()) or [(0, 0, 0)])[0]
    engine.drop("page_hits")
    excluded["scanner", None] = scanners
    return Counts(
        dimensions,
        *_grouping(engine, by, previews)[:-1],
        {tag: VisitCount(*rest) for tag, *rest in engine.rows(statements.label_counts())},
        {row[:2]: VisitCount(*row[2:]) for row in engine.rows(statements.origin_counts())},
        +excluded,
        views or 0,
        redirects or 0,
        {
            keys: _grouping(engine, keys, some, private_visits(engine, keys) if has_sharing else ())
            for keys, some in zip(others, more_previews, strict=True)
        },
        count_sharing(engine, by) if has_sharing else None,
    )


def _make_visits(engine: Engine) -> None:
    """Make the tables of visits and of the goals that they reached."""
    engine.make("scanned", statements.scanned())
    engine.make("scanner_hits", statements.scanner_hits())
    engine.make("returned", statements.returned())
    engine.make("returned_views", statements.returned_views())
    engine.make("openings", statements.openings(engine.dialect))
    engine.make("followed_views", statements.followed_views(engine.dialect))
    engine.make("visits", statements.visits())
    engine.make("reached_goals", statements.reached_goals())


def _grouping(
    engine: Engine,
    by: Sequence[str],
    previews: Mapping[Names, Mapping[str, int]],
    private: tuple[Private, ...] = (),
) -> Grouping:
    size = len(by)
    return Grouping(
        _visits_by_name(engine.rows(statements.visit_counts(by)), size),
        _by_name(engine.rows(statements.goal_counts(by)), size),
        _visits_by_name(engine.rows(statements.converted_counts(by)), size),
        previews,
        private,
    )


class LateCount(NamedTuple):
    """Visits by one label after its time."""

    names: Names
    label: int
    late: VisitCount


def late_counts(
    engine: Engine, cutoffs: Mapping[int, int], by: Sequence[str]
) -> tuple[LateCount, ...]:
    """Return the visits of each label after a time.

    Args:
        engine: With the tables of `count`.
        cutoffs: The last second that is not late, by the label's number.
        by: The keys of the counts.
    """
    engine.fill("cutoffs", {"tag": "INTEGER", "cutoff": "BIGINT"}, list(cutoffs.items()))
    return tuple(
        LateCount(tuple(names), label, VisitCount(visits, visitors))
        for *names, label, visits, visitors in engine.rows(statements.late_counts(by))
    )


def _visits_by_name(rows: Iterable[tuple[Any, ...]], size: int) -> dict[Names, VisitCount]:
    return {row[:size]: VisitCount(*row[size:]) for row in rows}


def _by_name(rows: Sequence[tuple[object, ...]], size: int) -> dict[Names, Mapping[str, int]]:
    found: dict[Names, Counter[str]] = {}
    for *keys, name, hits in rows:
        found.setdefault(tuple(keys[:size]), Counter())[str(name)] += int(str(hits))  # type: ignore[arg-type] # texts
    return dict(found)
