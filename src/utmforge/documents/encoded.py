r"""Find links in encoded texts: JSON, mails, calendars, texts with backslashes.

>>> [one.url for one in in_json('{"a": "https:\\/\\/shop.example\\/?a=1\\u0026b=2"}')]
['https://shop.example/?a=1&b=2']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.documents.base import Span
from utmforge.documents.escapes import Decoded, decoded
from utmforge.documents.html import links_in_page
from utmforge.documents.places import located
from utmforge.documents.running_text import addresses_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utmforge.documents.base import Located

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_SHORT = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_QUOTED = re.compile(r"=[ \t]*\r?\n|(?:=[0-9A-Fa-f]{2})+")
_HEADERS_END = re.compile(r"\r?\n[ \t]*\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_BOUNDARY = re.compile(
    r"boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE
)
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)
# `https://shop\.example/`, a regular expression that recognises addresses.
_FOLD_OR_ESCAPE = re.compile(r"\r?\n[ \t]|\\([nN,;\\])")
"""Lines of calendars and contacts are folded after 75 bytes (RFC 5545, 3.1; RFC 6350, 3.2)."""
_BACKSLASH = re.compile(r"\\([:=#!_&%$])")
"""Escapes in Java's `.properties` and in TeX."""
_PATTERN = re.compile(r"https?://[^/?#]*\\[^/\\]", re.IGNORECASE)
_MAX_DEPTH = 20
"""Parts in parts of a mail."""


def in_json(text: str) -> Iterator[Located]:
    """Yield the links in the strings of JSON, even if it is invalid."""
    return located(text, _in_strings(text))


def in_mail(text: str) -> Iterator[Located]:
    """Yield the links in the text and the HTML of a mail."""
    return located(text, _in_part(text, 0, len(text), 0))


def in_calendar(text: str) -> Iterator[Located]:
    r"""Yield the links in a calendar or in contacts.

    >>> [one.url for one in in_calendar("URL:https://shop.example/?a=1&\r\n b=2")]
    ['https://shop.example/?a=1&b=2']
    """
    found = decoded(text, 0, _FOLD_OR_ESCAPE, lambda match: _of_calendar(match[1]))
    return located(text, links_of(found))


def _of_calendar(escaped: str | None) -> str:
    if escaped is None:
        return ""  # a fold
    return "\n" if escaped in "nN" else escaped


def in_escaped(text: str) -> Iterator[Located]:
    r"""Yield the links in a text whose special characters have backslashes before them.

    >>> [one.url for one in in_escaped(r"link=https\://shop.example/?a\=1")]
    ['https://shop.example/?a=1']
    """
    found = decoded(text, 0, _BACKSLASH, lambda match: match[1])
    return located(text, links_of(found, is_html=False))


def _in_strings(text: str) -> Iterator[Span]:
    end = 0
    for match in _STRING.finditer(text):
        yield from _between_strings(text, end, match.start())
        end = match.end()
        written = match[1]
        if "utm" in written or "//" in written or r"\/" in written:
            yield from links_of(decoded(written, match.start(1), _ESCAPE, _of_escape))
    yield from _between_strings(text, end, len(text))


def _between_strings(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the addresses outside strings: JSON5 has single quotes and comments."""
    if text.find("://", start, end) >= 0:
        for url, first, last in addresses_in(text[start:end]):
            yield Span(url, start + first, start + last)


def _of_escape(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return _SHORT.get(match[2], match[2])


def links_of(found: Decoded, *, is_html: bool | None = None) -> Iterator[Span]:
    """Yield the links of a decoded text, with their places in the text as it is written.

    Args:
        found: The text.
        is_html: Whether it is HTML. None: it is if it has a link as HTML has them.
    """
    text, places = found
    spans: Iterable[Span]
    if is_html is None:
        is_page = "<" in text and "href" in text
        links = list(links_in_page(text)) if is_page else []
        spans = (
            [one for one in links if not _PATTERN.match(one.url)] if links else addresses_in(text)
        )
    else:
        spans = links_in_page(text) if is_html else addresses_in(text)
    for url, start, end in spans:
        yield Span(url, places[start], places[end])


def _in_part(text: str, start: int, end: int, depth: int) -> Iterator[Span]:
    """Yield the links of a part of a mail: its headers, an empty line, its contents."""
    match = _HEADERS_END.search(text, start, end)
    begun = match.end() if match else end
    headers = {
        name.strip().lower(): value.strip()
        for line in _FOLD.sub(" ", text[start : match.start() if match else end]).splitlines()
        for name, colon, value in (line.partition(":"),)
        if colon
    }
    kind = headers.get("content-type", "text/plain")
    boundary = _BOUNDARY.search(kind)
    if boundary and kind.lower().startswith("multipart/") and depth < _MAX_DEPTH:
        for first, last in _parts(text, begun, end, boundary[1] or boundary[2]):
            yield from _in_part(text, first, last, depth + 1)
    elif kind.lower().startswith("message/rfc822") and depth < _MAX_DEPTH:
        yield from _in_part(text, begun, end, depth + 1)
    elif kind.lower().startswith("text/"):
        coding = headers.get("content-transfer-encoding", "").lower()
        charset = _CHARSET.search(kind)
        body = _body(text, begun, end, coding, charset[1] if charset else "utf-8")
        yield from links_of(body, is_html=kind.lower().startswith("text/html"))


def _parts(text: str, start: int, end: int, boundary: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts between the lines of a boundary begin and end."""
    line = re.compile(rf"^--{re.escape(boundary)}(--)?[ \t]*$\r?\n?", re.MULTILINE)
    begun = None
    for match in line.finditer(text.replace("\r\n", " \n") if "\r" in text else text, start, end):
        if begun is not None:
            yield begun, match.start()
        begun = None if match[1] else match.end()
    if begun is not None:
        yield begun, end


def _body(text: str, start: int, end: int, coding: str, charset: str) -> Decoded:
    written = text[start:end]
    if coding == "base64":
        return _from_base64(written, start, charset)
    if coding == "quoted-printable":
        return decoded(written, start, _QUOTED, lambda match: _of_quoted(match, charset))
    return Decoded(written, list(range(start, end + 1)))


def _of_quoted(match: re.Match[str], charset: str) -> str:
    if not match[0][1:3].strip():
        return ""  # a soft line break
    return _text(bytes.fromhex(match[0].replace("=", "")), charset)


def _from_base64(written: str, at: int, charset: str) -> Decoded:
    """Decode base64; the position of every character is where the text begins."""
    import binascii

    try:
        text = _text(binascii.a2b_base64("".join(written.split())), charset)
    except (binascii.Error, ValueError):
        text = ""
    return Decoded(text, [at] * (len(text) + 1))


def _text(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except LookupError:  # an unknown charset
        return data.decode("latin-1")
