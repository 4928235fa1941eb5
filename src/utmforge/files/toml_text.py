"""TOML → tables, or one sentence and a line; never another exception, whatever the text has."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import Any

_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)| \(at end of document\)")
_MAX_DIGITS = 4_300  # what Python converts (sys.int_info.default_max_str_digits)
_LONG_NUMBER = re.compile(rf"[0-9](?:_?[0-9]){{{_MAX_DIGITS}}}")
_MAX_BITS = 14_284  # of 4,300 digits
_LONG_HEXADECIMAL = re.compile(r"0[xob][0-9A-Fa-f_]{2500}")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")
MAX_KEY_PARTS = 64
"""Parts of one key, `a.b.c` has three: Python's reader takes the square of their number."""
_KEY_PIECE = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}"""  # text over several lines
    r"""|\#[^\n]*|(\n)"""  # a comment, the end of the line
    r"""|([\w-]++|"(?:\\.|[^"\\\n])*"|'[^'\n]*')[ \t]*+(?:(\.)[ \t]*+)?"""  # a part, a dot
    r"""|[^\w"'\#\n-]""",
    re.DOTALL,
)
_PIECE = re.compile(r"""\n|[\[{]|[\]}]|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*""")


class NotToml(ValueError):
    """A text is not TOML that can be read."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def parse_toml(text: str) -> dict[str, Any]:
    r"""Return the tables of a text; numbers with a fraction are `Decimal`.

    >>> parse_toml("a = [\n")
    Traceback (most recent call last):
    utmforge.files.toml_text.NotToml: not valid TOML: invalid value

    Raises:
        NotToml: It is not TOML, is nested too deeply, or has a key of over 64 parts.
    """
    if line := _line_of_long_key(text):
        raise NotToml(f"a key has over {MAX_KEY_PARTS} parts", line)
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    except RecursionError:
        raise NotToml("the file is nested too deeply", _deepest_line(text)) from None
    except (ValueError, ArithmeticError) as error:
        if long := _LONG_NUMBER.search(text):
            line = text.count("\n", 0, long.start()) + 1
            if not isinstance(error, tomllib.TOMLDecodeError):
                raise NotToml(f"a number has over {_MAX_DIGITS:,} digits", line) from None
        message = str(error)
        place = _PLACE.search(message)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        message = _PLACE.sub("", message)
        raise NotToml(f"not valid TOML: {message[:1].lower()}{message[1:]}", line) from None
    # Python reads a hexadecimal number of any length, and then cannot write it in a message.
    if (long := _LONG_HEXADECIMAL.search(text)) and _has_long_number(tables):
        line = text.count("\n", 0, long.start()) + 1
        raise NotToml(f"a number has over {_MAX_DIGITS:,} digits", line)
    return tables


def is_bare_key(name: str) -> bool:
    """Tell whether a key may be written without quotes."""
    return _BARE_KEY.fullmatch(name) is not None


def _has_long_number(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_long_number, value.values()))
    if isinstance(value, list):
        return any(map(_has_long_number, value))
    return isinstance(value, int) and value.bit_length() > _MAX_BITS


def _line_of_long_key(text: str) -> int:
    """Return the line with a key of too many parts; 0: there is none."""
    if max(line.count(".") for line in text.split("\n")) < MAX_KEY_PARTS:
        return 0
    line, parts = 1, 0
    for piece in _KEY_PIECE.finditer(text):
        part, dot = piece[2], piece[3]
        parts = parts + 1 if part and dot else 0
        if parts >= MAX_KEY_PARTS:
            return line
        line += piece[0].count("\n")
    return 0


def _deepest_line(text: str) -> int:
    """Return the line on which the most brackets are open."""
    depth = deepest = 0
    line = found = 1
    for piece in _PIECE.finditer(text):
        if piece[0] == "\n":
            line += 1
        elif piece[0] in "[{":
            depth += 1
            if depth > deepest:
                deepest, found = depth, line
        elif piece[0] in "]}":
            depth -= 1
    return found
