"""What a log format is, and what one line of a log says; each format is a file beside this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class LogLine:
    """One request, as a line of a log tells it."""

    ts: int
    """Seconds since 1970, UTC."""
    ip: str
    """The client's address as written; a host name if the server looks names up."""
    host: str | None
    """The site's host in lower case, without the port. None: the line does not name it."""
    method: str
    target: str
    """Path and query, undecoded."""
    status: int | None
    referrer: str | None
    """None: the log has no referrers, or the request had none."""
    user_agent: str | None
    fetch_site: str | None = None
    """`Sec-Fetch-Site` as the log has it. None: the log does not keep it, or it was not sent."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why a line is not used."""

    reason: str
    fits: bool = False
    """Whether the line is in the format anyway, such as a TLS handshake on a plain port."""


Reading: TypeAlias = LogLine | Rejected
LineReader: TypeAlias = Callable[[str], Reading]

EMPTY = Rejected("empty line", fits=True)
HEADER = Rejected("header line", fits=True)
OTHER_FORMAT = Rejected("not in the log format")
NO_TIME = Rejected("no valid time")
NO_REQUEST = Rejected("no HTTP request", fits=True)
REPEATED = Rejected("another record of the same request", fits=True)


class LogFormat(Protocol):
    """A log format."""

    @property
    def name(self) -> str:
        """Its name for `--log-format`."""

    @property
    def title(self) -> str:
        """Its name in a sentence."""

    @property
    def has_referrer(self) -> bool:
        """Whether its lines have referrers."""

    @property
    def has_user_agent(self) -> bool:
        """Whether its lines have user agents."""

    def reader(self) -> LineReader:
        """Return a function that reads the lines of one file in their order."""
