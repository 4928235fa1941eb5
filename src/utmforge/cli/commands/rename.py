"""`utmforge rename`: give a campaign another name."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import ContradictoryInput, MissingInput, UnknownCampaign, counted, quoted
from utmforge.files.atomic import atomic_write
from utmforge.issuing.flow import IssueResult, issue_links
from utmforge.issuing.leftovers import Leftover, retire_leftovers
from utmforge.issuing.make import make_link
from utmforge.model import NO_TAGS, TaggedLink
from utmforge.output.links import LINK_COLUMNS, LinkWriter
from utmforge.privacy.issue_gate import refuse_private_tags
from utmforge.registry.queries import LinkQuery

app = single()

_MAX_SHOWN = 10


@command(app, "file", "registry", "format", "dry_run", columns=lambda: LINK_COLUMNS)
def rename(
    session: Session,
    old: Annotated[
        str,
        typer.Argument(
            metavar="CAMPAIGN",
            help="The campaign, as it is called now.",
            autocompletion=completion.campaigns,
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NAME", help="Its new name.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it unasked.")] = False,
) -> None:
    """Give a campaign another name: in campaigns.toml, and for the links from now on.

    Links cannot be renamed: those that were sent keep the old utm_campaign. Each gets a new link
    with the new name as its successor, and is retired. Reports will show both names.

    Example:
      utmforge rename 2026-sprng-sale 2026-spring-sale --dry-run
    """
    campaign = session.file.campaigns.get(old)
    old_tag = campaign.tags.campaign if campaign else old
    day = campaign.starts if campaign else None
    # As written: the naming convention may make it look like something else.
    refuse_private_tags(NO_TAGS._replace(campaign=new))
    new_tag, notes = session.file.convention.accept("campaign", new, today=day)
    for one in notes:
        session.console.note(str(one))
    if campaign:
        _refuse_file(session, old, new)
    links = _links(session, old, old_tag, new_tag, is_in_file=campaign is not None)
    _ask(session, old_tag, new_tag, links, yes=yes)
    with _renamed_file(session, old, new) if campaign else nullcontext():
        result = _renamed_links(session, links, new_tag)
    _say(session, old_tag, new_tag, links)
    if result:
        writer = LinkWriter(session.console, with_group=True)
        writer.add(one.link for one in result.issued)
        writer.close()


def _refuse_file(session: Session, old: str, new: str) -> None:
    """Refuse to rename a campaign of the file if the result could not be used.

    Raises:
        ContradictoryInput: The file has a campaign of the new name.
        CampaignFileError: The file cannot be changed.
    """
    if new in session.file.campaigns:
        raise ContradictoryInput(
            f"{session.file_path} has a campaign {quoted(new)} already", hint="choose another name"
        )
    _new_text(session.file_path or Path(), old, new)


def _new_text(path: Path, old: str, new: str) -> str:
    """Return the text of campaigns.toml as it is now with the new name, if it can be used.

    Raises:
        CampaignFileError: The file cannot be changed.
    """
    from utmforge.campaigns.document import parse_document
    from utmforge.campaigns.reader import read_campaigns
    from utmforge.campaigns.renaming import renamed

    with path.open(encoding="utf-8", newline="") as file:
        text = renamed(file.read(), old, new)
    read_campaigns(parse_document(path, text.encode()))
    return text


@contextmanager
def _renamed_file(session: Session, old: str, new: str) -> Iterator[None]:
    """Rename the campaign in the file after its links; a file that cannot be written comes first.

    If the command is killed before, the file has the old name, and running it again goes on.

    Raises:
        CampaignFileError: The file cannot be changed.
        OutputFileError: It cannot be written.
    """
    path = session.file_path
    if path is None or session.dry_run:
        yield
        return
    with atomic_write(path) as draft:
        yield
        # As it is now: it may have been edited since the command began, or renamed by another one.
        is_to_do = old in session.read_file_again().campaigns
        draft.write_bytes(_new_text(path, old, new).encode() if is_to_do else path.read_bytes())


def _renamed_links(session: Session, links: list[TaggedLink], new_tag: str) -> IssueResult | None:
    """Issue each link with the new name, and retire it with that as its successor."""
    if not links:
        return None
    fresh = {link.id: _renamed(link, new_tag) for link in links}
    settings = session.issue_settings(session.policy(ended=True, retired=False))
    result = issue_links(list(fresh.values()), settings._replace(answer=None))
    with session.registry(writing=not session.dry_run) as registry:
        found = [Leftover(link, fresh[link.id]) for link in links]
        reason = f"the campaign was renamed {new_tag}"
        retire_leftovers(found, registry, reason, dry_run=session.dry_run)
    return result


def _renamed(link: TaggedLink, new_tag: str) -> TaggedLink:
    """Return a link with another campaign."""
    tags = link.tags._replace(campaign=new_tag)
    return make_link(link.landing_page, tags, channel=link.channel)._replace(pages=link.pages)


def _links(
    session: Session, old: str, old_tag: str, new_tag: str, *, is_in_file: bool
) -> list[TaggedLink]:
    """Return the links in use of the old name.

    Raises:
        UnknownCampaign: Neither the file nor the registry has it.
        ContradictoryInput: The new name is in use, or is the old one.
    """
    if new_tag == old_tag:
        raise ContradictoryInput(
            f"both names are written {quoted(new_tag)}", hint="choose another name"
        )
    with session.registry(complete=not session.dry_run) as registry:
        every = list(registry.links(LinkQuery(old_tag)))
        # A command that was killed may have issued some of the new links.
        ours = {_renamed(link, new_tag).id for link in every}
        if any(link.id not in ours for link in registry.links(LinkQuery(new_tag))):
            raise ContradictoryInput(
                f"links of {quoted(new_tag)} were issued before: the two could not be told apart",
                hint="choose another name",
            )
        links = [link for link in every if link.state == "issued"]
    if not links and not is_in_file:
        raise UnknownCampaign(
            f"no campaign is called {quoted(old)}",
            hint="utmforge list --count campaign shows those that have links",
        )
    return links


def _ask(session: Session, old: str, new: str, links: list[TaggedLink], *, yes: bool) -> None:
    """Ask once; elsewhere than at a terminal, `--yes` is the answer."""
    if yes or session.dry_run:
        return
    what = f"issues {counted(len(links), 'new link')}, and retires those with the old name"
    if not session.can_ask:
        raise MissingInput(
            f"renaming {quoted(old)} {what}", hint="--dry-run shows them, --yes does it"
        )
    from utmforge.cli.interactive.prompts import confirm, say

    for link in links[:_MAX_SHOWN]:
        say(f"{link.id}  {link.url}")
    if (more := len(links) - _MAX_SHOWN) > 0:
        say(f"and {counted(more, 'more link')}")
    if not confirm(f"Rename {quoted(old)} to {quoted(new)}? It {what}", default=False):
        session.console.note("nothing was renamed")
        raise typer.Exit(1)


def _say(session: Session, old: str, new: str, links: list[TaggedLink]) -> None:
    console = session.console
    verb = "would rename" if session.dry_run else "renamed"
    count = counted(len(links), "link")
    console.done(f"{verb} {old} to {new}: {count} issued with the new name, the old retired")
    if links:
        console.note(
            f"links that were sent keep utm_campaign={old}: reports show both names, each with "
            "its own visits"
        )
        console.hint(
            f'to count both as one in utmforge: aliases = {{ "{old}" = "{new}" }} below '
            "[convention.campaign]"
        )
