"""Find the columns of a report by their headers.

>>> role_of("Source/support de la session"), role_of("Session source platform")
(('source', 'medium'), ())

Words that say whose source it is (the session's, the first visit's) are removed from a header
first. If an unknown word remains, it is another column, such as `Campaign ID`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.analytics.exports.words import (
    COUNTS,
    EVENTS,
    FROM_TAGS,
    LABELS,
    NOT_COUNTED,
    OF_THE_FIRST_VISIT,
    OF_THE_SESSION,
    SAYING_NOTHING,
    TAG_WORDS,
    WHOLE,
)
from utmforge.files.header_words import HEADER_WORDS, is_header_word, known_header, plain_header

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

# The headers of one word that people write; reports put other words around them.
_WORDS: dict[str, str] = {
    word: field
    for field in ("source", "medium", "campaign", "content")
    for word in HEADER_WORDS[field]
    if "_" not in word
}
_WORDS.update(TAG_WORDS)
_NAMES: dict[str, str] = {
    name: field
    for field in ("source", "medium", "campaign", "content")
    for name in HEADER_WORDS[field]
}
# Fields of GA4's tables in BigQuery, such as `traffic_source.medium`.
_IN_BIGQUERY = re.compile(
    r"(?:collected_|session_)?traffic_?source(?:_last_click)?[._](?:manual_campaign[._])?"
    r"(?:manual_)?(source|medium|name|campaign_name|campaign|content)",
    re.IGNORECASE,
)
_NAMELESS = FROM_TAGS | OF_THE_SESSION | OF_THE_FIRST_VISIT | SAYING_NOTHING
_IN_PAIRS = (("source", "medium"), ("source", "medium", "campaign"))

_COUNTED = frozenset(name for known in COUNTS.values() for name in known)
_UNIT_WORDS = {
    name: unit
    for unit, known in COUNTS.items()
    for name in known
    if "_" not in name and unit != "times"
}
"""Words that name a unit wherever they stand in a header, such as `Sessions 2026`."""

_VISITS = frozenset(COUNTS["visits"])
_DATE_RANGE = frozenset(("date_range", "plage_de_dates", "zeitraum", "intervalo_de_fechas"))
_AUDIENCE = frozenset(("comparison", "comparaison", "vergleich", "comparacion"))


def role_of(header: str) -> tuple[str, ...]:
    """Return the fields in a column; empty if it has no tags."""
    if field := _IN_BIGQUERY.fullmatch(header.strip()):
        name = field[1].lower().removesuffix("_name")
        return ("campaign" if name == "name" else name,)
    words = _words_of(header)
    fields = [_WORDS.get(word, "") for word in words if word not in _NAMELESS]
    if fields[0:1] == ["campaign"] and len(fields) > 1:  # "campaign source" of a link builder
        fields = fields[1:]
    is_known = len(fields) == 1 or tuple(fields) in _IN_PAIRS
    if all(fields) and is_known:
        return tuple(fields)
    name = known_header(header)
    return (_NAMES[name],) if name in _NAMES else ()


def is_report_header(cell: str) -> bool:
    """Tell whether a cell is one of the headers that reports have."""
    name = plain_header(cell)
    return bool(role_of(cell)) or is_header_word(cell) or name in _COUNTED or name in LABELS


def fields_in(header: Sequence[str]) -> dict[str, int]:
    """Return the column of each field; a column with a pair counts for both.

    Of several, a column of tags comes before one of the session, and that before the first visit's.
    """
    best: dict[str, tuple[int, int]] = {}
    for at, cell in enumerate(header):
        for field in role_of(cell):
            column = (_distance(cell), at)
            best[field] = min(best.get(field, column), column)
    return {field: at for field, (_, at) in best.items()}


def _distance(header: str) -> int:
    words = set(_words_of(header))
    if words & OF_THE_FIRST_VISIT:
        return 3
    return 0 if words & FROM_TAGS else 1 if words & OF_THE_SESSION else 2


def _words_of(header: str) -> list[str]:
    plain = known_header(header)
    return WHOLE.get(plain, plain).split("_")


def count_in_header(header: Sequence[str]) -> tuple[int, str] | None:
    """Return the column of the best count and its unit, or None if no header names a count."""
    names = [plain_header(cell) for cell in header]
    known = (
        (names.index(name), unit)
        for unit, known in COUNTS.items()
        for name in known
        if name in names
    )
    return next(known, None) or _count_by_a_word(names)


def _count_by_a_word(names: Sequence[str]) -> tuple[int, str] | None:
    """Return the first column with a unit in its name, such as `unique_clicks`."""
    for at, name in enumerate(names):
        words = name.split("_")
        if not NOT_COUNTED.isdisjoint(words) or role_of(name):
            continue
        if unit := next((_UNIT_WORDS[word] for word in words if word in _UNIT_WORDS), None):
            return at, unit
    return None


def event_column(header: Sequence[str]) -> int | None:
    """Return the column of events."""
    return _first([plain_header(cell) for cell in header], EVENTS)


def matomo_label(header: Sequence[str]) -> int | None:
    """Return Matomo's column of names; None if it is not a table of Matomo."""
    names = [plain_header(cell) for cell in header]
    return None if _VISITS.isdisjoint(names) else _first(names, LABELS)


def special_columns(header: Sequence[str]) -> tuple[int | None, int | None]:
    """Return the columns of a comparison: its date range, and its audience."""
    names = [plain_header(cell) for cell in header]
    return _first(names, _DATE_RANGE), _first(names, _AUDIENCE)


def _first(names: Sequence[str], known: AbstractSet[str]) -> int | None:
    return next((at for at, name in enumerate(names) if name in known), None)
