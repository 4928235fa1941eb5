"""Counts → rows: visits, previews, conversions and costs of one name side by side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from utmforge.measure.counting import VisitCount
from utmforge.measure.money.amounts import Amount, amount_of, by_currency
from utmforge.measure.private_values import path_without_private, quoted_cell, without_private
from utmforge.measure.result import Row
from utmforge.registry.queries import LinkQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.counting import Counts, Grouping, Names
    from utmforge.measure.money.conversions import Conversion, ConversionFile
    from utmforge.measure.periods import Period
    from utmforge.measure.result import Key
    from utmforge.model import TaggedLink
    from utmforge.registry import Registry

T = TypeVar("T")
_NO_VISITS = VisitCount(0, 0)
_OF_REGISTRY = {"campaign", "channel", "content", "link"}
"""Keys that links have before anybody visits them: those without visits get rows too."""


class Earned(NamedTuple):
    """Conversions of one name; those of a name with values in several currencies are several."""

    names: Names
    conversions: int
    value: Amount | None
    """What they are worth together. None: they are only counted."""


def assemble(
    counts: Counts | Grouping,
    by: Sequence[Key],
    period: Period,
    *,
    issued: Iterable[Names],
    earned: Iterable[Earned],
    spent: Mapping[Names, Sequence[Amount]],
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
        spent: Costs by name.
        from_file: Whether the conversions are of a file and not of visits.
    """

    def shown(names: Names) -> Names:
        return shown_names(names, by, period)

    by_name = _by_currency(earned, shown)
    visits = _alike(counts.visits, shown, _visits_added)
    converted = _alike(counts.converted, shown, _visits_added)
    previews = _alike(counts.previews, shown, lambda one, other: Counter(one) + Counter(other))
    cost = _alike(spent, shown, lambda one, other: by_currency((*one, *other)))
    rows: list[Row] = []
    for name in dict.fromkeys((*visits, *previews, *map(shown, issued), *by_name, *cost)):
        apps = previews.get(name, {})
        visited = visits.get(name, _NO_VISITS)
        row = Row(
            dict(zip(by, name, strict=True)),
            sum(apps.values()),
            apps,
            visited.visits,
            visited.visitors,
            converted=None if from_file else converted.get(name, _NO_VISITS).visits,
        )
        rows += with_amounts(row, by_name.get(name, {}), cost.get(name, ()))
    return rows


def _alike(
    counts: Mapping[Names, T], shown: Callable[[Names], Names], added: Callable[[T, T], T]
) -> dict[Names, T]:
    """Return counts by the names that are shown: several may be shown alike, such as addresses."""
    found: dict[Names, T] = {}
    for names, one in counts.items():
        name = shown(names)
        found[name] = added(found[name], one) if name in found else one
    return found


def _visits_added(one: VisitCount, other: VisitCount) -> VisitCount:
    return VisitCount(one.visits + other.visits, one.visitors + other.visitors)


def _by_currency(
    earned: Iterable[Earned], shown: Callable[[Names], Names]
) -> dict[Names, dict[str | None, Earned]]:
    """Return the conversions by the names that are shown, then by currency."""
    found: dict[Names, dict[str | None, Earned]] = {}
    for one in earned:
        currency = one.value.currency if one.value else None
        sums = found.setdefault(shown(one.names), {})
        sums[currency] = added(sums.get(currency), one)
    return found


def added(before: Earned | None, one: Earned) -> Earned:
    """Return the conversions of one name and currency together."""
    if before is None:
        return one
    conversions = before.conversions + one.conversions
    if before.value is None or one.value is None:
        return Earned(one.names, conversions, before.value or one.value)
    value = Amount(before.value.minor + one.value.minor, one.value.currency)
    return Earned(one.names, conversions, value)


def with_amounts(
    row: Row, earned: Mapping[str | None, Earned], spent: Sequence[Amount]
) -> Iterator[Row]:
    """Yield a row for each currency: that of the largest cost first, then of the largest value."""
    costs = {cost.currency: cost for cost in spent}
    values = {currency: one for currency, one in earned.items() if currency is not None}
    uncounted = earned.get(None)

    def size(currency: str) -> tuple[int, int]:
        value = values[currency].value if currency in values else None
        cost = costs.get(currency)
        return -(cost.minor if cost else 0), -(value.minor if value else 0)

    currencies = sorted({*costs, *values}, key=size)
    if uncounted or not currencies:
        conversions = uncounted.conversions if uncounted else 0
        if not currencies:
            yield row._replace(conversions=conversions)
            return
        first = values.get(currencies[0], Earned((), 0, None))
        values[currencies[0]] = first._replace(conversions=first.conversions + conversions)
    for currency in currencies:
        one = values.get(currency)
        yield row._replace(
            conversions=one.conversions if one else 0,
            value=one.value if one else None,
            cost=costs.get(currency),
        )
        row = _rest(row)


def _rest(row: Row) -> Row:
    """Return the row of a name's next currency: what is counted stands in its first row."""
    return Row(row.keys, 0, {}, None, None, 0, None)


def shown_names(names: Names, by: Sequence[Key], period: Period) -> Names:
    """Return names as they are shown: days as dates, personal data by its kind."""
    return tuple(_shown(key, value, period) for key, value in zip(by, names, strict=True))


