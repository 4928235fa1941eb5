"""`utmforge registry sync`: the registry as a text file that git merges."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from utmforge.cli.commands.registry.target import refuse_registry
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import counted
from utmforge.output.history import warn_of_contradictions

if TYPE_CHECKING:
    from utmforge.registry.interchange.git_sync import Synced

_MAX_LISTED = 5

app = single()


@command(app, "file", "registry", "dry_run", "allow_private")
def sync(
    session: Session,
    target: Annotated[
        Path, typer.Argument(metavar="PATH", help="A text file such as links.jsonl.")
    ],
) -> None:
    """Share the registry as a text file that git merges.

    The file has one link per line, sorted. Links that only one side has are added to the other. Two
    people who issued different links sync, merge the file, sync again, and have the same links.

    Exits with 1 if the file brought an entry that contradicts another one of the same change.

    Example:
      utmforge registry sync links.jsonl
    """
    from utmforge.registry.interchange.git_sync import needs_merge_rule
    from utmforge.registry.interchange.git_sync import sync as sync_with

    refuse_registry(session, target)
    with session.registry(writing=not session.dry_run) as registry:
        synced = sync_with(
            registry, target, allow_private=session.allow_private, dry_run=session.dry_run
        )
    would = "would " if session.dry_run else ""
    came, went = ("come", "go") if session.dry_run else ("came", "went")
    session.console.done(
        f"{counted(synced.came, 'link')} {would}{came} in, {synced.went:,} {would}{went} out, "
        f"{synced.together:,} together"
    )
    if synced.events_came or synced.events_went:
        session.console.note(
            f"of their history {counted(synced.events_came, 'entry', 'entries')} {would}{came} in, "
            f"{synced.events_went:,} {would}{went} out"
        )
    _say_differences(session, synced)
    warn_of_contradictions(session.console, synced.contradictions)
    if needs_merge_rule(target):
        rule = f"{target.name} merge=union"
        session.console.hint(f"so that git never sees a conflict: echo '{rule}' >> .gitattributes")
    if synced.contradictions_came:
        raise typer.Exit(1)


def _say_differences(session: Session, synced: "Synced") -> None:
    """Say which links the file describes otherwise than the registry."""
    for fields, say in ((True, session.console.note), (False, session.console.warn)):
        found = [one for one in synced.differences if (one.fields == ("issued_at",)) is fields]
        if not found:
            continue
        names = ", ".join(dict.fromkeys(field for one in found for field in one.fields))
        ids = ", ".join(one.link_id for one in found[:_MAX_LISTED])
        more = f" and {len(found) - _MAX_LISTED:,} more" if len(found) > _MAX_LISTED else ""
        say(
            f"{counted(len(found), 'link')} with another {names} in the file: {ids}{more}; this "
            "registry keeps what it had, the file the earliest"
        )
