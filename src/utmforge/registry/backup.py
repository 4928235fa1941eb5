"""Copy a registry to a separate file, even while others write to it."""

from __future__ import annotations

import os
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from utmforge.errors import OutputFileError, quoted
from utmforge.files.atomic import refuse_existing, refuse_special_file
from utmforge.registry.entries import batches, rows_of_server
from utmforge.registry.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from pathlib import Path

    from utmforge.registry.database import Database
    from utmforge.registry.store import Registry


def backup(registry: Registry, path: Path, *, overwrite: bool = False) -> None:
    """Copy a registry to a file, completely or not at all, even while others write to it.

    SQLite itself copies a file; a server is copied row by row.

    Raises:
        OutputFileError: The file exists or cannot be written.
        RegistryError: The registry cannot be read.
    """
    refuse_special_file(path)
    refuse_existing(path, overwrite=overwrite)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    database = registry.database
    try:
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        if isinstance(database, SqliteDatabase):
            database.copy_to(draft)
        else:
            _copy_from_server(database, draft)
        draft.replace(path)
    except OSError as error:
        raise OutputFileError(
            f"cannot write {quoted(path)}: {(error.strerror or str(error)).lower()}"
        ) from None
    finally:
        draft.unlink(missing_ok=True)


def _copy_from_server(database: Database, path: Path) -> None:
    with closing(SqliteDatabase.open(path, create=True)) as copy:

        def work() -> None:
            for table, rows in groupby(rows_of_server(database), key=itemgetter(0)):
                for batch in batches(row for _, row in rows):
                    copy.insert(table, batch)

        copy.write(work)
