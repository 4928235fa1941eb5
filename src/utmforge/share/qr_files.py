"""The files of a campaign's codes: one for each link, named for a printer, and a list of them.

spring-sale_poster_store-12.svg     campaign, channel, content, term
codes.csv                           file, what it leads to, how large to print it
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from anyascii import anyascii

from utmforge.errors import OutputFileError, QrImpossible, quoted
from utmforge.files.atomic import atomic_write, refuse_broken_link, refuse_existing
from utmforge.files.spreadsheet_cells import escape_formula
from utmforge.share.fast_path.quick_codes import quick_code
from utmforge.share.qr import QrCode
from utmforge.share.qr_style import Style, image, refuse_unreadable, svg
from utmforge.texts import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from utmforge.model import TaggedLink

LIST_NAME = "codes.csv"
"""The list of the files, beside them."""

_NOT_PLAIN = re.compile(r"[^a-z0-9.]+")
_MAX_STEM = 120
_COLUMNS = (
    *("file", "id", "campaign", "channel", "content", "term", "url"),
    *("error_correction", "modules", "min_width_mm"),
)


class CodeFile(NamedTuple):
    """One link's code, and the name of its file."""

    name: str
    """The file's name, such as `spring-sale_poster_store-12.svg`."""
    link: TaggedLink
    """Where the code leads."""
    code: QrCode
    """The code."""


def code_files(
    links: Iterable[TaggedLink], *, level: str, style: Style, ending: str = "svg"
) -> list[CodeFile]:
    """Return the codes of links, with different names for their files.

    Args:
        links: The links.
        level: The error correction: L, M, Q or H.
        style: The colours and the logo.
        ending: `svg` or `png`.

    Raises:
        QrImpossible: A link is too long, or its code cannot be read with the logo.
    """
    links = list({link.id: link for link in links}.values())
    stems = distinct_stems({link.id: file_stem(link) for link in links}, "_")
    files = []
    for link in links:
        try:
            code = QrCode(link.url, level, quick_code(link.url, level).rows, None)
            refuse_unreadable(code, style)
        except QrImpossible as error:
            raise QrImpossible(f"link {link.id}: {error.message}", hint=error.hint) from None
        files.append(CodeFile(f"{stems[link.id]}.{ending}", link, code))
    return files


def distinct_stems(stems: Mapping[str, str], joint: str) -> dict[str, str]:
    """Return a different name for each link; all that would share a name have their ids in it.

    So the names do not depend on the order of the links.

    Args:
        stems: The name of each link's file without its ending, by the link's id.
        joint: What stands before the id.

    >>> distinct_stems({"k7": "spring_qr", "m2": "spring_QR", "p4": "spring_sms"}, "_")
    {'k7': 'spring_qr_k7', 'm2': 'spring_QR_m2', 'p4': 'spring_sms'}
    """
    counts = Counter(stem.casefold() for stem in stems.values())
    shared = {name for name, stem in stems.items() if counts[stem.casefold()] > 1}
    while True:
        named = {
            name: f"{stem}{joint}{name}" if name in shared else stem for name, stem in stems.items()
        }
        counts = Counter(stem.casefold() for stem in named.values())
        again = {name for name, stem in named.items() if counts[stem.casefold()] > 1} - shared
        if not again:
            return named
        shared |= again


def file_stem(link: TaggedLink) -> str:
    """Return the name of a link's file, without its ending: letters, digits, `-`, `.` and `_`.

    >>> from utmforge.issuing.make import make_link
    >>> from utmforge.model import Tags
    >>> tags = Tags("poster", "qr", "Spring Sale", content="Store/12 – Été")
    >>> file_stem(make_link("https://shop.example/", tags, channel="poster"))
    'spring-sale_poster_store-12-ete'
    """
    tags = link.tags
    parts = (tags.campaign, link.channel or tags.source, tags.content, tags.term)
    words = (_NOT_PLAIN.sub("-", anyascii(part).lower()).strip("-.") for part in parts if part)
    stem = "_".join(word for word in words if word)[:_MAX_STEM].rstrip("-._")
    # Names such as con and lpt1 are devices on Windows; none of them has an underscore.
    return stem if "_" in stem else f"{stem or 'code'}_{link.id}"


def check_folder(folder: Path, files: Sequence[CodeFile], *, overwrite: bool) -> None:
    """Refuse a folder in which the files could not be written, before any is.

    Raises:
        OutputFileError: It is a file, or a file in it exists.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputFileError(f"{quoted(folder)} is not a folder", hint="name another one")
    for name in (*(one.name for one in files), LIST_NAME):
        path = folder / name
        refuse_broken_link(path)
        refuse_existing(path, overwrite=overwrite, hint="name another folder, or use --force")


def write_files(folder: Path, files: Sequence[CodeFile], style: Style, distance_cm: float) -> None:
    """Write the files and their list; each of them completely, and no new one if one fails.

    Raises:
        OutputFileError: One cannot be written.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFileError(
            f"cannot make the folder {quoted(folder)}: {(error.strerror or str(error)).lower()}"
        ) from None
    made: list[Path] = []
    try:
        for one in files:
            made += _new_file(folder / one.name)
            with atomic_write(folder / one.name, is_durable=False) as draft:
                draft.write_bytes(drawn(one, style))
        made += _new_file(folder / LIST_NAME)
        with atomic_write(folder / LIST_NAME) as draft:
            draft.write_text(code_list(files, distance_cm), encoding="utf-8", newline="")
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        with suppress(OSError):
            for parent in missing:
                parent.rmdir()
        raise


def _new_file(path: Path) -> list[Path]:
    return [] if path.exists() else [path]


def drawn(one: CodeFile, style: Style) -> bytes:
    """Return the contents of a code's file."""
    if one.name.endswith(".svg"):
        return svg(one.code, style).encode()
    file = io.BytesIO()
    image(one.code, style).save(file, format="PNG")
    return file.getvalue()


def code_list(files: Sequence[CodeFile], distance_cm: float) -> str:
    """Return the list of the files as CSV.

    Args:
        files: The files.
        distance_cm: The distance from which they will be scanned.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in files:
        tags = one.link.tags
        cells = (one.name, one.link.id, tags.campaign, one.link.channel, tags.content, tags.term)
        size = f"{one.code.min_width_mm(distance_cm):.0f}"
        writer.writerow(
            (
                *(escape_formula(escaped(cell or "")) for cell in (*cells, one.link.url)),
                *(one.code.level, one.code.modules, size),
            )
        )
    return text.getvalue()
