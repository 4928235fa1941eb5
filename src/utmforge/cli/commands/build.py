"""`utmforge build`: issue the whole campaign file, by hand or in CI."""

import shlex
from functools import partial
from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.issue_output import say_changes, say_left_out, show_issued
from utmforge.cli.option_rules import OptionRules, refuse_unused
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import ContradictoryInput, counted, quoted
from utmforge.issuing.flow import RegistryCheck, check_links, issue_links, subject_of
from utmforge.issuing.leftovers import Leftover, RenamedByHand, leftovers, renamed_by_hand
from utmforge.issuing.leftovers import retire_leftovers as retire_links
from utmforge.issuing.requests import chosen_campaigns, planned_links
from utmforge.model import TaggedLink
from utmforge.output.links import LINK_COLUMNS, LinkWriter
from utmforge.registry import IssuePolicy

app = single()

_MAX_LISTED = 5
RULES = OptionRules(
    never={"--check": ("--retire-leftovers", "--new-name", "--allow-private", "--note", "--label")},
    hints={"--check": "--check issues and changes nothing"},
)


@command(
    app,
    "file",
    "registry",
    "format",
    "dry_run",
    "new_name",
    "ended",
    "retired",
    "allow_private",
    "note",
    "label",
    columns=lambda: LINK_COLUMNS,
)
def build(
    session: Session,
    campaigns: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CAMPAIGN",
            help="Only these campaigns.",
            autocompletion=completion.campaigns,
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Issue nothing; exit 1 if a link is missing from the registry."
        ),
    ] = False,
    retire_leftovers: Annotated[
        bool,
        typer.Option(
            "--retire-leftovers",
            help="Retire links of these campaigns that campaigns.toml no longer has.",
        ),
    ] = False,
    ended: bool = False,
    retired: bool = False,
    note: str | None = None,
    label: list[str] | None = None,
) -> None:
    """Issue every link of campaigns.toml.

    Issues all of them or none. A link that was issued before stays the same. Unless you name
    campaigns, retired links and new links of campaigns that have ended are left out.

    Links in use that were issued for a campaign and that the file no longer has are counted: after
    a change of its landing page, they still lead to the old one.

    Example:
      utmforge build
      utmforge build 2026-spring-sale --dry-run
      utmforge build --check --registry links.db     (in CI)
    """
    refuse_unused(session.given, RULES)
    if check and session.dry_run:
        raise ContradictoryInput("--check and --dry-run cannot be used together", hint="use one")
    chosen = chosen_campaigns(campaigns or (), session.file)
    say_changes(session, session.file.changes)
    links = planned_links(chosen)
    skip = check or not campaigns
    policy = session.policy(ended=ended, retired=retired, skip=skip)
    if check:
        _check(session, links, subject_of(chosen, links), policy)
    else:
        settings = session.issue_settings(policy, note, label)
        result = issue_links(links, settings, partial(subject_of, chosen))
        show_issued(session, result)
        new = [one.link for one in result.issued if one.is_new]
        _settle_leftovers(session, [*result.links, *links], new, retire=retire_leftovers)


def _settle_leftovers(
    session: Session, planned: list[TaggedLink], new: list[TaggedLink], *, retire: bool
) -> None:
    """Tell which links in use the campaign file no longer has, or retire them."""
    writing = retire and not session.dry_run and session.has_registry
    with session.registry(writing=writing) as registry:
        found = leftovers(planned, registry, session.own_domains)
        _warn_of_renamed(session, renamed_by_hand(new, registry, session.file))
        if found and retire:
            reason = "no longer in campaigns.toml"
            count = retire_links(found, registry, reason, dry_run=session.dry_run)
            verb = "would retire" if session.dry_run else "retired"
            session.console.done(f"{verb} {counted(count, 'link')} left behind")
            return
    _warn_of_leftovers(session, found)


def _warn_of_leftovers(session: Session, found: list[Leftover]) -> None:
    """Warn of links in use that the campaign file no longer has."""
    if not found:
        return
    names = dict.fromkeys(one.link.tags.campaign for one in found)
    are = "is" if len(found) == 1 else "are"
    session.console.warn(
        f"{counted(len(found), 'link')} in use of {', '.join(list(names)[:3])} {are} not in "
        f"campaigns.toml: {', '.join(one.link.id for one in found[:_MAX_LISTED])}"
        + (" …" if len(found) > _MAX_LISTED else "")
    )
    session.console.hint(
        "they stay in use; utmforge build --retire-leftovers retires them and names the new links"
    )


def _warn_of_renamed(session: Session, renamed: list[RenamedByHand]) -> None:
    """Warn of campaigns that were renamed in the file alone."""
    for one in renamed:
        are = "link is" if one.links == 1 else "links are"
        session.console.warn(
            f"{quoted(one.now)} has the links of {quoted(one.before)}, which is not in "
            f"campaigns.toml: {one.links:,} {are} in use under the old name"
        )
        session.console.hint(
            f"if you renamed it: {shlex.join(('utmforge', 'rename', one.before, one.now))} "
            "retires them and names their successors"
        )


def _check(session: Session, links: list[TaggedLink], subject: str, policy: IssuePolicy) -> None:
    """Print the links that are missing from the registry, and exit 1 if there are any.

    A retired link is not missing, and neither is a link of a campaign that has ended.
    """
    with session.registry(complete=True) as registry:
        found = check_links(links, registry, policy)
        left = leftovers(links, registry, session.own_domains)
        renamed = renamed_by_hand(found.missing, registry, session.file)
    console = session.console
    if found.missing:
        count = f"{len(found.missing):,} of {counted(len(links), 'link')} of {subject}"
        console.warn(f"not in the registry: {count}")
        console.hint("utmforge build issues them")
    else:
        console.done(_present(found, subject))
    say_left_out(session, found.left_out)
    if found.retired:
        is_retired = "is retired" if found.retired == 1 else "are retired"
        console.warn(f"{found.retired:,} of them {is_retired}: utmforge build leaves them out")
    _warn_of_renamed(session, renamed)
    _warn_of_leftovers(session, left)
    writer = LinkWriter(console)
    writer.add(found.missing)
    writer.close()
    if found.missing:
        raise typer.Exit(1)


def _present(found: RegistryCheck, subject: str) -> str:
    """Say how many of the links are in the registry."""
    total = found.present + found.left_out.total()
    verb = "is" if 1 in {total, found.present} else "are"
    count = "all" if found.present == total > 1 else f"{found.present:,} of"
    return f"{count} {counted(total, 'link')} of {subject} {verb} in the registry"
