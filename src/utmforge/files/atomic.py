"""Write files completely or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from utmforge.errors import OutputFileError, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Yield a draft to write; it replaces the file when the block ends without an error.

    An existing file keeps its mode, and a link to a file stays a link. A link to a missing file is
    refused: it may come with a folder from another person, and lead anywhere. If the block raises,
    the file is unchanged and the draft is deleted.

    Raises:
        OutputFileError: The file cannot be written.
    """
    try:
        refuse_broken_link(path)
        target = path.resolve()
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        descriptor, name = tempfile.mkstemp(
            dir=target.parent, prefix=".utmforge-", suffix=path.suffix
        )
        os.close(descriptor)
        draft = Path(name)
        try:
            yield draft
            draft.chmod(mode)
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputFileError(
            f"cannot write {quoted(path)}: {(error.strerror or str(error)).lower()}"
        ) from None


def write_together(texts: Mapping[Path, str]) -> None:
    """Write all of these files, or none of them if one cannot be written; the first one last.

    Raises:
        OutputFileError: One cannot be written.
    """
    with ExitStack() as stack:
        for path, text in texts.items():
            draft = stack.enter_context(atomic_write(path))
            draft.write_text(text, encoding="utf-8", newline="")


def check_output(path: Path) -> None:
    """Refuse a file that could not be written, before anything else is done.

    Raises:
        OutputFileError: It is a folder or a link to a missing file, or its folder is missing.
    """
    if path.is_dir():
        raise OutputFileError(f"{quoted(path)} is a folder", hint="name a file in it")
    if not path.parent.is_dir():
        raise OutputFileError(f"there is no folder {quoted(path.parent)}", hint="create it first")
    refuse_broken_link(path)


def refuse_existing(
    path: Path, *, overwrite: bool, hint: str = "name another file, or use --force"
) -> None:
    """Refuse a file that exists, unless it may be overwritten.

    Raises:
        OutputFileError: It exists.
    """
    if path.exists() and not overwrite:
        raise OutputFileError(f"{quoted(path)} already exists", hint=hint)


def refuse_broken_link(path: Path) -> None:
    """Refuse a link to a file that is missing.

    Raises:
        OutputFileError: It is one.
    """
    if path.is_symlink() and not path.exists():
        raise OutputFileError(
            f"cannot write {quoted(path)}: it is a link to a missing file",
            hint="name the file itself",
        )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
