"""`utmforge registry`: the store itself."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from utmforge.cli.column_mapping import mapped_columns
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import (
    ContradictoryInput,
    LandingPagesInvalid,
    OutputFileError,
    Problem,
    RegistryUnavailable,
    quoted,
)
from utmforge.files.decoding import is_archive, text_of
from utmforge.output.key_values import show_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.registry.interchange.git_sync import Content
    from utmforge.registry.interchange.import_export import FileFormat

app = single()

_MOST_PROBLEMS = 20


@app.callback(invoke_without_command=True)
def registry(ctx: typer.Context) -> None:
    """The registry itself."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@command(app, "file", "registry")
def path(session: Session) -> None:
    """Print where the registry is.

    It is one SQLite file, yours alone, or a database on your team's server.

    Example:
      utmforge registry path
    """
    session.console.write(f"{session.registry_place}\n")


@command(app, "file", "registry", "format")
def status(session: Session) -> None:
    """Say what is in the registry.

    Example:
      utmforge registry status
      utmforge registry status --format json
    """
    from utmforge.registry.maintenance import status as status_of

    with session.registry() as registry:
        found = status_of(registry)
    show_facts(session.console, found._asdict())


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
    from utmforge.registry import maintenance as care

    console = session.console
    place = session.registry_place
    if isinstance(place, str):
        if repair:
            raise RegistryUnavailable(
                "a registry on a server is not mended by utmforge",
                hint="restore the server's backup, or import an export: utmforge registry import",
            )
        with session.registry() as opened:
            findings = care.check(opened)
    else:
        findings = care.check(place)
    for trouble in findings.damaged:
        console.warn(trouble)
    show_facts(console, {"links": findings.links, "damaged": len(findings.damaged)})
    if findings.is_whole:
        console.done(f"all {findings.links:,} links are as they were written")
        return
    if isinstance(place, str):
        console.hint("restore the server's backup")
        raise typer.Exit(1)
    if not repair or session.dry_run:
        console.hint("utmforge registry check --repair keeps what is whole, and the damaged file")
        raise typer.Exit(1)
    mended = care.repair(place)
    console.done(f"kept {mended.kept:,} links, lost {mended.lost:,} entries")
    console.note(f"the damaged file is {mended.aside}")


@command(app, "file", "registry", "dry_run")
def backup(
    session: Session,
    target: Annotated[Path, typer.Argument(metavar="PATH", help="The copy.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite it.")] = False,
) -> None:
    """Copy the registry, also while others write to it.

    The copy is a registry of its own, a file: `--registry PATH` opens it.

    Example:
      utmforge registry backup links-2026-11-23.db
    """
    from utmforge.registry import maintenance as care

    _refuse_itself(session, target)
    with session.registry() as registry:
        count = registry.queries.totals()[0]
        if session.dry_run:
            session.console.done(f"would copy {count:,} links to {target}")
            return
        care.backup(registry, target, overwrite=force)
    session.console.done(f"copied {count:,} links to {target}")


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
    from utmforge.registry.interchange.git_sync import sync as sync_with

    _refuse_itself(session, target)

    with session.registry(writing=not session.dry_run) as registry:
        synced = sync_with(registry, target, dry_run=session.dry_run)
    would = "would " if session.dry_run else ""
    came, went = ("come", "go") if session.dry_run else ("came", "went")
    session.console.done(
        f"{synced.came:,} links {would}{came} in, {synced.went:,} {would}{went} out, "
        f"{synced.together:,} together"
    )
    if synced.events_came or synced.events_went:
        session.console.note(
            f"of their history {synced.events_came:,} entries {would}{came} in, "
            f"{synced.events_went:,} {would}{went} out"
        )
    attributes = target.absolute().parent / ".gitattributes"
    line = f"{target.name} merge=union"
    if (target.absolute().parent / ".git").exists() and not (
        attributes.exists() and line in attributes.read_text(encoding="utf-8")
    ):
        session.console.hint(f"so that git never sees a conflict: echo '{line}' >> .gitattributes")


