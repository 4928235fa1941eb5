"""`utmforge share`: ready messages and share links."""

from collections.abc import Hashable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from utmforge.cli import completion
from utmforge.cli.delivery import choose_link, copy_text, described, draw_codes
from utmforge.cli.link_choice import links_named, links_of_channels
from utmforge.cli.option_rules import OptionRules, refuse_unused
from utmforge.cli.options import CampaignName, Overwrite, command, single
from utmforge.cli.session import Session
from utmforge.errors import QrImpossible, counted
from utmforge.files.atomic import atomic_write
from utmforge.output.console import Console
from utmforge.output.formats import Format, PageLanguage
from utmforge.output.shared_links import FIELDS, culprit_lines, show_shared
from utmforge.share import apps
from utmforge.share.campaign_messages import CampaignMessages, first_of
from utmforge.share.message import refuse_unfit_message
from utmforge.share.ready import ReadyLink
from utmforge.share.sms import extra_segment

app = single()

Said = TypeVar("Said", bound=Hashable)


class OnPlatform(StrEnum):
    """Where a share link is opened."""

    IOS = "ios"
    ANDROID = "android"
    WEB = "web"


Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID|CAMPAIGN",
        help="Links or campaigns. Default: every campaign of campaigns.toml.",
        autocompletion=completion.links_and_campaigns,
        show_default=False,
    ),
]
Channels = Annotated[
    list[str] | None,
    typer.Option(
        "--channel",
        "-C",
        metavar="NAME,…",
        help="Only the links of these channels.",
        autocompletion=completion.channels,
    ),
]
Platform = Annotated[
    OnPlatform | None,
    typer.Option(
        "--platform", case_sensitive=False, help="Show the share link of this platform only."
    ),
]
Words = Annotated[
    str | None,
    typer.Option("--message", metavar="TEXT", help="The words to send, with {link} in them."),
]
Copy = Annotated[bool, typer.Option("--copy", help="Copy the message to the clipboard.")]
Qr = Annotated[
    bool, typer.Option("--qr", help="Draw the share link, or else the link, as a QR code.")
]
Open = Annotated[bool, typer.Option("--open", help="Open the share link in its default app.")]
Ascii = Annotated[
    bool,
    typer.Option("--ascii", help="SMS: replace characters that make the message more expensive."),
]


Sheet = Annotated[
    Path | None,
    typer.Option(
        "--sheet", metavar="FILE", help="Write a page with all links for colleagues instead."
    ),
]
SheetLanguage = Annotated[
    PageLanguage, typer.Option("--lang", case_sensitive=False, help="The language of that page.")
]
RULES = OptionRules(
    never={
        "--sheet": (
            *("--retired", "--copy", "--qr", "--open", "--platform"),
            *("--format", "--excel", "--columns"),
        )
    },
    without={"--lang": ("--sheet",), "--force": ("--sheet",)},
    hints={
        "--sheet": "the page has the messages and codes of all links that are not retired",
        "--lang": "--sheet FILE writes a page",
        "--force": "--sheet FILE writes a page",
    },
)


@command(app, "file", "registry", "format", "dry_run", "retired", columns=lambda: FIELDS)
def share(
    session: Session,
    names: Names = None,
    campaign: CampaignName = None,
    channel: Channels = None,
    platform: Platform = None,
    words: Words = None,
    copy: Copy = False,
    qr: Qr = False,
    open_app: Open = False,
    ascii_only: Ascii = False,
    sheet: Sheet = None,
    lang: SheetLanguage = "en",
    force: Overwrite = False,
    retired: bool = False,
) -> None:
    """Print ready messages with their links, and share links that open the app.

    The message is that of the placement, the campaign or the channel in campaigns.toml. The link
    stands where the message has {link}, or else last on a line of its own.

    Example:
      utmforge share 2026-spring-sale
      utmforge share 2026-spring-sale --channel sms,whatsapp
      utmforge share k3v9q2m7xdhw --copy
      utmforge share k3v9q2m7xdhw --qr --platform ios
      utmforge share 2026-spring-sale --sheet links.html
    """
    refuse_unused(session.given, RULES)
    if words is not None:
        refuse_unfit_message(words)
    if sheet is not None:
        from utmforge.cli.code_delivery import check_page_path

        check_page_path(session, sheet, overwrite=force)
    messages = CampaignMessages(session.file)
    asked = [*(names or ()), *([campaign] if campaign is not None else [])]
    found = links_named(session, asked, retired=retired)
    links = [
        messages.ready(link, message=words, ascii_only=ascii_only)
        for link in links_of_channels(session, found, channel)
    ]
    _say(session.console, links, ascii_only=ascii_only)
    if sheet is not None:
        _write_sheet(session, links, sheet, lang)
        return
    chosen: apps.Platform | None = platform.value if platform else None
    _say_without(session.console, links, chosen)
    show_shared(session.console, links, platform=chosen, currency=session.file.workspace.currency)
    if qr or _needs_code(session.console, links):
        _draw(session, links, chosen)
    if copy:
        _copy(session, links)
    if open_app:
        _open(session, links, chosen)


