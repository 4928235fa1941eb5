"""Which rows may be shown, in which order; those of few visitors become one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from utmforge.measure.intervals import newcombe
from utmforge.measure.money.amounts import by_currency
from utmforge.measure.money.returns import FEW_CONVERSIONS, cost_only, returns
from utmforge.measure.result import ContentDifference, Row
from utmforge.measure.suppression import Cell, suppress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utmforge.measure.intervals import Difference
    from utmforge.measure.money.returns import Returns
    from utmforge.measure.result import Key


def shown_rows(rows: Sequence[Row], by: Sequence[Key], minimum: int) -> list[Row]:
    """Return rows as they may be shown, each campaign's together, the most visited first.

    Rows of few visitors become one, which stands last; a second currency gets a line of its own.

    Args:
        rows: All rows; those of one name stand together.
        by: Their keys.
        minimum: Visitors below which a row is not shown.
    """
    names = [tuple(row.keys[key] for key in by) for row in rows]
    visitors: dict[tuple[str | None, ...], int] = {}
    for name, row in zip(names, rows, strict=True):
        visitors[name] = visitors.get(name, 0) + (row.visitors or 0)
    suppressed = suppress([Cell(*one) for one in visitors.items()], minimum)
    hidden = set(suppressed.hidden)
    kept = [row for name, row in zip(names, rows, strict=True) if name not in hidden]
    pooled = [(name, row) for name, row in zip(names, rows, strict=True) if name in hidden]
    is_counted = all(pool.visitors is not None for pool in suppressed.pools)
    return [*_in_order(kept, by), *_pool(pooled, by, is_counted=is_counted)]


def _in_order(rows: Sequence[Row], by: Sequence[Key]) -> list[Row]:
    if by[0] == "day":
        return sorted(rows, key=lambda row: [row.keys[key] or "" for key in by])
    first: Counter[str | None] = Counter()
    for row in rows:
        first[row.keys[by[0]]] += row.visits or 0

    def place(row: Row) -> tuple[object, ...]:
        keys = [row.keys[key] or "" for key in by]
        top = row.keys[by[0]]
        total = -sum(one.visits or 0 for one in by_name[tuple(keys)])
        return (-first[top], top or "", total, keys)

    by_name: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        by_name.setdefault(tuple(row.keys[key] or "" for key in by), []).append(row)
    return sorted(rows, key=place)


def _pool(
    named: Sequence[tuple[tuple[str | None, ...], Row]], by: Sequence[Key], *, is_counted: bool
) -> Iterator[Row]:
    """Yield what rows of few visitors come to together: what is counted, then amounts by currency.

    Costs are no secret. Values in a currency that only one of the names has would be that name's.

    Args:
        named: The rows with their names.
        by: Their keys.
        is_counted: Whether even their sums may be shown.
    """
    if not named:
        return
    rows = [row for _, row in named]
    shared = _shared_currencies(named) if is_counted else set()
    costs = {one.currency: one for one in by_currency(row.cost for row in rows if row.cost)}
    values = {
        one.currency: one
        for one in by_currency(row.value for row in rows if row.value)
        if one.currency in shared
    }
    first, *others = dict.fromkeys((*costs, *values)) or (None,)
    conversions: Counter[str | None] = Counter()
    apps: Counter[str] = Counter()
    for row in rows:
        currency = row.value.currency if row.value else None
        conversions[currency if currency in shared else first] += row.conversions or 0
        apps.update(row.preview_apps)

    def pool(currency: str | None, row: Row) -> Row:
        return row._replace(
            conversions=conversions[currency] if is_counted else None,
            value=values.get(currency or ""),
            cost=costs.get(currency or ""),
            suppressed=True,
            pooled=len({name for name, _ in named}),
        )

    keys: Mapping[str, str | None] = dict.fromkeys(by)
    yield pool(
        first,
        Row(
            keys,
            sum(row.previews for row in rows),
            dict(apps),
            _sum(row.visits for row in rows) if is_counted else None,
            _sum(row.visitors for row in rows) if is_counted else None,
            converted=known_sum(row.converted for row in rows) if is_counted else None,
        ),
    )
    for currency in others:
        yield pool(currency, Row(keys, 0, {}, None, None, converted=None))


def _shared_currencies(named: Sequence[tuple[tuple[str | None, ...], Row]]) -> set[str]:
    """Return the currencies in which more than one name has a value."""
    earning: dict[str, set[tuple[str | None, ...]]] = {}
    for name, row in named:
        if row.value:
            earning.setdefault(row.value.currency, set()).add(name)
    return {currency for currency, names in earning.items() if len(names) > 1}


def _sum(numbers: Iterable[int | None]) -> int:
    return sum(number for number in numbers if number is not None)


def known_sum(counts: Iterable[int | None]) -> int | None:
    """Return the sum of counts. None: none of them is known."""
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def without_conversions(rows: Iterable[Row]) -> list[Row]:
    """Return rows whose conversions are unknown, and not none: nothing says what one is."""
    return [row._replace(conversions=None, converted=None) for row in rows]


def with_returns(rows: Iterable[Row]) -> list[Row]:
    """Return rows with what follows from their counts, where those are known."""
    return [row._replace(returns=_returns(row)) for row in rows]


def _returns(row: Row) -> Returns | None:
    if row.visits is None:
        return None
    if row.conversions is None:
        return cost_only(row.visits, row.cost)
    figures = returns(row.visits, row.conversions, row.value, row.cost)
    if row.converted is None or row.converted == row.conversions:
        return figures
    # Several goals in one visit: the rate is that of visits with any.
    rate = returns(row.visits, row.converted)
    return figures._replace(rate=rate.rate, rate_low=rate.rate_low, rate_high=rate.rate_high)


def content_differences(rows: Sequence[Row], by: Sequence[Key]) -> Iterator[ContentDifference]:
    """Yield the best content of each group compared with each other one.

    A group has the same other keys. Without enough conversions in one of two, nothing is said.
    """
    if "content" not in by:
        return
    others = [key for key in by if key != "content"]
    groups: dict[tuple[str | None, ...], list[Row]] = {}
    for row in rows:
        if not row.suppressed and row.visits and row.converted is not None:
            groups.setdefault(tuple(row.keys[key] for key in others), []).append(row)
    for keys, group in groups.items():
        best = max(group, key=lambda row: (row.converted or 0) / (row.visits or 1))
        for row in group:
            if row is not best:
                names: dict[str, str | None] = dict(zip(others, keys, strict=True))
                yield ContentDifference(
                    names,
                    best.keys["content"] or "-",
                    row.keys["content"] or "-",
                    _difference(best, row),
                )


def _difference(one: Row, other: Row) -> Difference | None:
    counts = (one.converted or 0, one.visits or 0, other.converted or 0, other.visits or 0)
    if counts[0] < FEW_CONVERSIONS or counts[2] < FEW_CONVERSIONS:
        return None
    return newcombe(*counts)


def hidden_pool(rows: Iterable[Row]) -> Row | None:
    """Return the row of few visitors if not even its visits are told. None: all visits are told."""
    pool = next((row for row in rows if row.suppressed), None)  # others have only amounts
    return pool if pool and pool.visits is None else None


def rows_by_name(rows: Sequence[Row], by: Sequence[Key]) -> dict[tuple[str | None, ...], Row]:
    """Return the row of each name that was shown: the first, which has its visits."""
    found: dict[tuple[str | None, ...], Row] = {}
    for row in rows:
        if not row.suppressed:
            found.setdefault(tuple(row.keys[key] for key in by), row)
    return found
