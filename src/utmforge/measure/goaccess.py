"""Requests and unique visitors as GoAccess 1.7 counts them, for `--compat goaccess`.

It counts every request in the combined format, also those of bots, probes and for pictures. A
visitor is an address, a day and a user agent; a request that was answered with 4xx makes none
(https://goaccess.io/faq, https://goaccess.io/man). Found by trying: days are those of the log's
clock, whatever its zone; a line longer than 4,095 bytes is read as several; user agents are
percent-decoded and trimmed; a cut referrer or user agent is read to the end of the line.

Addresses are kept whole while counting, as hashes in memory.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from utmforge.measure.log_files import LogFile

_BUFFER = 4095
_LINE = re.compile(
    r"([^ ]+) [^\[]*\[([^:]+):([^ ]+) [^\]]*\] ?"
    r'"(?:[^"\\]|\\.)*+" ([1-5][0-9]{2}) [^ ]+ '
    r'"(?:[^"\\]|\\.)*+(?:$|"(?: "((?:[^"\\]|\\.)*+))?)',
    re.DOTALL,
)
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_DATE = re.compile(
    r" *(0?[1-9]|[12][0-9]|3[01])/"
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/([0-9]{1,4})",
    re.IGNORECASE,
)
_TIME = re.compile("([01]?[0-9]|2[0-3]):[0-5]?[0-9]:([0-5]?[0-9]|6[01])")


@dataclass(frozen=True, slots=True)
class GoAccessCounts:
    """The numbers that GoAccess prints in its first panel."""

    total_requests: int
    valid_requests: int
    failed_requests: int
    unique_visitors: int


def goaccess_counts(
    logs: Iterable[LogFile], progress: Callable[[int], None] | None = None
) -> GoAccessCounts:
    """Count the requests and visitors of logs in the combined format.

    Raises:
        UnreadableInput: The operating system reports an error.
    """
    valid = failed = done = 0
    visitors: set[int] = set()
    for log in logs:
        for part in log.parts():
            for line in _pieces(part.data):
                if (match := _LINE.match(line)) is None:
                    failed += 1
                    continue
                ip, day, clock, status, agent = match.groups()
                date = _day(day)
                if date is None or _TIME.fullmatch(clock) is None or not _is_address(ip):
                    failed += 1
                    continue
                valid += 1
                if status[0] != "4":
                    visitors.add(hash((ip, date, _agent(agent or ""))))
            # A line of more than 1 MB is many lines for GoAccess, of which one at most is whole.
            failed += part.too_long
            if progress is not None:
                progress(done + log.bytes_done)
        done += log.bytes_done
    return GoAccessCounts(valid + failed, valid, failed, len(visitors))


def _pieces(data: bytes) -> Iterator[str]:
    """Return the lines that GoAccess reads; a byte is a character."""
    for line in data.decode("latin-1").split("\n"):
        if not line or line[0] == "#":
            continue
        if len(line) < _BUFFER:
            yield line
        else:
            yield from (line[at : at + _BUFFER] for at in range(0, len(line), _BUFFER))


@lru_cache(maxsize=1024)
def _day(text: str) -> tuple[int, str, str] | None:
    match = _DATE.fullmatch(text)
    return None if match is None else (int(match[1]), match[2].lower(), match[3])


@lru_cache(maxsize=65536)
def _is_address(text: str) -> bool:
    try:
        socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)
    except (OSError, ValueError):
        return False
    return True


@lru_cache(maxsize=65536)
def _agent(text: str) -> str:
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "%" in text else text
    return decoded.replace("\n", "").replace("\r", "").strip() or "-"
