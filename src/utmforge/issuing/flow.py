"""Issue links: the only way from requested links to links in the registry.

    links → gates → names settled → nothing private → registry → IssueResult

The gates refuse private data and faulty landing pages.

File names, counts and descriptions are derived from links only after their names are settled. Every
function returns a result, and the caller shows it. Nothing here asks, prints or reads the clock.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from utmforge.issuing.name_check import NameSettler, Settled, refuse_near_name
from utmforge.issuing.page_gate import page_warnings, refuse_faulty_pages
from utmforge.model import NO_NOTE
from utmforge.privacy.issue_gate import refuse_private
from utmforge.registry import IssuePolicy
from utmforge.registry.events import new_change_id

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.errors import Problem
    from utmforge.issuing.name_check import Answer
    from utmforge.issuing.page_gate import PageWarning
    from utmforge.model import Campaign, Issued, Note, TaggedLink
    from utmforge.registry import Registry

    class OpenRegistry(Protocol):
        """Opens the registry."""

        def __call__(self, *, writing: bool) -> Registry:
            """Return it open; it is created only for writing."""
            ...

    Subject = Callable[[Sequence[TaggedLink]], str]
    """Describes what links with settled names are for."""

LeftOut = Literal["", "retired", "ended"]
"""Why a link must not be used: it was retired, or its campaign has ended. Empty: neither."""


class IssueSettings(NamedTuple):
    """How links are issued, and where to."""

    file: CampaignFile
    """The campaign file; `CampaignFile()` if there is none."""
    open_registry: OpenRegistry
    """Opens the registry, after the links have passed the first check for private data."""
    policy: IssuePolicy = IssuePolicy()
    """Which links may be issued."""
    answer: Answer | None = refuse_near_name
    """Decides which name is meant when one looks like another. None: names are used as given."""
    dry_run: bool = False
    """Return what would happen, and issue nothing."""
    allow_private: bool = False
    """Accept personal data; secrets are never accepted."""
    note: Note = NO_NOTE
    """What to note of each link."""


class IssueResult(NamedTuple):
    """The result of issuing links."""

    subject: str
    """What the links are for, as stored in the registry."""
    links: tuple[TaggedLink, ...]
    """The links with settled names, as they were made."""
    issued: tuple[Issued, ...]
    """Each of them as stored in the registry, in the same order."""
    notes: tuple[str, ...] = ()
    """What was changed in them besides their names."""
    dry_run: bool = False
    """Nothing was issued."""
    warnings: tuple[PageWarning, ...] = ()
    """What is doubtful about their landing pages."""

    @property
    def usable(self) -> list[Issued]:
        """The links that may be used."""
        return [one for one in self.issued if not why_left_out(one, dry_run=self.dry_run)]

    @property
    def left_out(self) -> Counter[LeftOut]:
        """How many links may not be used, by reason; the empty reason counts the others."""
        return Counter(why_left_out(one, dry_run=self.dry_run) for one in self.issued)


def campaigns_of(links: Sequence[TaggedLink]) -> str:
    """Return the campaign of links, or the number of their campaigns."""
    campaigns = {link.tags.campaign for link in links}
    return campaigns.pop() if len(campaigns) == 1 else f"{len(campaigns)} campaigns"


def subject_of(chosen: Sequence[Campaign], links: Sequence[TaggedLink]) -> str:
    """Return what links are for: the campaign's key, or its corrected `utm_campaign`."""
    if len(chosen) > 1:
        return f"{len(chosen)} campaigns"
    planned = {placement.tags.campaign for placement in chosen[0].placements}
    settled = {link.tags.campaign for link in links}
    return chosen[0].name if settled == planned else campaigns_of(links)


def why_left_out(one: Issued, *, dry_run: bool = False) -> LeftOut:
    """Return why a link must not be used."""
    match one.link.state:
        case "issued":
            return ""
        case "retired":
            return "retired"
    return "" if dry_run and one.is_new else "ended"


