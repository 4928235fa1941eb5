"""The scripts in which a host is written: a mix of them imitates another host."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Scripts that one language is written with together.
_TOGETHER = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"))


@lru_cache(maxsize=4096)
def scripts_of(label: str) -> tuple[str, ...]:
    """Return the scripts in one part of a host; digits and hyphens have none.

    >>> scripts_of("xn--shp-ted")
    ('Cyrillic', 'Latin')
    """
    text = label
    if label.startswith("xn--"):
        try:
            text = label[4:].encode("ascii").decode("punycode")
        except UnicodeError:
            return ()
    if text.isascii():
        return ()
    names = {unicodedata.name(sign, "?").partition(" ")[0] for sign in text if sign.isalpha()}
    if names & _TOGETHER:
        names = names - _TOGETHER - {"LATIN"} | {"EAST"}
    return tuple(sorted(name.title() for name in names))


def mixed_scripts(host: str) -> tuple[str, ...]:
    """Return the scripts that one part of a host mixes; empty where none does."""
    for label in host.split("."):
        if len(scripts := scripts_of(label)) > 1:
            return scripts
    return ()


def ascii_host(host: str) -> str:
    """Return a host in punycode, so that nothing in it looks like something else."""
    labels = (
        label if label.isascii() else "xn--" + label.encode("punycode").decode()
        for label in host.split(".")
    )
    return ".".join(labels)
