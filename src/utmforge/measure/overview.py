"""What the page for a board shows of a measurement: by channel, by campaign and over time.

Of two tables about the same visits, one may give away what the other hides. So there is one table
in which few visitors are hidden, by campaign and channel unless it is compared with another, and
the sums by channel and by campaign are sums of its rows as they are shown. The days are told only
if the sum of that table is, and have nothing in common with it but this sum.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.money.amounts import by_currency
from utmforge.measure.rows import Earned, added, with_amounts
from utmforge.measure.showing import hidden_pool, known_sum, with_returns, without_conversions
from utmforge.measure.timeline import DayCount, Timeline, timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.beside import Beside
    from utmforge.measure.changes import Changes
    from utmforge.measure.dark_social.result import Sentence
    from utmforge.measure.result import Key, Measurement, Row

TABLE: tuple[Key, ...] = ("campaign", "channel")
"""The usual keys of the table that everything else is made from."""
DAYS: tuple[Key, ...] = ("day",)


class CampaignDates(NamedTuple):
    """When a campaign runs."""

    campaign: str
    """Its `utm_campaign`."""
    starts: date | None
    """None: it is not said."""
    ends: date | None


class Overview(NamedTuple):
    """The counts of one run from several sides."""

    campaign: str | None
    """The only campaign that was asked for. None: all."""
    table: Measurement
    """The measurement, as a rule by campaign and channel."""
    channels: tuple[Row, ...]
    """The sums of its rows by channel; what is of few visitors stays one row. Empty also where it
    is not counted by channel."""
    campaigns: tuple[Row, ...]
    """Their sums by campaign."""
    timeline: Timeline | None
    """None: the sum of all visits is hidden, the log has no hits, or the table is by day."""
    dates: tuple[CampaignDates, ...]
    """Of campaigns that begin, run or end in the period."""
    notes: tuple[Sentence, ...]
    """What cannot be told, and what was not split."""
    method: tuple[Sentence, ...]
    """How it was counted."""
    has_conversions: bool = True
    """Whether conversions were counted. Otherwise they are unknown, not none."""
    has_days: bool = True
    """Whether days are told at all."""
    changes: Changes | None = None
    """What changed since a saved measurement. None: none was named."""
    beside: Beside | None = None
    """A second source by the same keys. None: there is none."""


def overview(
    table: Measurement,
    days: Iterable[Row] | None,
    file: CampaignFile,
    campaign: str | None,
    notes: Iterable[Sentence],
    method: Iterable[Sentence],
    *,
    has_conversions: bool,
) -> Overview:
    """Return the counts of one run from several sides.

    Args:
        table: The measurement that everything else is made from.
        days: By day, nothing suppressed. None: days are not told.
        file: Whose campaigns have dates.
        campaign: The only campaign that was asked for. None: all.
        notes: What cannot be told.
        method: How it was counted.
        has_conversions: Whether conversions were counted.
    """
    rows, since, until = table.rows, table.since, table.until
    line: Timeline | None = None
    dates: tuple[CampaignDates, ...] = ()
    if since and until:
        dates = tuple(_dates(file, campaign, since, until))
        if days is not None and not hidden_pool(rows) and "day" not in table.by:
            line = timeline(_by_day(days), since, until, table.minimum)
    return Overview(
        campaign,
        table,
        tuple(summed(rows, "channel")) if "channel" in table.by else (),
        tuple(summed(rows, "campaign")) if "campaign" in table.by else (),
        line,
        dates,
        tuple(notes),
        tuple(method),
        has_conversions,
        days is not None,
    )


def summed(rows: Sequence[Row], key: Key) -> Iterator[Row]:
    """Yield the sums of rows by one of their keys, the most visited first; the pooled row last."""
    groups: dict[str | None, list[Row]] = {}
    for row in rows:
        if not row.suppressed:
            groups.setdefault(row.keys[key], []).append(row)
    sums = [list(_sum(name, key, group)) for name, group in groups.items()]
    is_unknown = all(row.conversions is None for row in rows)
    for group in sorted(sums, key=lambda one: (-(one[0].visits or 0), str(one[0].keys[key]))):
        yield from with_returns(without_conversions(group) if is_unknown else group)
    yield from (row for row in rows if row.suppressed)


def _sum(name: str | None, key: Key, rows: Sequence[Row]) -> Iterator[Row]:
    apps: Counter[str] = Counter()
    earned: dict[str | None, Earned] = {}
    for row in rows:
        apps.update(row.preview_apps)
        currency = row.value.currency if row.value else None
        one = Earned((), row.conversions or 0, row.value)
        earned[currency] = added(earned.get(currency), one)
    total = rows[0]._replace(
        keys={key: name},
        previews=sum(row.previews for row in rows),
        preview_apps=dict(apps),
        visits=known_sum(row.visits for row in rows),
        visitors=known_sum(row.visitors for row in rows),
        conversions=0,
        converted=known_sum(row.converted for row in rows),
        value=None,
        cost=None,
        returns=None,
    )
    yield from with_amounts(total, earned, by_currency(row.cost for row in rows if row.cost))


def _by_day(rows: Iterable[Row]) -> dict[date, DayCount]:
    """Return counts by day; those of no day, such as conversions without a time, are left out."""
    found: dict[date, DayCount] = {}
    for row in rows:
        if day := row.keys["day"]:
            count = DayCount(row.visitors or 0, row.visits or 0, row.conversions or 0, row.previews)
            known = found.get(date.fromisoformat(day), DayCount())
            found[date.fromisoformat(day)] = known.plus(count)
    return found


def _dates(
    file: CampaignFile, campaign: str | None, since: date, until: date
) -> Iterator[CampaignDates]:
    """Yield when campaigns run that begin, run or end in the period."""
    for one in file.campaigns.values():
        name = one.tags.campaign
        if campaign not in {None, name} or not (one.starts or one.ends):
            continue
        is_before = one.ends is not None and one.ends < since
        is_after = one.starts is not None and one.starts > until
        if not is_before and not is_after:
            yield CampaignDates(name, one.starts, one.ends)
