r"""Escape text in cells, because a spreadsheet calculates what looks like a formula.

>>> escape_formula("=1+1"), restore_formula(escape_formula("=1+1"))
("'=1+1", '=1+1')
"""

from __future__ import annotations

# The first characters of what a spreadsheet takes for a formula
# (https://owasp.org/www-community/attacks/CSV_Injection, read 2026-11).
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_MARKED = _FORMULA | {"'"}


def escape_formula(text: str) -> str:
    """Put an apostrophe before text that looks like a formula or begins with an apostrophe."""
    return f"'{text}" if text[:1] in _MARKED else text


def restore_formula(text: str) -> str:
    """Remove the apostrophe of `escape_formula`.

    One that a person wrote before ordinary text stays.
    """
    is_ours = text[:1] == "'" and text[1:2] in _MARKED
    return text[1:] if is_ours else text
