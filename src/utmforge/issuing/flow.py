"""Issue links: the one way from links as asked for to links in the registry.

    links → gates → names settled → nothing private → registry → IssueResult

The gates refuse what is private, and landing pages that cannot be meant.

What is derived from links (file names, counts, the words for what they are for) comes after their
names are settled. Every function returns what happened; whoever calls it shows that. Nothing here
asks, prints or looks at the clock.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from utmforge.issuing.name_check import NameSettler, Settled, refuse_near_name
from utmforge.issuing.page_gate import page_warnings, refuse_faulty_pages
from utmforge.privacy.issue_gate import refuse_private
from utmforge.registry import IssuePolicy
from utmforge.registry.events import new_change_id

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.errors import Problem
    from utmforge.issuing.name_check import Answer
    from utmforge.issuing.page_gate import PageWarning
    from utmforge.model import Campaign, Issued, TaggedLink
    from utmforge.registry import Registry

    class OpenRegistry(Protocol):
        """Opens the registry."""

        def __call__(self, *, writing: bool) -> Registry:
            """Return it open; one that is only read is not made."""
            ...

    Subject = Callable[[Sequence[TaggedLink]], str]
    """Says in words what links with settled names are for."""

LeftOut = Literal["", "retired", "ended"]
"""Why a link is not handed out: it was retired, or its campaign has ended. Empty: it is."""


class IssueSettings(NamedTuple):
    """How links are issued, and where to."""

    file: CampaignFile
    """The campaign file; `CampaignFile()` where there is none."""
    open_registry: OpenRegistry
    """Opens the registry, once the links have passed the first look for private data."""
    policy: IssuePolicy = IssuePolicy()
    """Which links may be handed out."""
    answer: Answer | None = refuse_near_name
    """Says which name is meant by one that looks like another. None: every name as it is given."""
    dry_run: bool = False
    """Return what would happen, and issue nothing."""
    allow_private: bool = False
    """Let personal data pass; secrets never do."""


class IssueResult(NamedTuple):
    """What became of links that were to be issued."""

    subject: str
    """What the links are for, as the registry has it."""
    links: tuple[TaggedLink, ...]
    """The links with settled names, as they were made."""
    issued: tuple[Issued, ...]
    """Each of them as the registry has it, in the same order."""
    notes: tuple[str, ...] = ()
    """What was changed in them beside their names."""
    dry_run: bool = False
    """Nothing was issued."""
    warnings: tuple[PageWarning, ...] = ()
    """What is doubtful about their landing pages."""

    @property
    def handed_out(self) -> list[Issued]:
        """The links that may be used."""
        return [one for one in self.issued if not why_left_out(one, dry_run=self.dry_run)]

    @property
    def left_out(self) -> Counter[LeftOut]:
        """How many links may not be used, by reason; the empty reason counts the others."""
        return Counter(why_left_out(one, dry_run=self.dry_run) for one in self.issued)


def campaigns_of(links: Sequence[TaggedLink]) -> str:
    """Say for which campaign links are, or for how many."""
    campaigns = {link.tags.campaign for link in links}
    return campaigns.pop() if len(campaigns) == 1 else f"{len(campaigns)} campaigns"


def subject_of(chosen: Sequence[Campaign], links: Sequence[TaggedLink]) -> str:
    """Say what links are for: the campaign's key, or its `utm_campaign` if that was corrected."""
    if len(chosen) > 1:
        return f"{len(chosen)} campaigns"
    planned = {placement.tags.campaign for placement in chosen[0].placements}
    settled = {link.tags.campaign for link in links}
    return chosen[0].name if settled == planned else campaigns_of(links)


def why_left_out(one: Issued, *, dry_run: bool = False) -> LeftOut:
    """Return why a link may not be handed out."""
    match one.link.state:
        case "issued":
            return ""
        case "retired":
            return "retired"
    return "" if dry_run and one.is_new else "ended"


def settle_links(links: Sequence[TaggedLink], settings: IssueSettings) -> Settled:
    """Return links with the names that are meant, before anything is derived from them.

    Issue them with `settings._replace(answer=None)`.

    Raises:
        PrivateData: A link holds something private, as asked for or with another name.
        BadLandingPage: A link leads to an address that cannot be meant.
        NearName: A name looks like another one, and the answer refuses it.
    """
    _refuse(links, settings)
    if settings.answer is None:
        return Settled(tuple(links))
    with settings.open_registry(writing=False) as registry:
        return _settled(links, NameSettler(settings.file, registry, settings.answer), settings)


