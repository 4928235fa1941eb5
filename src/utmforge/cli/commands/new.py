"""`utmforge new`: from a campaign or a landing page to links in hand."""

import os
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, TextIO

import typer

from utmforge.cli import completion
from utmforge.cli.delivery import Extras, QrFiles, copy_link, draw_links
from utmforge.cli.interactive.name_questions import NameQuestions
from utmforge.cli.issue_output import (
    Settle,
    count_links,
    issue_and_show,
    issued_or_planned,
    say_changes,
    say_left_out,
    settle_checked,
    settle_first,
    why_left_out,
)
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import (
    CampaignFileMissing,
    ContradictoryInput,
    LandingPagesInvalid,
    MissingInput,
    NearName,
    PrivateData,
    quoted,
)
from utmforge.issuing.make import plan
from utmforge.issuing.requests import LinkRequest, links_to, placements_of, tag_sets
from utmforge.model import Campaign, TaggedLink
from utmforge.output.links import LinkWriter
from utmforge.registry import IssuePolicy
from utmforge.registry.history import new_change_id
from utmforge.urls.address import looks_like_address

app = single()

_MOST_NOTES = 10


def _listed(values: Iterable[str] | None) -> tuple[str, ...]:
    """Split what came with commas, in several options, or both."""
    return tuple(
        part.strip() for value in values or () for part in value.split(",") if part.strip()
    )


@command(
    app, "file", "registry", "format", "dry_run", "new_name", "ended", "retired", "allow_private"
)
def new(  # noqa: PLR0913 - one for each option
    session: Session,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="TARGET",
            help="A campaign of campaigns.toml, or a landing page. Without: it asks.",
            autocompletion=completion.campaigns,
            show_default=False,
        ),
    ] = None,
    campaign: Annotated[
        str | None,
        typer.Option(
            "--campaign",
            "-c",
            metavar="NAME",
            help="utm_campaign.",
            autocompletion=completion.issued_campaigns,
        ),
    ] = None,
    channel: Annotated[
        list[str] | None,
        typer.Option(
            "--channel",
            "-C",
            metavar="NAME,…",
            help="Where the links will be pasted; gives source and medium.",
            autocompletion=completion.channels,
        ),
    ] = None,
    content: Annotated[
        list[str] | None,
        typer.Option("--content", metavar="TEXT,…", help="utm_content: one link for each."),
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="TEXT", help="utm_source, instead of the channel's.")
    ] = None,
    medium: Annotated[
        str | None, typer.Option(metavar="TEXT", help="utm_medium, instead of the channel's.")
    ] = None,
    term: Annotated[str | None, typer.Option(metavar="TEXT", help="utm_term.")] = None,
    utm_id: Annotated[str | None, typer.Option("--id", metavar="TEXT", help="utm_id.")] = None,
    source_platform: Annotated[
        str | None, typer.Option(metavar="TEXT", help="utm_source_platform.")
    ] = None,
    creative_format: Annotated[
        str | None, typer.Option(metavar="TEXT", help="utm_creative_format.")
    ] = None,
    marketing_tactic: Annotated[
        str | None, typer.Option(metavar="TEXT", help="utm_marketing_tactic.")
    ] = None,
    pages: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE|-",
            help="Landing pages in bulk: one a line, or CSV with a landing_page column.",
        ),
    ] = None,
    copy: Annotated[bool, typer.Option("--copy", help="Put the link on the clipboard.")] = False,
    qr: Annotated[bool, typer.Option("--qr", help="Draw QR codes in the terminal.")] = False,
    qr_file: Annotated[
        Path | None, typer.Option("--qr-file", metavar="PATH", help="Write PNG or SVG codes.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the code's file.")] = False,
    ended: bool = False,
    retired: bool = False,
) -> None:
    """Issue links: for a campaign of campaigns.toml, or for a landing page.

    Every link is in the registry before it is printed. A link issued before is the same link.

    Example:
      utmforge new 2026-spring-sale
      utmforge new 'https://shop.example/x?a=1&b=2' --campaign spring --channel whatsapp,email
      utmforge new --from pages.csv --campaign catalogue --channel email --format csv
      url=$(utmforge new shop.example/x --campaign spring --channel sms)
    """
    request = LinkRequest(
        *(campaign, _listed(channel), _listed(content), source, medium, term, utm_id),
        *(source_platform, creative_format, marketing_tactic),
    )
    _refuse_empty_options(request, channel=channel, content=content, campaign=campaign)
    if pages is not None:
        if target is not None or copy or qr or qr_file:
            raise ContradictoryInput(
                "--from takes no TARGET and no --copy, --qr or --qr-file",
                hint="copy or draw single links afterwards: utmforge copy ID, utmforge qr ID",
            )
        _issue_pages(
            session, pages, request, session.policy(ended=ended, retired=retired, skip=True)
        )
        return
    policy = session.policy(ended=ended, retired=retired)
    extras = Extras(copy=copy, qr=qr, qr_file=qr_file, force=force)
    if session.can_ask and _has_gaps(session, target, request):
        from utmforge.cli.interactive.wizard import Wizard

        wizard = Wizard(session, target, request)
        if links := wizard.ask():
            wizard.finish(_hand_out(session, links, extras, policy, names=list), copied=copy)
        return
    _hand_out(session, _links(session, target, request), extras, policy)


def _has_gaps(session: Session, target: str | None, request: LinkRequest) -> bool:
    return target is None or (_campaign(session, target) is None and bool(request.missing()))


