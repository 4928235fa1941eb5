"""The one sanitiser that untrusted text passes through before it reaches a terminal."""

from __future__ import annotations

import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def safe(text: str) -> str:
    r"""Make control, bidi and zero-width characters visible.

    >>> safe("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def safe_words(text: str) -> str:
    r"""Return the words of a message, in which the joiners of emoji and letters stay.

    >>> safe_words("👩\u200d🚀\x1b")
    '👩\u200d🚀\\x1b'
    """
    return "\u200d".join(
        "\u200c".join(map(safe, part.split("\u200c"))) for part in text.split("\u200d")
    )


def _visible(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    return character.encode("unicode_escape").decode()


def markdown_text(text: str) -> str:
    """Escape what Markdown would read as markup."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]<>()#+!|~&" else char for char in safe(text))


def markdown_cell(text: str) -> str:
    r"""Return a cell of a Markdown table: an address as it is, anything else escaped.

    >>> markdown_cell("https://shop.example/?utm_source=a"), markdown_cell("a_b")
    ('<https://shop.example/?utm_source=a>', 'a\\_b')
    """
    is_address = text.startswith(("https://", "http://")) and text.isprintable()
    if is_address and not set(text) & set(" <>\\"):
        return f"<{text}>".replace("|", r"\|")
    return markdown_text(text)
