"""`utmforge registry sync`: share the registry as a text file that git merges."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.cli.written_files import refuse_own_files
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

    The file has one link per line, sorted. Links that only one side has are added to the other. If
    two people have issued different links, both sync, merge the file and sync again: then both have
    the same links.

    Exits with 1 if an entry from the file contradicts another entry of the same change.

    Example:
      utmforge registry sync links.jsonl
    """
    from utmforge.registry.interchange.git_sync import needs_merge_rule
    from utmforge.registry.interchange.git_sync import sync as sync_with

    refuse_own_files(session, target, is_shared=True)
    shared = session.shared_path
    is_other = not shared or shared.resolve() != target.resolve()
    with (
        session.registry(writing=not session.dry_run, follows=is_other) as registry,
        session.console.working(f"syncing {target.name}"),
    ):
        synced = sync_with(
            registry, target, allow_private=session.allow_private, dry_run=session.dry_run
        )
    added, have = ("would add", "would have") if session.dry_run else ("added", "have")
    came, went = counted(synced.came, "link"), counted(synced.went, "link")
    both = counted(synced.together, "link")
    session.console.done(f"{added} {came} to the registry, {went} to the file; both {have} {both}")
    if synced.events_came or synced.events_went:
        came = counted(synced.events_came, "history entry", "history entries")
        went = counted(synced.events_went, "history entry", "history entries")
        session.console.note(f"{added} {came} to the registry, {went} to the file")
    _say_differences(session, synced)
    warn_of_contradictions(session.console, synced.contradictions)
    if needs_merge_rule(target):
        rule = f"{target.name} merge=union"
        session.console.hint(f"to avoid merge conflicts in git: echo '{rule}' >> .gitattributes")
    if synced.contradictions_came:
        raise typer.Exit(1)


def _say_differences(session: Session, synced: "Synced") -> None:
    """Name the links that the file and the registry describe differently."""
    for fields, say in ((True, session.console.note), (False, session.console.warn)):
        found = [one for one in synced.differences if (one.fields == ("issued_at",)) is fields]
        if not found:
            continue
        names = ", ".join(dict.fromkeys(field for one in found for field in one.fields))
        ids = ", ".join(one.link_id for one in found[:_MAX_LISTED])
        more = f" and {len(found) - _MAX_LISTED:,} more" if len(found) > _MAX_LISTED else ""
        say(
            f"{counted(len(found), 'link')} with a different {names} in the file: {ids}{more}; the "
            "registry keeps its own values, the file the earliest ones"
        )
