"""The one place that opens the inputs on the command line: files, or `-` for standard input."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from io import BufferedReader, UnsupportedOperation
from pathlib import Path
from typing import BinaryIO, NamedTuple

from utmforge.errors import UnreadableInput, quoted
from utmforge.files.decoding import FileText, read_text, text_lines
from utmforge.files.reading import open_file, read_file, refuse_device, refuse_unfit_kind
from utmforge.output.console import Console

STANDARD_INPUT = "standard input"


class Input(NamedTuple):
    """An input that has been read."""

    name: str
    """The name in messages: the path as given, or `standard input`."""
    raw: bytes
    """All of it."""

    @property
    def decoded(self) -> FileText:
        """The text and its encoding."""
        return read_text(self.raw)

    @property
    def text(self) -> str:
        """The text, whatever its encoding."""
        return self.decoded.text


def name_of(source: str) -> str:
    """Return the name of an input in messages."""
    return STANDARD_INPUT if source == "-" else source


def file_exists(path: Path) -> bool:
    """Tell whether a file exists.

    Raises:
        UnreadableInput: It is a folder.
    """
    try:
        if path.is_dir():
            raise UnreadableInput(
                f"{quoted(path)} is a folder",
                hint=f"name the files in it, such as {path / '*.html'}",
            )
        return path.exists()
    except OSError:  # the path is too long
        return False


def files_matching(pattern: str) -> list[str]:
    """Return the files that a pattern with `*`, `**` or `[…]` matches, sorted.

    A shell that expands patterns does so first; this is for those that do not.
    """
    from glob import glob

    found = glob(pattern, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
    return sorted(one for one in found if Path(one).is_file())


def read_input(source: str, *, limit: int = -1) -> Input:
    """Read a file or standard input.

    Args:
        source: A path, or `-`.
        limit: The number of bytes of standard input to read at most. -1: no limit.

    Raises:
        UnreadableInput: It is missing, a folder, a workbook, closed, or unreadable.
    """
    if source != "-":
        return Input(source, read_file(Path(source)))
    raw = standard_input().read(limit)
    refuse_unfit_kind(raw, STANDARD_INPUT)
    return Input(STANDARD_INPUT, raw)


@contextmanager
def input_lines(console: Console, source: str, *, expected: str) -> Iterator[Iterator[str]]:
    """Yield the lines of a file or of standard input, read one by one as they are needed.

    Args:
        console: Shows a note at a terminal.
        source: A path, or `-`.
        expected: What to type at a terminal, such as `enter one address per line`.

    Raises:
        UnreadableInput: As for `read_input`.
    """
    if source != "-":
        with open_file(Path(source)) as file, text_lines(file) as lines:
            yield lines
        return
    stream = standard_input()
    if sys.stdin.isatty():
        console.note(f"{expected}; Ctrl-D ends")
    refuse_unfit_kind(stream.peek(16), STANDARD_INPUT)
    with text_lines(stream) as lines:
        yield lines


def standard_input() -> BufferedReader:
    """Return standard input as bytes.

    Raises:
        UnreadableInput: It is closed, or a device that may never end.
    """
    if sys.stdin is None:
        raise UnreadableInput("standard input is closed", hint="name a file instead of -")
    with suppress(UnsupportedOperation):  # a stream without a file
        refuse_device(sys.stdin.fileno(), STANDARD_INPUT)
    return _buffered(sys.stdin.buffer)


@lru_cache(maxsize=1)
def _buffered(stream: BinaryIO) -> BufferedReader:
    """Return the same reader for the same stream, so that nothing is lost of what was peeked at."""
    return stream if isinstance(stream, BufferedReader) else BufferedReader(stream)  # type: ignore[arg-type] # any that is read
