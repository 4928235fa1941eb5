"""DuckDB, opened for one run: in memory, with no way to the network and to other files."""

from __future__ import annotations

import tempfile
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import duckdb

from utmforge.errors import MeasuringError, quoted
from utmforge.measure.pipes import PIPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DEFAULT_MEMORY = "400MB"

# What DuckDB would otherwise fetch from the network when a query names an unknown function.
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@contextmanager
def open_database(
    *,
    memory_limit: str = DEFAULT_MEMORY,
    threads: int | None = None,
    files: Sequence[str] = (),
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory; what does not fit is spilled, encrypted, to a folder of its own.

    The folder is removed at the end. DuckDB reads logs through pipes of this process only.

    Args:
        memory_limit: Such as 400MB.
        threads: None: as many as there are cores.
        files: The paths of files that DuckDB may read itself.

    Raises:
        MeasuringError: DuckDB does not understand the memory limit, or it is too low.
    """
    with (
        tempfile.TemporaryDirectory(prefix="utmforge-", ignore_cleanup_errors=True) as folder,
        closing(duckdb.connect(":memory:", config=_OFFLINE)) as connection,
    ):
        try:
            connection.execute(f"SET memory_limit = {_literal(memory_limit)}")
        except duckdb.Error:
            raise MeasuringError(
                f"{quoted(memory_limit)} is not an amount of memory",
                hint="write it as 400MB or 2GB",
            ) from None
        if threads is not None:
            connection.execute(f"SET threads = {int(threads)}")
        for setting in (
            f"temp_directory = {_literal(folder)}",
            # Without it, DuckDB writes encrypted files only with an extension from the network.
            "force_mbedtls_unsafe = true",
            "temp_file_encryption = true",
            f"allowed_directories = [{_literal(PIPES)}]",
            f"allowed_paths = [{', '.join(map(_literal, files))}]",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            connection.execute(f"SET {setting}")
        try:
            yield connection
        except duckdb.OutOfMemoryException:
            raise MeasuringError(
                f"{quoted(memory_limit)} of memory is too little for this log",
                hint="allow more with --memory-limit, such as 400MB or 2GB",
            ) from None


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
