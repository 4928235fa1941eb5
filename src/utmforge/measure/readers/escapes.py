r"""What servers do to characters that would break a line of their log.

nginx writes `"`, `\`, control characters and bytes from 0x7F as `\xHH`; Apache writes `\"`, `\\`,
`\n`, `\t` and `\xhh`.

>>> unescape(r"\x22odd\x22 \xC3\xA9"), unescape(r"Agent \"quoted\" 1")
('"odd" é', 'Agent "quoted" 1')
"""

from __future__ import annotations

import re

_ESCAPE = re.compile(rb'\\(?:x([0-9A-Fa-f]{2})|(["\\nrtbvf]))')
_LETTERS = {
    b'"': b'"',
    b"\\": b"\\",
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"v": b"\v",
    b"f": b"\f",
}


def unescape(text: str) -> str:
    """Return what was sent; bytes that are not UTF-8 become U+FFFD."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(_character, text.encode("utf-8", "replace")).decode("utf-8", "replace")


def _character(match: re.Match[bytes]) -> bytes:
    digits, letter = match.groups()
    return bytes([int(digits, 16)]) if digits else _LETTERS[letter]
