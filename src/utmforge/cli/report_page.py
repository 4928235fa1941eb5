"""The page that `measure --html` writes: refused early, written at the end."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from utmforge.cli.session import Session
from utmforge.cli.written_files import check_written
from utmforge.files.atomic import atomic_write, refuse_existing
from utmforge.measure.overview import Overview
from utmforge.output.formats import PageLanguage

STANDARD_OUTPUT = "-"


class PageWanted(NamedTuple):
    """Which page is asked for."""

    target: str
    """Its path; `-` is standard output."""
    language: PageLanguage
    overwrite: bool
    """Whether it may take the place of another file."""


def check_page(session: Session, wanted: PageWanted, inputs: Sequence[str]) -> None:
    """Refuse, before anything is measured, what could not or must not be written.

    Raises:
        OutputFileError: The page would take the place of the registry, of what is read, or of
            another file.
    """
    target = wanted.target
    if target == STANDARD_OUTPUT:
        return
    named = map(Path, inputs)
    check_written(session, Path(target), overwrite=wanted.overwrite, inputs=named)


def write_page(session: Session, wanted: PageWanted, overview: Overview) -> None:
    """Write the page, or print it.

    Raises:
        OutputFileError: The file cannot be written.
        StdoutFailed: The page cannot be printed.
    """
    from utmforge.output.html_report.page import measurement_page

    page = measurement_page(overview, wanted.language)
    target = wanted.target
    if target == STANDARD_OUTPUT:
        session.console.write_data(page)
        return
    refuse_existing(Path(target), overwrite=wanted.overwrite)  # it may have come since
    with atomic_write(Path(target)) as draft:
        draft.write_text(page, encoding="utf-8", newline="\n")
    session.console.done(f"wrote {target}")
