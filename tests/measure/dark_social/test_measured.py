"""Visits by private channels are told only as far as no small row follows from them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from itertools import product
from types import SimpleNamespace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.counting import VisitCount
from utmforge.measure.dark_social.counting import Private
from utmforge.measure.dark_social.measured import measured
from utmforge.measure.periods import period
from utmforge.measure.result import Row
from utmforge.measure.showing import shown_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utmforge.measure.dark_social.result import Measured
    from utmforge.measure.result import Key

DAYS = period(None, None, UTC, 0, 0)
MINIMUM = 5
PRIVATE = ("sms", "whatsapp")
CHANNEL_NAMES = (*PRIVATE, "qr")
MOST_TRIED = 4
"""Hidden cells whose numbers are tried, all of them."""
Table = dict[tuple[str, str], int]
"""Visitors by campaign and channel."""
CELLS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from(CHANNEL_NAMES)),
    st.integers(1, 9),
    min_size=1,
    max_size=6,
)


def told(table: Table, by: tuple[Key, ...]) -> tuple[list[Row], tuple[Measured, ...]]:
    """Return the rows that are shown, and what is told of private channels beside them."""

    def names(campaign: str, channel: str) -> tuple[str, ...]:
        return tuple({"campaign": campaign, "channel": channel}[key] for key in by)

    sums: dict[tuple[str, ...], int] = {}
    for cell, visitors in table.items():
        sums[names(*cell)] = sums.get(names(*cell), 0) + visitors
    rows = [
        Row(dict(zip(by, name, strict=True)), visits=visitors, visitors=visitors)
        for name, visitors in sums.items()
    ]
    shown = shown_rows(rows, by, MINIMUM)
    private = tuple(
        Private(names(campaign, channel), channel, visitors, visitors)
        for (campaign, channel), visitors in table.items()
        if channel in PRIVATE
    )
    counts = SimpleNamespace(
        sharing=SimpleNamespace(private=private),
        visits={name: VisitCount(visitors, visitors) for name, visitors in sums.items()},
    )
    found = measured(counts, shown, by, DAYS, MINIMUM, 100)  # type: ignore[arg-type] # what is read
    return shown, found


def by_channel(found: tuple[Measured, ...]) -> Mapping[str | None, int | None]:
    """Return the visits of each channel."""
    return {one.channel: one.visits for one in found}


def test_what_is_shown_is_told() -> None:
    """The sums of the shown rows, and their shares."""
    table: Table = {("a", "sms"): 9, ("b", "sms"): 8, ("a", "whatsapp"): 30, ("a", "qr"): 7}

    _, found = told(table, ("campaign", "channel"))

    assert [(one.channel, one.visits, one.share) for one in found] == [
        ("whatsapp", 30, 0.3),
        ("sms", 17, 0.17),
    ]


@given(CELLS)
def test_no_small_cell_follows(table: Table) -> None:
    """Every small cell could have another number, with the same sums.

    Whoever reads the answer knows the shown rows, the sum of the others, which cells there are,
    which of them are small, and what is told of each channel.
    """
    shown, found = told(table, ("campaign", "channel"))
    visible = {tuple(row.keys.values()) for row in shown if not row.suppressed}
    hidden = [cell for cell in table if cell not in visible]
    is_summed = all(row.visits is not None for row in shown if row.suppressed)
    seen: Counter[str] = Counter()
    for cell, visitors in table.items():
        seen[cell[1]] += visitors if cell in visible else 0
    channels = [name for name, visits in by_channel(found).items() if name and visits != seen[name]]
    if len(hidden) > MOST_TRIED or not is_summed:
        assert is_summed or not channels
        return

    def sums(numbers: Table) -> tuple[int, ...]:
        by_name = (sum(numbers[cell] for cell in hidden if cell[1] == name) for name in channels)
        return (sum(numbers[cell] for cell in hidden), *by_name)

    ranges = [range(1, MINIMUM) if table[cell] < MINIMUM else range(MINIMUM, 20) for cell in hidden]
    others = (dict(zip(hidden, numbers, strict=True)) for numbers in product(*ranges))
    possible = [other for other in others if sums(other) == sums(table)]
    for cell in hidden:
        assert table[cell] >= MINIMUM or len({other[cell] for other in possible}) > 1


def test_hidden_rows_of_one_channel_are_told_together() -> None:
    """Their sum leaves open what each has, and so does the rest."""
    table: Table = {("a", "sms"): 3, ("b", "sms"): 2, ("c", "sms"): 3, ("d", "sms"): 1}
    table |= {("a", "whatsapp"): 30}
    _, found = told(table, ("campaign", "channel"))

    assert by_channel(found) == {"whatsapp": 30, "sms": 9}


def test_one_hidden_row_is_not_told() -> None:
    """It is pooled with another, whose number would follow."""
    table: Table = {("a", "sms"): 4, ("b", "qr"): 6, ("a", "whatsapp"): 30}
    _, found = told(table, ("campaign", "channel"))

    assert by_channel(found) == {"whatsapp": 30, None: None}


def test_what_is_not_private_does_not_follow_either() -> None:
    """Of 34 visits of one campaign, 30 by WhatsApp: the 4 by poster would follow."""
    table: Table = {("a", "whatsapp"): 30, ("a", "qr"): 4}
    _, found = told(table, ("campaign",))

    assert by_channel(found) == {None: None}
