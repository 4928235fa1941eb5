"""Find the line of a key in a TOML file.

The parser of the standard library has no line numbers, so the text is read again, but only
to report a problem. By then the text is known to be valid TOML.
"""

from __future__ import annotations

import re
import tomllib

KeyPath = tuple[str | int, ...]

_KEY_PART = r"""(?:[\w-]+|"(?:\\.|[^"\\])*"|'[^']*')"""
_KEY = re.compile(rf"[ \t]*({_KEY_PART}(?:[ \t]*\.[ \t]*{_KEY_PART})*)[ \t]*=")
_BARE_KEYS = re.compile(
    r"\[{1,2}[ \t]*([\w-]+(?:[ \t]*\.[ \t]*[\w-]+)*)[ \t]*\]{1,2}[ \t]*(?:\#.*)?"
    r"|([\w-]+(?:[ \t]*\.[ \t]*[\w-]+)*) = 0",
    re.ASCII,
)
"""A header or a statement whose keys are written without quotes."""
_VALUE_PIECE = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}"""  # text over several lines
    r"""|"(?:\\.|[^"\\\n])*"|'[^'\n]*'"""  # text
    r"""|\#[^\n]*|[\[\]{}\n]""",  # comments, brackets, the end of the line
    re.DOTALL,
)


def key_lines(text: str) -> dict[KeyPath, int]:
    r"""Return the 1-based line of every table and key; entries of an array of tables by index.

    >>> key_lines('[a]\nb = 1\n[[c]]\nd = [\n2]\n')[("c", 0, "d")]
    4
    """
    text = text.replace("\r\n", "\n")
    lines: dict[KeyPath, int] = {}
    arrays: dict[KeyPath, int] = {}
    table: KeyPath = ()
    position, line = 0, 1
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        statement = text[position:end]
        if (header := statement.lstrip(" \t")).startswith("["):
            table = _resolve(_keys(header), arrays, is_array=header.startswith("[["))
            lines.setdefault(table, line)
        elif key := _KEY.match(statement):
            lines[table + _keys(f"{key[1]} = 0")] = line
            end = _end_of_value(text, position + key.end())
        line += text.count("\n", position, end) + 1
        position = end + 1
    return lines


def line_of(path: KeyPath, lines: dict[KeyPath, int]) -> int:
    """Return the line of a key, or of the nearest table around it, or 1."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _keys(statement: str) -> KeyPath:
    """Return the keys of a header or of a statement `a.b = 0`; bare keys need no parser."""
    if bare := _BARE_KEYS.fullmatch(statement):
        return tuple(part.strip() for part in (bare[1] or bare[2]).split("."))
    value: object = tomllib.loads(statement)
    keys: list[str] = []
    while isinstance(value, dict) and value:
        [(key, value)] = value.items()
        keys.append(key)
    return tuple(keys)


def _resolve(keys: KeyPath, arrays: dict[KeyPath, int], *, is_array: bool) -> KeyPath:
    """Insert the index of the current entry after each array of tables in the path."""
    path: KeyPath = ()
    for depth, key in enumerate(keys, 1):
        path += (key,)
        if depth == len(keys) and is_array:
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path += (arrays[path],)
    return path


def _end_of_value(text: str, position: int) -> int:
    depth = 0
    for piece in _VALUE_PIECE.finditer(text, position):
        match piece[0]:
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
            case "\n" if depth == 0:
                return piece.start()
    return len(text)
