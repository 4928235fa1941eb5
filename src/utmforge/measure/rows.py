"""Counts → rows: visits, previews, conversions and costs of one name side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.result import Row
from utmforge.registry.queries import LinkQuery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.counting import Counts, Names
    from utmforge.measure.periods import Period
    from utmforge.measure.result import Key
    from utmforge.model import TaggedLink
    from utmforge.registry import Registry

_OF_REGISTRY = {"campaign", "channel", "content", "link"}
"""Keys that links have before anybody visits them: those without visits get rows too."""


class Earned(NamedTuple):
    """Conversions that a file or goals give to one name, in one currency."""

    names: Names
    currency: str | None
    conversions: int
    value: Decimal | None


class Spent(NamedTuple):
    """What a campaign cost in a channel."""

    campaign: str
    channel: str | None
    amount: Decimal


def assemble(
    counts: Counts,
    by: Sequence[Key],
    period: Period,
    *,
    issued: Iterable[Names],
    earned: Iterable[Earned],
    spent: Mapping[Names, Decimal],
    currency: str | None,
    from_file: bool,
) -> list[Row]:
    """Return a row for each name that was issued, visited, shared or converted.

    A name with amounts in several currencies gets a row for each; only the first has its visits.

    Args:
        counts: What the log holds.
        by: The keys of the names.
        period: Whose days are named.
        issued: Names that links were issued with.
        earned: The conversions.
        spent: Costs by name, in `currency`.
        currency: The workspace's.
        from_file: Whether the conversions are of a file and not of visits.
    """
    by_name: dict[Names, dict[str | None, Earned]] = {}
    for one in earned:
        sums = by_name.setdefault(one.names, {})
        before = sums.get(one.currency, Earned(one.names, one.currency, 0, None))
        value = before.value if one.value is None else (before.value or Decimal()) + one.value
        sums[one.currency] = Earned(
            one.names, one.currency, before.conversions + one.conversions, value
        )
    names: dict[Names, None] = dict.fromkeys(counts.visits)
    for others in (counts.previews, issued, by_name, spent):
        names |= dict.fromkeys(others)
    rows: list[Row] = []
    for name in names:
        of_name = by_name.get(name, {})
        currencies = sorted(of_name, key=lambda one: (one != currency, one or "")) or [None]
        if name in spent and currency not in of_name:
            currencies = [currency, *(one for one in currencies if one is not None)]
        rows += _rows(counts, name, by, period, currencies, of_name, spent, currency, from_file)
    return rows


def _rows(
    counts: Counts,
    name: Names,
    by: Sequence[Key],
    period: Period,
    currencies: Sequence[str | None],
    earned: Mapping[str | None, Earned],
    spent: Mapping[Names, Decimal],
    currency: str | None,
    from_file: bool,
) -> Iterator[Row]:
    visits = counts.visits.get(name)
    converted = counts.converted.get(name)
    previews = counts.previews.get(name, {})
    keys = {key: _shown(key, value, period) for key, value in zip(by, name, strict=True)}
    for place, one in enumerate(currencies):
        of_it = earned.get(one)
        cost = spent.get(name) if one == currency else None
        has_amount = cost is not None or (of_it is not None and of_it.value is not None)
        first = place == 0
        yield Row(
            keys,
            sum(previews.values()) if first else 0,
            previews if first else {},
            (visits.visits if visits else 0) if first else None,
            (visits.visitors if visits else 0) if first else None,
            of_it.conversions if of_it else 0,
            None if from_file or not first else (converted.visits if converted else 0),
            of_it.value if of_it else None,
            cost,
            one if has_amount else None,
        )


def _shown(key: Key, value: object, period: Period) -> str | None:
    if value is None:
        return None
    return period.day(int(str(value))).isoformat() if key == "day" else str(value)


def goal_earnings(counts: Counts, file: CampaignFile) -> Iterator[Earned]:
    """Yield the goals that visits reached, with what each is worth."""
    for names, goals in counts.goals.items():
        for goal, reached in goals.items():
            worth = file.goals[goal].value
            value = None if worth is None else worth * reached
            yield Earned(names, file.workspace.currency if worth else None, reached, value)


def issued_names(
    registry: Registry, by: Sequence[Key], campaign: str | None
) -> Iterator[Names]:
    """Yield the names of issued links by keys that links have; nothing for a page or a day."""
    if not _OF_REGISTRY.issuperset(by):
        return
    if "link" in by:
        for link in registry.links(LinkQuery(campaign)):
            yield tuple(_name(link, key) for key in by)
        return
    yield from registry.queries.combinations(by, campaign)


def _name(link: TaggedLink, key: Key) -> str | None:
    match key:
        case "link":
            return link.id
        case "channel":
            return link.channel
        case "content":
            return link.tags.content
    return link.tags.campaign


def costs(
    file: CampaignFile, by: Sequence[Key], campaign: str | None = None
) -> tuple[dict[Names, Decimal], bool]:
    """Return what was spent by name, and whether some of it could not be split so finely."""
    spent: dict[Names, Decimal] = {}
    campaigns = [
        one for one in file.campaigns.values() if campaign in {None, one.tags.campaign}
    ]
    if not {"campaign", "channel"}.issuperset(by):
        return {}, any(one.costs for one in campaigns)
    for one in campaigns:
        for channel, amount in one.costs.items():
            values = {"campaign": one.tags.campaign, "channel": channel}
            name = tuple(values[key] for key in by)
            spent[name] = spent.get(name, Decimal()) + amount
    return spent, False
