"""Signs that a link's end is missing: apps shorten links, and mail programs break lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.model import PARAMETERS
from utmforge.urls.merge_tags import masked
from utmforge.urls.quoting import octets

if TYPE_CHECKING:
    from utmforge.urls.address import Address

_HALF_ESCAPE = re.compile(r"%[0-9A-Fa-f]?$")
_LAST_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2}){1,4}$")
_LAST_PARAMETER = re.compile(r"[?&]([^?&#=]*)(=?)$")
_MIN_CHARACTERS = len("utm")
_LATIN_1_LETTERS = 0xE0


def why_cut(url: str, address: Address) -> str | None:
    """Return why a link's end seems to be missing, or None."""
    if _HALF_ESCAPE.search(masked(url)) or _half_character(url):
        return "it ends within a percent-encoded character"
    if url.count("{{") > url.count("}}") or url.count("*|") > url.count("|*"):
        return "it ends within a merge tag"
    if address.path.startswith("/v3/__") and address.host.startswith("urldefense."):
        return "the Proofpoint address around it is cut off"
    return _tag_without_value(url)


def _half_character(url: str) -> bool:
    """Tell whether the escapes at the end stop in the middle of a UTF-8 character.

    A single escape above %DF is more often a Latin-1 letter: `caf%E9`.
    """
    match = _LAST_ESCAPES.search(url)
    if not match:
        return False
    try:
        octets(match[0]).decode()
    except UnicodeDecodeError as problem:
        rest = problem.object[problem.start :]
        lone = len(rest) == 1 and rest[0] >= _LATIN_1_LETTERS
        return problem.reason == "unexpected end of data" and not lone
    return False


def _tag_without_value(url: str) -> str | None:
    match = _LAST_PARAMETER.search(url)
    if not match:
        return None
    name = match[1].lower()
    if match[2]:
        return f"its last tag, {name}, has no value" if name in PARAMETERS.values() else None
    begun = len(name) >= _MIN_CHARACTERS and any(
        tag.startswith(name) for tag in PARAMETERS.values()
    )
    return f"it ends within the name of a tag, {name}" if begun else None
