"""What stands without a number beside numbered views: foreign tags and origins hidden for it.

Rows, foreign tags and origins are all visits together, and each visit has a view or a redirect. So
what is without a number is at most the views that are left over:

    views 160   spring 150   direct, few visitors: ?      ≤ 10: any number of few visitors, fine
    views 151   spring 150   direct, few visitors: ?      1 visitor, exactly

In the second log, the next larger origins or foreign tags are added to what has no number, until
what is left over tells little: the largest possible number of few visitors is at least half of
those that are not shown.

>>> direct, search = Origin("direct", "deep", 40), Origin("search", None, 12)
>>> few = Origin(FEW, None, None)
>>> beside = Beside((), 0, (direct, search, few))
>>> hide_more(beside, 0, 0, most_visits=60, minimum=10).origins == beside.origins
True
>>> hide_more(beside, 0, 0, most_visits=53, minimum=10).origins
(Origin(origin='others of few visitors', detail=None, visits=None),)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.result import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utmforge.measure.counting import VisitCount
    from utmforge.measure.result import Orphan

FEW = "others of few visitors"
"""The origins that are not shown."""


class Beside(NamedTuple):
    """What is shown beside the rows."""

    orphans: tuple[Orphan, ...]
    orphans_suppressed: int | None
    """None: without a number."""
    origins: tuple[Origin, ...]

    def visits(self) -> int:
        """Return the visits that have a number."""
        tagged = sum(one.visits for one in self.orphans) + (self.orphans_suppressed or 0)
        return tagged + sum(one.visits or 0 for one in self.origins)

    def unnumbered(self) -> int:
        """Return how many groups have no number."""
        return (self.orphans_suppressed is None) + any(one.visits is None for one in self.origins)


def shown_origins(
    counts: Mapping[tuple[str, str | None], VisitCount], minimum: int
) -> Iterator[Origin]:
    """Yield where visits without tags came from; those of few visitors only as other ones."""
    few: list[VisitCount] = []
    origins = sorted(counts.items(), key=lambda one: (-one[1].visits, str(one[0])))
    for (origin, detail), count in origins:
        if count.visitors < minimum:
            few.append(count)
        else:
            yield Origin(origin, detail, count.visits)
    if few:
        is_shown = sum(one.visitors for one in few) >= minimum
        yield Origin(FEW, None, sum(one.visits for one in few) if is_shown else None)


def hide_more(
    beside: Beside, row_visits: int, hidden_rows: int, *, most_visits: float, minimum: int
) -> Beside:
    """Return what may be shown beside rows and views.

    Args:
        beside: What is of enough visitors.
        row_visits: The visits of the rows that have a number.
        hidden_rows: How many rows have none, not even together.
        most_visits: The visits that there can be, by what else is shown.
        minimum: Visitors below which nothing is shown.
    """
    few = hidden_rows + beside.unnumbered()
    if not few:
        return beside
    added = 0
    while most_visits - row_visits - beside.visits() - few - added * minimum < minimum // 2 - 1:
        origins = (one for one in beside.origins if one.visits)
        numbered: tuple[Orphan | Origin, ...] = (*beside.orphans, *origins)
        if not numbered:
            break
        smallest = min(numbered, key=lambda one: (one.visits or 0, str(one)))
        beside = _without(beside, smallest)
        added += 1
    return beside


def _without(beside: Beside, one: Orphan | Origin) -> Beside:
    """Add one to those that have no number."""
    if isinstance(one, Origin):
        left = tuple(each for each in beside.origins if each != one and each.origin != FEW)
        return beside._replace(origins=(*left, Origin(FEW, None, None)))
    return beside._replace(
        orphans=tuple(each for each in beside.orphans if each != one), orphans_suppressed=None
    )