@command(app, "file", "registry")
def export(
    session: Session,
    target: Annotated[
        Path, typer.Argument(metavar="PATH|-", help="A .csv, .jsonl or .toml file; - is stdout.")
    ],
    kind: Annotated[
        str | None,
        typer.Option("--as", metavar="csv|jsonl|toml", help="Its format. Default: by its name."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite it.")] = False,
) -> None:
    """Write everything in the registry to a file: every link and its history.

    `utmforge registry import` brings it back, nothing lost. In a CSV, what a spreadsheet would
    calculate is made harmless by an apostrophe, which the import takes away again.

    Example:
      utmforge registry export links.csv
      utmforge registry export - --as jsonl | gzip > links.jsonl.gz
    """
    from utmforge.files.atomic import replacing
    from utmforge.registry.interchange.import_export import exported

    chosen = _format(target, kind)
    _refuse_itself(session, target)
    with session.registry() as registry:
        if str(target) == "-":
            for text in exported(registry, chosen):
                session.console.write(text)
            return
        if target.exists() and not force:
            raise OutputFileError(
                f"{quoted(target)} exists already", hint="name another file, or use --force"
            )
        with replacing(target) as draft, draft.open("w", encoding="utf-8", newline="") as file:
            file.writelines(exported(registry, chosen))
        count = registry.queries.totals()[0]
    session.console.done(f"exported {count:,} links to {target}")


def _format(path: Path, asked: str | None) -> "FileFormat":
    from utmforge.registry.interchange.import_export import FileFormat, format_of

    if asked is None:
        if str(path) != "-" and path.suffix.lower() not in {".csv", ".jsonl", ".toml"}:
            raise ContradictoryInput(
                f"{quoted(path)} does not say which format", hint="use --as csv, jsonl or toml"
            )
        return FileFormat.CSV if str(path) == "-" else format_of(path, "")
    try:
        return FileFormat(asked.lower())
    except ValueError:
        raise ContradictoryInput(
            f"no format is called {quoted(asked)}", hint="use csv, jsonl or toml"
        ) from None


@command(app, "file", "registry", "format", "dry_run", name="import")
def import_links(
    session: Session,
    source: Annotated[
        str, typer.Argument(metavar="PATH|-", help="An export, or a CSV of tagged addresses.")
    ],
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column holds it."),
    ] = None,
    date_format: Annotated[
        str | None,
        typer.Option("--date-format", metavar="FORMAT", help="How days are written: %d/%m/%Y."),
    ] = None,
    skip_errors: Annotated[
        bool, typer.Option("--skip-errors", help="Leave out rows that are no links.")
    ] = False,
) -> None:
    """Take links that were issued elsewhere into the registry.

    An export of utmforge comes back as it was. A CSV from a spreadsheet needs a column of tagged
    addresses, or of landing pages with source, medium and campaign beside; columns are found by
    their names and contents. Links are taken as they were handed out, whatever the naming
    convention says. `utmforge undo` takes an import back.

    Example:
      utmforge registry import links.csv
      utmforge registry import old-links.csv --dry-run
      utmforge registry import old-links.csv --map url="Final URL" --map issued_at=Created
    """
    from utmforge.registry.interchange import import_export as transfer

    text = _text_of(source)
    name = "standard input" if source == "-" else source
    kind = transfer.format_of(Path(source), text)
    content = transfer.read_export(text, kind, name)
    if content is not None and (mapping or date_format):
        raise ContradictoryInput(
            f"{quoted(name)} is an export of utmforge, read as it is",
            hint="leave out --map and --date-format",
        )
    if content is None:
        content = _sheet(session, text, name, mapping or [], date_format, skip_errors=skip_errors)
    with session.registry(writing=not session.dry_run) as registry:
        done = transfer.take_in(registry, content, about=name, dry_run=session.dry_run)
    verb = "would import" if session.dry_run else "imported"
    session.console.done(f"{verb} {done.came:,} links from {name}; {done.known:,} were there")
    if done.events:
        session.console.note(
            f"and {done.events:,} entries of their history, which no undo takes back"
        )
    show_facts(session.console, {"imported": done.came, "known": done.known, "events": done.events})


def _sheet(
    session: Session,
    text: str,
    name: str,
    mapping: list[str],
    date_format: str | None,
    *,
    skip_errors: bool,
) -> "Content":
    from datetime import UTC, datetime

    from utmforge.registry.interchange.git_sync import Content
    from utmforge.registry.interchange.spreadsheet import FIELDS, read_sheet

    sheet = read_sheet(
        text,
        name,
        mapping=mapped_columns(mapping, FIELDS),
        now=datetime.now(UTC),
        date_format=date_format,
    )
    console = session.console
    columns = ", ".join(f"{field} from {quoted(head, 30)}" for field, head in sheet.columns.items())
    console.note(f"columns: {columns}")
    if sheet.problems and not skip_errors:
        raise LandingPagesInvalid(_some(sheet.problems, name))
    for problem in sheet.problems[:_MOST_PROBLEMS]:
        console.warn(f"{problem.where}: {problem.message}")
    if len(sheet.problems) > _MOST_PROBLEMS:
        console.warn(f"and {len(sheet.problems) - _MOST_PROBLEMS:,} more rows left out")
    if sheet.rewritten:
        console.note(
            f"{sheet.rewritten:,} addresses are kept as utmforge writes them: each tag once, in "
            "its own order, before the fragment"
        )
    return Content({link.id: link for link in sheet.links}, {})


def _some(problems: "Sequence[Problem]", name: str) -> "list[Problem]":
    """Return the first problems, and how many more there are."""
    more = len(problems) - _MOST_PROBLEMS
    last = [Problem(f"and {more:,} more rows that are no links", name)] if more > 0 else []
    return [*problems[:_MOST_PROBLEMS], *last]


def _refuse_itself(session: Session, target: Path) -> None:
    """Refuse to write over the registry itself."""
    place = session.registry_place
    if isinstance(place, Path) and place.exists() and target.exists() and target.samefile(place):
        raise OutputFileError(f"{quoted(target)} is the registry itself", hint="name another file")


def _text_of(source: str) -> str:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise OutputFileError(
            f"cannot read {quoted(source)}: {(error.strerror or str(error)).lower()}"
        ) from None
    if is_archive(data):
        raise LandingPagesInvalid(
            [Problem("is an archive or an Excel workbook", source, hint="save the sheet as CSV")]
        )
    return text_of(data)
