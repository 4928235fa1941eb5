"""What to do next: at most five sentences that follow from the numbers, each with its figures.

A channel costs less, or a content wins, only where the intervals part; links and pages are named
only where enough people were counted. Everything here follows from what is shown anyway.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from utmforge.campaigns.currencies import decimals_of
from utmforge.errors import counted
from utmforge.measure.dark_social.result import Advice
from utmforge.measure.intervals import wilson
from utmforge.measure.money.amounts import Amount, by_currency
from utmforge.measure.money.returns import FEW_CONVERSIONS, ratio
from utmforge.measure.result import NOT_ISSUED_YET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utmforge.measure.dark_social.result import DarkSocial, Figure, SharedPage
    from utmforge.measure.result import ContentDifference, Key, Measurement, Orphan, Row
    from utmforge.measure.unopened import Unopened

MOST = 5
_MAX_NAMED = 3
"""With more planned campaigns, the command issues all of the file."""


def advice(
    measured: Measurement, private: DarkSocial | None, unopened: Unopened | None
) -> tuple[Advice, ...]:
    """Return what to do next, the most useful first.

    Args:
        measured: What is shown.
        private: Private sharing. None: that was not asked for.
        unopened: Links that no visit came by. None: the log has no days.
    """
    return tuple(
        [
            *_cheapest_channel(measured.rows, measured.by),
            *_winning_content(measured.differences),
            *_shared_pages(private),
            *_planned_tags(measured.orphans),
            *_lost_tags(measured.orphans),
            *_unopened_links(unopened),
        ][:MOST]
    )


class _Cost(NamedTuple):
    """What a conversion costs in one channel, between two ends."""

    channel: str
    each: Decimal
    low: Decimal
    high: Decimal
    conversions: int


def _cheapest_channel(rows: Sequence[Row], by: Sequence[Key]) -> Iterator[Advice]:
    """Yield the channel whose conversions cost least, if its interval is below all others."""
    if "channel" not in by or "day" in by:
        return
    by_currency: dict[str, list[_Cost]] = defaultdict(list)
    for currency, cost in _costs(rows):
        by_currency[currency].append(cost)
    for currency, costs in sorted(by_currency.items()):
        first, *others = sorted(costs, key=lambda one: one.each)
        if not others or first.high >= min(one.low for one in others):
            continue
        next_one = min(others, key=lambda one: one.each)

        unit = f" {currency}" if currency else ""

        def money(value: Decimal, currency: str = currency) -> str:
            return ratio(value, Decimal(1), decimals_of(currency))

        yield Advice(
            "cheapest-channel",
            {
                "channel": first.channel,
                "cost_per_conversion": money(first.each),
                "low": money(first.low),
                "high": money(first.high),
                "conversions": first.conversions,
                "other_channel": next_one.channel,
                "other_cost_per_conversion": money(next_one.each),
                "other_low": money(next_one.low),
                "other_high": money(next_one.high),
                "currency": currency or None,
            },
            f"A conversion costs least in {first.channel}: {money(first.each)}{unit} "
            f"({money(first.low)} to {money(first.high)}, {first.conversions:,} conversions); next "
            f"is {next_one.channel} with {money(next_one.each)} "
            f"({money(next_one.low)} to {money(next_one.high)}): move budget there.",
        )


class _Sum(NamedTuple):
    """The counts of one channel in all campaigns."""

    visits: int
    conversions: int
    converted: int
    cost: int


def _costs(rows: Sequence[Row]) -> Iterator[tuple[str, _Cost]]:
    """Yield the currency and the cost of a conversion in each channel with enough of them.

    A channel that costs in two currencies has no cost that can be compared: it is left out.
    """
    sums: dict[tuple[str, str], _Sum] = {}
    currencies: dict[str, set[str]] = defaultdict(set)
    for channel, named in _by_channel(rows):
        costs = by_currency(row.cost for row in named if row.cost)
        first = named[0]
        counts = [row.conversions for row in named]
        currencies[channel].update(cost.currency for cost in costs)
        if not costs or not costs[0].minor or first.visits is None or None in counts:
            continue
        conversions = sum(count or 0 for count in counts)
        key = channel, costs[0].currency
        before = sums.get(key, _Sum(0, 0, 0, 0))
        sums[key] = _Sum(
            before.visits + first.visits,
            before.conversions + conversions,
            before.converted + (conversions if first.converted is None else first.converted),
            before.cost + costs[0].minor,
        )
    for (channel, currency), one in sums.items():
        is_few = one.conversions < FEW_CONVERSIONS or one.converted > one.visits
        if is_few or len(currencies[channel]) > 1:
            continue
        cost = Amount(one.cost, currency).value
        rate = wilson(one.converted, one.visits)
        more = Decimal(one.conversions) / one.converted if one.converted else Decimal(1)
        low, high = (cost / (Decimal(end) * one.visits * more) for end in (rate.high, rate.low))
        yield currency, _Cost(channel, cost / one.conversions, low, high, one.conversions)


def _by_channel(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows of each name that has a channel: those of several currencies are several."""
    names: dict[tuple[str | None, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.suppressed and row.keys.get("channel") is not None:
            names[tuple(row.keys.values())].append(row)
    for named in names.values():
        yield named[0].keys["channel"] or "", named


def _winning_content(differences: Sequence[ContentDifference]) -> Iterator[Advice]:
    """Yield the content that converts better than another, beyond chance, by the most points."""
    certain = [
        (one.difference, one)
        for one in differences
        if one.difference and one.difference.is_beyond_chance and one.difference.difference > 0
    ]
    if not certain:
        return
    found, one = max(certain, key=lambda each: each[0].low)
    where = " in " + " / ".join(str(value) for value in one.keys.values() if value)
    figures: dict[str, Figure] = {
        **one.keys,
        "first": one.first,
        "second": one.second,
        "difference": found.difference,
        "low": found.low,
        "high": found.high,
    }
    yield Advice(
        "winning-content",
        figures,
        f"{one.first} converts better than {one.second}{where if any(one.keys.values()) else ''}: "
        f"by {found.difference * 100:.1f} points ({found.low * 100:.1f} to "
        f"{found.high * 100:.1f}): use it instead.",
    )


def _shared_pages(found: DarkSocial | None) -> Iterator[Advice]:
    """Yield the page that is surely shared in private and that no issued link leads to."""
    pages = [one for one in found.pages if one.low > 0 and not one.has_link] if found else []
    if not pages:
        return
    first: SharedPage = pages[0]
    more = len(pages) - 1
    others = f" ({counted(more, 'other page')} like it)" if more else ""
    yield Advice(
        "link-for-shared-page",
        {"page": first.page, "low": first.low, "high": first.high, "other_pages": more},
        f"{first.page} is shared in private (an estimate: {first.low:,} to {first.high:,} visits) "
        f"and no issued link leads there{others}: issue a link for it.",
    )


def _lost_tags(orphans: Sequence[Orphan]) -> Iterator[Advice]:
    """Yield how many visits had tags that no issued link has, and the most frequent ones."""
    wrong = [one for one in orphans if one.why != NOT_ISSUED_YET]
    if not wrong:
        return
    first, visits, figures = _most_frequent(wrong)
    near = f"; the nearest issued name is {first.nearest}" if first.nearest else ""
    yield Advice(
        "lost-tags",
        figures | {"why": first.why, "nearest": first.nearest},
        f"{counted(visits, 'visit')} had tags that no issued link has"
        f"{_named(first, visits, why=f'{first.why}{near}')}: correct those links.",
    )


def _planned_tags(orphans: Sequence[Orphan]) -> Iterator[Advice]:
    """Yield how many visits had tags of campaigns.toml whose links are not issued."""
    planned = [one for one in orphans if one.why == NOT_ISSUED_YET]
    if not planned:
        return
    first, visits, figures = _most_frequent(planned)
    names = dict.fromkeys(one.planned.name for one in planned if one.planned)
    command = shlex.join(["utmforge", "build", *(names if len(names) <= _MAX_NAMED else ())])
    yield Advice(
        "planned-tags",
        figures | {"command": command},
        f"{counted(visits, 'visit')} had tags that campaigns.toml has, but whose links are not in "
        f"the registry{_named(first, visits)}: issue them with {command}, then measure again.",
    )


def _most_frequent(orphans: Sequence[Orphan]) -> tuple[Orphan, int, dict[str, Figure]]:
    """Return the most frequent tags, the visits of all, and both as figures."""
    first = max(orphans, key=lambda one: one.visits)
    visits = sum(one.visits for one in orphans)
    figures: dict[str, Figure] = {
        "visits": visits,
        "source": first.source,
        "medium": first.medium,
        "campaign": first.campaign,
        "most": first.visits,
    }
    return first, visits, figures


def _named(first: Orphan, visits: int, why: str = "") -> str:
    """Return the most frequent tags, as a part of a sentence about all of them."""
    tags = " / ".join(value or "-" for value in (first.source, first.medium, first.campaign))
    if first.visits == visits:
        return f": {tags}" + (f" ({why})" if why else "")
    which = "most of them" if 2 * first.visits > visits else "most often"
    about = ": ".join(one for one in (counted(first.visits, "visit"), why) if one)
    return f", {which} {tags} ({about})"


def _unopened_links(found: Unopened | None) -> Iterator[Advice]:
    """Yield how many of the links in use were never opened."""
    if not found or not found.links:
        return
    first = found.links[0]
    where = f"{first.tags.campaign}, {first.channel}" if first.channel else first.tags.campaign
    named = f"{first.id} ({where})"
    figures: dict[str, Figure] = {
        "unopened": len(found.links),
        "issued": found.issued,
        "link_id": first.id,
        "campaign": first.tags.campaign,
        "channel": first.channel,
    }
    yield Advice(
        "unopened-links",
        figures,
        f"{len(found.links):,} of {counted(found.issued, 'link')} of the visited campaigns "
        f"were never opened, such as {named}: were they sent?",
    )
