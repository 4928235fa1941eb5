"""`utmforge registry sync`: the registry as a text file that git merges."""

from pathlib import Path
from typing import Annotated

import typer

from utmforge.cli.commands.registry.target import refuse_registry
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import counted

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

    Example:
      utmforge registry sync links.jsonl
    """
    from utmforge.registry.interchange.git_sync import needs_merge_rule
    from utmforge.registry.interchange.git_sync import sync as sync_with

    refuse_registry(session, target)
    with session.registry(writing=not session.dry_run) as registry:
        synced = sync_with(registry, target, gate=session.gate, dry_run=session.dry_run)
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
    if needs_merge_rule(target):
        rule = f"{target.name} merge=union"
        session.console.hint(f"so that git never sees a conflict: echo '{rule}' >> .gitattributes")
