"""What reading logs gave: how many lines were used, and why the others were not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SAMPLES_KEPT = 5
SAMPLE_CHARACTERS = 200
_ADDRESS = re.compile(
    r"\b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\b"
    r"|(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![0-9A-Za-z:])"
)
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class RejectedLines:
    """Lines that are not used for one reason."""

    reason: str
    count: int
    samples: tuple[str, ...]
    """At most five, addresses masked."""


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


@dataclass(frozen=True, slots=True)
class LogReading:
    """What `load` has read."""

    files: int
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
    bytes_read: int


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
    """Return a line as a sample: no addresses, not too long.

    >>> masked('203.0.113.7 - - "\x16\x03"'), masked("at 2001:db8::7 [14/Sep/2026:08:03:11")
    ('*.*.*.* - - "\x16\x03"', 'at *:*:* [14/Sep/2026:08:03:11')
    """
    cut = line[: 4 * SAMPLE_CHARACTERS]
    shown = _ADDRESS.sub(_mask, cut)[:SAMPLE_CHARACTERS]
    return f"{shown}…" if len(line) > len(cut) or len(shown) == SAMPLE_CHARACTERS else shown


def _mask(match: re.Match[str]) -> str:
    if "." in match[0]:
        return "*.*.*.*"
    return match[0] if _CLOCK.fullmatch(match[0]) else "*:*:*"
