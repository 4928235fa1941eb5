r"""Escape text in cells, because a spreadsheet calculates what looks like a formula.

>>> escape_formula("=1+1"), restore_formula(escape_formula("=1+1"))
("'=1+1", '=1+1')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# The first characters of what a spreadsheet takes for a formula
# (https://owasp.org/www-community/attacks/CSV_Injection, read 2026-11).
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_MARKED = _FORMULA | {"'"}
# `#REF!`, `#NAME?`, `#BEZUG!`, `#¡VALOR!`, `#DIV/0!`; `#N/A` is `#N/D` or `#NV` in other languages.
_ERROR = re.compile(r"#\u00a1?[A-Z\u00c0-\u00de/0]{2,12}[!?]|#N/[AD]|#NV")
CORRECT_IT = "correct the cell in the spreadsheet, and save it again"
"""What to do with the error of a formula."""


def escape_formula(text: str) -> str:
    """Put an apostrophe before text that looks like a formula or begins with an apostrophe."""
    return f"'{text}" if text[:1] in _MARKED else text


def restore_formula(text: str) -> str:
    """Remove the apostrophe of `escape_formula`.

    One that a person wrote before ordinary text stays.
    """
    is_ours = text[:1] == "'" and text[1:2] in _MARKED
    return text[1:] if is_ours else text


def formula_error(cells: Mapping[str, str]) -> str | None:
    """Return what is wrong with a row in which a formula failed; None: none did.

    >>> formula_error({"source": "news", "medium": "#REF!"})
    'medium is "#REF!", which is the error of a formula'
    """
    for name, value in cells.items():
        if value[:1] == "#" and _ERROR.fullmatch(value):
            return f'{name} is "{value}", which is the error of a formula'
    return None