def issue_links(
    links: Sequence[TaggedLink], settings: IssueSettings, subject: Subject = campaigns_of
) -> IssueResult:
    """Settle the names of links, then keep the links in the registry: all or none.

    Args:
        links: As asked for; their names may still be corrected.
        settings: How they are issued.
        subject: Says what they are for.

    Raises:
        UtmforgeError: Nothing was issued.
    """
    _refuse(links, settings)  # a refusal makes no registry
    with settings.open_registry(writing=not settings.dry_run) as registry:
        names = NameSettler(settings.file, registry, settings.answer)
        settled = _settled(links, names, settings)
        return _kept(settled, registry, settings, subject(settled.links))


class BatchResult(NamedTuple):
    """What became of one batch of many, and of all batches up to it."""

    result: IssueResult
    """What became of this batch."""
    links: int
    """The links so far."""
    new: int
    """How many of them were new."""
    left_out: Counter[LeftOut]
    """How many of them may not be used, by reason; the empty reason counts the others."""
    skipped: tuple[Problem, ...] = ()
    """The rows of this batch that were left out, and why."""


def issue_batches(
    batches: Iterable[tuple[Sequence[TaggedLink], Sequence[str], Sequence[Problem]]],
    settings: IssueSettings,
    subject: str,
) -> Generator[BatchResult]:
    """Issue batches of links as they come, each all or none; one undo takes all of them back.

    Args:
        batches: Links that passed the gates, notes about them, and rows that did not pass.
        settings: How they are issued.
        subject: What they are for.

    Raises:
        UtmforgeError: Nothing of this batch was issued; the batches before stay.
    """
    count = new = 0
    left_out: Counter[LeftOut] = Counter()
    change_id = new_change_id()
    with settings.open_registry(writing=not settings.dry_run) as registry:
        names = NameSettler(settings.file, registry, settings.answer)
        for links, notes, skipped in batches:
            settled = _settled(links, names, settings)
            settled = settled._replace(notes=(*notes, *settled.notes))
            result = _kept(settled, registry, settings, subject, change_id)
            count += len(links)
            new += sum(one.is_new for one in result.issued)
            left_out = left_out + result.left_out
            yield BatchResult(result, count, new, left_out, tuple(skipped))


class RegistryCheck(NamedTuple):
    """Which of the planned links are in the registry."""

    missing: tuple[TaggedLink, ...]
    """Those that are to be issued."""
    present: int
    """How many are there, also those that were retired since."""
    left_out: Counter[LeftOut]
    """How many are not there and need not be, by reason."""


def check_links(
    links: Sequence[TaggedLink], registry: Registry, policy: IssuePolicy
) -> RegistryCheck:
    """Compare planned links with the registry, and issue nothing."""
    planned = registry.would_add(links, policy=policy)
    missing = tuple(one.link for one in planned if one.is_new)
    left_out = Counter(why_left_out(one, dry_run=True) for one in planned)
    ended: Counter[LeftOut] = Counter({"ended": left_out["ended"]})
    return RegistryCheck(missing, len(planned) - len(missing) - ended["ended"], ended)


def _refuse(links: Sequence[TaggedLink], settings: IssueSettings) -> None:
    """Refuse links as asked for that hold something private, or lead to what cannot be meant."""
    refuse_private(links, allow_personal=settings.allow_private)
    refuse_faulty_pages(links, allow_personal=settings.allow_private)


def _settled(links: Sequence[TaggedLink], names: NameSettler, settings: IssueSettings) -> Settled:
    """Return links, in which nothing private was found, with the names that are meant."""
    settled = names.settled(links)
    changed = (new for new, old in zip(settled.links, links, strict=True) if new is not old)
    refuse_private(changed, allow_personal=settings.allow_private)
    return settled


def _kept(
    settled: Settled,
    registry: Registry,
    settings: IssueSettings,
    subject: str,
    change_id: str | None = None,
) -> IssueResult:
    """Issue links; on a dry run find out what issuing them would do, and issue nothing."""
    links, policy = settled.links, settings.policy
    if settings.dry_run:
        issued = registry.would_add(links, policy=policy)
    else:
        issued = registry.add(links, about=subject, policy=policy, change_id=change_id)
    warnings = page_warnings(links)
    return IssueResult(
        subject, links, tuple(issued), settled.notes, settings.dry_run, warnings=warnings
    )
