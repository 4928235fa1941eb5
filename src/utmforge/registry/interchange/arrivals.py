"""Links from outside, and the gate that may refuse them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import LandingPagesInvalid, Problem, UtmforgeError, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from utmforge.model import TaggedLink

    Gate = Callable[[TaggedLink], None]
    """Raises an UtmforgeError for a link that must not be imported."""

_MAX_TOLD = 20


def admit_all(_: TaggedLink) -> None:
    """Let every link in."""


def refuse_arrivals(links: Iterable[TaggedLink], places: Mapping[str, str], gate: Gate) -> None:
    """Refuse links that the gate refuses; the first 20 are reported with their places.

    Args:
        links: Links that the registry does not have.
        places: Where each stands, by id.
        gate: Raises for a link that must not be imported.

    Raises:
        LandingPagesInvalid: The gate refuses links.
    """
    problems = []
    for link in links:
        try:
            gate(link)
        except UtmforgeError as error:
            problems.append(Problem(error.message, places.get(link.id, ""), hint=error.hint))
    if not problems:
        return
    told = problems[:_MAX_TOLD]
    if more := len(problems) - len(told):
        where = told[-1].where.partition(":")[0]
        told.append(Problem(f"and {counted(more, 'more link')} that may not come in", where))
    raise LandingPagesInvalid(told)
