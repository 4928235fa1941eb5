r"""The regular expressions of a naming convention, matched in time linear in the value's length.

Python's own engine backtracks: a pattern like `(a+)+` takes twice as long with each letter.
RE2 (https://github.com/google/re2/wiki/Syntax) does not backtrack. Patterns that it cannot match
(back-references, look-ahead, look-behind) are refused when the file is read.

>>> matches(r"^\d{4}-[a-z0-9-]+$", "2026-spring"), matches("(a+)+b", "a" * 99)
(True, False)
>>> why_unusable(r"(?=a)[a-z]+").message
'pattern holds (?=, which cannot be matched in bounded time'
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import quoted

if TYPE_CHECKING:
    from re2 import _Regexp

MAX_PATTERN_CHARACTERS = 1000
"""Longer patterns are refused; a value has 100 characters at most."""


class Unusable(NamedTuple):
    """Why a pattern cannot be used."""

    message: str
    """What is wrong."""
    hint: str | None = None
    """The next step. None: the message says it."""


def matches(pattern: str, value: str) -> bool:
    """Tell whether the whole value matches a pattern that `why_unusable` has accepted."""
    return _compiled(pattern).fullmatch(value) is not None


def why_unusable(pattern: str) -> Unusable | None:
    """Return what is wrong with a pattern. None: it can be used."""
    if len(pattern) > MAX_PATTERN_CHARACTERS:
        count = len(pattern)
        return Unusable(f"pattern has {count:,} characters, more than {MAX_PATTERN_CHARACTERS:,}")
    try:
        with warnings.catch_warnings():  # about syntax that a later Python will read differently
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        message = getattr(error, "msg", None) or str(error)
        return Unusable(f"pattern is not a regular expression: {message}")
    import re2

    try:
        _compiled(pattern)
    except re2.error as error:
        said = error.args[0]
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        what, _, piece = text.partition(": ")
        if "size" in what or "large" in what:
            return Unusable(
                f"pattern repeats too much: {quoted(piece or pattern, 40)}", "shorten it"
            )
        return Unusable(
            f"pattern holds {piece or what}, which cannot be matched in bounded time",
            "write it without look-ahead, look-behind and back-references",
        )
    return None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> _Regexp:
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)
