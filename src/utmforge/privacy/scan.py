"""Search every part of an address for private data, in every encoding."""

from __future__ import annotations

import re
from binascii import a2b_base64
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from utmforge.model import PARAMETERS
from utmforge.privacy.finding import Private
from utmforge.privacy.ids import PATH, path_key
from utmforge.privacy.keys import TELLING_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PERCENT_DECODINGS = 3
_MIN_BASE64_CHARACTERS = 8
_MAX_BASE64 = 4096
_MAX_RUNS = 64

_ADDRESS = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]{0,20}://([^/?#]*)|(?=[^?#=]{0,200}[/.][^?#=]{0,200}\?)()"
)
_ENTITY = re.compile("&(?:#(?:[xX]([0-9a-fA-F]{1,4})|([0-9]{1,5}))|(commat|plus|period|nbsp));")
_NAMED = {"commat": "@", "plus": "+", "period": ".", "nbsp": " "}
_NESTED = re.compile("https?://[^/?#]+[/?#]", re.IGNORECASE)
"""An address in a value is read as one: what is in its path is in a path."""
_HARMLESS = re.compile(
    r"[a-z _-]*[0-9]{0,7}[a-z _-]*(?:\.html?)?|[A-Za-z_-]{0,15}[0-9]{0,7}(?:\.html?)?"
)
# Compiled on first use.
_PAIR = r"(?:^|(?<=[?&;#]))([\w.\[\]-]{1,60})=([^?&;#]*)"
_BASE64 = re.compile(rf"[A-Za-z0-9+/_-]{{{_MIN_BASE64_CHARACTERS},}}")
_CAPITAL = re.compile("[A-Q]")
_READABLE = re.compile(rb"[ -~]{6,}")
_LONG_READABLE = 10
_SHOWN_NAME = r"[A-Za-z_][A-Za-z0-9_.\[\]-]{0,29}"


class Place(NamedTuple):
    """One piece of an address."""

    where: str
    """How a finding names it. Empty: by the parameter's name."""
    key: str
    """The parameter's name, percent-decoded. Empty: it is not a parameter."""
    text: str
    """As it is written."""


def find(text: str, where: str) -> tuple[Private, ...]:
    """Return what is private in an address or a value, each kind once for each place."""
    suspects = [place for place in _places(text, where) if not _is_harmless(place)]
    if "&" in text and (plain := _ENTITY.sub(_sign, text)) != text:
        suspects += [place for place in _places(plain, where) if not _is_harmless(place)]
    found: dict[Private, None] = {}
    for place in suspects:
        for kind, is_secret in _kinds_in(place.key, place.text):
            found[Private(kind, place.where or _shown(place.key), is_secret)] = None
    return tuple(found)


def _sign(entity: re.Match[str]) -> str:
    """Return the sign that HTML writes as an entity."""
    hexadecimal, decimal, name = entity.groups()
    return _NAMED[name] if name else chr(int(hexadecimal, 16) if hexadecimal else int(decimal))


def _kinds_in(key: str, text: str) -> Iterator[tuple[str, bool]]:
    """Yield (kind, whether it is a secret) for every way to read a piece."""
    from utmforge.privacy.kinds import kinds_in

    for reading in _readings(text):
        if _NESTED.match(reading):
            yield from kinds_in(PATH, reading)
            for place in _places(reading, ""):
                yield from kinds_in(_plain(place.key), unquote(place.text))
            continue
        yield from kinds_in(_plain(key), reading)
        if "=" in reading:  # it may be an address itself
            for match in re.finditer(_PAIR, reading):
                yield from kinds_in(_plain(match[1]), match[2])


def _is_harmless(place: Place) -> bool:
    """Tell whether a piece is a word or a short number, in a parameter with a harmless name."""
    text = unquote(place.text) if "%" in place.text else place.text
    if not _HARMLESS.fullmatch(text) or _plain(place.key) in TELLING_KEYS:
        return False
    return text.islower() or not any(True for _ in _from_base64(text))


def _places(text: str, where: str) -> Iterator[Place]:
    """Yield the pieces of an address, or any other text as one piece."""
    authority = _ADDRESS.match(text)
    if not authority:
        yield Place(where, "", text)
        return
    host = authority[1] or ""
    if "@" in host:
        yield Place("user name or password", "password", host.rpartition("@")[0])
    rest, _, fragment = text[authority.end() :].partition("#")
    path, _, query = rest.partition("?")
    before = ""
    for segment in path.replace(";", "/").split("/"):
        name, is_pair, value = segment.partition("=")
        key = unquote(name) if is_pair else path_key(unquote(segment), before)
        yield Place("path", key, value if is_pair else segment)
        before = unquote(segment)
    yield from _parameters(query, "")
    route, question_mark, parameters = fragment.partition("?")
    if question_mark or "=" not in route:
        yield Place("fragment", path_key(unquote(route), ""), route)
        route = parameters
    yield from _parameters(route, "fragment")


def _parameters(query: str, where: str) -> Iterator[Place]:
    for segment in query.replace(";", "&").replace("?", "&").split("&"):
        if segment:
            name, is_pair, value = segment.partition("=")
            key = unquote(name)
            yield Place(where or "the name of a parameter", PATH, name)
            if is_pair:
                yield Place(where, key, value)


def _shown(key: str) -> str:
    """Return how a finding names a parameter, never by a name that is private itself."""
    if key.lower() in PARAMETERS.values():
        return key.lower()
    if not re.fullmatch(_SHOWN_NAME, key) or any(True for _ in _kinds_in("", key)):
        return "a parameter"
    return f'parameter "{key}"'


@lru_cache(maxsize=256)
def _plain(key: str) -> str:
    """Return a parameter's name in lower case, without separators; `user[email]` is `email`."""
    if key.startswith(PATH):
        return key
    last = key.rstrip("]").rpartition("[")[2] or key
    return re.sub(r"[^a-z0-9]", "", last.lower())


def _readings(text: str) -> dict[str, None]:
    """Return the text as it is, percent-decoded, and decoded from base64."""
    readings = {text: None}
    for _ in range(MAX_PERCENT_DECODINGS):
        if "%" not in text:
            break
        text = unquote(text)
        readings[text] = None
    for reading in tuple(readings):
        if "+" in reading:
            readings[reading.replace("+", " ")] = None
        for decoded in _from_base64(reading):
            readings[decoded] = None
            readings[unquote(decoded)] = None
    return readings


def _from_base64(text: str) -> Iterator[str]:
    """Yield the readable texts in runs of base64, which may begin at any character.

    A random id also has a few readable bytes, so a short text counts only if it is at least half of
    the run.
    """
    for match in list(_BASE64.finditer(text[:_MAX_BASE64]))[:_MAX_RUNS]:
        run = match[0].replace("-", "+").replace("_", "/")
        if not _CAPITAL.search(run):
            continue
        for start in range(4):
            piece = run[start : len(run) - (len(run) - start) % 4 or None]
            rest = run[start:][len(piece) :]
            piece += rest + "=" * (4 - len(rest)) if len(rest) > 1 else ""
            decoded = a2b_base64(piece)
            for readable in _READABLE.finditer(decoded):
                if len(readable[0]) >= min(_LONG_READABLE, len(decoded) / 2):
                    yield readable[0].decode()
