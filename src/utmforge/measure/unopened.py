"""Links in use that no visit came by, in campaigns that others came by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from utmforge.registry.queries import LinkQuery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from utmforge.measure.attribution import Label
    from utmforge.measure.counting import VisitCount
    from utmforge.model import TaggedLink
    from utmforge.registry import Registry

_MOST_LINKS = 1_000
"""A campaign with more has a link for each recipient: no one expects all of them to be opened."""


class Unopened(NamedTuple):
    """What was issued until the log's last day and never opened."""

    links: tuple[TaggedLink, ...]
    issued: int
    """Links in use of the same campaigns, opened or not."""


def unopened_links(
    registry: Registry,
    labels: Sequence[Label],
    counts: Mapping[int, VisitCount],
    last_day: date,
    campaign: str | None,
    minimum: int,
) -> Unopened:
    """Return the links that no visit came by.

    Args:
        registry: Where links were issued.
        labels: Every label of the log.
        counts: The visits of each, by its number.
        last_day: Links that were issued after it, and after all visited ones, are left out.
        campaign: Only of this one. None: of all that were visited.
        minimum: Campaigns with fewer visitors are left out.

    Raises:
        RegistryError: The registry cannot be asked.
    """
    found = [(labels[number], one.visitors) for number, one in counts.items()]
    links = [label.link for label, _ in found if label.link]
    opened = {link.id for link in links}
    visitors: Counter[str] = Counter()
    for label, number in found:
        if label.link:
            visitors[label.link.tags.campaign] += number
    # Visits that only the campaign is known of may have come by any of its links.
    unclear = {label.campaign for label, _ in found if label.campaign and not label.link}
    until = max([last_day.isoformat(), *((link.issued_at or "")[:10] for link in links)])
    unopened: list[TaggedLink] = []
    issued = 0
    for name in sorted(visitors):
        query = LinkQuery(name, until=until, state="issued")
        if name in unclear or campaign not in {None, name} or visitors[name] < minimum:
            continue
        if registry.queries.count(query)[0] > _MOST_LINKS:
            continue
        in_use = list(registry.links(query))
        issued += len(in_use)
        unopened += [link for link in in_use if link.id not in opened]
    return Unopened(tuple(unopened), issued)
