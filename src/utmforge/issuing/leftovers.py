"""Links that were issued for a campaign and that its file no longer describes.

A changed landing page, channel or content makes other links; those issued before stay in use.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from utmforge.model import PARAMETERS
from utmforge.registry.events import new_change_id
from utmforge.registry.queries import LinkQuery
from utmforge.urls.sites import other_site, own_hosts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.model import TaggedLink, Tags
    from utmforge.registry import Registry

_MAX_NEW = 3
"""New campaigns that are looked for under other names: each search reads all links."""
_MAX_ALIKE = 20
"""Links like one of theirs."""


class Leftover(NamedTuple):
    """An issued link in use that the campaign file does not describe."""

    link: TaggedLink
    """The link."""
    successor: TaggedLink | None
    """The planned link with the same tags, or the only one with the same source and medium.

    None: there is none on the same site.
    """


def leftovers(
    planned: Sequence[TaggedLink], registry: Registry, own_domains: Collection[str] = ()
) -> list[Leftover]:
    """Return the links in use of the planned links' campaigns that are not among these.

    Args:
        planned: Every link of the campaigns.
        registry: The links issued before.
        own_domains: The domains that are your own: a successor may be on any of them.
    """
    ids = {link.id for link in planned}
    found = [
        link
        for campaign in dict.fromkeys(link.tags.campaign for link in planned)
        for link in registry.links(LinkQuery(campaign, state="issued"))
        if link.id not in ids and not link.pages
    ]
    hosts = own_hosts(own_domains)
    return [
        Leftover(
            link,
            next(
                (
                    one
                    for one in _replacing(link, planned)
                    if not other_site(link.url, one.url, hosts)
                ),
                None,
            ),
        )
        for link in found
    ]


class RenamedByHand(NamedTuple):
    """A campaign that the file seems to have under another name now."""

    before: str
    now: str
    links: int
    """Links in use under the old name."""


def renamed_by_hand(
    new: Iterable[TaggedLink], registry: Registry, file: CampaignFile
) -> list[RenamedByHand]:
    """Return the campaigns whose new links were all issued before, under a name that is gone.

    Args:
        new: Links that were not issued before.
        registry: The links issued before.
        file: What is planned.
    """
    planned = {place.tags.campaign for one in file.campaigns.values() for place in one.placements}
    made: dict[str, list[TaggedLink]] = {}
    for link in new:
        made.setdefault(link.tags.campaign, []).append(link)
    found = []
    for now, links in islice(made.items(), _MAX_NEW):
        for before in _under_other_names(links[0], registry) - planned - {now}:
            old = list(registry.links(LinkQuery(before, state="issued")))
            if {*map(_but_campaign, links)} <= {*map(_but_campaign, old)}:
                found.append(RenamedByHand(before, now, len(old)))
    return found


def _under_other_names(link: TaggedLink, registry: Registry) -> set[str]:
    """Return the campaigns of links in use that differ from this one in nothing else."""
    tags = tuple(
        (PARAMETERS[name], value) for name, value in link.tags.items() if name != "campaign"
    )
    query = LinkQuery(text=link.landing_page, tags=tags, state="issued", limit=_MAX_ALIKE)
    return {
        one.tags.campaign
        for one in registry.links(query)
        if _but_campaign(one) == _but_campaign(link)
    }


def _but_campaign(link: TaggedLink) -> tuple[str, Tags]:
    return link.landing_page, link.tags._replace(campaign="")


def retire_leftovers(
    found: Sequence[Leftover], registry: Registry, reason: str, *, dry_run: bool = False
) -> int:
    """Retire links left behind, each with its successor if that is in use; return how many."""
    named = [one.successor.id for one in found if one.successor]
    known = registry.queries.known(named)
    groups: dict[str | None, list[str]] = {}
    for one in found:
        name = one.successor.id if one.successor else None
        is_in_use = name in known and known[name].state == "issued"
        groups.setdefault(name if is_in_use else None, []).append(one.link.id)
    change = new_change_id()  # one undo reverses all of them
    return sum(
        len(registry.retire(ids, reason, successor=name, dry_run=dry_run, change_id=change))
        for name, ids in groups.items()
    )


def _replacing(link: TaggedLink, planned: Sequence[TaggedLink]) -> Iterator[TaggedLink]:
    """Yield the planned links that may replace a link, the closest first."""
    yield from (one for one in planned if one.tags == link.tags)
    alike = [
        one
        for one in planned
        if (one.tags.source, one.tags.medium, one.tags.campaign)
        == (link.tags.source, link.tags.medium, link.tags.campaign)
    ]
    if len(alike) == 1:
        yield alike[0]
