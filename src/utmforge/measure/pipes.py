"""Bytes of this process as something that DuckDB reads: a file in memory, a pipe, or text.

A file in memory is twice as fast as a pipe, and that twice as fast as text that is handed over;
nothing of a log is written to a disk. DuckDB's reader of lines drops what follows a control
character and breaks lines at a carriage return; a part that has such bytes is cleaned and handed
over as text.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from utmforge.measure.log_files import may_have_short_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PIPES = "/dev/fd/"
_MEMORY_FILE = "utmforge"
MEMORY_FILES = f"/memfd:{_MEMORY_FILE} (deleted)"
"""What Linux calls each file in memory that is opened by its number."""
HAS_PIPES = Path(PIPES).is_dir()
HAS_MEMORY_FILES = HAS_PIPES and hasattr(os, "memfd_create")
_LINES = (
    "read_csv('{path}', columns={{'line': 'VARCHAR'}}, delim='\x01', quote='', escape='', "
    "header=false, auto_detect=false, strict_mode=false, max_line_size=2097152)"
)
TEXT = "(SELECT unnest(string_split($1, chr(10))) AS line)"
_CHUNK = 1 << 18


def is_clean(data: bytes) -> bool:
    """Tell whether DuckDB's reader finds the lines of this that Python finds."""
    if b"\x01" in data or b"\0" in data:
        return False
    # Of lines that end in both ways, it makes two of an empty one.
    return b"\r" not in data or (data.count(b"\r") == data.count(b"\r\n") == data.count(b"\n"))


def text_of(data: bytes) -> str:
    """Return lines as text; what is not UTF-8 becomes U+FFFD."""
    text = data.decode("utf-8", "replace").removesuffix("\n")
    return text.replace("\r\n", "\n").removesuffix("\r")


class PartFile:
    """What DuckDB reads the lines of one part after another from.

    It is one file for all of them: its memory is used again.
    """

    def __init__(self) -> None:
        self._file = os.memfd_create(_MEMORY_FILE, os.MFD_CLOEXEC) if HAS_MEMORY_FILES else None

    @contextmanager
    def holding(self, data: bytes) -> Iterator[str]:
        """Return the relation of the lines of this, for one query."""
        if self._file is None:
            with _piped(data) as lines:
                yield lines
            return
        view, position = memoryview(data), 0
        while position < len(view):
            position += os.pwrite(self._file, view[position:], position)
        os.ftruncate(self._file, position)
        yield _lines_of(self._file)

    def hold_usual(self, pieces: Iterable[Iterable[bytes]]) -> str | None:
        """Return the relation of the lines of some pieces, each in blocks and with whole lines.

        Returns:
            None: there are no files in memory; or a line may be very long, very short, or one that
            DuckDB's reader reads otherwise than Python.
        """
        if self._file is None:
            return None
        position = 0
        for blocks in pieces:
            block = b"\n"
            for block in blocks:
                if not _is_usual(block):
                    return None
                position += os.pwrite(self._file, block, position)
            if not block.endswith(b"\n"):
                position += os.pwrite(self._file, b"\n", position)
        os.ftruncate(self._file, position)
        return _lines_of(self._file)

    def close(self) -> None:
        """Forget what it holds."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _is_usual(block: bytes) -> bool:
    has_control = b"\0" in block or b"\x01" in block or b"\r" in block
    return b"\n" in block and not has_control and not may_have_short_lines(block)


def _lines_of(file: int) -> str:
    return _LINES.format(path=f"{PIPES}{file}")


@contextmanager
def _piped(data: bytes) -> Iterator[str]:
    """Return the relation of the lines of this, for one query."""
    reading, writing = os.pipe()
    feeder = Thread(target=_feed, args=(writing, data), daemon=True)
    feeder.start()
    try:
        yield _lines_of(reading)
    finally:
        # A query that failed has not read all: the feeder ends when the pipe has no reader.
        os.close(reading)
        feeder.join()


def _feed(writing: int, data: bytes) -> None:
    view = memoryview(data)
    with suppress(BrokenPipeError):
        while view:
            view = view[os.write(writing, view[:_CHUNK]) :]
    os.close(writing)
