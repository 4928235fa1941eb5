"""No cell of fewer than `minimum` visitors is shown, and none can be computed from what is shown.

    spring, email     120             spring, email     120
    spring, sms         4      →      spring, qr          0
    spring, whatsapp   31             (2 others)         35     sms, and whatsapp beside it
    spring, qr          0             total             155

Small cells are pooled. If the pool is small itself, or if its sum gives a small cell away, the next
larger cells are pooled, too (complementary suppression). What a reader may know is assumed at its
worst: all sums that are shown, which of the hidden cells are small, and that no pooled cell is
larger than the smallest one shown beside it. A cell with no visitors stays visible: it reveals
no one.

Everything that is counted is a sum over cells: visitors of a total are the visitors of its cells.
What only one cell of a pool has, such as a value in a currency of its own, is left out of the pool
and of all totals above it.

Where totals of the first keys are shown (`levels`), each of them is a cell with a pool of its own,
and the cells of a hidden total are hidden. Of two tables about the same visits, only one is safe:
what the one hides may follow from the other.

>>> cells = [Cell(("email",), 120), Cell(("sms",), 4), Cell(("whatsapp",), 31), Cell(("qr",), 0)]
>>> shown = suppress(cells, 10)
>>> [cell.keys for cell in shown.rows], [(pool.cells, pool.visitors) for pool in shown.pools]
([('email',), ('qr',)], [(2, 35)])
>>> shown.total
Cell(keys=(), visitors=155, counts={})
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Counts = Mapping[str, int]
"""What else is counted, by name, such as visits, conversions or `value EUR` in minor units."""

_UNPROTECTED = 1
LEAST_MINIMUM = 4
"""Below it, whoever knows that a cell is hidden nearly knows its number: it is 1 or 2."""


class Cell(NamedTuple):
    """One row of a table, or a total."""

    keys: tuple[str | None, ...]
    """What the row is about, such as campaign and channel. A total has the first of them only."""
    visitors: int
    """The number of visitors."""
    counts: Counts = MappingProxyType({})
    """What else is counted."""


class Pool(NamedTuple):
    """Cells that are shown as one row."""

    keys: tuple[str | None, ...]
    """The first keys that its cells share."""
    cells: int
    """How many cells it has."""
    visitors: int | None
    """The visitors of all its cells. None: not even their sum may be shown."""
    counts: Counts = MappingProxyType({})
    """What else is counted. Empty where the sum may not be shown."""


class Suppressed(NamedTuple):
    """What may be shown of a table."""

    rows: tuple[Cell, ...]
    """The cells that are shown, in the given order; those without visitors, too."""
    pools: tuple[Pool, ...]
    """The pooled rows: at most one in each total that is shown."""
    totals: tuple[Cell, ...]
    """The totals that are shown, in the given order; the one of everything comes last."""
    hidden: tuple[tuple[str | None, ...], ...]
    """The keys of all pooled cells, in the given order: no number of theirs is shown."""

    @property
    def total(self) -> Cell | None:
        """Return the total of everything. None: it is hidden."""
        return self.totals[-1] if self.totals and not self.totals[-1].keys else None


def suppress(cells: Sequence[Cell], minimum: int, *, levels: int = 0) -> Suppressed:
    """Pool cells until nothing of fewer than `minimum` visitors can be computed.

    Args:
        cells: The cells, none twice; those with the same first keys need not be neighbours.
        minimum: Visitors of a cell that is shown. 0 and 1: everything is shown.
        levels: Number of first keys whose totals are shown, beside the total of everything.

    Raises:
        ValueError: The minimum is 2 or 3, which protects no one.
    """
    if _UNPROTECTED < minimum < LEAST_MINIMUM:
        raise ValueError(f"a minimum of {minimum} visitors protects no one")
    table = _Table(minimum)
    everything = _node((), cells, levels)
    if table.may_show(everything):
        table.show(everything)
    else:
        table.pool(everything, everything.children, visitors=None)
    order = {cell.keys: at for at, cell in enumerate(cells)}
    return Suppressed(
        tuple(cell for cell in cells if cell.keys not in table.hidden),
        tuple(table.pools),
        tuple(table.totals),
        tuple(sorted(table.hidden, key=order.__getitem__)),
    )


def may_show_sum(visitors: Sequence[int], minimum: int) -> bool:
    """Tell whether the sum of hidden cells leaves open what each of them has.

    >>> may_show_sum([4, 31], 10), may_show_sum([4], 10), may_show_sum([31], 10)
    (True, False, False)
    """
    total = sum(visitors)
    small = [(1, minimum - 1) for each in visitors if each < minimum]
    large = [(minimum, total) for each in visitors if each >= minimum]
    is_enough = len(visitors) > 1 and total >= minimum
    return is_enough and _Table(minimum).leaves_open(total, small, large)


class _Node(NamedTuple):
    """A cell, or a total with what it is the total of."""

    keys: tuple[str | None, ...]
    visitors: int
    cells: tuple[Cell, ...]
    """All cells in it, those without visitors, too."""
    children: tuple[_Node, ...]
    """Empty: it is a cell."""
    least: int
    """The visitors that it has at least: its zeros are shown, so the other cells are not zero."""

    def leaves(self) -> list[Cell]:
        """Return its cells that have visitors."""
        return [cell for cell in self.cells if cell.visitors]


def _node(keys: tuple[str | None, ...], cells: Iterable[Cell], levels: int) -> _Node:
    """Return the tree of totals above cells, `levels` deep."""
    depth = len(keys)
    cells = tuple(cells)
    if levels == depth:
        children = tuple(
            _Node(cell.keys, cell.visitors, (cell,), (), min(cell.visitors, 1)) for cell in cells
        )
    else:
        first = {cell.keys[depth]: at for at, cell in reversed(list(enumerate(cells)))}
        ordered = sorted(cells, key=lambda cell: first[cell.keys[depth]])
        children = tuple(
            _node((*keys, key), group, levels)
            for key, group in groupby(ordered, lambda cell: cell.keys[depth])
        )
    visitors = sum(cell.visitors for cell in cells)
    return _Node(keys, visitors, cells, children, sum(child.least for child in children))


class _Table:
    """The table that is shown, in the making."""

    def __init__(self, minimum: int) -> None:
        self.minimum = minimum
        self.pools: list[Pool] = []
        self.totals: list[Cell] = []
        self.hidden: set[tuple[str | None, ...]] = set()

    def may_show(self, node: _Node) -> bool:
        """Tell whether a cell or a total may be shown; one without visitors always may."""
        if not node.visitors or self.minimum <= _UNPROTECTED:
            return True
        return node.visitors >= self.minimum and self._pooled(node) is not None

    def show(self, node: _Node) -> set[str]:
        """Show a total, and of its children what may be shown beside it.

        Returns:
            The counts that only one cell of a pool has: they are not shown in totals either.
        """
        pooled = self._pooled(node) or ()
        keys = {child.keys for child in pooled}
        lone: set[str] = set()
        for child in node.children:
            if child.children and child.keys not in keys:
                lone |= self.show(child)
        if pooled:
            lone |= self.pool(node, pooled, visitors=sum(child.visitors for child in pooled))
        self.totals.append(Cell(node.keys, node.visitors, _sums(node.cells, lone)))
        return lone

    def pool(self, node: _Node, children: Iterable[_Node], visitors: int | None) -> set[str]:
        """Show children of a total as one row, perhaps without a number; return its lone counts."""
        leaves = [leaf for child in children for leaf in child.leaves()]
        self.hidden.update(leaf.keys for leaf in leaves)
        having = Counter(name for leaf in leaves for name in leaf.counts)
        lone = {name for name, cells in having.items() if cells == 1}
        counts = _sums(leaves, lone) if visitors is not None else {}
        self.pools.append(Pool(node.keys, len(leaves), visitors, counts))
        return lone

    def _pooled(self, node: _Node) -> tuple[_Node, ...] | None:
        """Return the children that are shown as one row; None if not even that is safe."""
        children = sorted((each for each in node.children if each.visitors), key=_visitors)
        kept_back: list[_Node] = []
        rest: list[_Node] = []
        for child in children:
            (rest if self.may_show(child) else kept_back).append(child)
        if not kept_back:
            return ()
        for at in range(len(rest) + 1):
            next_shown = rest[at].visitors if at < len(rest) else node.visitors
            if self._is_safe(kept_back, rest[:at], next_shown):
                return (*kept_back, *rest[:at])
        return None

    def _is_safe(self, kept_back: list[_Node], others: list[_Node], next_shown: int) -> bool:
        """Tell whether the sum of a pool leaves open what each small cell in it has.

        Each of them must have half as many possible values as if nothing were known of the sum.
        """
        pooled = (*kept_back, *others)
        visitors = sum(child.visitors for child in pooled)
        minimum = self.minimum
        small = [(child.least, minimum - 1) for child in kept_back if child.visitors < minimum]
        large = [
            *(
                (max(each.least, minimum), visitors)
                for each in kept_back
                if each.visitors >= minimum
            ),
            *((max(each.least, minimum), next_shown) for each in others),
        ]
        if visitors < minimum or not self.leaves_open(visitors, small, large):
            return False
        if not any(child.children for child in pooled):
            return True
        leaves = [leaf.visitors for child in pooled for leaf in child.leaves()]
        small = [(1, minimum - 1) for leaf in leaves if leaf < minimum]
        large = [(minimum, visitors) for leaf in leaves if leaf >= minimum]
        return self.leaves_open(visitors, small, large)

    def leaves_open(
        self, visitors: int, small: list[tuple[int, int]], large: list[tuple[int, int]]
    ) -> bool:
        """Tell whether a sum leaves open each of the small numbers in it, by their bounds."""
        least = sum(low for low, _ in (*small, *large))
        most = sum(high for _, high in (*small, *large))
        wanted = self.minimum // 2
        for low, high in small:
            highest = min(high, visitors - (least - low))
            lowest = max(low, visitors - (most - high))
            if (high - low < wanted and not large) or highest - lowest < min(wanted, high - low):
                return False
        return True


def _visitors(node: _Node) -> int:
    return node.visitors


def _sums(cells: Iterable[Cell], lone: set[str]) -> dict[str, int]:
    """Return the sums of what else is counted, without some of it."""
    sums: Counter[str] = Counter()
    for cell in cells:
        sums.update(cell.counts)
    return {name: number for name, number in sums.items() if name not in lone}
