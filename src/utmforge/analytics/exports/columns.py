"""Find the columns of a report by their headers in English, French, German or Spanish.

>>> role_of("Source/support de la session"), role_of("Session source platform")
(('source', 'medium'), ())

Words that say whose source it is (the session's, the first visit's) are removed from a header
first. If an unknown word remains, it is another column, such as `Campaign ID`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.files.header_words import HEADER_WORDS, is_header_word, plain_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

# The headers of one word that people write; reports put other words around them.
_WORDS: Mapping[str, str] = {
    word: field
    for field in ("source", "medium", "campaign", "content")
    for word in HEADER_WORDS[field]
    if "_" not in word
}
_FROM_TAGS = frozenset(("utm", "manual", "manuel", "manuelle", "manuell", "manuelles", "manuales"))
_OF_THE_SESSION = frozenset(("session", "sitzung", "sesion"))
_OF_THE_FIRST_VISIT = frozenset(
    (
        *("first", "user", "premier", "premiere", "utilisateur", "erster", "erste", "nutzer"),
        *("primer", "primera", "usuario"),
    )
)
_SAYING_NOTHING = (
    _FROM_TAGS
    | _OF_THE_SESSION
    | _OF_THE_FIRST_VISIT
    | frozenset(
        (
            *("de", "la", "le", "l", "du", "des", "del", "d", "name", "nom", "traffic", "trafic"),
            *("ad", "annonce", "anuncio", "value"),
        )
    )
)
_IN_PAIRS = (("source", "medium"), ("source", "medium", "campaign"))

_COUNTS: Mapping[str, tuple[str, ...]] = {
    "sessions": ("sessions", "sitzungen", "sesiones"),
    "visits": ("visits", "nb_visits", "visites", "besuche", "visitas"),
    "users": (
        *("users", "total_users", "active_users", "utilisateurs", "utilisateurs_actifs"),
        *("nombre_total_d_utilisateurs", "nutzer", "aktive_nutzer", "usuarios", "new_users"),
    ),
    "visitors": ("visitors", "unique_visitors", "nb_uniq_visitors", "visiteurs", "besucher"),
    "clicks": ("clicks", "clics", "klicks"),
    "hits": ("hits", "nb_hits", "requests"),
    "views": ("views", "pageviews", "page_views", "vues", "aufrufe", "vistas"),
    "events": ("event_count", "events", "nombre_d_evenements", "ereignisanzahl"),
    "times": ("count", "counts", "number", "n", "anzahl", "nombre", "total"),
}
"""The units that are counted, the best first, with the names of their columns."""

_COUNTED = frozenset(name for known in _COUNTS.values() for name in known)

_DATE_RANGE = frozenset(("date_range", "plage_de_dates", "zeitraum", "intervalo_de_fechas"))
_AUDIENCE = frozenset(("comparison", "comparaison", "vergleich", "comparacion"))


def role_of(header: str) -> tuple[str, ...]:
    """Return the fields in a column; empty if it has no tags."""
    words = plain_header(header).split("_")
    fields = [_WORDS.get(word, "") for word in words if word not in _SAYING_NOTHING]
    if fields[0:1] == ["campaign"] and len(fields) > 1:  # "campaign source" of a link builder
        fields = fields[1:]
    is_known = len(fields) == 1 or tuple(fields) in _IN_PAIRS
    return tuple(fields) if all(fields) and is_known else ()


def is_report_header(cell: str) -> bool:
    """Tell whether a cell is one of the headers that reports have."""
    return bool(role_of(cell)) or is_header_word(cell) or plain_header(cell) in _COUNTED


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
    words = set(plain_header(header).split("_"))
    if words & _OF_THE_FIRST_VISIT:
        return 3
    return 0 if words & _FROM_TAGS else 1 if words & _OF_THE_SESSION else 2


def count_in_header(header: Sequence[str]) -> tuple[int, str] | None:
    """Return the column of the best count and its unit, or None if no column is known."""
    names = [plain_header(cell) for cell in header]
    return next(
        (
            (names.index(name), unit)
            for unit, known in _COUNTS.items()
            for name in known
            if name in names
        ),
        None,
    )


def special_columns(header: Sequence[str]) -> tuple[int | None, int | None]:
    """Return the columns of a comparison: its date range, and its audience."""
    names = [plain_header(cell) for cell in header]
    return _first(names, _DATE_RANGE), _first(names, _AUDIENCE)


def _first(names: Sequence[str], known: AbstractSet[str]) -> int | None:
    return next((at for at, name in enumerate(names) if name in known), None)
