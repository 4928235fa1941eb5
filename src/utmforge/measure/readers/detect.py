"""Which formats the first lines of a log are in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.readers.base import LogLine
from utmforge.measure.readers.catalogue import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utmforge.measure.readers.base import LogFormat

LINES_LOOKED_AT = 200
ENOUGH = 0.9


class Candidate(NamedTuple):
    """A format, and the share of the lines that it reads."""

    format: LogFormat
    share: float


class Detection(NamedTuple):
    """The formats of a log's lines."""

    formats: tuple[Candidate, ...]
    """Those whose lines occur, the most frequent first. Empty: under 90 % could be read."""
    best: tuple[Candidate, ...]
    """The two formats that read most, for the error."""


def detect(lines: Sequence[str], known: Iterable[LogFormat] = ()) -> Detection:
    """Return the formats of these lines.

    Args:
        lines: The first lines that are not empty.
        known: Formats of files before: when one of them reads all lines, and most are requests, no
            other one is tried.
    """
    body = {number for number, line in enumerate(lines) if not line.startswith("#")}
    for log_format in known:
        if body and _are_requests(log_format, lines):
            return Detection((Candidate(log_format, 1.0),), ())
    read_by: list[tuple[LogFormat, set[int]]] = []
    for log_format in FORMATS:
        read = _read_by(log_format, lines) & body
        if body and read == body:  # none can read more
            return Detection((Candidate(log_format, 1.0),), ())
        read_by.append((log_format, read))
    # Sorting is stable: of two that read as much, the one that says more comes first.
    read_by.sort(key=lambda item: -len(item[1]))
    total = max(len(body), 1)
    best = tuple(Candidate(log_format, len(read) / total) for log_format, read in read_by[:2])
    chosen: list[Candidate] = []
    unread = set(body)
    while unread:
        log_format, read = max(read_by, key=lambda item: len(item[1] & unread))
        if not read & unread:
            break
        chosen.append(Candidate(log_format, len(read & unread) / total))
        unread -= read
    enough = len(body) - len(unread) >= ENOUGH * len(body)
    return Detection(tuple(chosen) if enough else (), best)


def _are_requests(log_format: LogFormat, lines: Sequence[str]) -> bool:
    """Tell whether a format reads all lines but headers, and most of them are requests."""
    read = log_format.reader()
    requests = others = 0
    for line in lines:
        reading = read(line)  # a header, too: some formats learn from it
        if isinstance(reading, LogLine):
            requests += 1
        elif not line.startswith("#"):
            others += 1
            if not reading.fits:
                return False
    return requests >= ENOUGH * (requests + others)


def formats_in(lines: Sequence[str]) -> list[LogFormat]:
    """Return the formats in which at least one of these lines is a request."""
    found: list[LogFormat] = []
    unread = set(range(len(lines)))
    for log_format in FORMATS:
        read = _read_by(log_format, lines, LogLine) & unread
        if read:
            found.append(log_format)
            unread -= read
    return found


def share_of(log_format: LogFormat, lines: Sequence[str]) -> float:
    """Return the share of these lines that a format reads, headers aside; 1 if there are none."""
    body = {number for number, line in enumerate(lines) if not line.startswith("#")}
    return len(_read_by(log_format, lines) & body) / len(body) if body else 1.0


def _read_by(
    log_format: LogFormat, lines: Sequence[str], kind: type[LogLine] | None = None
) -> set[int]:
    """Return which lines a format reads, or only those that are requests."""
    read = log_format.reader()
    return {
        number
        for number, line in enumerate(lines)
        if isinstance(reading := read(line), LogLine) or (kind is None and reading.fits)
    }
