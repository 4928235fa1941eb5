"""The journals beside a registry's file, which SQLite applies when it opens the file.

    links.db-journal   pages as they were: a killed command is rolled back
    links.db-wal       pages as they will be: of a registry in WAL mode, which no command makes

Either replaces what the registry has, and no checksum ties it to the registry. A journal may also
name another file, a super-journal of several databases, which SQLite deletes once it has applied
the journal (https://www.sqlite.org/fileformat2.html, sections 3 and 4). Such a file may come with
a folder from another person, as git takes what is not there yet. SQLite gives a journal the
permissions of its database, and git does not.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISREG

from utmforge.errors import NotARegistry, RegistryUnavailable, quoted

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_END = 16  # bytes: the length of the name, its checksum, the magic number
_VERSIONS = slice(18, 20)  # of the header: 1 with a journal, 2 in WAL mode
_ELSE = ", or name another registry with --registry or UTMFORGE_REGISTRY"


def refuse_foreign_journal(name: str) -> None:
    """Refuse a file beside which is a journal that is not its own.

    Args:
        name: The registry's file, or a link to it.

    Raises:
        NotARegistry: Opening it would change its contents, or delete another file.
        RegistryUnavailable: The journal cannot be read.
    """
    registry = os.path.realpath(name)
    for journal in (f"{registry}-journal", f"{registry}-wal"):
        try:
            size = _size_of(journal)
            if not size:
                continue
            if journal.endswith("-journal"):
                _refuse_other_name(journal, size)
            elif not _is_in_wal_mode(registry):
                raise _foreign(journal, "no command writes one")
            if _mode_of(journal) != _mode_of(registry):
                raise _foreign(journal, "it does not have the registry's permissions")
        except FileNotFoundError:
            continue
        except OSError as error:
            raise RegistryUnavailable(
                f"cannot read {quoted(Path(journal))}: {(error.strerror or str(error)).lower()}"
            ) from None


def _size_of(journal: str) -> int:
    found = Path(journal).stat()
    if not S_ISREG(found.st_mode):
        raise NotARegistry(f"{quoted(Path(journal))} is not a file", hint="delete it")
    return found.st_size


def _mode_of(path: str) -> int:
    return Path(path).stat().st_mode & 0o777  # SQLite copies no other bits


def _refuse_other_name(journal: str, size: int) -> None:
    """Refuse a journal that names another file at its end."""
    with Path(journal).open("rb") as file:
        file.seek(max(size - _END, 0))
        end = file.read(_END)
    if len(end) == _END and end.endswith(_MAGIC) and any(end[:4]):
        raise NotARegistry(
            f"{quoted(Path(journal))} is not the journal of a registry: it names another file, "
            "which SQLite would delete",
            hint=f"delete it{_ELSE}",
        )


def _is_in_wal_mode(registry: str) -> bool:
    with Path(registry).open("rb") as file:
        return 1 not in file.read(_VERSIONS.stop)[_VERSIONS]


def _foreign(journal: str, why: str) -> NotARegistry:
    return NotARegistry(
        f"{quoted(Path(journal))} is not the journal of a registry: {why}, and SQLite would put "
        "its contents in the place of yours",
        hint=f"move it away, then: utmforge registry check{_ELSE}",
    )
