"""`utmforge registry export`: write the registry to a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.cli.written_files import refuse_own_files
from utmforge.errors import ContradictoryInput, counted, quoted

if TYPE_CHECKING:
    from utmforge.registry.interchange.import_export import FileFormat

app = single()


@command(app, "file", "registry")
def export(
    session: Session,
    target: Annotated[
        Path, typer.Argument(metavar="PATH|-", help="A .csv, .jsonl or .toml file; - is stdout.")
    ],
    kind: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="csv|jsonl|toml", help="The format. Default: by the file's name."
        ),
    ] = None,
    same: Annotated[str | None, typer.Option("--format", "-F", hidden=True)] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write everything in the registry to a file: every link and its history.

    `utmforge registry import` reads the file without loss. In a CSV, an apostrophe comes before
    text that a spreadsheet would take for a formula; the import removes it.

    Example:
      utmforge registry export links.csv
      utmforge registry export - --as jsonl | gzip > links.jsonl.gz
    """
    from utmforge.files.atomic import atomic_write, refuse_existing
    from utmforge.registry.interchange.import_export import exported

    chosen = _format(target, kind or same)
    refuse_own_files(session, target)
    with session.registry() as registry:
        if str(target) == "-":
            for text in exported(registry, chosen):
                session.console.write_data(text)
            return
        refuse_existing(target, overwrite=force)
        with atomic_write(target) as draft, draft.open("w", encoding="utf-8", newline="") as file:
            file.writelines(exported(registry, chosen))
        count = registry.queries.totals()[0]
    session.console.done(f"exported {counted(count, 'link')} to {target}")


def _format(path: Path, asked: str | None) -> "FileFormat":
    from utmforge.registry.interchange.import_export import FileFormat, format_of

    if asked is None:
        if str(path) != "-" and path.suffix.lower() not in {".csv", ".jsonl", ".toml"}:
            raise ContradictoryInput(
                f"cannot tell the format of {quoted(path)}", hint="use --as csv, jsonl or toml"
            )
        return FileFormat.CSV if str(path) == "-" else format_of(path, "")
    try:
        return FileFormat(asked.lower())
    except ValueError:
        raise ContradictoryInput(
            f"{quoted(asked)} is not an export format", hint="use csv, jsonl or toml"
        ) from None
