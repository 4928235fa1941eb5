"""Hits and visits → what the estimate needs, counted; nothing is suppressed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.dark_social.estimate import PageDay
from utmforge.measure.dark_social.private_apps import MIXED_APPS, PRIVATE_APPS, is_private
from utmforge.measure.sql import private_sharing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.attribution import Label
    from utmforge.measure.engine import Engine
    from utmforge.measure.periods import Period

CANDIDATE = "candidate"
"""The origin of untagged visits to deep pages without any sign of where they came from."""


class Landing(NamedTuple):
    """Visits of one origin."""

    visits: int
    visitors: int
    phones: int
    """Visits on phones."""
    told: int
    """Visits whose `Sec-Fetch-Site` the log has."""


class Private(NamedTuple):
    """Visits by links for one private channel, of one name that rows are counted by."""

    names: tuple[str | None, ...]
    channel: str | None
    visits: int
    visitors: int


class Sharing(NamedTuple):
    """What a log has about private sharing."""

    days: int
    """Days with visits."""
    landings: Mapping[tuple[str, bool], Landing]
    """All visits by origin, and by whether the visitor loaded what a page is made of."""
    previews: Mapping[str, int]
    """Previews of untagged pages, by app."""
    private: tuple[Private, ...]
    private_pages: Mapping[str, tuple[int, int]]
    """Visits and visitors by links for private channels, by page."""
    candidate_visitors: Mapping[str, int]
    """Visitors of the candidates, by page."""
    page_days: tuple[PageDay, ...]


def keep_for_sharing(
    engine: Engine, period: Period, labels: Sequence[Label], file: CampaignFile
) -> None:
    """Make the tables that need hits, before those are dropped."""
    own = file.channels
    numbers = [(at,) for at, one in enumerate(labels) if is_private(one.channel, own)]
    engine.fill("private_labels", {"tag": "INTEGER"}, numbers)
    engine.fill(
        "private_apps",
        {"app": "VARCHAR", "is_mixed": "BOOLEAN"},
        [(app, app in MIXED_APPS) for app in sorted(PRIVATE_APPS | MIXED_APPS)],
    )
    engine.make("asset_visitors", private_sharing.asset_visitors(engine.dialect, period))
    engine.make("pasted", private_sharing.pasted())


def private_visits(engine: Engine, by: Sequence[str]) -> tuple[Private, ...]:
    """Return the visits by links for private channels, by the keys of rows."""
    return tuple(
        Private(tuple(names), channel, visits, visitors)
        for *names, channel, visits, visitors in engine.rows(private_sharing.private_counts(by))
    )


def count_sharing(engine: Engine, by: Sequence[str]) -> Sharing:
    """Count what the tables of visits and of `keep_for_sharing` have."""
    engine.make("landings", private_sharing.landings())
    engine.make("watched_pages", private_sharing.watched_pages())
    return Sharing(
        (engine.rows(private_sharing.days_seen()) or [(0,)])[0][0],
        {
            (origin, bool(is_loaded)): Landing(*rest)
            for origin, is_loaded, *rest in engine.rows(private_sharing.landing_counts())
        },
        dict(engine.rows(private_sharing.pasted_counts())),
        private_visits(engine, by),
        {
            path: (visits, visitors)
            for path, visits, visitors in engine.rows(private_sharing.private_pages())
        },
        dict(engine.rows(private_sharing.candidate_pages())),
        tuple(PageDay(*row) for row in engine.rows(private_sharing.page_days(engine.dialect))),
    )
