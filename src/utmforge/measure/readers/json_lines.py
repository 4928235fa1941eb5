"""One JSON object a line: a format is a table of the keys under which each field may stand.

>>> read = JsonFormat("mine", "mine", Keys(time=("t",), ip=("ip",), target=("uri",))).reader()
>>> read('{"t": 1789365791.4, "ip": "203.0.113.7", "uri": "/p"}').ts
1789365791
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from utmforge.measure.readers.base import HEADER, NO_REQUEST, OTHER_FORMAT, REPEATED
from utmforge.measure.readers.escapes import unescape
from utmforge.measure.readers.requests import Parts, log_line, split_request
from utmforge.measure.readers.times import any_time

if TYPE_CHECKING:
    from utmforge.measure.readers.base import LineReader, Reading

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Paths: TypeAlias = tuple[str, ...]
"""Places of a field, the best first: keys, joined by dots where objects are nested."""

# nginx without escape=json writes `\x22`, which JSON does not know.
_NGINX_ESCAPE = re.compile(r"(?<!\\)\\x(?=[0-9A-Fa-f]{2})")
_MAX_IDS = 200_000


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Where the fields of a format stand."""

    time: Paths
    ip: Paths
    target: Paths = ()
    method: Paths = ()
    request: Paths = ()
    """A whole request line, in the place of method and target."""
    status: Paths = ()
    host: Paths = ()
    referrer: Paths = ()
    user_agent: Paths = ()
    fetch_site: Paths = ()
    """The header `Sec-Fetch-Site`."""
    must: Paths = ()
    """A line without one of these is in another format."""
    one_of: Paths = ()
    """What names the request, when several lines may tell of it: the first line is used."""


@dataclass(frozen=True)
class JsonFormat:
    """A log format of JSON lines."""

    name: str
    title: str
    keys: Keys

    @property
    def has_referrer(self) -> bool:
        """Tell whether its lines have referrers."""
        return bool(self.keys.referrer)

    @property
    def has_user_agent(self) -> bool:
        """Tell whether its lines have user agents."""
        return bool(self.keys.user_agent)

    def read(self, line: str) -> Reading:
        """Read one line."""
        return self._read(line, None)

    def reader(self) -> LineReader:
        """Return a function that reads the lines of one file."""
        if not self.keys.one_of:
            return self.read
        # Told apart by hash, and only among the last ones: a log has no end.
        met: dict[int, None] = {}
        return lambda line: self._read(line, met)

    def _read(self, line: str, met: dict[int, None] | None) -> Reading:
        text = line.strip().removeprefix("[").removesuffix("]").strip(" \t\r,")
        if not text.startswith("{"):
            return HEADER if line.strip() and not text else OTHER_FORMAT
        record = _parsed(text)
        keys = self.keys
        if record is None or any(_found(record, path) is None for path in keys.must):
            return OTHER_FORMAT
        if met is not None and _is_repeated(_text(_first(record, keys.one_of)), met):
            return REPEATED
        return self._line(record)

    def _line(self, record: dict[str, Json]) -> Reading:
        keys = self.keys
        ip = _text(_first(record, keys.ip))
        method, target = _text(_first(record, keys.method)), _text(_first(record, keys.target))
        if (request := _text(_first(record, keys.request))) is not None:
            if (split := split_request(request)) is None:
                return NO_REQUEST
            method, target = split
        elif target is None and not keys.must:
            return OTHER_FORMAT
        if ip is None:
            return OTHER_FORMAT
        return log_line(
            Parts(
                time=any_time(_first(record, keys.time)),
                ip=ip,
                method=method if keys.method else method or "GET",
                target=target,
                status=_text(_first(record, keys.status)),
                host=_text(_first(record, keys.host)),
                referrer=_text(_first(record, keys.referrer)),
                user_agent=_text(_first(record, keys.user_agent)),
                fetch_site=_text(_first(record, keys.fetch_site)),
            )
        )


def _is_repeated(key: str | None, met: dict[int, None]) -> bool:
    if key is None:
        return False
    number = hash(key)
    if number in met:
        return True
    met[number] = None
    if len(met) > _MAX_IDS:
        del met[next(iter(met))]
    return False


def _parsed(text: str) -> dict[str, Json] | None:
    record = _loaded(text)
    if record is None and "\\x" in text:
        record = _loaded(_NGINX_ESCAPE.sub(r"\\\\x", text))
        if record is not None:
            record = {
                key: unescape(value) if isinstance(value, str) else value
                for key, value in record.items()
            }
    return record


def _loaded(text: str) -> dict[str, Json] | None:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _first(record: dict[str, Json], paths: Paths) -> Json:
    for path in paths:
        if (value := _found(record, path)) is not None and value not in ("", "-"):
            return value
    return None


def _found(record: dict[str, Json], path: str) -> Json:
    if path in record:
        return record[path]
    value: Json = record
    for key in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def _text(value: Json) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
