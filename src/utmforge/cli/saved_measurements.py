"""The measurements that `measure` saves and lists: where they are, and what is said of them."""

from datetime import UTC, datetime
from pathlib import Path

import typer

from utmforge.cli.session import Session
from utmforge.errors import counted
from utmforge.measure.result import Measurement
from utmforge.measure.run import Asked
from utmforge.measure.saved import SavedMeasurement, SavedMeasurements
from utmforge.output.measurement_changes import show_saved
from utmforge.registry.location import measurements_folder

_MAX_LISTED = 5


def saved_measurements(session: Session) -> SavedMeasurements:
    """Return the saved measurements of the session's registry.

    Raises:
        RegistryUnavailable: There is no home folder, or the registry's address cannot be used.
    """
    return SavedMeasurements(measurements_folder(session.registry_place, session.environment))


def list_saved(session: Session) -> None:
    """Print which measurements are saved, and name those that cannot be read.

    Raises:
        Exit: One cannot be read.
    """
    saved = saved_measurements(session)
    found, broken = saved.load_all()
    show_saved(session.console, found)
    if found:
        session.console.note(f"they are in {saved.folder}; delete a file to forget one")
    elif not broken:
        session.console.note("nothing is saved yet: --save NAME saves what a measurement shows")
    for error in broken[:_MAX_LISTED]:
        session.console.warn(error.message)
        session.console.hint(error.hint or "make it readable, or delete it")
    if (more := len(broken) - _MAX_LISTED) > 0:
        session.console.warn(f"and {counted(more, 'more measurement')} cannot be read")
    if broken:
        raise typer.Exit(broken[0].status)


def save(session: Session, measurement: Measurement, asked: Asked, path: Path) -> None:
    """Save what a measurement showed.

    Args:
        session: Whose registry it belongs to.
        measurement: What was shown.
        asked: What was asked for.
        path: The file of its name.

    Raises:
        OutputFileError: It cannot be written.
    """
    if measurement.since is None or measurement.until is None:
        if measurement.reading.lines_used:
            session.console.warn("nothing was saved: it is not known which days were measured")
            session.console.hint("--since and --until say it")
        else:
            session.console.warn("nothing was saved: nothing was measured")
        return
    saved = SavedMeasurement(
        path.stem,
        datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        measurement.source,
        measurement.since,
        measurement.until,
        measurement.zone,
        measurement.by,
        measurement.minimum,
        asked.campaign,
        measurement.rows,
    )
    saved_measurements(session).save(saved, path)
    session.console.done(f"saved as {path.stem}")
