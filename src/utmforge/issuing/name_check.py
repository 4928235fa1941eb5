"""Question names of new links that look like existing ones, before they split a report.

A source, medium or campaign that differs only slightly from one in use would get its own row in
every report. A source that looks like one that GA4 knows would be filed under Unassigned.

    NameCheck(file, registry).questions(links)   → what is questionable: field, given, near, kind
    NameSettler(file, registry, answer).settled(links)   → the links with the names that are meant

The caller provides the `answer`: a person at a terminal, `refuse_near_name`, or None.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

from utmforge.channels.catalogue import PRIVATE
from utmforge.errors import NearName, quoted
from utmforge.issuing.make import make_link
from utmforge.model import PARAMETERS
from utmforge.registry.queries import LinkQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.model import TaggedLink, Tags
    from utmforge.naming.similar import Near, NearNames
    from utmforge.registry import Registry

    Answer = Callable[["QuestionableName"], str]
    """Decides which name is meant: the given one, or one that it looks like."""

CHECKED_FIELDS = ("source", "medium", "campaign")
"""The tags whose names are compared."""

_MAX_COMPARED = 8
"""How many names of a field are compared with all names in use; for more, an index is faster."""
_MAX_LATEST_LINKS = 500
"""The number of latest links whose sources and mediums are compared."""


class QuestionableName(NamedTuple):
    """A name that is new, and looks like one that exists."""

    field: str
    """The tag, such as `campaign`."""
    given: str
    """The name as requested."""
    near: tuple[str, ...]
    """The names that it looks like, the most similar first; never empty."""
    differs: tuple[str, ...]
    """How it differs from the first of them."""
    kind: Literal["in-use", "known-to-ga4"]
    """Where the names it looks like come from."""
    since: str | None = None
    """The day since which the registry has the first of them, if the convention now writes this
    name instead. None: the convention is not the reason."""

    def __str__(self) -> str:
        if self.since:
            return (
                f"your convention writes {self.field} {quoted(self.given)}, the registry has "
                f"{quoted(self.near[0])} since {self.since}"
            )
        known = "which is in use" if self.kind == "in-use" else "which GA4 knows"
        differs = " and ".join(self.differs)
        near = f"{self.field} {quoted(self.given)} looks like {quoted(self.near[0])}"
        return f"{near}, {known} ({differs})"


def refuse_near_name(question: QuestionableName) -> NoReturn:
    """Refuse a questionable name: the answer when you cannot be asked.

    Raises:
        NearName: Always, with the name it looks like.
    """
    if question.since:
        raise NearName(
            str(question),
            hint=f"change the convention to keep {quoted(question.near[0])}, or add --new-name to "
            "begin a second row in every report",
        )
    raise NearName(
        str(question),
        hint=f"use {quoted(question.near[0])}, or add --new-name if it is a new name",
    )


class NameCheck:
    """Knows the names in use, and which new names look like them."""

    def __init__(self, file: CampaignFile, registry: Registry) -> None:
        self._file = file
        self._registry = registry
        self._in_use: dict[str, set[str]] = {}
        self._index: dict[str, NearNames] = {}
        self._compared = Counter[str]()
        self._asked: set[tuple[str, str]] = set()
        self._seen: set[tuple[str | None, str, str, str]] = set()

    def questions(self, links: Iterable[TaggedLink]) -> Iterator[QuestionableName]:
        """Yield what is questionable about the names of links; each name once, even in later calls.

        A source or medium that is the preset of the link's own channel is never questioned.
        """
        for named in dict.fromkeys((link.channel, *link.tags[:3]) for link in links):
            if named in self._seen:
                continue
            self._seen.add(named)
            channel, *values = named
            presets = self._file.channel(channel)[1:3] if channel else ()
            for field, value in zip(CHECKED_FIELDS, values, strict=True):
                if (field, value) in self._asked:
                    continue
                self._asked.add((field, value))
                is_preset = field != "campaign" and value in presets
                if not is_preset and (question := self.question(field, value)) is not None:
                    yield question

    def question(self, field: str, value: str) -> QuestionableName | None:
        """Return what is questionable about a name. None: it is in use, or looks like no other."""
        if self._is_in_use(field, value) or not self._names(field):
            return None
        if near := self._near(field, value):
            names = tuple(each.name for each in near)
            since = self._since(field, value, names[0])
            return QuestionableName(field, value, names, tuple(near[0].differs), "in-use", since)
        if field != "source":
            return None
        from utmforge.analytics.ga4.misspelt_sources import well_known_source

        meant = well_known_source(value)
        return (
            QuestionableName(field, value, (meant,), ("typo",), "known-to-ga4") if meant else None
        )

    def _since(self, field: str, value: str, name: str) -> str | None:
        """Return since when the registry has a name that the convention writes as the value."""
        if self._file.convention.words(field, name) != value:
            return None
        query = LinkQuery(tags=((PARAMETERS[field], name),))
        first = next(iter(self._registry.links(query)), None)
        return (first.issued_at or "")[:10] or None if first else None

    def _near(self, field: str, value: str) -> tuple[Near, ...]:
        """Return the names in use that look like one: the first few compared, many looked up."""
        from utmforge.naming.similar import NearNames, similar_names

        self._compared[field] += 1
        if self._compared[field] <= _MAX_COMPARED:
            return similar_names(value, self._names(field))
        if field not in self._index:
            self._index[field] = NearNames(sorted(self._names(field)))
        return self._index[field].near(value)

    def _is_in_use(self, field: str, value: str) -> bool:
        if field == "campaign":
            return self._registry.queries.has_campaign(value)
        return value in self._names(field)

    def _names(self, field: str) -> set[str]:
        """Return the names in use: of the registry, of the file, of the channels."""
        if field not in self._in_use:
            found = self._campaigns() if field == "campaign" else self._channel_values(field)
            self._in_use[field] = set(found)
        return self._in_use[field]

    def _campaigns(self) -> Iterator[str]:
        yield from self._registry.queries.campaigns()
        yield from (each.tags.campaign for each in self._file.campaigns.values())

    def _channel_values(self, field: str) -> Iterator[str]:
        """Yield the names of channels: those of messages, the file's own, and those it uses.

        Most people never post a link in some of the public channels; their names are not in use
        before a campaign or a link has them.
        """
        planned = {
            placement.channel
            for campaign in self._file.campaigns.values()
            for placement in campaign.placements
        }
        for name in {*PRIVATE, *self._file.channels, *planned}:
            yield getattr(self._file.channel(name), field)
        for link in self._registry.links(LinkQuery(limit=_MAX_LATEST_LINKS)):
            yield getattr(link.tags, field)


class Settled(NamedTuple):
    """Links with their intended names."""

    links: tuple[TaggedLink, ...]
    """In the order in which they were requested."""
    notes: tuple[str, ...] = ()
    """What was changed besides the names."""


class NameSettler:
    """Gets one answer for each questionable name, and returns links with their intended names."""

    def __init__(self, file: CampaignFile, registry: Registry, answer: Answer | None) -> None:
        """Store where the names and the answers come from.

        Args:
            file: The campaign file, whose names are in use.
            registry: The registry, whose names are in use.
            answer: Decides which name is meant. None: names are used as given.
        """
        self._file = file
        self._check = NameCheck(file, registry)
        self._answer = answer
        self._meant: dict[tuple[str, str], str] = {}
        """The intended name for each name that was corrected."""
        self._noted: set[str] = set()

    def settled(self, links: Sequence[TaggedLink]) -> Settled:
        """Return the links with their intended names.

        Raises:
            NearName: The answer refuses a name.
        """
        if self._answer is None:
            return Settled(tuple(links))
        for question in self._check.questions(links):
            meant = self._answer(question)
            if meant != question.given:
                self._meant[question.field, question.given] = meant
        if not self._meant:
            return Settled(tuple(links))
        notes: list[str] = []
        return Settled(tuple(self._written(link, notes) for link in links), tuple(notes))

    def _written(self, link: TaggedLink, notes: list[str]) -> TaggedLink:
        tags = link.tags
        changed = {
            field: name
            for field in CHECKED_FIELDS
            if (name := self._meant.get((field, getattr(tags, field))))
        }
        if not changed:
            return link
        meant = tags._replace(**changed)
        if "campaign" in changed:
            meant = self._with_id_of_campaign(meant, tags, notes)
        return make_link(link.landing_page, meant, channel=link.channel)

    def _with_id_of_campaign(self, meant: Tags, asked: Tags, notes: list[str]) -> Tags:
        """Return tags with the `utm_id` that the file has for their campaign, if it has one.

        A requested id stays.
        """
        ids = {each.tags.campaign: each.tags.id for each in self._file.campaigns.values()}
        known = ids.get(meant.campaign)
        if known is None or asked.id not in {None, ids.get(asked.campaign)}:
            return meant
        if known not in self._noted:
            self._noted.add(known)
            notes.append(
                f"added utm_id {quoted(known)}, which {self._file.path} has for this campaign"
            )
        return meant._replace(id=known)
