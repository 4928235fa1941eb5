"""Links from a file: those with private data are refused, with their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import LandingPagesInvalid, PrivateData, Problem, counted
from utmforge.privacy.issue_gate import refuse_private

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from utmforge.model import TaggedLink

_MAX_TOLD = 20


def refuse_private_arrivals(
    links: Iterable[TaggedLink], places: Mapping[str, str], *, allow_private: bool
) -> None:
    """Refuse links with personal data or secrets; the first 20 are reported with their places.

    Args:
        links: Links that the registry does not have.
        places: Where each stands, by id.
        allow_private: Accept personal data in links; secrets are still refused.

    Raises:
        LandingPagesInvalid: Some contain private data.
    """
    problems = []
    for link in links:
        try:
            refuse_private([link], allow_personal=allow_private)
        except PrivateData as error:
            problems.append(Problem(error.message, places.get(link.id, ""), hint=error.hint))
    if not problems:
        return
    told = problems[:_MAX_TOLD]
    if more := len(problems) - len(told):
        where = told[-1].where.partition(":")[0]
        told.append(Problem(f"and {counted(more, 'more link')} with private data", where))
    raise LandingPagesInvalid(told)
