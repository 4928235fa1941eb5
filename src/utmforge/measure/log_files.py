"""Logs as bytes: files, packed files and standard input, in parts that end at the end of a line."""

from __future__ import annotations

import bz2
import os
import re
import zlib
from contextlib import closing
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import UnreadableInput, quoted
from utmforge.files.reading import refuse_device, unreadable

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from typing import BinaryIO

PART_BYTES = 16 << 20
UNREAD_BYTES = 48 << 20
"""At most, of a part that is not read yet: it is never as a whole in the memory of Python."""
_UNREAD_LINES = 150_000
"""At most, about: Python may have to read them all."""
BLOCK_BYTES = 1 << 18
FIRST_BYTES = 1 << 20
"""The first part is small: what it has met, the fast path knows in the others."""
MAX_LINE_BYTES = 1 << 20
MAX_UNENDED_BYTES = 1 << 28
"""What has no end of a line for so long, such as /dev/zero, is not a log."""
TOO_LONG = "line of more than 1 MB"
"""Why a line is not used."""
_SAMPLE_BYTES = 400
_SAMPLES = 5
_BOM = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"
_BZIP2 = b"BZh"
_PACKED_BYTES = 1 << 14
"""Unpacked at a time: even of a file made to explode, that is some megabytes."""
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


_MANY_LINES = 50_000
_SHORT_BYTES = 32
"""Lines that are shorter on average are not those of a log."""
_LOOKED_AT = 1 << 12
_EMPTY_LINES = re.compile(rb"^(?:[ \t\r]*+\n)++", re.MULTILINE)
_SHORT_LINES = re.compile(rb"^(?:(?!#)[^\n]{0,15}+\n)++", re.MULTILINE)
"""The shortest that any format can have is `1700000000.123 /`; a header begins with #."""


class Part(NamedTuple):
    """Whole lines of a log."""

    data: bytes
    """The last line may have no end."""
    too_long: int = 0
    """Lines of more than MAX_LINE_BYTES, which are not in the data."""
    samples: tuple[bytes, ...] = ()
    """The beginnings of some of them."""
    empty: int = 0
    """Empty lines that are not in the data."""
    too_short: int = 0
    """Lines too short for a time and a request that are not in the data."""


class UnreadPart(NamedTuple):
    """Whole lines of a file that is not packed, to be read by the thread that wants them."""

    name: str
    """The file's."""
    descriptor: int
    """Of this part alone, which closes it."""
    start: int
    size: int

    def blocks(self) -> Iterator[bytes]:
        """Yield its bytes, which are fewer if the file was cut meanwhile.

        Raises:
            UnreadableInput: The operating system reports an error.
        """
        end = self.start + self.size
        try:
            for at in range(self.start, end, BLOCK_BYTES):
                yield os.pread(self.descriptor, min(BLOCK_BYTES, end - at), at)
        except OSError as error:
            raise unreadable(Path(self.name), error) from None

    def read(self) -> Part:
        """Return it with its bytes.

        Raises:
            UnreadableInput: The operating system reports an error.
        """
        return without_short_lines(_without_long_lines(b"".join(self.blocks()), ()))

    def close(self) -> None:
        """Close its descriptor."""
        os.close(self.descriptor)


