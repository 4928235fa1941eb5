"""`utmforge build`: the whole campaign file, for people and for CI."""

from collections.abc import Sequence
from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.issue_output import campaigns_of, issue_and_show, say_changes
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import CampaignFileMissing, ContradictoryInput
from utmforge.issuing.make import plan
from utmforge.model import Campaign, TaggedLink
from utmforge.output.links import LinkWriter
from utmforge.registry import IssuePolicy

app = single()


@command(
    app, "file", "registry", "format", "dry_run", "new_name", "ended", "retired", "allow_private"
)
def build(
    session: Session,
    campaigns: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CAMPAIGN",
            help="Only these.",
            autocompletion=completion.campaigns,
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Issue nothing; exit 1 if the registry lacks any link."),
    ] = False,
    ended: bool = False,
    retired: bool = False,
) -> None:
    """Issue every link of campaigns.toml.

    All of them or none; links issued before are the same links. Without names, links that were
    retired and new ones of campaigns that have ended are left out.

    Example:
      utmforge build
      utmforge build 2026-spring-sale --dry-run
      utmforge build --check --registry links.db     (in CI)
    """
    if check and session.dry_run:
        raise ContradictoryInput("--check and --dry-run exclude each other", hint="use one")
    chosen = _chosen(session, campaigns or [])
    say_changes(session, session.file.changes)
    links = [link for campaign in chosen for link in plan(campaign.placements)]
    if check:
        _check(
            session,
            links,
            _subject(chosen, links),
            session.policy(ended=ended, retired=retired, skip=True),
        )
    else:
        policy = session.policy(ended=ended, retired=retired, skip=not campaigns)
        issue_and_show(session, links, policy, subject=lambda settled: _subject(chosen, settled))


def _chosen(session: Session, names: list[str]) -> list[Campaign]:
    file = session.file
    if file.path is None:
        raise CampaignFileMissing(
            "there is no campaigns.toml here or in a folder above",
            hint="utmforge init writes one, --file names another",
        )
    chosen = [file.campaign(name) for name in dict.fromkeys(names)] or list(file.campaigns.values())
    if not chosen:
        raise CampaignFileMissing(
            f"{file.path} has no campaigns", hint="add a [campaigns.NAME] table"
        )
    return chosen


def _subject(chosen: list[Campaign], links: Sequence[TaggedLink]) -> str:
    """Say what links are for: the campaign's key, or its `utm_campaign` if that was corrected."""
    if len(chosen) > 1:
        return f"{len(chosen)} campaigns"
    planned = {placement.tags.campaign for placement in chosen[0].placements}
    settled = {link.tags.campaign for link in links}
    return chosen[0].name if settled == planned else campaigns_of(links)


def _check(session: Session, links: list[TaggedLink], subject: str, policy: IssuePolicy) -> None:
    """Print the links that the registry lacks, and exit 1 if there are any.

    Links that were retired are there; a campaign that has ended lacks none.
    """
    with session.registry() as registry:
        lacking = [one.link for one in registry.would_add(links, policy=policy) if one.is_new]
    if lacking:
        count = f"{len(lacking)} of {len(links)} links of {subject}"
        session.console.warn(f"not in the registry: {count}")
        session.console.hint("utmforge build issues them")
    else:
        session.console.done(f"all {len(links)} links of {subject} are in the registry")
    writer = LinkWriter(session.console)
    writer.add(lacking)
    writer.close()
    if lacking:
        raise typer.Exit(1)
