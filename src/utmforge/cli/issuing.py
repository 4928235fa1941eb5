"""Issue links and show them: what `new` and `build` have in common."""

from collections import Counter
from collections.abc import Iterable, Sequence

from utmforge.cli.name_questions import NameQuestions
from utmforge.cli.session import Session
from utmforge.errors import UtmforgeError, quoted
from utmforge.model import Issued, TaggedLink
from utmforge.output.formats import Format
from utmforge.output.links import LinkWriter, group_of
from utmforge.private_links import refuse_private
from utmforge.registry import Registry, Terms


def say_changes(session: Session, changes: Iterable[str]) -> None:
    """Tell what was written otherwise than asked for, each once."""
    for change in dict.fromkeys(changes):
        session.voice.note(change)


def issue_and_show(
    session: Session, links: Sequence[TaggedLink], subject: str, terms: Terms
) -> list[TaggedLink]:
    """Keep links in the registry, then print them; with `--dry-run` only look and print them."""
    voice = session.voice
    refuse_private(links, allow_personal=session.allow_private)
    with session.registry(writing=not session.dry_run) as registry:
        links = NameQuestions(session, registry).settled(links)
        issued = issued_or_planned(session, registry, links, subject, terms)
        left_out = Counter(why_left_out(session, one) for one in issued)
    handed_out = [one for one in issued if not why_left_out(session, one)]
    voice.done(_told(handed_out, subject, "would issue" if session.dry_run else "issued"))
    say_left_out(session, left_out)
    _warn_of_other_channels(session, links, issued)
    result = [one.link for one in handed_out]
    _say_unassigned(session, result)
    _show(session, result)
    if voice.to_terminal and result and not session.dry_run:
        voice.hint(f"utmforge copy {result[0].id}")
    return result


def issued_or_planned(
    session: Session,
    registry: Registry,
    links: Sequence[TaggedLink],
    subject: str,
    terms: Terms,
    change_id: str | None = None,
) -> list[Issued]:
    """Issue links; with `--dry-run` return what issuing them would, and issue nothing."""
    if session.dry_run:
        return registry.would_add(links, terms=terms)
    return registry.add(links, about=subject, terms=terms, change_id=change_id)


def why_left_out(session: Session, one: Issued) -> str:
    """Say why a link may not be handed out, or nothing."""
    state = one.link.state
    if state == "issued":
        return ""
    if state == "retired":
        return "retired"
    return "" if session.dry_run and one.is_new else "of a campaign that has ended"


def say_left_out(session: Session, left_out: Counter[str]) -> None:
    """Warn of links that were not handed out, and how to have them all the same."""
    options = {"retired": "--retired", "of a campaign that has ended": "--ended"}
    for reason, option in options.items():
        if left_out[reason]:
            session.voice.warn(f"left out {count_links(left_out[reason])} {reason} ({option})")


def _show(session: Session, links: Iterable[TaggedLink]) -> None:
    if session.voice.to_terminal and session.voice.format == "table":
        session.voice.write("\n")
    writer = LinkWriter(session.voice, with_group=True)
    writer.add(links)
    writer.close()
    if session.voice.to_terminal and session.voice.format == "table":
        session.voice.write("\n")


def _say_unassigned(session: Session, links: Sequence[TaggedLink]) -> None:
    """Tell of links that GA4 files under Unassigned, where it is shown how it files them."""
    if session.voice.format not in {Format.TABLE, Format.MARKDOWN, Format.JSON}:
        return
    from utmforge.ga4 import UNASSIGNED  # noqa: PLC0415 - programs that take links need no rules

    told = set()
    for link in links:
        group = group_of(link)
        if group.name == UNASSIGNED and group.rule not in told:
            told.add(group.rule)
            filed = "will file" if group.is_certain else "may file"
            session.voice.note(f"GA4 {filed} it under {UNASSIGNED}: {group.rule}")
            _hint_at_medium(session, link)


def _hint_at_medium(session: Session, link: TaggedLink) -> None:
    """Name the medium that says the same and has a channel group, if the convention takes it."""
    from utmforge.ga4 import channel_group  # noqa: PLC0415 - see above
    from utmforge.ga4.mediums import known_medium  # noqa: PLC0415 - few links need it

    source, medium, campaign, *_ = link.tags
    instead = known_medium(medium, source, campaign)
    if instead is None:
        return
    try:
        written, _ = session.file.convention.accept("medium", instead)
    except UtmforgeError:
        return
    group = channel_group(source, written, campaign)
    session.voice.hint(f"with medium {quoted(written)} it would be {group}")


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
            session.voice.warn(
                f"the link for {link.channel or 'no channel'} was issued before for "
                f"{one.link.channel or 'no channel'}: the two cannot be told apart (give one "
                "another source or content)"
            )


def count_links(count: int) -> str:
    """Say how many links."""
    return f"{count:,} link{'' if count == 1 else 's'}"