@dataclass(eq=False, slots=True)
class LogFile:
    """A log that is read once, from its beginning to the size that it had when it was opened."""

    name: str
    stream: BinaryIO
    size: int | None
    """Bytes on the disk. None: standard input."""
    bytes_done: int = 0
    """Bytes read so far, as they are on the disk."""
    is_cut_short: bool = False
    """Whether a packed file ended before its end, or is damaged; its lines so far are read."""
    is_packed: bool = False
    has_mark: bool = False
    """Whether a byte order mark comes first."""

    def parts(self, first: int = FIRST_BYTES) -> Generator[Part]:
        """Return the parts of the log, and close it at the end.

        Args:
            first: About the size of the first part.

        Raises:
            UnreadableInput: The operating system reports an error, or lines have no end.
        """
        with closing(self.stream):
            try:
                yield from _whole_lines(_sized(self._unpacked(first), first))
            except _Unended:
                size = MAX_UNENDED_BYTES >> 20
                raise UnreadableInput(
                    f"{quoted(self.name)} is not a log: a line has more than {size} MB"
                ) from None
            except OSError as error:
                raise unreadable(Path(self.name), error) from None

    def unread_parts(self) -> Iterator[Part | UnreadPart]:
        """Return the parts; of a plain file, those after the first one are not read yet.

        Raises:
            UnreadableInput: The operating system reports an error, or lines have no end.
        """
        with closing(self.parts()) as parts:
            if (first := next(parts, None)) is None:
                return
            yield first
            if self._is_read_to_line_end(first):
                try:
                    yield from self._unread(first.data)
                except OSError as error:
                    raise unreadable(Path(self.name), error) from None
            yield from parts

    def _is_read_to_line_end(self, first: Part) -> bool:
        """Tell whether a plain file's first part is what was read of it so far."""
        read = self.bytes_done - (len(_BOM) if self.has_mark else 0)
        is_whole = first.data.endswith(b"\n") and len(first.data) == read
        return is_whole and not self.is_packed and isinstance(self.stream, BufferedReader)

    def _unread(self, begun: bytes) -> Iterator[UnreadPart]:
        """Yield parts up to the end, or to a line that is too long.

        Args:
            begun: The lines before: they tell how long lines are.
        """
        most = min(UNREAD_BYTES, _UNREAD_LINES * len(begun) // begun.count(b"\n"))
        rest = (self.size or 0) - self.bytes_done
        # An even number of equal parts: two threads end at the same time.
        pairs = -(-rest // (2 * most))
        about = rest // (2 * pairs) + 1 if rest > min(most, PART_BYTES) else rest
        while self.size is not None and self.bytes_done < self.size:
            here = self.bytes_done
            size = min(self._to_line_end(about), self.size - here)
            self.stream.seek(here + size - 1)
            if self.stream.read(1) != b"\n" and here + size < self.size:
                self.stream.seek(here)
                return
            self.bytes_done += size
            yield UnreadPart(self.name, os.dup(self.stream.fileno()), here, size)

    def _unpacked(self, first: int) -> Iterator[bytes]:
        block = self._raw(len(_BOM))
        if block.startswith((_GZIP, _BZIP2)):
            self.is_packed = True
            yield from self._members(block)
            return
        self.has_mark = block == _BOM
        yield block.removeprefix(_BOM)
        size = first
        while block := self._raw(self._to_line_end(size)):
            yield block
            size = PART_BYTES

    def _members(self, block: bytes) -> Iterator[bytes]:
        """Return the text of a packed file, which may be several one after another."""
        make = zlib.decompressobj if block[:2] == _GZIP else None
        unpack = bz2.BZ2Decompressor() if make is None else make(_GZIP_WINDOW)
        while block or (block := self._raw(_PACKED_BYTES)):
            try:
                text = unpack.decompress(block)
            except (zlib.error, OSError):
                # Rotation tools pad the end of a packed file with zeros.
                self.is_cut_short = bool(block.strip(b"\0"))
                return
            yield text
            block = b""
            if unpack.eof:
                block = unpack.unused_data
                if block or (block := self._raw(_PACKED_BYTES)):
                    unpack = bz2.BZ2Decompressor() if make is None else make(_GZIP_WINDOW)
        self.is_cut_short = not unpack.eof

    def _to_line_end(self, size: int) -> int:
        """Return how many of the next bytes are whole lines, if that can be seen: copies less."""
        if self.size is None or not self.stream.seekable():
            return size
        here = self.stream.tell()
        self.stream.seek(here + size)
        rest = len(self.stream.readline(MAX_LINE_BYTES))
        self.stream.seek(here)
        return size + rest

    def _raw(self, size: int) -> bytes:
        # A log grows while it is read: what comes later belongs to the next run.
        if self.size is not None:
            size = min(size, self.size - self.bytes_done)
        block = self.stream.read(size) if size > 0 else b""
        self.bytes_done += len(block)
        return block


def open_log(path: Path) -> LogFile:
    """Open a log.

    Raises:
        UnreadableInput: It is missing, a folder, a device, or cannot be read.
    """
    try:
        stream = path.open("rb")
        size = path.stat().st_size if path.is_file() else None
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        refuse_device(stream.fileno(), str(path))
    except UnreadableInput:
        stream.close()
        raise
    return LogFile(name=str(path), stream=stream, size=size)


class _Unended(Exception):
    """A line does not end."""


def _sized(blocks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Return the same bytes in blocks of about this size."""
    gathered: list[bytes] = []
    length, enough = 0, size
    for block in blocks:
        gathered.append(block)
        length += len(block)
        if length >= enough:
            yield b"".join(gathered)
            gathered, length, enough = [], 0, PART_BYTES
    yield b"".join(gathered)


def _whole_lines(blocks: Iterable[bytes]) -> Iterator[Part]:
    """Return parts that end at the end of a line; a line that is too long is left out."""
    begun = b""
    """The line whose end has not come yet; of one that is too long, its first bytes."""
    is_too_long = False
    unended = 0
    for block in blocks:
        end = block.rfind(b"\n") + 1
        unended = len(block) - end + (0 if end else unended)
        if unended > MAX_UNENDED_BYTES:
            raise _Unended
        if not end:
            if not is_too_long:
                begun += block
                is_too_long = len(begun) > MAX_LINE_BYTES
            begun = begun[:_SAMPLE_BYTES] if is_too_long else begun
            continue
        start = block.find(b"\n") + 1 if is_too_long else 0
        samples = (begun,) if is_too_long else ()
        data = block[start:end] if is_too_long else begun + block[:end]
        yield _without_long_lines(data, samples)
        begun, is_too_long = block[end:], len(block) - end > MAX_LINE_BYTES
        begun = begun[:_SAMPLE_BYTES] if is_too_long else begun
    if begun:
        yield Part(b"", 1, (begun,)) if is_too_long else Part(begun)


def _without_long_lines(data: bytes, samples: tuple[bytes, ...]) -> Part:
    """Return a part without its lines that are too long."""
    too_long = len(samples)
    found: list[bytes] = list(samples)
    kept: list[bytes] = []
    position = checked = 0
    # A look at every MAX_LINE_BYTES bytes finds every line that is longer.
    while len(data) - checked > MAX_LINE_BYTES:
        begin = data.rfind(b"\n", checked, checked + MAX_LINE_BYTES + 1) + 1
        if begin > checked:
            checked = begin
            continue
        end = data.find(b"\n", checked) + 1 or len(data)
        kept.append(data[position:checked])
        found.append(data[checked : checked + _SAMPLE_BYTES])
        too_long += 1
        position = checked = end
    if position:
        data = b"".join([*kept, data[position:]])
    return Part(data, too_long, tuple(found[:_SAMPLES]))


def without_short_lines(part: Part) -> Part:
    """Return a part of very many lines without those that no format can read.

    A packed file of 20 KB has 16 million empty lines: each of them takes as long as a request.
    """
    if not may_have_short_lines(part.data):
        return part
    lines = part.data.count(b"\n")
    if lines < max(_MANY_LINES, len(part.data) // _SHORT_BYTES):
        return part
    data = _EMPTY_LINES.sub(b"", part.data)
    filled = data.count(b"\n")
    data = _SHORT_LINES.sub(b"", data)
    return part._replace(data=data, empty=lines - filled, too_short=filled - data.count(b"\n"))


def may_have_short_lines(data: bytes) -> bool:
    """Look at a sixteenth of a part: to count all its lines takes longer than to read it."""
    most = _LOOKED_AT // _SHORT_BYTES
    return any(
        data.count(b"\n", start, start + _LOOKED_AT) > most
        for start in range(0, len(data), _LOOKED_AT << 4)
    )
