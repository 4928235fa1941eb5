r"""Decode a text, and keep the position of each character in the encoded one.

>>> decoded(r"a\/b", 0, re.compile(r"\\(.)"), lambda match: match[1])
Decoded(text='a/b', places=[0, 1, 3, 4])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_IN_STRINGS = re.compile(r"\\(?:/|u00([0-7][0-9a-fA-F])|x([0-7][0-9a-fA-F]))")


class Decoded(NamedTuple):
    """A decoded text, and the position of each character in the encoded one."""

    text: str
    """The text."""
    places: list[int]
    """The position of each character, and of the end."""


def decoded(
    written: str, at: int, code: re.Pattern[str], decode: Callable[[re.Match[str]], str]
) -> Decoded:
    """Decode a text.

    Args:
        written: The encoded text.
        at: Where it begins in the document.
        code: Matches an escape sequence.
        decode: Returns the text that it stands for.
    """
    pieces: list[str] = []
    places: list[int] = []
    end = 0
    for match in code.finditer(written):
        pieces.append(written[end : match.start()])
        places += range(at + end, at + match.start())
        meant = decode(match)
        pieces.append(meant)
        places += [at + match.start()] * len(meant)
        end = match.end()
    pieces.append(written[end:])
    places += range(at + end, at + len(written) + 1)
    return Decoded("".join(pieces), places)


def without_escapes(text: str) -> Decoded:
    r"""Decode the escapes that programs write into the addresses of strings.

    >>> without_escapes(r"https:\/\/shop.example\/?a=1\u0026b=2").text
    'https://shop.example/?a=1&b=2'
    """
    return decoded(text, 0, _IN_STRINGS, _of_escape)


def _of_escape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else "/"
