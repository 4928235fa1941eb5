r"""The one rule for texts that a registry holds: one visible line of limited length, or a time.

It refuses what a terminal would act on or what makes a line read differently from its text:
control characters, line ends, bidirectional controls, halves of surrogate pairs. Tags and addresses
are under a stricter rule, in `urls/tagging.py`.

>>> unfit_character("wrong page"), unfit_character("bad\x1bword")
(None, '\x1b')
>>> fitted("bad\x1bword", 100), fitted("x" * 9, 5)
('bad\\x1bword', 'xxxx…')
"""

from __future__ import annotations

import re
from functools import lru_cache

from utmforge.errors import NotText

MAX_CHANNEL = 100
"""Characters of a channel's name."""
MAX_REASON = 1_000
"""Characters of the reason for a retirement."""
MAX_ABOUT = 200
"""Characters that say what a change is for; what is longer is shortened."""
MAX_AUTHOR = 100
"""Characters that name who made a change."""
MAX_LABEL = 50
"""Characters of one label."""
MAX_LABELS = 1_000
"""Characters of all labels of a link, with the spaces between them."""
MAX_ID = 100
"""Characters of the id of a link or a change; today's have 12 and 8."""
MAX_TEXT = 8_192
"""Characters of any other text in campaigns.toml."""
EARLIEST_YEAR = 1990
"""No link is older than the Web."""

# LRM, RLM, ALM, embeddings, overrides, isolates: https://www.unicode.org/reports/tr9/#Table_2.
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINE_ENDS = "\u2028\u2029"
_UNFIT = frozenset(_BIDI + _LINE_ENDS)
UNFIT_BEYOND_ASCII = f"[\x7f-\x9f{_BIDI}{_LINE_ENDS}]"
"""Those that a text may not have and that writers of JSON or TOML may leave, as a pattern."""
_MOMENT = r"(?a)(\d{4})-(0[1-9]|1[0-2])-(\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ"
_DAYS_OF_FEBRUARY = 28


def unfit_character(text: str, *, allowed: str = "") -> str | None:
    """Return the first character that a text may not have; None: there is none.

    Args:
        text: The text.
        allowed: Characters that it may have nevertheless, such as line ends.
    """
    if text.isprintable():
        if text.isascii():
            return None
        return next(iter(_UNFIT & set(text)), None)
    return next((char for char in text if _is_unfit(char) and char not in allowed), None)


def refuse_too_long(name: str, text: str, limit: int) -> None:
    """Refuse a text with more characters than it may have.

    Raises:
        NotText: It has.
    """
    if len(text) > limit:
        raise NotText(
            f"{name} has {len(text):,} characters, and {limit:,} are allowed", hint="shorten it"
        )


def refuse_unfit(name: str, text: str, limit: int, *, allowed: str = "") -> None:
    r"""Refuse a text that has a character it may not have, or too many.

    >>> refuse_unfit("the reason", "a\u202eb", 100)
    Traceback (most recent call last):
    utmforge.errors.NotText: the reason has an invisible character (U+202E)

    Args:
        name: How messages call it.
        text: The text.
        limit: How many characters it may have.
        allowed: Characters that it may have nevertheless.

    Raises:
        NotText: It has.
    """
    refuse_too_long(name, text, limit)
    if character := unfit_character(text, allowed=allowed):
        raise NotText(
            f"{name} has an invisible character (U+{ord(character):04X})",
            hint=f"leave it out, or write {_escaped(character)} for it",
        )


def escaped(text: str) -> str:
    r"""Return a text in which the characters that it may not have are visible.

    >>> escaped("a\x1b[31mb\u202e")
    'a\\x1b[31mb\\u202e'
    """
    if unfit_character(text) is None:
        return text
    return "".join(_escaped(char) if _is_unfit(char) else char for char in text)


def fitted(text: str, limit: int) -> str:
    """Return a text that `refuse_unfit` accepts: escaped and shortened."""
    if len(text) <= limit and unfit_character(text) is None:
        return text
    text = escaped(text[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def is_utf8(text: str) -> bool:
    """Tell whether a text can be written as UTF-8: it has no halves of surrogate pairs."""
    return text.isprintable() or not any("\ud800" <= char <= "\udfff" for char in text)


@lru_cache(maxsize=1024)  # links are issued many at a time
def is_moment(text: str) -> bool:
    """Tell whether a text is a time as registries write it: `2026-03-20T09:30:00Z`.

    >>> is_moment("2026-03-20T09:30:00Z"), is_moment("2026-02-30T09:30:00Z")
    (True, False)
    """
    match = re.fullmatch(_MOMENT, text)
    if not match:
        return False
    year, month, day = map(int, match.groups())
    if year < EARLIEST_YEAR:
        return False
    if day <= _DAYS_OF_FEBRUARY:
        return day > 0
    from calendar import monthrange

    return day <= monthrange(year, month)[1]


def fitted_moment(text: str) -> str:
    """Return a time that `is_moment` accepts: the earliest one if it does not accept this one."""
    return text if is_moment(text) else f"{EARLIEST_YEAR}-01-01T00:00:00Z"


def _is_unfit(character: str) -> bool:
    return (
        character < " "
        or "\x7f" <= character <= "\x9f"
        or "\ud800" <= character <= "\udfff"
        or character in _UNFIT
    )


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()
