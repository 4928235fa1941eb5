"""`utmforge registry check`: is every entry what was written?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import RegistryUnavailable, counted
from utmforge.output.key_values import show_facts

if TYPE_CHECKING:
    from utmforge.registry.maintenance import Findings

app = single()


@command(app, "file", "registry", "format", "dry_run")
def check(
    session: Session,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Keep what is whole in a new file, the damaged one aside."),
    ] = False,
) -> None:
    """Verify the registry: check every entry against its checksum.

    Exits with 1 if an entry is damaged. `--repair` makes a new file of the entries that are whole,
    and keeps the damaged file beside it; no other command should run meanwhile.

    Example:
      utmforge registry check
      utmforge registry check --repair
    """
    place = session.registry_place
    findings = _findings(session, place, repair=repair)
    for damage in findings.damaged:
        session.console.warn(damage)
    show_facts(session.console, {"links": findings.links, "damaged": len(findings.damaged)})
    if findings.is_whole:
        are = "link is as it was" if findings.links == 1 else "links are as they were"
        session.console.done(f"all {findings.links:,} {are} written")
        return
    if isinstance(place, str):
        session.console.hint("restore the server's backup")
        raise typer.Exit(1)
    if not repair or session.dry_run:
        session.console.hint(
            "utmforge registry check --repair keeps what is whole, and the damaged file"
        )
        raise typer.Exit(1)
    _repair(session, place)


def _findings(session: Session, place: Path | str, *, repair: bool) -> "Findings":
    from utmforge.registry import maintenance

    if isinstance(place, Path):
        return maintenance.check(place)
    if repair:
        raise RegistryUnavailable(
            "utmforge does not repair a registry on a server",
            hint="restore the server's backup, or import an export: utmforge registry import",
        )
    with session.registry() as opened:
        return maintenance.check(opened)


def _repair(session: Session, place: Path) -> None:
    from utmforge.registry import maintenance

    repaired = maintenance.repair(place)
    kept, lost = counted(repaired.kept, "link"), counted(repaired.lost, "entry", "entries")
    session.console.done(f"kept {kept}, lost {lost}")
    session.console.note(f"the damaged file is {repaired.aside}")
