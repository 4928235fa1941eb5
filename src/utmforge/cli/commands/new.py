"""`utmforge new`: issue links for a campaign or a landing page."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from itertools import chain
from typing import Annotated

import typer

from utmforge.cli import completion
from utmforge.cli.delivery import Extras, QrFiles, copy_link, draw_links
from utmforge.cli.issue_output import (
    say_changes,
    say_left_out,
    show_issued,
    warn_of_pages,
    would_or_did,
)
from utmforge.cli.options import (
    CampaignName,
    ChannelNames,
    Contents,
    Overwrite,
    QrPath,
    TagOptions,
    command,
    listed,
    single,
)
from utmforge.cli.session import Session
from utmforge.errors import (
    ContradictoryInput,
    LandingPagesInvalid,
    MissingInput,
    NearName,
    PrivateData,
    counted,
    quoted,
)
from utmforge.issuing.flow import BatchResult, IssueSettings, issue_links, settle_links
from utmforge.issuing.page_gate import PageWarning
from utmforge.issuing.requests import (
    LinkRequest,
    find_campaign,
    links_for,
    links_like,
    refuse_campaign,
)
from utmforge.model import NO_TAGS, Campaign, TaggedLink
from utmforge.output.links import LINK_COLUMNS, LinkWriter

app = single()

_MAX_NOTES = 10
_MAX_SKIPPED = 20

Target = Annotated[
    str | None,
    typer.Argument(
        metavar="TARGET",
        help="A campaign of campaigns.toml, or a landing page. Without it, you are asked.",
        autocompletion=completion.campaigns,
        show_default=False,
    ),
]
Pages = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FILE|-",
        help="Landing pages in bulk: one per line, or CSV with a landing_page column.",
    ),
]
SkipErrors = Annotated[
    bool, typer.Option("--skip-errors", help="With --from: skip rows that cannot be issued.")
]
Like = Annotated[
    str | None,
    typer.Option(
        "--like",
        metavar="CAMPAIGN",
        help="Use the channels, contents and landing pages of this campaign of campaigns.toml.",
        autocompletion=completion.campaigns,
    ),
]
Copy = Annotated[bool, typer.Option("--copy", help="Copy the link to the clipboard.")]
Draw = Annotated[bool, typer.Option("--qr", help="Draw QR codes in the terminal.")]


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
def new(
    session: Session,
    target: Target = None,
    campaign: CampaignName = None,
    channel: ChannelNames = None,
    content: Contents = None,
    *,
    tags: TagOptions,
    pages: Pages = None,
    like: Like = None,
    skip_errors: SkipErrors = False,
    copy: Copy = False,
    qr: Draw = False,
    qr_file: QrPath = None,
    force: Overwrite = False,
    ended: bool = False,
    retired: bool = False,
    note: str | None = None,
    label: list[str] | None = None,
) -> None:
    """Issue links: for a campaign of campaigns.toml, or for a landing page.

    Each link is saved in the registry before it is printed. A link that was issued before stays the
    same.

    Example:
      utmforge new 2026-spring-sale
      utmforge new 'https://shop.example/x?a=1&b=2' --campaign spring --channel whatsapp,email
      utmforge new shop.example/may --campaign 2026-05-sale --like 2026-04-sale
      utmforge new --from pages.csv --campaign catalogue --channel email --format csv
      utmforge new shop.example/fair -c fair -C qr --note "flyer of the fair" --label print
      url=$(utmforge new shop.example/x --campaign spring --channel sms)
    """
    request = _request(campaign, channel, content, tags)._replace(
        allow_private=session.allow_private
    )
    extras = Extras(copy=copy, qr=qr, qr_file=qr_file, force=force)
    policy = session.policy(ended=ended, retired=retired, skip=pages is not None)
    settings = session.issue_settings(policy, note, label)
    if pages is not None:
        _refuse_with_pages(target, extras, like)
        _issue_pages(session, pages, request, settings, skip_errors=skip_errors)
        return
    if skip_errors:
        raise ContradictoryInput("--skip-errors is for --from", hint="leave one of them out")
    _refuse_file(session, target)
    if like is not None:
        _issue_like(session, session.file.campaign(like), target, request, extras, settings)
        return
    if session.can_ask and _has_gaps(session, target, request):
        _ask_and_issue(session, target, request, extras, settings)
        return
    links, notes = links_for(target, request, session.file)
    say_changes(session, notes)
    _hand_out(session, links, extras, settings)


def _request(
    campaign: str | None,
    channels: Sequence[str] | None,
    contents: Sequence[str] | None,
    tags: TagOptions,
) -> LinkRequest:
    """Return the request that the options describe.

    Raises:
        MissingInput: An option is empty.
    """
    request = LinkRequest(
        NO_TAGS._replace(campaign=campaign or "", **tags), listed(channels), listed(contents)
    )
    is_empty = {
        "channel": channels and not request.channels,
        "content": contents and not request.contents,
        "campaign": campaign == "",
        **{field.replace("_", "-"): text == "" for field, text in tags.items()},
    }
    if option := next((name for name, empty in is_empty.items() if empty), None):
        raise MissingInput(f"--{option} is empty", hint="leave it out, or give it a value")
    return request


def _issue_like(
    session: Session,
    like: Campaign,
    target: str | None,
    request: LinkRequest,
    extras: Extras,
    settings: IssueSettings,
) -> None:
    """Issue what another campaign has; at a terminal, ask for the name and let it be edited."""
    if session.can_ask and not request.campaign:
        refuse_campaign(target, session.file)
        _ask_and_issue(session, target, request, extras, settings, like=like)
        return
    links, notes = links_like(like, target, request, session.file)
    say_changes(session, notes)
    _hand_out(session, links, extras, settings)


def _refuse_with_pages(target: str | None, extras: Extras, like: str | None) -> None:
    if like is not None:
        raise ContradictoryInput(
            "--from and --like cannot be used together", hint="leave one of them out"
        )
    if target is not None or extras.copy or extras.qr or extras.qr_file:
        raise ContradictoryInput(
            "--from cannot be used with TARGET, --copy, --qr or --qr-file",
            hint="copy or draw single links afterwards: utmforge copy ID, utmforge qr ID",
        )


def _refuse_file(session: Session, target: str | None) -> None:
    """Refuse a file of landing pages as the target, unless a campaign has that name."""
    if not target or target in session.file.campaigns:
        return
    if os.path.isfile(target):  # noqa: PTH113 - a path that is too long is not a file either
        raise ContradictoryInput(
            f"{quoted(target)} is a file", hint=f"for the landing pages in it: --from {target}"
        )


def _has_gaps(session: Session, target: str | None, request: LinkRequest) -> bool:
    return target is None or (
        find_campaign(target, session.file) is None and bool(request.missing())
    )


def _ask_and_issue(
    session: Session,
    target: str | None,
    request: LinkRequest,
    extras: Extras,
    settings: IssueSettings,
    like: Campaign | None = None,
) -> None:
    """Ask for what is missing, issue the links, and offer what to do with them."""
    from utmforge.cli.interactive.wizard import Wizard

    wizard = Wizard(session, settings, target, request, like)
    if links := wizard.ask():
        settings = settings._replace(answer=None, file=session.file)
        issued = _hand_out(session, links, extras, settings, shown=links)
        wizard.finish(issued, copied=extras.copy)


def _hand_out(
    session: Session,
    links: Sequence[TaggedLink],
    extras: Extras,
    settings: IssueSettings,
    *,
    shown: Sequence[TaggedLink] = (),
) -> list[TaggedLink]:
    """Issue, print, draw, write and copy; files that cannot be written are refused first.

    Args:
        session: The command's session.
        links: The links to issue.
        extras: What is done beside printing.
        settings: How they are issued.
        shown: Links that are on the terminal already.
    """
    files = QrFiles(extras)
    if extras.qr or extras.qr_file:
        settled = settle_links(links, settings)
        say_changes(session, settled.notes)
        links, settings = settled.links, settings._replace(answer=None)
        files.check(session, links)
    issued = show_issued(session, issue_links(links, settings), shown=shown)
    if extras.qr:
        draw_links(session, issued)
    files.write(session, issued)
    if extras.copy:
        copy_link(session, issued)
    return issued


def _issue_pages(
    session: Session,
    pages: str,
    request: LinkRequest,
    settings: IssueSettings,
    *,
    skip_errors: bool,
) -> None:
    """Issue landing pages in bulk and print their links as they come."""
    from utmforge.cli.inputs import input_lines, name_of
    from utmforge.issuing.bulk import batches, read_rows
    from utmforge.issuing.flow import issue_batches

    with ExitStack() as stack:
        name = name_of(pages)
        is_typed = pages == "-" and sys.stdin is not None and sys.stdin.isatty()
        step = stack.enter_context(session.console.working("issuing", is_wanted=not is_typed))
        lines = stack.enter_context(
            input_lines(session.console, pages, expected="enter one address per line")
        )
        above = []
        first = None
        for line in lines:
            above.append(line)
            if first := line.strip() or None:
                break
        rows, notes = read_rows(chain(above, lines), name, request)
        say_changes(session, notes)
        read = batches(
            rows, session.file, allow_private=session.allow_private, skip_errors=skip_errors
        )
        results = stack.enter_context(closing(issue_batches(read, settings, name)))
        shown = _PagesOutput(session, name, step, is_blank=first is None)
        try:
            for batch in results:
                shown.add(batch)
        except (LandingPagesInvalid, NearName, PrivateData):
            shown.warn_of_issued()
            raise
        shown.close()


class _PagesOutput:
    """Shows batches of links as they are issued, and totals at the end."""

    def __init__(
        self, session: Session, name: str, step: Callable[[int], None], *, is_blank: bool
    ) -> None:
        self._session = session
        self._name = name
        self._is_blank = is_blank
        self._step = step
        self._console = session.console
        self._writer = LinkWriter(session.console, with_group=True)
        self._notes = 0
        self._warnings: dict[PageWarning, None] = {}
        self._skipped = 0
        self._last: BatchResult | None = None

    def add(self, batch: BatchResult) -> None:
        """Show one batch."""
        for problem in batch.skipped[: max(_MAX_SKIPPED - self._skipped, 0)]:
            self._console.warn(f"{problem.where}: {problem.message}")
        self._skipped += len(batch.skipped)
        notes = batch.result.notes
        say_changes(self._session, notes[: max(_MAX_NOTES - self._notes, 0)])
        self._notes += len(notes)
        fresh = [one for one in batch.result.warnings if one not in self._warnings]
        warn_of_pages(self._session, fresh[: max(_MAX_NOTES - len(self._warnings), 0)])
        self._warnings.update(dict.fromkeys(fresh))
        self._writer.add(one.link for one in batch.result.usable)
        self._step(batch.links)
        self._last = batch

    def warn_of_issued(self) -> None:
        """Warn that a batch was refused and that the links of earlier batches are issued."""
        if self._last and not self._session.dry_run:
            self._console.warn(f"the {self._last.links:,} links of the rows before it stay issued")

    def close(self) -> None:
        """Show the totals."""
        if self._notes > _MAX_NOTES:
            self._console.note(f"and {self._notes - _MAX_NOTES:,} more of these")
        if (more := len(self._warnings) - _MAX_NOTES) > 0:
            self._console.warn(f"and {more:,} more landing pages like these")
        if (more := self._skipped - _MAX_SKIPPED) > 0:
            self._console.warn(f"and {counted(more, 'more row')} left out")
        new = self._last.new if self._last else 0
        again = self._last.left_out[""] - new if self._last else 0
        if self._last is None and not self._is_blank:
            self._console.warn(f"there are no links in {quoted(self._name)}")
        verb = would_or_did(self._session.dry_run)
        self._console.done(f"{verb} {counted(new, 'link')}, {again:,} already issued")
        if self._last:
            say_left_out(self._session, self._last.left_out)
        self._writer.close()
