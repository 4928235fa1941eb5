"""Visits by links for private channels: certain, and shown only as far as the rows allow it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.dark_social.result import Measured
from utmforge.measure.rows import shown_names
from utmforge.measure.suppression import Cell, may_show_sum, suppress

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from utmforge.measure.counting import Counts, Names
    from utmforge.measure.dark_social.counting import Private
    from utmforge.measure.periods import Period
    from utmforge.measure.result import Key, Row

_OF_ONE_CHANNEL = frozenset(("channel", "link"))
"""Keys whose rows have one channel each."""

_PUBLIC = "\0"
"""Stands for all channels that are not private."""


class _Channel(NamedTuple):
    """The visits of one channel, by whether their rows are shown."""

    visits: int
    visitors: int
    hidden_visits: int
    hidden: tuple[int, ...]
    """The visitors of each hidden row."""


def measured(
    counts: Counts,
    shown: Sequence[Row],
    by: Sequence[Key],
    period: Period,
    minimum: int,
    total: int,
) -> tuple[Measured, ...]:
    """Return the visits of each private channel, as far as no hidden row follows from them.

    Args:
        counts: What the log holds.
        shown: The rows that are shown beside it, those of few visitors as one.
        by: Their keys.
        period: Whose days are named.
        minimum: Visitors below which nothing is shown.
        total: All visits.
    """
    private = counts.sharing.private if counts.sharing else ()
    rows = {tuple(row.keys[key] for key in by) for row in shown if not row.suppressed}
    channels = _channels(private, rows, by, period)
    if _OF_ONE_CHANNEL.isdisjoint(by):
        visits, pooled, is_whole = _of_several(
            channels, _public(counts, channels, rows, by, period), minimum
        )
    else:
        added = _added(channels, _others(counts, private, rows, by, period), shown, minimum)
        pooled, is_whole = 0, all(name in added or not one.hidden for name, one in channels.items())
        visits = {
            name: one.visits + (one.hidden_visits if name in added else 0)
            for name, one in channels.items()
        }
    found = [
        Measured(name, number, _share(number, total))
        for name, number in sorted(visits.items(), key=lambda one: (-one[1], str(one[0])))
        if number
    ]
    if is_whole:
        return tuple(found)
    return (*found, Measured(None, pooled or None, _share(pooled, total) if pooled else None))


def _of_several(
    channels: Mapping[str | None, _Channel], public: int, minimum: int
) -> tuple[dict[str | None, int], int, bool]:
    """Return the visits of channels, of those of few visitors together, and whether that is all.

    Rows of several channels are shown: what is not of private channels follows from their sum, and
    must not be small either.
    """
    cells = [Cell((name or "",), one.visitors) for name, one in channels.items()]
    suppressed = suppress([*cells, Cell((_PUBLIC,), public)], minimum)
    hidden = {keys[0] for keys in suppressed.hidden}
    visits = {name: one.visits for name, one in channels.items() if (name or "") not in hidden}
    pooled = sum(one.visits for name, one in channels.items() if (name or "") in hidden)
    is_summed = _PUBLIC not in hidden and all(pool.visitors for pool in suppressed.pools)
    is_whole = not hidden - {_PUBLIC} and not any(one.hidden for one in channels.values())
    return visits, pooled if is_summed else 0, is_whole


def _public(
    counts: Counts,
    channels: Mapping[str | None, _Channel],
    rows: Collection[Names],
    by: Sequence[Key],
    period: Period,
) -> int:
    """Return the visitors in shown rows that came by links of no private channel."""
    visitors = sum(
        one.visitors
        for names, one in counts.visits.items()
        if shown_names(names, by, period) in rows
    )
    return max(0, visitors - sum(one.visitors for one in channels.values()))


def _share(number: int, total: int) -> float | None:
    return round(min(1.0, number / total), 4) if total else None


def _channels(
    private: Sequence[Private], rows: Collection[Names], by: Sequence[Key], period: Period
) -> dict[str | None, _Channel]:
    names: dict[tuple[str | None, Names], list[int]] = {}
    for each in private:
        key = each.channel, shown_names(each.names, by, period)
        visits, visitors = names.get(key, (0, 0))
        names[key] = [visits + each.visits, visitors + each.visitors]
    channels: dict[str | None, _Channel] = {}
    for (channel, name), (visits, visitors) in names.items():
        one = channels.get(channel, _Channel(0, 0, 0, ()))
        if name in rows:
            one = one._replace(visits=one.visits + visits, visitors=one.visitors + visitors)
        else:
            one = one._replace(
                hidden_visits=one.hidden_visits + visits, hidden=(*one.hidden, visitors)
            )
        channels[channel] = one
    return channels


def _others(
    counts: Counts,
    private: Sequence[Private],
    rows: Collection[Names],
    by: Sequence[Key],
    period: Period,
) -> tuple[int, ...]:
    """Return the visitors of the hidden rows that are of no private channel."""
    ours = {shown_names(each.names, by, period) for each in private}
    hidden: dict[Names, int] = defaultdict(int)
    for names, one in counts.visits.items():
        name = shown_names(names, by, period)
        if name not in rows and name not in ours:
            hidden[name] += one.visitors
    return tuple(hidden.values())


def _added(
    channels: Mapping[str | None, _Channel],
    others: tuple[int, ...],
    shown: Sequence[Row],
    minimum: int,
) -> set[str | None]:
    """Return the channels whose hidden rows may be counted with the shown ones.

    The rows of few visitors are shown as one. Their sum by channel may be told where it leaves open
    what each row has, and so does the sum of all that are not told.
    """
    if any(row.suppressed and row.visits is None for row in shown):
        return set()
    hidden = {name: one.hidden for name, one in channels.items() if one.hidden}
    told = {name for name, leaves in hidden.items() if may_show_sum(leaves, minimum)}
    rest = (*others, *(leaf for name in hidden if name not in told for leaf in hidden[name]))
    return told if not rest or may_show_sum(rest, minimum) else set()
