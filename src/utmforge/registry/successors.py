"""The links that retirements name as the ones to use instead, and which of them are to be used.

Whoever writes to a shared file can name any link as the successor of any other. So only a successor
on the link's own site, or on one of `own_domains`, is named as the link to use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import ContradictoryInput

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from utmforge.model import Event, TaggedLink
    from utmforge.registry.queries import Queries


class Successor(NamedTuple):
    """The link that a retirement names as the one to use instead."""

    id: str
    """As the retirement has it."""
    link: TaggedLink | None
    """The issued link. None: this registry does not have it."""
    other_site: str | None
    """Its host, if that is another site than the retired link's. None: it is not."""

    @property
    def to_use(self) -> TaggedLink | None:
        """The link to use instead. None: it is not here, or on another site."""
        return None if self.other_site else self.link

    @property
    def description(self) -> str:
        """It in words: use it, or why not."""
        if self.link is None:
            return f"its successor {self.id} is not in this registry"
        if self.other_site:
            return f"its successor {self.id} is on another site: {self.other_site}"
        return f"use {self.id}"


def successor(
    link: TaggedLink, name: str, links: Mapping[str, TaggedLink], own_domains: Collection[str]
) -> Successor:
    """Return the successor of a link.

    Args:
        link: The retired link.
        name: The successor's id.
        links: Links by id, the successor among them if the registry has it.
        own_domains: The domains that are your own.
    """
    from utmforge.urls.sites import other_site, own_hosts

    there = links.get(name)
    site = other_site(link.url, there.url, own_hosts(own_domains)) if there else None
    return Successor(name, there, site)


def successors(
    link: TaggedLink, events: Iterable[Event], queries: Queries, own_domains: Collection[str]
) -> dict[str, Successor]:
    """Return the successors that events of a link name, by id."""
    names = list(dict.fromkeys(event.successor for event in events if event.successor))
    links = queries.known(names) if names else {}
    return {name: successor(link, name, links, own_domains) for name in names}


def refuse_other_site(
    links: Iterable[TaggedLink], named: TaggedLink, own_domains: Collection[str]
) -> None:
    """Refuse a successor on another site than one of the links that it is to replace.

    Raises:
        ContradictoryInput: It is on another site.
    """
    for link in links:
        if site := successor(link, named.id, {named.id: named}, own_domains).other_site:
            raise ContradictoryInput(
                f"the successor {named.id} is on another site than {link.id}: {site}",
                hint="add its domain to own_domains in campaigns.toml, or use --other-site",
            )
