"""Issue links, and show what happened: what `new` and `build` have in common.

    links as asked for → nothing private → names settled → what is derived → registry → IssueResult

`issue` does the work and returns what happened; `show_issued` says it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from utmforge.cli.interactive.name_questions import NameQuestions
from utmforge.cli.session import Session
from utmforge.errors import UtmforgeError, quoted
from utmforge.model import Issued, TaggedLink
from utmforge.output.formats import Format
from utmforge.output.links import LinkWriter, group_of
from utmforge.privacy.issue_gate import refuse_private
from utmforge.registry import IssuePolicy, Registry

Settle = Callable[[Sequence[TaggedLink]], list[TaggedLink]]
"""Returns links with the names that are meant."""


class IssueRequest(NamedTuple):
    """Links to issue, and under which policy."""

    links: Sequence[TaggedLink]
    """As asked for; their names may still be corrected."""
    subject: Callable[[Sequence[TaggedLink]], str]
    """Says in words what links with settled names are for."""
    policy: IssuePolicy
    """Which links may be handed out."""
    dry_run: bool = False
    """Return what would happen, and issue nothing."""
    allow_private: bool = False
    """Let personal data pass; secrets never do."""


class IssueResult(NamedTuple):
    """What became of an `IssueRequest`."""

    subject: str
    """What the links are for, as the registry has it."""
    links: tuple[TaggedLink, ...]
    """The links with settled names, as they were made."""
    issued: tuple[Issued, ...]
    """Each of them as the registry has it, in the same order."""
    dry_run: bool = False
    """Nothing was issued."""

    @property
    def handed_out(self) -> list[Issued]:
        """The links that may be used."""
        return [one for one in self.issued if not why_left_out(one, dry_run=self.dry_run)]

    @property
    def left_out(self) -> Counter[str]:
        """How many links may not be used, by reason; the empty reason counts the others."""
        return Counter(why_left_out(one, dry_run=self.dry_run) for one in self.issued)


def settle(
    links: Sequence[TaggedLink], names: Settle, *, allow_private: bool = False
) -> list[TaggedLink]:
    """Return links with the names that are meant; what is private is refused before and after.

    Raises:
        PrivateData: A link holds something private, as asked for or with another name.
        NearName: A name is nearly one in use, and nobody is there to be asked.
    """
    refuse_private(links, allow_personal=allow_private)
    return settle_checked(links, names, allow_private=allow_private)


def settle_checked(
    links: Sequence[TaggedLink], names: Settle, *, allow_private: bool = False
) -> list[TaggedLink]:
    """Return links, which hold nothing private, with the names that are meant.

    Raises:
        PrivateData: A link with another name holds something private.
        NearName: A name is nearly one in use, and nobody is there to be asked.
    """
    settled = names(links)
    changed = (new for new, old in zip(settled, links, strict=True) if new is not old)
    refuse_private(changed, allow_personal=allow_private)
    return settled


def issue(request: IssueRequest, registry: Registry, names: Settle) -> IssueResult:
    """Settle names, then keep the links in the registry: all or none.

    Args:
        request: What to issue.
        registry: Where the links are kept.
        names: Settles names.

    Raises:
        UtmforgeError: Nothing was issued.
    """
    links = settle(request.links, names, allow_private=request.allow_private)
    subject = request.subject(links)
    issued = issued_or_planned(registry, links, subject, request.policy, dry_run=request.dry_run)
    return IssueResult(subject, tuple(links), tuple(issued), request.dry_run)


def issued_or_planned(
    registry: Registry,
    links: Sequence[TaggedLink],
    subject: str,
    policy: IssuePolicy,
    *,
    dry_run: bool = False,
    change_id: str | None = None,
) -> list[Issued]:
    """Issue links; on a dry run return what issuing them would, and issue nothing."""
    if dry_run:
        return registry.would_add(links, policy=policy)
    return registry.add(links, about=subject, policy=policy, change_id=change_id)


def why_left_out(one: Issued, *, dry_run: bool = False) -> str:
    """Say why a link may not be handed out, or nothing."""
    state = one.link.state
    if state == "issued":
        return ""
    if state == "retired":
        return "retired"
    return "" if dry_run and one.is_new else "of a campaign that has ended"


def campaigns_of(links: Sequence[TaggedLink]) -> str:
    """Say for which campaign links are, or for how many."""
    campaigns = {link.tags.campaign for link in links}
    return campaigns.pop() if len(campaigns) == 1 else f"{len(campaigns)} campaigns"


def settle_first(session: Session, links: Sequence[TaggedLink]) -> list[TaggedLink]:
    """Return links with the names that are meant, before anything is issued or made.

    Raises:
        PrivateData: A link holds something private, as asked for or with another name.
        NearName: A name is nearly one in use, and nobody is there to be asked.
    """
    with session.registry() as registry:
        names = NameQuestions(session, registry).settled
        return settle(links, names, allow_private=session.allow_private)


def issue_and_show(
    session: Session,
    links: Sequence[TaggedLink],
    policy: IssuePolicy,
    *,
    subject: Callable[[Sequence[TaggedLink]], str] = campaigns_of,
    names: Settle | None = None,
) -> IssueResult:
    """Keep links in the registry, then print them; with `--dry-run` only look and print them.

    Args:
        session: The command's session.
        links: As asked for.
        policy: Which links may be handed out.
        subject: Says what links with settled names are for.
        names: Settles names; `list` where they are settled. None: the person is asked.
    """
    # Also before the registry is opened: a refusal makes no file.
    refuse_private(links, allow_personal=session.allow_private)
    request = IssueRequest(
        links, subject, policy, dry_run=session.dry_run, allow_private=session.allow_private
    )
    with session.registry(writing=not session.dry_run) as registry:
        names = names or NameQuestions(session, registry).settled
        result = issue(request, registry, names)
    show_issued(session, result)
    return result


def show_issued(session: Session, result: IssueResult) -> None:
    """Say what was issued, and print it."""
    console = session.console
    handed_out = result.handed_out
    verb = "would issue" if result.dry_run else "issued"
    console.done(_told(handed_out, result.subject, verb))
    say_left_out(session, result.left_out)
    _warn_of_other_channels(session, result.links, result.issued)
    links = [one.link for one in handed_out]
    _say_unassigned(session, links)
    _show(session, links)
    if console.to_terminal and links and not result.dry_run:
        console.hint(f"utmforge copy {links[0].id}")


def say_changes(session: Session, changes: Iterable[str]) -> None:
    """Tell what was written otherwise than asked for, each once."""
    for change in dict.fromkeys(changes):
        session.console.note(change)


def say_left_out(session: Session, left_out: Counter[str]) -> None:
    """Warn of links that were not handed out, and how to have them all the same."""
    options = {"retired": "--retired", "of a campaign that has ended": "--ended"}
    for reason, option in options.items():
        if left_out[reason]:
            session.console.warn(f"left out {count_links(left_out[reason])} {reason} ({option})")


def _show(session: Session, links: Iterable[TaggedLink]) -> None:
    if session.console.to_terminal and session.console.format == "table":
        session.console.write("\n")
    writer = LinkWriter(session.console, with_group=True)
    writer.add(links)
    writer.close()
    if session.console.to_terminal and session.console.format == "table":
        session.console.write("\n")


def _say_unassigned(session: Session, links: Sequence[TaggedLink]) -> None:
    """Tell of links that GA4 files under Unassigned, where it is shown how it files them."""
    if session.console.format not in {Format.TABLE, Format.MARKDOWN, Format.JSON}:
        return
    from utmforge.analytics.ga4.rules import UNASSIGNED

    told = set()
    for link in links:
        group = group_of(link)
        if group.name == UNASSIGNED and group.rule not in told:
            told.add(group.rule)
            filed = "will file" if group.is_certain else "may file"
            session.console.note(f"GA4 {filed} it under {UNASSIGNED}: {group.rule}")
            _hint_at_medium(session, link)


def _hint_at_medium(session: Session, link: TaggedLink) -> None:
    """Name the medium that says the same and has a channel group, if the convention takes it."""
    from utmforge.analytics.ga4.channel_group import channel_group
    from utmforge.analytics.ga4.suggested_mediums import known_medium

    source, medium, campaign, *_ = link.tags
    instead = known_medium(medium, source, campaign)
    if instead is None:
        return
    try:
        written, _ = session.file.convention.accept("medium", instead)
    except UtmforgeError:
        return
    group = channel_group(source, written, campaign)
    session.console.hint(f"with medium {quoted(written)} it would be {group}")


def _told(issued: Sequence[Issued], subject: str, verb: str) -> str:
    fresh = sum(one.is_new for one in issued)
    again = len(issued) - fresh
    if not again:
        return f"{verb} {count_links(fresh)} for {subject}"
    were = f"{count_links(again)} for {subject} {'was' if again == 1 else 'were'} already issued"
    return f"{verb} {count_links(fresh)}; {were}" if fresh else were


def _warn_of_other_channels(
    session: Session, links: Sequence[TaggedLink], issued: Sequence[Issued]
) -> None:
    for link, one in zip(links, issued, strict=True):
        if link.channel != one.link.channel:
            session.console.warn(
                f"the link for {link.channel or 'no channel'} was issued before for "
                f"{one.link.channel or 'no channel'}: the two cannot be told apart (give one "
                "another source or content)"
            )


def count_links(count: int) -> str:
    """Say how many links."""
    return f"{count:,} link{'' if count == 1 else 's'}"