def _shown(key: Key, value: object, period: Period) -> str | None:
    if value is None:
        return None
    if key == "day":
        return period.day(int(str(value))).isoformat()
    if key == "page":
        return path_without_private(str(value))
    return without_private(str(value)) if key == "content" else str(value)


def goal_earnings(counts: Counts | Grouping, file: CampaignFile) -> Iterator[Earned]:
    """Yield the goals that visits reached, with what each is worth."""
    for names, goals in counts.goals.items():
        for goal, reached in goals.items():
            worth = file.goals[goal].value
            value = None if worth is None else amount_of(worth * reached, file.workspace.currency)
            yield Earned(names, reached, value)


def issued_names(registry: Registry, by: Sequence[Key], campaign: str | None) -> Iterator[Names]:
    """Yield the names of issued links by keys that links have; nothing for a page or a day."""
    if not _OF_REGISTRY.issuperset(by):
        return
    if "link" in by:
        for link in registry.links(LinkQuery(campaign)):
            names = _names(link)
            yield tuple(names[key] for key in by)
        return
    yield from registry.queries.combinations(by, campaign)


def _names(link: TaggedLink) -> dict[Key, str | None]:
    """Return the names of a link by the keys that links have."""
    return {
        "campaign": link.tags.campaign,
        "channel": link.channel,
        "content": link.tags.content,
        "link": link.id,
    }


class FileEarnings:
    """The conversions of a file by name, and the lines that belong to nothing issued.

    A conversion has only the names that its link, campaign or coupon tells: no content where the
    file names a campaign. Those outside the period are left out.
    """

    def __init__(
        self,
        conversions: ConversionFile,
        registry: Registry,
        file: CampaignFile,
        period: Period,
        campaign: str | None = None,
    ) -> None:
        """Look up what the file names; `RegistryError` if the registry cannot be asked."""
        self.unknown: list[tuple[int, str]] = []
        self._registry = registry
        self._period = period
        self._issued: dict[str, bool] = {}
        ids = list(dict.fromkeys(row.link_id for row in conversions.rows if row.link_id))
        self._links = registry.queries.known(ids)
        self._coupons: dict[str, list[tuple[str, str | None]]] = {}
        for one in file.campaigns.values():
            for coupon, channel in one.coupons.items():
                self._coupons.setdefault(coupon, []).append((one.tags.campaign, channel))
        self._named: list[tuple[dict[Key, str | None], Conversion]] = []
        for row in conversions.rows:
            if row.time is None or period.holds(row.time):
                values = self._values(row)
                if isinstance(values, str):
                    self.unknown.append((row.line, values))
                elif campaign in {None, values["campaign"]}:
                    self._named.append((values, row))

    def earned(self, by: Sequence[Key]) -> Iterator[Earned]:
        """Yield the conversions by name."""
        for values, row in self._named:
            day = None if row.time is None else str(self._period.day_number(row.time))
            yield Earned(
                tuple(day if key == "day" else values.get(key) for key in by), row.count, row.value
            )

    def _values(self, row: Conversion) -> dict[Key, str | None] | str:
        """Return the names of a row by key, or why it has none."""
        if row.link_id:
            link = self._links.get(row.link_id)
            return _names(link) if link else f"no link {row.link_id} in the registry"
        if row.campaign:
            if not self._is_issued(row.campaign):
                return f"no link of campaign {quoted_cell(row.campaign)} was issued"
            return {"campaign": row.campaign}
        if row.coupon not in self._coupons:
            return f"no campaign has the coupon {quoted_cell(row.coupon or '')}"
        (campaign, channel), *others = self._coupons[row.coupon]
        if others:
            return f"several campaigns have the coupon {quoted_cell(row.coupon)}"
        return {"campaign": campaign, "channel": channel}

    def _is_issued(self, campaign: str) -> bool:
        if campaign not in self._issued:
            self._issued[campaign] = self._registry.queries.has_campaign(campaign)
        return self._issued[campaign]


def costs(
    registry: Registry, file: CampaignFile, by: Sequence[Key], campaign: str | None = None
) -> tuple[dict[Names, list[Amount]], bool]:
    """Return what was spent by name, and whether some of it could not be split so finely.

    The cost of a campaign as a whole stands, in a table by channel, beside those of its channels.

    Raises:
        RegistryError: The registry cannot be asked.
    """
    spent: dict[Names, list[Amount]] = {}
    is_unsplit = False
    for values, amount in _costs(registry, file, campaign):
        if not values.keys() >= set(by) and not {"campaign", "channel"}.issuperset(by):
            is_unsplit = True
            continue
        name = tuple(values.get(key) for key in by)
        spent[name] = list(by_currency((*spent.get(name, ()), amount)))
    return spent, is_unsplit


def _costs(
    registry: Registry, file: CampaignFile, campaign: str | None
) -> Iterator[tuple[dict[Key, str | None], Amount]]:
    """Yield each cost of campaigns.toml with what it belongs to."""
    for one in file.campaigns.values():
        if campaign not in {None, one.tags.campaign}:
            continue
        currency = one.currency or file.workspace.currency
        if one.cost is not None:
            yield {"campaign": one.tags.campaign}, amount_of(one.cost, currency)
        for channel, cost in one.costs.items():
            values: dict[Key, str | None] = {"campaign": one.tags.campaign, "channel": channel}
            yield values, amount_of(cost, currency)
        links = registry.queries.known(list(one.link_costs))
        for name, cost in one.link_costs.items():
            if link := links.get(name):
                yield _names(link), amount_of(cost, currency)
