"""Counts as reports and spreadsheets write them.

>>> [count_in(text) for text in ("1,234", "1 234", "1.234,0", "312.0", "", "n/a")]
[1234, 1234, 1234, 312, 0, None]
"""

from __future__ import annotations

import re

_NONE = frozenset({"", "-", "–", "—"})
# Spaces of every width (str.isspace knows the narrow no-break one of French), Swiss apostrophes.
_BETWEEN_DIGITS = re.compile(r"[\s'’]+")
_WHOLE = re.compile(r"\d{1,15}")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3}){1,4}|\d{1,3}(?:\.\d{3}){1,4}")
_DECIMAL = re.compile(r"(\d{1,15}|\d{1,3}(?:,\d{3}){1,4}|\d{1,3}(?:\.\d{3}){1,4})[.,]\d{1,9}")


def count_in(text: str) -> int | None:
    """Return a count. Counts are whole, so a separator before three digits separates thousands.

    An empty text is 0. None: the text is not a count.
    """
    text = text.strip()
    if text in _NONE:
        return 0
    text = _BETWEEN_DIGITS.sub("", text)
    if _WHOLE.fullmatch(text):
        return int(text)
    if _GROUPED.fullmatch(text):
        return int(re.sub(r"[.,]", "", text))
    if match := _DECIMAL.fullmatch(text):
        return int(re.sub(r"[.,]", "", match[1]))
    return None