def settle_links(links: Sequence[TaggedLink], settings: IssueSettings) -> Settled:
    """Return links with their intended names, before anything is derived from them.

    Issue them with `settings._replace(answer=None)`.

    Raises:
        PrivateData: A link contains private data, as requested or with its intended name.
        BadLandingPage: A link has a faulty landing page.
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
    """Settle the names of links, then save the links in the registry: all or none.

    Args:
        links: The links as requested; their names may still be corrected.
        settings: How they are issued.
        subject: Describes what they are for.

    Raises:
        UtmforgeError: Nothing was issued.
    """
    _refuse(links, settings)  # a refusal makes no registry
    with settings.open_registry(writing=not settings.dry_run) as registry:
        names = NameSettler(settings.file, registry, settings.answer)
        settled = _settled(links, names, settings)
        return _issue_settled(settled, registry, settings, subject(settled.links))


class BatchResult(NamedTuple):
    """The result of one batch, with totals up to it."""

    result: IssueResult
    """The result of this batch."""
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
    """Issue batches of links one by one, each all or none; one undo reverses all of them.

    Args:
        batches: Links that passed the gates, notes about them, and rows that did not pass.
        settings: How they are issued.
        subject: What they are for.

    Raises:
        UtmforgeError: Nothing of this batch was issued; earlier batches stay issued.
    """
    count = new = 0
    left_out: Counter[LeftOut] = Counter()
    change_id = new_change_id()
    with settings.open_registry(writing=not settings.dry_run) as registry:
        names = NameSettler(settings.file, registry, settings.answer)
        for links, notes, skipped in batches:
            settled = _settled(links, names, settings)
            settled = settled._replace(notes=(*notes, *settled.notes))
            result = _issue_settled(settled, registry, settings, subject, change_id)
            count += len(links)
            new += sum(one.is_new for one in result.issued)
            left_out = left_out + result.left_out
            yield BatchResult(result, count, new, left_out, tuple(skipped))


class RegistryCheck(NamedTuple):
    """Which of the planned links are in the registry."""

    missing: tuple[TaggedLink, ...]
    """Those that are to be issued."""
    present: int
    """How many are in the registry, retired ones included."""
    left_out: Counter[LeftOut]
    """How many are not in the registry and are not required, by reason."""
    retired: int = 0
    """How many of those in the registry are retired."""


def check_links(
    links: Sequence[TaggedLink], registry: Registry, policy: IssuePolicy
) -> RegistryCheck:
    """Compare planned links with the registry, and issue nothing."""
    planned = registry.would_add(links, policy=policy)
    missing = tuple(one.link for one in planned if one.is_new)
    left_out = Counter(why_left_out(one, dry_run=True) for one in planned)
    ended: Counter[LeftOut] = Counter({"ended": left_out["ended"]})
    present = len(planned) - len(missing) - ended["ended"]
    return RegistryCheck(missing, present, ended, left_out["retired"])


def _refuse(links: Sequence[TaggedLink], settings: IssueSettings) -> None:
    """Refuse requested links with private data or a faulty landing page."""
    refuse_faulty_pages(links, allow_personal=settings.allow_private)
    refuse_private(links, allow_personal=settings.allow_private)


def _settled(links: Sequence[TaggedLink], names: NameSettler, settings: IssueSettings) -> Settled:
    """Return links that contain no private data with their intended names."""
    settled = names.settled(links)
    changed = (new for new, old in zip(settled.links, links, strict=True) if new is not old)
    refuse_private(changed, allow_personal=settings.allow_private)
    return settled


def _issue_settled(
    settled: Settled,
    registry: Registry,
    settings: IssueSettings,
    subject: str,
    change_id: str | None = None,
) -> IssueResult:
    """Issue links; on a dry run, return what would be issued."""
    links, policy = settled.links, settings.policy
    if settings.dry_run:
        issued = registry.would_add(links, policy=policy)
    else:
        issued = registry.add(
            links,
            about=subject,
            change_id=change_id,
            policy=policy,
            allow_private=settings.allow_private,
            note=settings.note,
        )
    warnings = page_warnings(links)
    return IssueResult(
        subject, links, tuple(issued), settled.notes, settings.dry_run, warnings=warnings
    )
