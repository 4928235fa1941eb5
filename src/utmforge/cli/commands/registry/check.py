"""`utmforge registry check`: verify the registry."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import RegistryUnavailable, counted
from utmforge.output.history import warn_of_contradictions
from utmforge.output.key_values import show_facts

if TYPE_CHECKING:
    from utmforge.registry.check import CheckResult
    from utmforge.registry.server_address import ServerAddress

app = single()


@command(app, "file", "registry", "format", "dry_run", columns=lambda: ("links", "damaged"))
def check(
    session: Session,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair", help="Copy the intact entries to a new file and keep the damaged one."
        ),
    ] = False,
) -> None:
    """Verify the registry: check every entry against its checksum.

    Exits with 1 if an entry is damaged. `--repair` copies the intact entries to a new file and
    keeps the damaged file next to it; commands that write wait until it has finished.

    Example:
      utmforge registry check
      utmforge registry check --repair
    """
    place = session.registry_place
    result = _checked(session, place, repair=repair)
    for damage in result.damaged:
        session.console.warn(damage)
    warn_of_contradictions(session.console, result.contradictions)
    show_facts(session.console, {"links": result.links, "damaged": len(result.damaged)})
    if result.is_whole:
        session.console.done(f"checked {counted(result.links, 'link')}: no damage found")
        return
    if not isinstance(place, Path):
        session.console.hint("restore the server's backup")
        raise typer.Exit(1)
    if not repair or session.dry_run:
        session.console.hint(
            "utmforge registry check --repair copies the intact entries to a new file"
        )
        raise typer.Exit(1)
    _repair(session, place)


def _checked(session: Session, place: "Path | ServerAddress", *, repair: bool) -> "CheckResult":
    from utmforge.registry.check import check as verify

    if isinstance(place, Path):
        with session.console.working("checking") as step:
            return verify(place, step)
    if repair:
        raise RegistryUnavailable(
            "utmforge does not repair a registry on a server",
            hint="restore the server's backup, or import an export: utmforge registry import",
        )
    with session.registry() as opened, session.console.working("checking") as step:
        return verify(opened, step)


def _repair(session: Session, place: Path) -> None:
    from utmforge.registry.repair import repair as repair_file

    with session.console.working("copying the intact entries"):
        repaired = repair_file(place)
    kept, lost = counted(repaired.kept, "link"), counted(repaired.lost, "entry", "entries")
    session.console.done(f"kept {kept}, lost {lost}")
    if repaired.set_aside is not None:
        session.console.note(f"the damaged file is {repaired.set_aside}")
