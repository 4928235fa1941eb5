"""`utmforge registry`: the store itself."""

from pathlib import Path
from typing import Annotated

import typer

from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.output.facts import show_facts

app = single()


@app.callback(invoke_without_command=True)
def registry(ctx: typer.Context) -> None:
    """The registry itself."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@command(app, "file", "registry")
def path(session: Session) -> None:
    """Print where the registry is.

    It is one SQLite file, yours alone.

    Example:
      utmforge registry path
    """
    session.voice.write(f"{session.registry_path}\n")


@command(app, "file", "registry", "format")
def status(session: Session) -> None:
    """Say what is in the registry.

    Example:
      utmforge registry status
      utmforge registry status --format json
    """
    from utmforge.registry.care import status as status_of  # noqa: PLC0415 - only here

    with session.registry() as registry:
        found = status_of(registry)
    show_facts(session.voice, found._asdict())


@command(app, "file", "registry", "format", "dry_run")
def check(
    session: Session,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Keep what is whole in a new file, the damaged one aside."),
    ] = False,
) -> None:
    """Look at every entry of the registry: is it what was written?

    Exits with 1 if not. `--repair` makes a new file of the entries that are, and keeps the damaged
    file beside it; no other command should run meanwhile.

    Example:
      utmforge registry check
      utmforge registry check --repair
    """
    from utmforge.registry import care  # noqa: PLC0415 - only here

    voice = session.voice
    findings = care.check(session.registry_path)
    for trouble in findings.damaged:
        voice.warn(trouble)
    show_facts(voice, {"links": findings.links, "damaged": len(findings.damaged)})
    if findings.is_whole:
        voice.done(f"all {findings.links:,} links are as they were written")
        return
    if not repair or session.dry_run:
        voice.hint("utmforge registry check --repair keeps what is whole, and the damaged file")
        raise typer.Exit(1)
    mended = care.repair(session.registry_path)
    voice.done(f"kept {mended.kept:,} links, lost {mended.lost:,} entries")
    voice.note(f"the damaged file is {mended.aside}")


@command(app, "file", "registry", "dry_run")
def backup(
    session: Session,
    target: Annotated[Path, typer.Argument(metavar="PATH", help="The copy.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite it.")] = False,
) -> None:
    """Copy the registry, also while others write to it.

    The copy is a registry of its own: `--registry PATH` opens it.

    Example:
      utmforge registry backup links-2026-11-23.db
    """
    from utmforge.registry import care  # noqa: PLC0415 - only here

    with session.registry() as registry:
        count = registry.totals()[0]
        if session.dry_run:
            session.voice.done(f"would copy {count:,} links to {target}")
            return
        care.backup(registry, target, overwrite=force)
    session.voice.done(f"copied {count:,} links to {target}")


@command(app, "file", "registry", "dry_run")
def sync(
    session: Session,
    target: Annotated[
        Path, typer.Argument(metavar="PATH", help="A text file such as links.jsonl.")
    ],
) -> None:
    """Share the registry as a text file that git merges.

    Both sides get what only the other has: one link a line, sorted. Two people who issued different
    links sync, merge the file, sync again, and have the same links.

    Example:
      utmforge registry sync links.jsonl
    """
    from utmforge.registry.exchange import sync as sync_with  # noqa: PLC0415 - only here

    with session.registry(writing=not session.dry_run) as registry:
        synced = sync_with(registry, target, dry_run=session.dry_run)
    would = "would " if session.dry_run else ""
    came, went = ("come", "go") if session.dry_run else ("came", "went")
    session.voice.done(
        f"{synced.came:,} links {would}{came} in, {synced.went:,} {would}{went} out, "
        f"{synced.together:,} together"
    )
    attributes = target.absolute().parent / ".gitattributes"
    line = f"{target.name} merge=union"
    if (target.absolute().parent / ".git").exists() and not (
        attributes.exists() and line in attributes.read_text(encoding="utf-8")
    ):
        session.voice.hint(f"so that git never sees a conflict: echo '{line}' >> .gitattributes")
