"""DuckDB, opened for one run: in memory, with no way to the network and to other files."""

from __future__ import annotations

import signal
import tempfile
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NoReturn

import duckdb

from utmforge.errors import MeasuringError, quoted
from utmforge.measure.pipes import MEMORY_FILES, PIPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

DEFAULT_MEMORY = "400MB"
_BY_SIGNAL = 128
"""Added to a signal's number, it is the exit status of a process that the signal ended."""

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

    The folder is removed at the end. DuckDB reads logs through files of this process only.

    Args:
        memory_limit: Such as 400MB.
        threads: None: as many as there are cores.
        files: The paths of files that DuckDB may read itself.

    Raises:
        MeasuringError: DuckDB does not understand the memory limit, or it is too low.
    """
    with (
        _ended_in_order(),
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
            f"allowed_paths = [{', '.join(map(_literal, (MEMORY_FILES, *files)))}]",
            "enable_external_access = false",
            # Tables have no order: each row that needs one has a number.
            "preserve_insertion_order = false",
            "enable_external_file_cache = false",  # the same path has another part's lines
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


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let what asks the process to end, such as Ctrl-C or `kill`, unwind it first.

    Nothing stays behind, and DuckDB, which makes an error of its own of it, does not hide it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []

    def end(number: int, _: FrameType | None) -> NoReturn:
        signal.signal(number, signal.SIG_IGN)  # a second one must not interrupt the removal
        asked.append(number)
        raise _ending(number)

    before = {
        number: signal.signal(number, end)
        for number in (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))
        if number is not None
        and signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if asked:  # DuckDB may have made another error of it
            raise _ending(asked[0])


def _ending(number: int) -> KeyboardInterrupt | SystemExit:
    return KeyboardInterrupt() if number == signal.SIGINT else SystemExit(_BY_SIGNAL + number)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
