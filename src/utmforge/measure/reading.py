"""What reading logs gave: how many lines were used, and why the others were not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SAMPLES_KEPT = 5
SAMPLE_CHARACTERS = 200
_WORD = re.compile(r"[A-Za-z]+|[0-9]+|[^\x00-\x7f]+")
_KNOWN_WORDS = frozenset(
    [
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "DELETE",
        "OPTIONS",
        "CONNECT",
        "HTTP",
        "http",
        "https",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ]
)
"""Words that every log has: they identify no one."""


@dataclass(frozen=True, slots=True)
class RejectedLines:
    """Lines that are not used for one reason."""

    reason: str
    count: int
    samples: tuple[str, ...]
    """At most five, words and numbers masked."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format in a file."""

    name: str
    """The file's."""
    format: str
    share: float
    """Of the file's first lines, from 0 to 1."""
    is_cut_short: bool = False
    """The packed file ends before its end, or is damaged there."""
    begins_later: bool = False
    """None of the first lines has it, and later lines do."""


@dataclass(frozen=True, slots=True)
class LogReading:
    """What `load` has read."""

    lines_read: int
    lines_used: int
    rejected: tuple[RejectedLines, ...]
    """The most frequent first; with the lines used they are all lines read."""
    formats: tuple[FileFormat, ...]
    first_ts: int | None
    last_ts: int | None
    has_referrer: bool
    """Whether the logs have referrers at all."""
    has_user_agent: bool
    """Whether at least some of their lines have user agents."""
    has_every_referrer: bool = True
    """Whether all logs have referrers, and some request has one."""
    lines_without_agent: int = 0
    """Lines whose format has no user agents, of all that are used."""


@dataclass(slots=True)
class LineCounts:
    """Counts of lines while logs are read."""

    used: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    samples: dict[str, list[str]] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """Return the number of lines read."""
        return self.used + sum(self.rejected.values())

    def reject(self, reason: str, line: str = "", count: int = 1) -> None:
        """Count lines that are not used; `line` is one of them."""
        self.rejected[reason] = self.rejected.get(reason, 0) + count
        samples = self.samples.setdefault(reason, [])
        if line and len(samples) < SAMPLES_KEPT:
            samples.append(masked(line))

    def add(self, other: LineCounts) -> None:
        """Add other counts."""
        self.used += other.used
        for reason, count in other.rejected.items():
            self.reject(reason, count=count)
            room = SAMPLES_KEPT - len(self.samples[reason])
            self.samples[reason] += other.samples[reason][:room]

    def by_reason(self) -> tuple[RejectedLines, ...]:
        """Return the lines that are not used, the most frequent reason first."""
        return tuple(
            RejectedLines(reason, count, tuple(self.samples[reason]))
            for reason, count in sorted(self.rejected.items(), key=lambda item: (-item[1], item[0]))
        )


def masked(line: str) -> str:
    """Return a line as a sample: its shape, in which no one can be recognised, not too long.

    A line that no format reads may have names, cookies and addresses in any place and notation.

    >>> masked('203.0.113.7 - jane [14/Sep/2026:08:03:11 +0000] "GET /p?id=7 HTTP/1.1"')
    '0.0.0.0 - a [0/Sep/0:0:0:0 +0] "GET /a?a=0 HTTP/0.0"'
    """
    shown = _WORD.sub(_mask, line[: 4 * SAMPLE_CHARACTERS])
    is_cut = len(line) > 4 * SAMPLE_CHARACTERS or len(shown) > SAMPLE_CHARACTERS
    return f"{shown[: SAMPLE_CHARACTERS - 1]}…" if is_cut else shown


def _mask(match: re.Match[str]) -> str:
    word = match[0]
    if word in _KNOWN_WORDS:
        return word
    return "0" if word.isdecimal() else "a"
