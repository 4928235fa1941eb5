"""Which rows may be shown, in which order; those of few visitors become one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from utmforge.measure.result import Row
from utmforge.measure.suppression import Cell, suppress

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from utmforge.measure.result import Key


def shown_rows(rows: Sequence[Row], by: Sequence[Key], minimum: int) -> list[Row]:
    """Return rows as they may be shown, each campaign's together, the most visited first.

    Rows of few visitors become one row for each currency, which stands last.

    Args:
        rows: All rows; those of one name stand together.
        by: Their keys.
        minimum: Visitors below which a row is not shown.
    """
    names = [tuple(row.keys[key] for key in by) for row in rows]
    visitors: dict[tuple[str | None, ...], int] = {}
    for name, row in zip(names, rows, strict=True):
        visitors[name] = visitors.get(name, 0) + (row.visitors or 0)
    hidden = set(suppress([Cell(*one) for one in visitors.items()], minimum).hidden)
    kept = [row for name, row in zip(names, rows, strict=True) if name not in hidden]
    pooled = [row for name, row in zip(names, rows, strict=True) if name in hidden]
    return [*_in_order(kept, by), *_pool(pooled, by, minimum, len(hidden))]


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
    return sorted(rows, key=place)  # type: ignore[arg-type] # tuples of one shape


def _pool(rows: Sequence[Row], by: Sequence[Key], minimum: int, names: int) -> list[Row]:
    """Return what rows of few visitors come to together, without numbers if even that is few."""
    if not rows:
        return []
    keys: Mapping[str, str | None] = dict.fromkeys(by)
    if sum(row.visitors or 0 for row in rows) < minimum:
        return [Row(keys, _sum(row.previews for row in rows), {}, None, None, None, None,
                    suppressed=True, pooled=names)]  # fmt: skip
    pools = []
    for currency in dict.fromkeys(row.currency for row in rows):
        some = [row for row in rows if row.currency == currency]
        apps: Counter[str] = Counter()
        for row in some:
            apps.update(row.preview_apps)
        pools.append(
            Row(
                keys,
                _sum(row.previews for row in some),
                dict(apps),
                _sum(row.visits for row in some),
                _sum(row.visitors for row in some),
                _sum(row.conversions for row in some),
                _sum(row.converted for row in some),
                _amount(row.value for row in some),
                _amount(row.cost for row in some),
                currency,
                suppressed=True,
                pooled=names,
            )
        )
    return pools


def _sum(numbers: Iterable[int | None]) -> int:
    return sum(number for number in numbers if number is not None)


def _amount(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], known[0]) if known else None
