"""A name that is nearly one in use is questioned before it splits a report into two rows.

So is a source that is nearly one of those that GA4 knows: it would be filed under Unassigned.

In a terminal it is asked which one is meant; otherwise the links are refused, unless `--new-name`
says that it is a new one.
"""

from collections.abc import Callable, Iterable, Sequence

from utmforge.cli.session import Session
from utmforge.errors import NearName, quoted
from utmforge.issuing.make import make_link
from utmforge.model import TaggedLink, Tags
from utmforge.registry import Registry
from utmforge.registry.queries import LinkQuery

_LATEST = 500  # links whose sources and mediums are looked at


class NameQuestions:
    """Settles the names of links about to be issued; each name once."""

    def __init__(self, session: Session, registry: Registry) -> None:
        self._session = session
        self._registry = registry
        self._meant: dict[tuple[str, str], str] = {}
        self._known: dict[str, set[str]] = {}
        self._seen: set[tuple[str | None, str, str, str]] = set()
        self._told_ids: set[str] = set()

    def settled(self, links: Sequence[TaggedLink]) -> list[TaggedLink]:
        """Return the links with the names that are meant.

        Raises:
            NearName: A name is nearly one in use, and nobody is there to be asked.
        """
        if self._session.new_name:
            return list(links)
        for named in dict.fromkeys((link.channel, *link.tags[:3]) for link in links):
            if named in self._seen:
                continue
            self._seen.add(named)
            channel, source, medium, campaign = named
            of_channel = self._session.file.channel(channel)[1:3] if channel else ()
            for name, value in (("source", source), ("medium", medium), ("campaign", campaign)):
                if (name, value) not in self._meant:
                    is_preset = name != "campaign" and value in of_channel
                    self._meant[name, value] = value if is_preset else self._settle(name, value)
        if all(meant == value for (_, value), meant in self._meant.items()):
            return list(links)
        return [self._written(link) for link in links]

    def _written(self, link: TaggedLink) -> TaggedLink:
        tags = link.tags
        meant = tags._replace(
            source=self._meant["source", tags.source],
            medium=self._meant["medium", tags.medium],
            campaign=self._meant["campaign", tags.campaign],
        )
        if meant == tags:
            return link
        if meant.campaign != tags.campaign:
            meant = self._with_id_of_campaign(meant, tags)
        return make_link(link.landing_page, meant, channel=link.channel)

    def _with_id_of_campaign(self, meant: Tags, asked: Tags) -> Tags:
        """Return tags with the `utm_id` that the file has for their campaign, if it has one.

        An id that was asked for stays.
        """
        ids = {each.tags.campaign: each.tags.id for each in self._session.file.campaigns.values()}
        known = ids.get(meant.campaign)
        if known is None or asked.id not in {None, ids.get(asked.campaign)}:
            return meant
        if known not in self._told_ids:
            self._told_ids.add(known)
            self._session.console.note(
                f"added utm_id {quoted(known)}, which {self._session.file.path} has for this "
                "campaign"
            )
        return meant._replace(id=known)

    def _settle(self, name: str, value: str) -> str:
        """Return the name that is meant by one."""
        if self._is_known(name, value) or not self._names(name):
            return value
        from utmforge.naming.similar import similar_names

        near = similar_names(value, self._names(name))
        names, known = [each.name for each in near], "which is in use"
        differs = " and ".join(near[0].differs) if near else "typo"
        if not near and name == "source":
            from utmforge.analytics.ga4.misspelt_sources import well_known_source

            meant = well_known_source(value)
            names, known = [meant] if meant else [], "which GA4 knows"
        if not names:
            return value
        said = f"{name} {quoted(value)} is nearly {quoted(names[0])}, {known} ({differs})"
        if not self._session.can_ask:
            raise NearName(
                said, hint=f"write {quoted(names[0])}, or say that it is a new one: --new-name"
            )
        from utmforge.cli.interactive.prompts import choose, say

        say(said)
        picked = choose("Which one", [*names, f"{value} (a new name)"])
        return value if picked is None or picked == len(names) else names[picked]

    def _is_known(self, name: str, value: str) -> bool:
        if name == "campaign":
            return self._registry.queries.has_campaign(value)
        return value in self._names(name)

    def _names(self, name: str) -> set[str]:
        """Return the names in use: of the registry, of the file, of the channels."""
        if name not in self._known:
            find: dict[str, Callable[[], Iterable[str]]] = {
                "campaign": self._campaigns,
                "source": lambda: self._of_channels("source"),
                "medium": lambda: self._of_channels("medium"),
            }
            self._known[name] = set(find[name]())
        return self._known[name]

    def _campaigns(self) -> Iterable[str]:
        yield from self._registry.queries.campaigns()
        yield from (each.tags.campaign for each in self._session.file.campaigns.values())

    def _of_channels(self, name: str) -> Iterable[str]:
        yield from (getattr(channel, name) for channel in self._session.file.all_channels())
        for link in self._registry.links(LinkQuery(limit=_LATEST)):
            yield getattr(link.tags, name)
