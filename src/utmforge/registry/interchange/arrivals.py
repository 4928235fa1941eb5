"""Links and events from a file: those with private data are refused, with their lines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from utmforge.errors import LandingPagesInvalid, PrivateData, Problem, counted
from utmforge.privacy.issue_gate import refuse_private, refuse_private_event, refuse_secret_author

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from utmforge.model import Event, TaggedLink

_MAX_TOLD = 20


def refuse_private_arrivals(
    links: Iterable[TaggedLink],
    places: Mapping[Any, str],
    *,
    events: Iterable[Event] = (),
    allow_private: bool,
) -> None:
    """Refuse personal data and secrets; the first 20 lines are reported with their places.

    Args:
        links: Links that the registry does not have.
        places: Where each stands: links by id, events by themselves.
        events: Events that the registry does not have.
        allow_private: Accept personal data in links and notes; secrets are still refused.

    Raises:
        LandingPagesInvalid: Some contain private data.
    """
    problems: list[Problem] = []
    noun = "link"

    def check(place: str | Event, refuse: Callable[[], None]) -> None:
        try:
            refuse()
        except PrivateData as error:
            problems.append(Problem(error.message, places.get(place, ""), hint=error.hint))

    for link in links:
        check(link.id, partial(_refuse_link, link, allow_private=allow_private))
    for event in events:
        noun = "line"
        check(event, partial(refuse_private_event, event, allow_personal=allow_private))
    if not problems:
        return
    told = problems[:_MAX_TOLD]
    if more := len(problems) - len(told):
        where = told[-1].where.partition(":")[0]
        told.append(Problem(f"and {counted(more, f'more {noun}')} with private data", where))
    raise LandingPagesInvalid(told)


def _refuse_link(link: TaggedLink, *, allow_private: bool) -> None:
    refuse_private([link], allow_personal=allow_private)
    refuse_secret_author(link.author)
