"""W3C extended logs: a `#Fields` line names the columns, and may do so again further down.

Source: https://www.w3.org/TR/WD-logfile.html. IIS separates by spaces and writes `+` for a space in
a user agent; CloudFront separates by tabs and percent-encodes, in old logs twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from utmforge.measure.readers.base import HEADER, OTHER_FORMAT
from utmforge.measure.readers.requests import Parts, log_line
from utmforge.measure.readers.times import iso_time
from utmforge.urls.quoting import path_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.measure.readers.base import LineReader, Reading

_NEEDED = frozenset(("date", "time", "c-ip", "cs-uri-stem"))
_HOSTS = ("x-host-header", "cs-host", "cs(host)", "s-computername")


@dataclass(frozen=True)
class W3cFormat:
    """A W3C extended log format."""

    name: str
    title: str
    separator: str
    usual_fields: str
    """For a file whose beginning is missing."""
    plus_is_space: bool = False

    has_referrer = True
    has_user_agent = True

    def reader(self) -> LineReader:
        """Return a function that reads the lines of one file in their order."""
        fields = self.usual_fields.lower().split()

        def read(line: str) -> Reading:
            nonlocal fields
            if line.startswith("#"):
                named = line.removeprefix("#Fields:")
                if named != line:
                    fields = named.lower().split()
                return HEADER
            return self._read(line, fields)

        return read

    def _read(self, line: str, fields: Sequence[str]) -> Reading:
        values = line.split(self.separator)
        if len(values) != len(fields) or not _NEEDED.issubset(fields):
            return OTHER_FORMAT
        found = {field: value for field, value in zip(fields, values, strict=True) if value != "-"}
        if len(found.get("date", "")) != len("2026-09-14"):
            return OTHER_FORMAT
        target, query = found.get("cs-uri-stem", ""), found.get("cs-uri-query")
        return log_line(
            Parts(
                time=iso_time(f"{found['date']} {found.get('time', '')}"),
                ip=found.get("c-ip", "-"),
                method=found.get("cs-method", "GET" if "cs-method" not in fields else None),
                target=f"{target}?{query}" if query else target,
                status=found.get("sc-status"),
                host=next((found[name] for name in _HOSTS if name in found), None),
                referrer=self._text(found.get("cs(referer)")),
                user_agent=self._text(found.get("cs(user-agent)")),
                fetch_site=self._text(found.get("cs(sec-fetch-site)")),
            )
        )

    def _text(self, text: str | None) -> str | None:
        if text is None:
            return None
        if self.plus_is_space:
            return text.replace("+", " ")
        return path_text(path_text(text)) if "%" in text else text
