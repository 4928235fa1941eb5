r"""Lines of text whose fields a format string names, as nginx and Apache are configured.

`$remote_addr - $remote_user [$time_local] "$request" …` (https://nginx.org/en/docs/http/ngx_http_log_module.html)
and `%h %l %u %t "%r" …` (https://httpd.apache.org/docs/current/mod/mod_log_config.html) become a
regular expression, which is matched in time linear in the line's length.

>>> read = QuotedFormat("mine", "mine", '$remote_addr [$time_local] "$request" $status').reader()
>>> read('203.0.113.7 [14/Sep/2026:08:03:11 +0200] "GET /p HTTP/1.1" 200').target
'/p'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import re2

from utmforge.errors import LogFormatUnusable, quoted
from utmforge.measure.readers.base import NO_REQUEST, OTHER_FORMAT
from utmforge.measure.readers.escapes import unescape
from utmforge.measure.readers.requests import Parts, log_line, split_request
from utmforge.measure.readers.times import any_time, clf_time, iso_time

if TYPE_CHECKING:
    from re2 import _Regexp

    from utmforge.measure.readers.base import LineReader, Reading

_NGINX = {
    "remote_addr": "ip",
    "time_local": "clf",
    "time_iso8601": "iso",
    "msec": "unix",
    "request": "request",
    "request_method": "method",
    "request_uri": "target",
    "uri": "path",
    "document_uri": "path",
    "args": "query",
    "query_string": "query",
    "status": "status",
    "host": "host",
    "http_host": "host",
    "server_name": "host",
    "http_referer": "referrer",
    "http_user_agent": "agent",
    "http_sec_fetch_site": "fetch_site",
}
_APACHE = {
    "h": "ip",
    "a": "ip",
    "t": "[clf]",
    "r": "request",
    "m": "method",
    "U": "path",
    "q": "query",
    "s": "status",
    "v": "host",
    "V": "host",
}
_APACHE_NAMED = {
    ("referer", "i"): "referrer",
    ("user-agent", "i"): "agent",
    ("sec-fetch-site", "i"): "fetch_site",
    ("host", "i"): "host",
    ("c", "a"): "ip",
    ("sec", "t"): "unix",
    ("msec", "t"): "unix",
    ("usec", "t"): "unix",
    ("%y-%m-%dt%h:%m:%s%z", "t"): "iso",
    ("%d/%b/%y:%h:%m:%s %z", "t"): "clf",
}
_FIELD = re.compile(
    r"\$\{?(?P<nginx>[a-z_][a-z0-9_]*)\}?"
    r"|%[!0-9,]*[<>]?(?:\{(?P<name>[^}]*)\})?(?P<apache>\^t[io]|[A-Za-z])"
)
_WHOLE_TARGETS = ("%U%q", "$uri$is_args$args", "$document_uri$is_args$query_string")
_STRICT = r'[^"\\]*(?:\\.[^"\\]*)*'
_LOOSE = ".*"
_SHAPED = {"ip": r"[0-9A-Za-z:]\S*", "status": "[0-9]{3}|-", "clf": r"\S+\s+[+-][0-9:]{2,5}"}
_SEPARATORS = ("|", "\t")
"""What separates fields that may have spaces in them, without quotes."""
_ENDINGS = ("", " ", '"', "]")
"""What ends a field and cannot stand in it."""
_USERS = ("u", "remote_user")
_USER = ".{0,200}?"
"""The name of a user who logged in may have spaces. The limit keeps matching linear."""
_UNTOLD_STATUS = "200"
"""Of lines that have no status: whether a page failed is not known."""
_SAMPLE = "nginx: '$remote_addr - $remote_user [$time_local] \"$request\" $status'"
_NEEDED = {
    "client address": {"ip"},
    "time": {"clf", "iso", "unix"},
    "request": {"request", "target", "path"},
}


@dataclass(frozen=True)
class QuotedFormat:
    """A log format of quoted text lines."""

    name: str
    title: str
    layout: str = field(repr=False)
    """The format string of nginx or Apache."""
    may_go_on: bool = False
    """Whether a line may have more fields after those of the layout."""

    @cached_property
    def fields(self) -> frozenset[str]:
        """Return the names of the fields that its lines have."""
        return compiled(self.layout, may_go_on=self.may_go_on)[1]

    @property
    def has_referrer(self) -> bool:
        """Tell whether its lines have referrers."""
        return "referrer" in self.fields

    @property
    def has_user_agent(self) -> bool:
        """Tell whether its lines have user agents."""
        return "agent" in self.fields

    def read(self, line: str) -> Reading:
        """Read one line."""
        patterns, _ = compiled(self.layout, may_go_on=self.may_go_on)
        for pattern in patterns:
            if (match := pattern.fullmatch(line)) is not None:
                break
        else:
            return OTHER_FORMAT
        found = match.groupdict()
        method, target = found.get("method"), _target(found)
        if (request := found.get("request")) is not None:
            if (split := split_request(unescape(request))) is None:
                return NO_REQUEST
            method, target = split
        return log_line(
            Parts(
                time=_time(found),
                ip=found["ip"],
                method=method,
                target=target,
                status=found.get("status", _UNTOLD_STATUS),
                host=found.get("host"),
                referrer=_decoded(found.get("referrer")),
                user_agent=_decoded(found.get("agent")),
                fetch_site=_decoded(found.get("fetch_site")),
            )
        )

    def reader(self) -> LineReader:
        """Return `read`: the lines do not depend on each other."""
        return self.read


@lru_cache(maxsize=64)
def compiled(
    layout: str, *, may_go_on: bool = False
) -> tuple[tuple[re.Pattern[str] | _Regexp, _Regexp], frozenset[str]]:
    """Return a layout as regular expressions, the likeliest first, with the fields it has.

    The second one takes quotes within quotes, which servers that escape nothing write. It would
    backtrack, so RE2 matches it, which is slower for the usual line. So would the first one if
    what ends a field may stand in it, as in `$host-$remote_addr`.

    Raises:
        LogFormatUnusable: A field that is needed is missing, or fields cannot be told apart.
    """
    # Apache's configuration has the quotes escaped; users copy them with the backslash.
    layout = layout.replace('\\"', '"').strip()
    for target in _WHOLE_TARGETS:
        layout = layout.replace(target, "$request_uri")
    strict, names = _pattern(layout, _STRICT)
    _refuse_unusable(names, layout)
    loose, _ = _pattern(layout, _LOOSE)
    options = re2.Options()
    options.dot_nl = True
    options.log_errors = False
    tail = "(?: .*)?" if may_go_on else ""
    try:
        slow = re2.compile(loose, options)
        if _may_backtrack(layout):
            return (re2.compile(strict + tail, options), slow), names
    except re2.error:
        raise LogFormatUnusable(f"the log format {quoted(layout)} is too long") from None
    return (re.compile(strict + tail, re.DOTALL), slow), names


def _may_backtrack(layout: str) -> bool:
    """Tell whether the text of a field may have what ends it, for more than one user name."""
    pieces = list(_FIELD.finditer(layout))
    following = [layout[piece.end() : piece.end() + 1] for piece in pieces]
    users = sum((piece["nginx"] or piece["apache"]) in _USERS for piece in pieces)
    return users > 1 or not all(text in _ENDINGS for text in following)


def _pattern(layout: str, in_quotes: str) -> tuple[str, frozenset[str]]:
    pattern, names = "", set()
    pieces = list(_FIELD.finditer(layout))
    ends = [*(piece.start() for piece in pieces), len(layout)][1:]
    position = 0
    for piece, end in zip(pieces, ends, strict=True):
        literal, following = layout[position : piece.start()], layout[piece.end() : end]
        if position and not literal:
            raise LogFormatUnusable(
                f"nothing separates {quoted(piece[0])} from the field before it", hint=_SAMPLE
            )
        position = piece.end()
        name = _name(piece)
        text = _text_before(following, piece["nginx"] or piece["apache"], name, in_quotes)
        if name == "[clf]":
            name, text = "clf", r"[^\]]*"
            literal, following = f"{literal}[", "]"
        known = name and name not in names
        pattern += re2.escape(literal) + (f"(?P<{name}>{text})" if known else f"(?:{text})")
        pattern += "\\]" if following == "]" and piece["apache"] == "t" else ""
        names.add(name)
    return pattern + re2.escape(layout[position:]), frozenset(names - {""})


def _refuse_unusable(names: frozenset[str], layout: str) -> None:
    missing = [title for title, choices in _NEEDED.items() if not choices & names]
    if missing:
        raise LogFormatUnusable(
            f"the log format {quoted(layout)} has no {' and no '.join(missing)}", hint=_SAMPLE
        )


def _name(match: re.Match[str]) -> str:
    """Return what a field of a layout means, or "" for one that is not needed."""
    if match["nginx"]:
        return _NGINX.get(match["nginx"], "")
    if match["name"] is not None:
        return _APACHE_NAMED.get((match["name"].lower(), match["apache"]), "")
    return _APACHE.get(match["apache"], "")


def _text_before(following: str, field_name: str, name: str, in_quotes: str) -> str:
    """Return the pattern of a field's text, by the literal that follows it."""
    if (before := {'"': in_quotes, "]": r"[^\]]*"}.get(following[:1])) is not None:
        return before
    if field_name in _USERS:
        return _USER
    if name in _SHAPED:
        return f"(?:{_SHAPED[name]})"
    if following.startswith(_SEPARATORS):
        return f"[^{re.escape(following[0])}]*"
    if not name and following in {"", ' "'}:
        # Many logs have further numbers here, such as the time a request took.
        return '[^"]*' if not following else '[^"]+'
    return r"\S*" if not following else r"\S+"


def _time(found: dict[str, str | None]) -> int | None:
    for kind, read in (("clf", clf_time), ("iso", iso_time), ("unix", any_time)):
        if (text := found.get(kind)) is not None:
            return read(text)
    return None


def _target(found: dict[str, str | None]) -> str | None:
    if (target := found.get("target")) is not None:
        return unescape(target)
    if (path := found.get("path")) is None:
        return None
    query = found.get("query") or ""
    query = "" if query == "-" else query.removeprefix("?")
    return unescape(f"{path}?{query}" if query else path)


def _decoded(text: str | None) -> str | None:
    return None if text is None else unescape(text)
