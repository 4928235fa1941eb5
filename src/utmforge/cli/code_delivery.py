"""Write QR codes to files: one code with colours or a logo, or those of any number of links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utmforge.cli.written_files import check_written, refuse_own_files
from utmforge.errors import OutputFileError, counted, quoted
from utmforge.files.atomic import atomic_write
from utmforge.share.qr import check_qr_path
from utmforge.share.qr_files import (
    LIST_NAME,
    check_folder,
    code_files,
    drawn,
    write_files,
)
from utmforge.share.qr_style import PLAIN, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utmforge.cli.session import Session
    from utmforge.model import TaggedLink
    from utmforge.share.qr_files import CodeFile


class CodesWanted(NamedTuple):
    """Which files of codes are asked for."""

    output: Path | None = None
    """The file of the only code. None: not asked for."""
    folder: Path | None = None
    """The folder for a file of each code, and their list. None: not asked for."""
    sheet: Path | None = None
    """The page to print. None: not asked for."""
    ending: str = "svg"
    """The files in the folder: `svg` or `png`."""
    level: str = "M"
    """The error correction."""
    distance_cm: float = 30.0
    """The distance from which the codes will be scanned."""
    style: Style = PLAIN
    """Their colours and logo."""
    overwrite: bool = False
    """Overwrite existing files."""


def write_codes(
    session: Session, links: Sequence[TaggedLink], wanted: CodesWanted, inputs: Iterable[Path] = ()
) -> None:
    """Write the codes of links; files that cannot be written are refused before any is.

    Args:
        session: Where it is said.
        links: The links.
        wanted: Which files are written.
        inputs: Files that are read, and stay: the logo.

    Raises:
        OutputFileError: A file exists or cannot be written.
        QrImpossible: A link is too long, or its code cannot be read with the logo.
    """
    ending = wanted.output.suffix.lower()[1:] if wanted.output else wanted.ending
    check_qr_path(wanted.output or Path(f"code.{ending}"), overwrite=True)
    files = code_files(links, level=wanted.level, style=wanted.style, ending=ending)
    if wanted.output is not None:
        check_qr_path(wanted.output, overwrite=wanted.overwrite)
        refuse_own_files(session, wanted.output, inputs=inputs)
    if wanted.folder is not None:
        check_folder(wanted.folder, files, overwrite=wanted.overwrite)
        for name in (*(one.name for one in files), LIST_NAME):
            refuse_own_files(session, wanted.folder / name, inputs=inputs)
    if wanted.sheet is not None:
        check_page_path(session, wanted.sheet, overwrite=wanted.overwrite, inputs=inputs)
    if not session.dry_run:
        _write(files, wanted)
    _say(session, files, wanted)


def check_page_path(
    session: Session, path: Path, *, overwrite: bool, inputs: Iterable[Path] = ()
) -> None:
    """Refuse a page that could not or must not be written.

    Raises:
        OutputFileError: It is not .html, it exists, is a file that utmforge keeps or reads, or its
            folder is missing.
    """
    if path.suffix.lower() not in {".html", ".htm"}:
        raise OutputFileError(f"{quoted(path.name)} does not end in .html", hint="name it so")
    check_written(session, path, overwrite=overwrite, inputs=inputs)


def _write(files: Sequence[CodeFile], wanted: CodesWanted) -> None:
    if wanted.output is not None:
        with atomic_write(wanted.output) as draft:
            draft.write_bytes(drawn(files[0], wanted.style))
    if wanted.folder is not None:
        write_files(wanted.folder, files, wanted.style, wanted.distance_cm)
    if wanted.sheet is not None:
        from utmforge.output.code_sheet import code_sheet

        campaigns = dict.fromkeys(one.link.tags.campaign for one in files)
        title = f"QR codes: {', '.join(campaigns)}"
        page = code_sheet(title, files, wanted.distance_cm, wanted.style)
        with atomic_write(wanted.sheet) as draft:
            draft.write_text(page, encoding="utf-8")


def _say(session: Session, files: Sequence[CodeFile], wanted: CodesWanted) -> None:
    console = session.console
    verb = "would write" if session.dry_run else "wrote"
    if wanted.output is not None:
        console.done(f"{verb} {wanted.output}")
        console.write(f"{files[0].link.url}\n")
    if wanted.folder is not None:
        console.done(f"{verb} {counted(len(files), 'code')} and {LIST_NAME} to {wanted.folder}")
        console.write("".join(f"{wanted.folder / one.name}\n" for one in files))
    if wanted.sheet is not None:
        console.done(f"{verb} {wanted.sheet}")
    width = max(one.code.min_width_mm(wanted.distance_cm) for one in files)
    them = "them" if len(files) > 1 else "it"
    console.note(
        f"error correction {wanted.level}; to be read from {wanted.distance_cm:g} cm, print {them} "
        f"at least {width:.0f} mm wide"
    )
    if wanted.style != PLAIN:
        console.note(f"the contrast of the colours is {wanted.style.contrast:.1f} : 1")
    if wanted.style.logo:
        console.note(f"decoded {counted(len(files), 'code')} with the logo, each as its link")
