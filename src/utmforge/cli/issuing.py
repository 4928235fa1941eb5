"""Issue links and show them: what `new` and `build` have in common."""

from collections.abc import Iterable, Sequence

from utmforge.cli.session import Session
from utmforge.links import issue
from utmforge.model import Issued, TaggedLink
from utmforge.output.links import LinkWriter
from utmforge.registry import Registry


def say_changes(session: Session, changes: Iterable[str]) -> None:
    """Tell what was written otherwise than asked for, each once."""
    for change in dict.fromkeys(changes):
        session.voice.note(change)


def issue_and_show(session: Session, links: Sequence[TaggedLink], subject: str) -> list[TaggedLink]:
    """Keep links in the registry, then print them; with `--dry-run` only look and print them."""
    voice = session.voice
    with session.registry(writing=not session.dry_run) as registry:
        issued = (would_issue if session.dry_run else issue)(links, registry)
    voice.done(_told(issued, subject, "would issue" if session.dry_run else "issued"))
    _warn_of_other_channels(session, links, issued)
    result = [one.link for one in issued]
    _show(session, result)
    if voice.to_terminal and result and not session.dry_run:
        voice.hint(f"utmforge copy {result[0].id}")
    return result


def would_issue(links: Sequence[TaggedLink], registry: Registry) -> list[Issued]:
    """Return what issuing these links would, and issue nothing."""
    known = registry.known([link.id for link in links])
    return [Issued(known.get(link.id, link), is_new=link.id not in known) for link in links]


def _show(session: Session, links: Iterable[TaggedLink]) -> None:
    if session.voice.to_terminal and session.voice.format == "table":
        session.voice.write("\n")
    writer = LinkWriter(session.voice)
    writer.add(links)
    writer.close()
    if session.voice.to_terminal and session.voice.format == "table":
        session.voice.write("\n")


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
