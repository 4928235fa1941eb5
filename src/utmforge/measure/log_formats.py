"""The lines of one log, by the formats that it has: found from its lines, and read by Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from utmforge.errors import LogFormatUnknown, quoted
from utmforge.measure.hit_rows import HitRow, hit_row
from utmforge.measure.pipes import text_of
from utmforge.measure.readers.base import EMPTY, HEADER, OTHER_FORMAT, LogLine, Rejected
from utmforge.measure.readers.detect import LINES_LOOKED_AT, detect, formats_in, share_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utmforge.measure.readers.base import LineReader, LogFormat


@dataclass(eq=False)
class LogInFormats:
    """A log that is being read."""

    name: str
    formats: list[LogFormat]
    readers: list[LineReader]
    is_detected: bool
    lock: Lock = field(default_factory=Lock)
    """Readers may remember lines before; they read one part at a time."""

    def read(
        self, lines: Iterable[tuple[int, str]]
    ) -> tuple[list[tuple[int, HitRow]], list[tuple[str, str]]]:
        """Return the rows of lines, and the lines that give none with the reason."""
        with self.lock:
            rows, unread = self._read(lines)
            if self.is_detected and self._extend([line for _, line, _ in unread]):
                more, unread = self._read((n, line) for n, line, _ in unread)
                rows += more
        return rows, [(line, reason) for _, line, reason in unread]

    def _read(
        self, lines: Iterable[tuple[int, str]]
    ) -> tuple[list[tuple[int, HitRow]], list[tuple[int, str, str]]]:
        """Return rows, and the lines that give none with the reason."""
        rows: list[tuple[int, HitRow]] = []
        unread: list[tuple[int, str, str]] = []
        readers = list(zip(self.formats, self.readers, strict=True))
        for n, line in lines:
            reading = _read_line(line, readers)
            if isinstance(reading, HitRow):
                rows.append((n, reading))
            else:
                unread.append((n, line, reading.reason))
        return rows, unread

    def _extend(self, lines: Sequence[str]) -> bool:
        """Add the formats of lines that none of its formats reads; tell whether there are any."""
        # The first lines of what is left may all be noise, and so the last ones are looked at too.
        half = LINES_LOOKED_AT // 2
        others = lines if len(lines) <= LINES_LOOKED_AT else [*lines[:half], *lines[-half:]]
        added = [each for each in formats_in(others) if each not in self.formats]
        self.formats += added
        self.readers += [each.reader() for each in added]
        return bool(added)


def in_formats(
    name: str, data: bytes, log_format: LogFormat | None, known: Iterable[LogFormat]
) -> tuple[LogInFormats, list[tuple[str, float]]]:
    """Return a log with its formats, and the share of its first lines that each of them reads.

    Args:
        name: The log's.
        data: Its first lines.
        log_format: None: the first lines tell.
        known: Formats of logs before, which are tried first.

    Raises:
        LogFormatUnknown: Under 90 % of the first lines are in known formats.
    """
    lines = list(_first_lines(data))
    if log_format is not None:
        named = LogInFormats(name, [log_format], [log_format.reader()], is_detected=False)
        return named, [(log_format.name, share_of(log_format, lines))]
    found = detect(lines, known)
    if lines and not found.formats:
        raise unknown_format(name, [(each.format.name, each.share) for each in found.best])
    formats = [candidate.format for candidate in found.formats]
    log = LogInFormats(name, formats, [each.reader() for each in formats], is_detected=True)
    return log, [(candidate.format.name, candidate.share) for candidate in found.formats]


def _read_line(line: str, readers: Iterable[tuple[LogFormat, LineReader]]) -> HitRow | Rejected:
    if not line or line.isspace():
        return EMPTY
    rejected = OTHER_FORMAT
    for log_format, read in readers:
        reading = read(line)
        if isinstance(reading, LogLine):
            return hit_row(reading, has_user_agent=log_format.has_user_agent)
        if rejected is OTHER_FORMAT:
            rejected = reading
    return HEADER if rejected is OTHER_FORMAT and line[0] == "#" else rejected


def _first_lines(data: bytes) -> Iterator[str]:
    left, position = LINES_LOOKED_AT, 0
    while left and position < len(data):
        end = data.find(b"\n", position)
        end = len(data) if end < 0 else end
        line = text_of(data[position:end])
        position = end + 1
        if line.strip():
            left -= 1
            yield line


def unknown_format(name: str, best: Iterable[tuple[str, float]]) -> LogFormatUnknown:
    """Return the error for a log in no known format.

    Args:
        name: The log's.
        best: The formats that read most of its first lines, and the shares.
    """
    near = " or ".join(f"{each} ({share:.0%} of the first lines)" for each, share in best if share)
    hint = "name its format with --log-format, or write the format string of nginx or Apache"
    return LogFormatUnknown(
        f"the lines of {quoted(name)} are not in a known log format",
        hint=f"{hint}; the nearest: {near}" if near else hint,
    )
