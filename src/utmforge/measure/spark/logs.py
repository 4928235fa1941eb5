"""Which logs Spark reads; importing this does not need Spark."""

from __future__ import annotations

import re
from typing import NamedTuple

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
_PATTERN = re.compile(r"([\[\]{}*?\\])")
SMALL_BYTES = 32_000_000
"""Up to this, one task takes no longer than many: planning takes longer than running statements.

One run each with `local[2]` on two cores that were busy with other work (load 11 to 18):

    log     one task               many tasks
    2 MB     52 s (22 s of CPU)    221 s (52 s of CPU)
    17 MB    72 s (24 s of CPU)    223 s (58 s of CPU)
    33 MB   155 s (35 s of CPU)    158 s (59 s of CPU)

A further MB takes 0.42 s of CPU in one task, and 0.23 s in many, which share the cores.
"""


class SparkLogs(NamedTuple):
    """Logs as addresses."""

    addresses: tuple[str, ...]
    """Such as `s3a://logs/2026/*.gz`; a local file is `file:///…`."""
    master: str | None = None
    """Spark's master. None: this machine, or the session that is running."""
    size: int | None = None
    """Bytes of all logs. None: not known."""

    @property
    def is_small(self) -> bool:
        """Tell whether one task counts them sooner than many."""
        return self.size is not None and self.size <= SMALL_BYTES


def is_address(name: str) -> bool:
    """Tell an address from the path of a local file.

    >>> is_address("s3a://logs/a.gz"), is_address("access.log"), is_address("C:/logs/a")
    (True, False, False)
    """
    return _SCHEME.match(name) is not None


def local_address(path: str) -> str:
    """Return the address of one local file, for an absolute path."""
    return "file://" + _PATTERN.sub(r"\\\1", path)