def _hand_out(
    session: Session,
    links: list[TaggedLink],
    extras: Extras,
    policy: IssuePolicy,
    *,
    names: Settle | None = None,
) -> list[TaggedLink]:
    """Issue, print, draw, write and copy; what cannot be written is refused before."""
    files = QrFiles(extras)
    if extras.qr or extras.qr_file:
        if names is None:
            links, names = settle_first(session, links), list
        files.check(links)
    result = issue_and_show(session, links, policy, names=names)
    issued = [one.link for one in result.handed_out]
    if extras.qr:
        draw_links(session, issued)
    files.write(session, issued)
    if extras.copy:
        copy_link(session, issued)
    return issued


def _refuse_empty_options(request: LinkRequest, **given: object) -> None:
    """Tell `--campaign ""` from no --campaign."""
    for name, value in given.items():
        if value == "" or (value and not getattr(request, f"{name}s", value)):
            raise MissingInput(f"--{name} is empty", hint="leave it out, or give it a value")
    for name in request.singles:
        if getattr(request, name) == "":
            option = name.replace("_", "-")
            raise MissingInput(f"--{option} is empty", hint="leave it out, or give it a value")


def _links(session: Session, target: str | None, request: LinkRequest) -> list[TaggedLink]:
    """Return the links asked for, not yet issued."""
    named = _campaign(session, target)
    if named is not None:
        if request.campaign:
            raise ContradictoryInput(
                f"{quoted(named.name)} is a campaign already, and --campaign names another one",
                hint="leave one of them out",
            )
        placements, notes = placements_of(named, request, session.file)
        say_changes(session, (*session.file.changes, *notes))
        return plan(placements)
    if target is None:
        raise MissingInput(
            "a campaign or a landing page is missing",
            hint="utmforge new 2026-spring-sale, or utmforge new https://… --campaign … "
            "--channel …",
        )
    links, notes = links_to(target, tag_sets(request, session.file))
    say_changes(session, notes)
    return links


def _campaign(session: Session, target: str | None) -> Campaign | None:
    """Return the campaign of this name; None where the target is an address or nothing."""
    if target is None or target in session.file.campaigns:
        return session.file.campaigns.get(target or "")
    if os.path.isfile(target):  # noqa: PTH113 - a path too long is no file either
        raise ContradictoryInput(
            f"{quoted(target)} is a file", hint=f"for the landing pages in it: --from {target}"
        )
    if looks_like_address(target) or target.strip() != target or not target:
        return None
    return session.file.campaign(target)


def _open_pages(session: Session, pages: str, stack: ExitStack) -> TextIO:
    """Open UTF-8 text; bytes that are not become characters that no address can have."""
    if pages == "-":
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape", newline="")
        if sys.stdin is not None and sys.stdin.isatty():
            session.console.note("one address a line; Ctrl-D ends")
        if sys.stdin is None:
            raise MissingInput("standard input is closed", hint="name a file instead of -")
        return sys.stdin
    try:
        return stack.enter_context(
            Path(pages).open(encoding="utf-8-sig", errors="surrogateescape", newline="")
        )
    except OSError as error:
        raise CampaignFileMissing(
            f"cannot read {quoted(pages)}: {(error.strerror or 'no reason given').lower()}"
        ) from None


def _issue_pages(session: Session, pages: str, request: LinkRequest, policy: IssuePolicy) -> None:
    from utmforge.issuing.bulk import BATCH, batches, read_rows

    with ExitStack() as stack:
        name = "standard input" if pages == "-" else pages
        stream = _open_pages(session, pages, stack)
        rows, notes = read_rows(stream, name, request)
        say_changes(session, notes)
        writer = LinkWriter(session.console, with_group=True)
        new_links = done = said = 0
        left_out: Counter[str] = Counter()
        change_id = new_change_id()  # of all batches: one undo takes all of them back
        dry_run, allow_private = session.dry_run, session.allow_private
        registry = stack.enter_context(session.registry(writing=not dry_run))
        questions = NameQuestions(session, registry)
        try:
            for asked, remarks in batches(rows, session.file, allow_private=allow_private):
                session.console.progress("")
                say_changes(session, remarks[: max(_MOST_NOTES - said, 0)])
                said += len(remarks)
                links = settle_checked(asked, questions.settled, allow_private=allow_private)
                issued = issued_or_planned(
                    registry, links, name, policy, dry_run=dry_run, change_id=change_id
                )
                done += len(links)
                new_links += sum(one.is_new for one in issued)
                reasons = [why_left_out(one, dry_run=dry_run) for one in issued]
                left_out.update(reasons)
                writer.add(
                    one.link for one, reason in zip(issued, reasons, strict=True) if not reason
                )
                if len(links) >= BATCH:
                    session.console.progress(f"{done:,} links …")
        except (LandingPagesInvalid, NearName, PrivateData):
            session.console.progress("")
            if done and not dry_run:
                session.console.warn(f"{done:,} links of the rows before were issued and stay")
            raise
        session.console.progress("")
        if said > _MOST_NOTES:
            session.console.note(f"and {said - _MOST_NOTES:,} more of these")
        verb = "would issue" if session.dry_run else "issued"
        session.console.done(
            f"{verb} {count_links(new_links)}, {left_out[''] - new_links:,} already issued"
        )
        say_left_out(session, left_out)
        writer.close()
