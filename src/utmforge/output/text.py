"""The one sanitiser that untrusted text passes before any terminal, and one for spreadsheets."""

from __future__ import annotations

import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}

# What a spreadsheet takes for a formula
# (https://owasp.org/www-community/attacks/CSV_Injection, read 2026-11).
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - full width on purpose


def safe(text: str) -> str:
    r"""Make control, bidi and zero-width characters visible.

    >>> safe("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    return character.encode("unicode_escape").decode()


def harmless_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if text[:1] in _FORMULA else text


def markdown_text(text: str) -> str:
    """Escape what Markdown would read as markup."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]<>()#+!|~&" else char for char in safe(text))
