"""Print the results of `issuing/flow.py`, for `new` and for `build`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import UtmforgeError, counted, quoted
from utmforge.output.formats import Format
from utmforge.output.links import LinkWriter, group_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from utmforge.cli.session import Session
    from utmforge.issuing.flow import IssueResult, LeftOut
    from utmforge.issuing.page_gate import PageWarning
    from utmforge.model import Issued, TaggedLink

_LEFT_OUT: dict[LeftOut, tuple[str, str, str]] = {
    "retired": ("retired link", "retired links", "--retired"),
    "ended": (
        "link of a campaign that has ended",
        "links of campaigns that have ended",
        "--ended",
    ),
}
"""How to describe one link or several that were left out, and the option that includes them."""


def show_issued(
    session: Session, result: IssueResult, *, shown: Sequence[TaggedLink] = ()
) -> list[TaggedLink]:
    """Print the links that were issued and a summary; return the links that may be used.

    Args:
        session: The command's session.
        result: What was issued.
        shown: Links that are on the terminal already, and are not printed there again.
    """
    console = session.console
    usable = result.usable
    say_changes(session, result.notes)
    console.done(summary(usable, result.subject, would_or_did(result.dry_run)))
    say_left_out(session, result.left_out)
    warn_of_pages(session, result.warnings)
    warn_of_messages(session, [one.link for one in usable])
    _warn_of_other_channels(session, result.links, result.issued)
    links = [one.link for one in usable]
    _say_unassigned(session, links)
    is_terminal = console.to_terminal and console.format is Format.TABLE
    if is_terminal and links and [link.url for link in links] == [link.url for link in shown]:
        return links
    _show(session, links)
    if console.to_terminal and links and not links[0].pages and not result.dry_run:
        console.hint(f"utmforge copy {links[0].id}")
    return links


def would_or_did(dry_run: bool) -> str:
    """Return the verb for a real run or a dry run."""
    return "would issue" if dry_run else "issued"


def say_changes(session: Session, changes: Iterable[str]) -> None:
    """Show each note about a changed value once."""
    for change in dict.fromkeys(changes):
        session.console.note(change)


def warn_of_pages(session: Session, warnings: Iterable[PageWarning]) -> None:
    """Warn of doubtful landing pages, with the next step."""
    for warning in warnings:
        session.console.warn(warning.message)
        if warning.hint:
            session.console.hint(warning.hint)


def warn_of_messages(session: Session, links: Iterable[TaggedLink]) -> None:
    """Warn of messages of the campaign file that are faulty, or cost a segment of an SMS more."""
    of_channels = any(one.message for one in session.file.channels.values())
    with_message = {
        one.tags.campaign
        for one in session.file.campaigns.values()
        if of_channels or any(place.message for place in one.placements)
    }
    links = [link for link in links if link.tags.campaign in with_message]
    if not links:
        return
    from utmforge.share.campaign_messages import CampaignMessages

    for message, hint in CampaignMessages(session.file).warnings(links):
        session.console.warn(message)
        session.console.hint(hint)


def say_left_out(session: Session, left_out: Counter[LeftOut]) -> None:
    """Warn of links that were left out, and name the options that include them."""
    for reason, (one, several, option) in _LEFT_OUT.items():
        if count := left_out[reason]:
            session.console.warn(f"left out {counted(count, one, several)} ({option})")


def _show(session: Session, links: Iterable[TaggedLink]) -> None:
    if session.console.to_terminal and session.console.format == "table":
        session.console.write("\n")
    writer = LinkWriter(session.console, with_group=True)
    writer.add(links)
    writer.close()
    if session.console.to_terminal and session.console.format == "table":
        session.console.write("\n")


def _say_unassigned(session: Session, links: Sequence[TaggedLink]) -> None:
    """Note links that GA4 files under Unassigned, in formats that show channel groups."""
    if session.console.format not in {Format.TABLE, Format.MARKDOWN, Format.JSON}:
        return
    from utmforge.analytics.ga4.rules import UNASSIGNED

    reported = set()
    for link in links:
        group = group_of(link)
        if group.name == UNASSIGNED and group.rule not in reported:
            reported.add(group.rule)
            filed = "will file" if group.is_certain else "may file"
            session.console.note(f"GA4 {filed} it under {UNASSIGNED}: {group.rule}")
            _hint_at_medium(session, link)


def _hint_at_medium(session: Session, link: TaggedLink) -> None:
    """Suggest a medium with the same meaning and a channel group, if the convention allows it."""
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


def summary(issued: Sequence[Issued], subject: str, verb: str) -> str:
    """Say how many links, or page patterns, were issued now and before."""
    fresh = sum(one.is_new for one in issued)
    again = len(issued) - fresh
    what = "page pattern" if any(one.link.pages for one in issued) else "link"
    if not again:
        return f"{verb} {counted(fresh, what)} for {subject}"
    were = f"{counted(again, what)} for {subject} {'was' if again == 1 else 'were'} already issued"
    return f"{verb} {counted(fresh, what)}; {were}" if fresh else were


def _warn_of_other_channels(
    session: Session, links: Sequence[TaggedLink], issued: Sequence[Issued]
) -> None:
    for link, one in zip(links, issued, strict=True):
        if link.channel != one.link.channel:
            session.console.warn(
                f"the link for {link.channel or 'no channel'} was issued before for "
                f"{one.link.channel or 'no channel'}: reports cannot tell the two apart "
                "(give one another source or content)"
            )
