"""The characters of SMS: the GSM 7-bit alphabet, and what to write for others.

The two tables are those of 3GPP TS 23.038, 6.2.1 and 6.2.1.1, as Python package gsm0338 1.1.0 has
them for every code point up to U+2FFF (compared 2026-11); the escape character is left out.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""Characters of one unit each."""
EXTENSION = frozenset("\f^{}\\[~]|€")
"""Characters of two units each: an escape and the character."""
GSM7 = BASIC | EXTENSION

REPLACEMENTS = {
    **dict.fromkeys("’‘`´‚′", "'"),
    **dict.fromkeys("“”«»„″", '"'),
    **dict.fromkeys("–—‐‑‒―−", "-"),
    **dict.fromkeys("\u00a0\u202f\u2009\u2003\u2002\u3000\t", " "),
    "…": "...",
    "•": "-",
    "·": ".",
    "×": "x",
    "÷": "/",
    "°": "o",
    "©": "(c)",
    "®": "(r)",
    "Œ": "OE",
    "œ": "oe",
    "À": "A",
    "È": "E",
    "Ù": "U",
    "ç": "c",
    "†": "+",
    "‹": "<",
    "›": ">",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "ı": "i",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "Ð": "D",
    "þ": "th",
    "Þ": "Th",
    "ẞ": "SS",
    "ħ": "h",
    "Ħ": "H",
    "₤": "£",
}
"""What people write for characters outside the alphabet; the first of several that could do."""

_MARKS = {"Mn", "Me", "Mc", "Cf"}


def replacements(text: str) -> Iterator[tuple[int, str | None]]:
    r"""Yield the place of each character that is not in the alphabet, and what to write instead.

    An accent on its own or an invisible character is left out if the character before it is, or
    becomes, one of the alphabet. Emoji and letters of other scripts have no replacement.

    >>> list(replacements("L’été")), list(replacements("e\u0301")), list(replacements("😀\u200d"))
    ([(1, "'")], [(1, '')], [(0, None), (1, None)])
    """
    is_kept = True  # the last character that is not a mark is in the alphabet, or becomes so
    for index, character in enumerate(text):
        if character in GSM7:
            is_kept = True
        elif unicodedata.category(character) in _MARKS:
            yield index, "" if is_kept else None
        else:
            written = _written(character)
            is_kept = written is not None
            yield index, written


def _written(character: str) -> str | None:
    """Return what people write for a character. None: nothing that means the same."""
    if character in REPLACEMENTS:
        return REPLACEMENTS[character]
    plain = "".join(
        part
        for part in unicodedata.normalize("NFKD", character)
        if unicodedata.category(part) not in _MARKS
    )
    plain = "".join(REPLACEMENTS.get(part, part) for part in plain)
    return plain if plain and set(plain) <= GSM7 else None