def _say(console: Console, links: Sequence[ReadyLink], *, ascii_only: bool) -> None:
    """Warn of what is wrong with messages, and name the apps without a share link."""
    for fault, hint in dict.fromkeys(fault for one in links for fault in one.faults):
        console.warn(fault)
        console.hint(hint)
    exceeded = (
        (one, f"the {limit.name} has {limit.used:,} characters, and {limit.most:,} are possible")
        for one in links
        for limit in one.exceeded
    )
    for said, subjects in _grouped(exceeded).items():
        console.warn(f"{subjects}: {said}")
    _say_of_sms(console, [one for one in links if one.sms], ascii_only=ascii_only)
    sent = (one.app for one in links if one.app is not apps.APPS["qr"])
    missing = {app.title: app.why_none for app in sent if not app.templates}
    for reason in missing.values():
        console.note(f"{reason}: paste the message, or let people scan the code")


def _say_without(
    console: Console, links: Sequence[ReadyLink], platform: apps.Platform | None
) -> None:
    """Name the apps that have no share link on the platform that was asked for."""
    if platform is None:
        return
    missing = [one.app for one in links if one.app.templates and not one.deep_links[platform]]
    for title, reason in {app.title: app.why_none for app in missing}.items():
        console.note(f"{title} has no share link for {platform}: {reason}")


def _say_of_sms(console: Console, links: Sequence[ReadyLink], *, ascii_only: bool) -> None:
    """Name the characters that make messages longer, and warn of one that costs a segment."""
    if ascii_only and not links:
        console.warn("--ascii has no effect: none of the links is for SMS")
    of_culprits = ((one, one.sms.culprits) for one in links if one.sms and one.sms.culprits)
    for culprits, subjects in _grouped(of_culprits).items():
        verb = "is still" if ascii_only else "is"
        console.note(
            f"{subjects}: the SMS {verb} sent as UCS-2, 70 characters a segment instead of 160"
        )
        for line in culprit_lines(culprits):
            console.note(line)
        if not ascii_only and any(each.replacement is not None for each in culprits):
            console.hint("--ascii replaces them")
    warnings = ((one, warning) for one in links if (warning := extra_segment(one.message)))
    for (said, hint), subjects in _grouped(warnings).items():
        console.warn(f"{subjects}: {said}")
        console.hint(hint)


def _grouped(said: Iterable[tuple[ReadyLink, Said]]) -> dict[Said, str]:
    """Return whom each thing is said of: the id of one link, and the number of others."""
    links: dict[Said, list[str]] = {}
    for one, what in said:
        links.setdefault(what, []).append(one.link.id)
    return {what: first_of(ids) for what, ids in links.items()}


def _write_sheet(
    session: Session, links: Sequence[ReadyLink], path: Path, language: PageLanguage
) -> None:
    """Write the page; print its path."""
    from utmforge.output.share_sheet import share_sheet

    title = ", ".join(dict.fromkeys(one.link.tags.campaign for one in links))
    page = share_sheet(title, links, language)
    if not session.dry_run:
        with atomic_write(path) as draft:
            draft.write_text(page, encoding="utf-8", newline="\n")
    verb = "would write" if session.dry_run else "wrote"
    session.console.done(f"{verb} {path} with {counted(len(links), 'link')}")


def _needs_code(console: Console, links: Sequence[ReadyLink]) -> bool:
    """Tell whether a code is drawn without being asked for: a single app without a share link."""
    is_seen = console.to_terminal and console.format is Format.TABLE
    return is_seen and len(links) == 1 and not links[0].app.templates


def _draw(session: Session, links: Sequence[ReadyLink], platform: apps.Platform | None) -> None:
    """Draw the share link that a phone opens, or the link if there is none or it is too long."""
    from utmforge.share.qr import make_qr

    for one in links:
        target = one.for_phone(platform) or one.link.url
        if target != one.link.url:
            try:
                make_qr(target)
            except QrImpossible:
                session.console.warn(
                    f"{one.link.id}: the share link is too long for a QR code, which has the link "
                    "without the message instead"
                )
                target = one.link.url
        draw_codes(session, [(target, target)], in_pipe=True)


def _chosen(session: Session, links: Sequence[ReadyLink], verb: str) -> ReadyLink | None:
    """Return the only link, or the one chosen at a terminal; otherwise say how to choose."""
    link = choose_link(session, [one.link for one in links], f"{verb.capitalize()} which link?")
    if link is None and not session.can_ask:
        session.console.warn(f"cannot {verb}: there are {len(links)} links")
        session.console.hint(f"choose one: utmforge share {links[0].link.id} --{verb}")
    return next((one for one in links if link and one.link.id == link.id), None)


def _copy(session: Session, links: Sequence[ReadyLink]) -> None:
    if one := _chosen(session, links, "copy"):
        copy_text(session, one.message, f"the message for {described(one.link)}")


def _open(session: Session, links: Sequence[ReadyLink], platform: apps.Platform | None) -> None:
    """Open the share link of the only link, or of the one chosen; say what happened."""
    from utmforge.share.open_app import open_link

    one = _chosen(session, links, "open")
    if one is None:
        return
    target = one.deep_links[platform or "web"]
    if target is None:
        session.console.warn(f"not opened: {one.app.why_none}")
    elif session.dry_run:
        session.console.done(f"would open {one.app.title}")
    elif reason := open_link(target, session.environment):
        session.console.warn(f"not opened: {reason}")
    else:
        session.console.done(f"opened {one.app.title}")
