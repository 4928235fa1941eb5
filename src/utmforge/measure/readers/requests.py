"""Request lines: method and target.

>>> split_request("GET /a b?q HTTP/1.1")
('GET', '/a b?q')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.readers.base import NO_REQUEST, NO_TIME, LogLine

if TYPE_CHECKING:
    from utmforge.measure.readers.base import Reading

_METHOD = re.compile(r"[A-Z][A-Z_-]{1,31}")
_PROTOCOL = re.compile(r"HTTP/[0-9](?:\.[0-9])?")
_ABSOLUTE = re.compile(r"(?:https?|wss?|grpcs?)://([^/?#]*)(.*)", re.DOTALL)
_PORT = re.compile(r":[0-9]*$")
_STATUS = re.compile(r"[0-9]{3}")
_NONE = frozenset(("", "-"))


class Parts(NamedTuple):
    """What a format found in a line, as text; None where it has no such field."""

    time: int | None
    ip: str
    method: str | None
    target: str | None
    status: str | None
    host: str | None = None
    referrer: str | None = None
    user_agent: str | None = None
    fetch_site: str | None = None


def split_request(request: str) -> tuple[str, str] | None:
    """Return method and target of a request line, or None if it is not one."""
    method, space, rest = request.partition(" ")
    if not space or _METHOD.fullmatch(method) is None:
        return None
    target, space, protocol = rest.rpartition(" ")
    if not space or _PROTOCOL.fullmatch(protocol) is None:
        target = rest  # HTTP/0.9 names no protocol
    return method, target


def log_line(parts: Parts) -> Reading:
    """Check what a format found, and return it as a line."""
    if parts.time is None:
        return NO_TIME
    method, target, host = parts.method or "", parts.target or "", parts.host
    if _METHOD.fullmatch(method) is None:
        return NO_REQUEST
    if target[:1] != "/":
        if absolute := _ABSOLUTE.fullmatch(target):
            host = absolute[1].rpartition("@")[2] or host
            target = absolute[2]
            target = target if target[:1] == "/" else f"/{target}"
        elif target != "*" and method != "CONNECT":
            return NO_REQUEST
    status = parts.status or ""
    return LogLine(
        ts=parts.time,
        ip=parts.ip,
        host=host_name(host),
        method=method,
        target=target,
        status=int(status) if _STATUS.fullmatch(status) else None,
        referrer=_text(parts.referrer),
        user_agent=_text(parts.user_agent),
        fetch_site=_text(parts.fetch_site),
    )


def host_name(text: str | None) -> str | None:
    """Return a host in lower case and without its port, or None.

    >>> host_name("WWW.Example.org:443"), host_name("[2001:db8::1]:80"), host_name("-")
    ('www.example.org', '[2001:db8::1]', None)
    """
    return None if text is None or text in _NONE else _PORT.sub("", text).lower() or None


def _text(text: str | None) -> str | None:
    return None if text is None or text in _NONE else text
