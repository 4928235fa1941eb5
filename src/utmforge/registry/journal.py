"""The journal beside a registry's file, which SQLite applies when it opens the file.

At its end a journal may name another file, a super-journal of several databases. Once SQLite has
applied the journal, it deletes that file (https://www.sqlite.org/fileformat2.html, section 3). A
registry never writes such a name, but a journal may come with a file from another person.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISREG

from utmforge.errors import NotARegistry, RegistryUnavailable, quoted

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_END = 16  # bytes: the length of the name, its checksum, the magic number


def refuse_foreign_journal(name: str) -> None:
    """Refuse a file whose journal names another file.

    Args:
        name: The registry's file, or a link to it.

    Raises:
        NotARegistry: Opening it would delete another file.
        RegistryUnavailable: The journal cannot be read.
    """
    journal = f"{os.path.realpath(name)}-journal"
    try:
        end = _end_of(journal)
    except FileNotFoundError:
        return
    except OSError as error:
        raise RegistryUnavailable(
            f"cannot read {quoted(Path(journal))}: {(error.strerror or str(error)).lower()}"
        ) from None
    if len(end) == _END and end.endswith(_MAGIC) and any(end[:4]):
        raise NotARegistry(
            f"{quoted(Path(journal))} is not the journal of a registry: it names another file, "
            "which SQLite would delete",
            hint="delete it, or name another registry with --registry or UTMFORGE_REGISTRY",
        )


def _end_of(journal: str) -> bytes:
    """Return the last 16 bytes of a file, or all that it has."""
    found = os.stat(journal)  # noqa: PTH116 - speed
    if not S_ISREG(found.st_mode):
        raise NotARegistry(f"{quoted(Path(journal))} is not a file", hint="delete it")
    with Path(journal).open("rb") as file:
        file.seek(max(found.st_size - _END, 0))
        return file.read(_END)
