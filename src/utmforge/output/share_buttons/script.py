"""The JavaScript of share buttons: written as a file, completed with utmforge's own tables.

It does in a reader's browser what `urls/reader_shares.py` does here; a test compares them.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha384
from pathlib import Path
from typing import TYPE_CHECKING

from utmforge.model import PARAMETERS
from utmforge.urls.click_ids import CLICK_IDS
from utmforge.urls.other_tools import TAGS_OF_OTHER_TOOLS
from utmforge.urls.tagging import MAX_URL_BYTES, SIGNATURES

if TYPE_CHECKING:
    from collections.abc import Iterable

_BESIDE_OPERATORS = re.compile(r" ?([-=(){},;?:&|<>+!]) ?")
_PREFIX = re.compile(r"[a-z]+[_.-]")
_CLEAN_AFTER_MS = 3000
"""How long after the page has loaded its tags leave the address bar."""


@cache
def script(*, clean_address: bool) -> str:
    """Return the script, without comments and indentation.

    Args:
        clean_address: Whether it also takes tags and click ids out of the address bar once the
            page has loaded.
    """
    text = _source("buttons.js").replace(
        "// __CLEAN__\n", _source("clean_address.js") if clean_address else ""
    )
    values = {
        "TAGS": "|".join(field.replace("_", "") for field in PARAMETERS),
        "OTHERS": _alternatives(CLICK_IDS.keys() | TAGS_OF_OTHER_TOOLS),
        "SIGNED": SIGNATURES.pattern,
        "MOST": str(MAX_URL_BYTES),
        "AFTER": str(_CLEAN_AFTER_MS),
    }
    for name, value in values.items():
        text = text.replace(f"__{name}__", value)
    return _compact(text)


def integrity(text: str) -> str:
    """Return the hash of a script or style as `integrity` and Content-Security-Policy have it."""
    return f"sha384-{b64encode(sha384(text.encode()).digest()).decode()}"


def _source(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _compact(text: str) -> str:
    """Remove comments, indentation and the spaces beside operators.

    The script is written for this: a comment has a line of its own, and a space that matters stands
    between two words, or is written as a hexadecimal escape.
    """
    lines = (line.strip() for line in text.splitlines())
    kept = (line for line in lines if line and not line.startswith("//"))
    joined = "\n".join(_BESIDE_OPERATORS.sub(r"\1", line) for line in kept)
    return re.sub(r"(?<=[;{,])\n", "", joined) + "\n"


def _alternatives(names: Iterable[str]) -> str:
    """Return a short regular expression for some names: prefixes with the same ends together."""
    ends: dict[str, list[str]] = {}
    for name in sorted(names):
        found = _PREFIX.match(name)
        prefix = found[0] if found else ""
        ends.setdefault(prefix, []).append(re.escape(name[len(prefix) :]))
    prefixes: dict[str, list[str]] = {}
    for prefix, some in ends.items():
        prefixes.setdefault("|".join(some), []).append(re.escape(prefix).replace(r"\-", "-"))
    return "|".join(_group(some) + _group(end.split("|")) for end, some in prefixes.items())


def _group(some: list[str]) -> str:
    return some[0] if len(some) == 1 else f"(?:{'|'.join(some)})"
