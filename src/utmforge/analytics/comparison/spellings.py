"""Compare the names in a report with the names that links were issued with.

    report rows + names issued + naming convention ─► Spelling, …

A spelling is issued, planned (in campaigns.toml, a list of the convention or a channel), misspelt
(another name was meant), foreign (no issued link has it), automatic (filled in by the analytics
tool, without a tag) or private (never shown).

>>> from utmforge.analytics.comparison.known_names import KnownNames
>>> from utmforge.analytics.exports.rows import ReportRow
>>> rows = [ReportRow(2, {"source": "facebook"}, 80), ReportRow(3, {"source": "facebok"}, 20)]
>>> [(one.value, one.status, one.meant) for one in spellings(rows, KnownNames())]
[('facebook', 'foreign', None), ('facebok', 'misspelt', 'facebook')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.analytics.comparison.automatic import is_automatic
from utmforge.analytics.comparison.intended import Meanings
from utmforge.analytics.exports.rows import REPORT_FIELDS
from utmforge.naming.convention import Convention
from utmforge.privacy.find import find_private

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from utmforge.analytics.comparison.known_names import KnownNames
    from utmforge.analytics.exports.rows import ReportRow

Status = Literal["issued", "planned", "misspelt", "foreign", "automatic", "private"]


class Spelling(NamedTuple):
    """One spelling of a tag in a report."""

    field: str
    """Such as `source`."""
    value: str
    """As the report has it; `(e-mail address)` or the like if it is private."""
    visits: int
    """The visits under it."""
    line: int
    """The first line of the report that has it."""
    status: Status
    """Whether it was issued, planned, misspelt …"""
    meant: str | None = None
    """The name that was meant. None: the spelling is correct."""
    differs: tuple[str, ...] = ()
    """How it differs: `typo`, `alias`, `short form`, `case`, `separator`, `accents`, `encoding`."""
    alias: str | None = None
    """The name that it should be an alias of in the naming convention. None: no alias needed."""

    @property
    def splits(self) -> bool:
        """Whether it splits visits away from the name that was meant."""
        return self.meant is not None


_AS_BUILT_IN = Convention()


class _Seen(NamedTuple):
    """The visits of a value in a report, and its first line."""

    visits: int
    line: int


def spellings(
    rows: Iterable[ReportRow],
    names: KnownNames,
    convention: Convention = _AS_BUILT_IN,
    *,
    is_lower: bool = False,
) -> tuple[Spelling, ...]:
    """Return the spellings of each field, grouped by the name that was meant.

    A value that came both with a tag and without one appears twice.

    Args:
        rows: The report.
        names: The names that were issued or are planned.
        convention: How names are written.
        is_lower: Whether the report has everything in lower case.
    """
    if is_lower:
        names = names.in_lower_case()
    tagged, automatic = _values(rows, names)
    result: list[Spelling] = []
    for field in REPORT_FIELDS:
        issued, planned = (one.get(field, ()) for one in names)
        meanings = Meanings(field, issued, planned, convention, is_lower=is_lower)
        hidden, seen = _without_private(field, tagged[field])
        also_hidden, own = _without_private(field, automatic[field])
        filled_in = [Spelling(field, value, *one, "automatic") for value, one in own.items()]
        named = _judged(field, seen, issued, meanings)
        result += _in_clusters([*hidden, *also_hidden, *named, *filled_in])
    return tuple(result)


def _judged(
    field: str, seen: Mapping[str, _Seen], issued: Collection[str], meanings: Meanings
) -> list[Spelling]:
    """Return the spellings that came with a tag, and the name that each was meant to be."""
    meant = meanings.of({value: one.visits for value, one in seen.items()})
    judged = []
    for value, one in seen.items():
        target, differs = meant.get(value, (None, ()))
        status = _status(value, issued, meanings.right, target)
        alias = meanings.alias(value, target) if target else None
        judged.append(Spelling(field, value, *one, status, target, differs, alias))
    return judged


def proposed_aliases(
    spellings: Iterable[Spelling], convention: Convention
) -> dict[str, dict[str, str]]:
    """Return aliases that correct these names, by field, as the convention writes them."""
    aliases: dict[str, dict[str, str]] = {}
    for one in spellings:
        if one.alias:
            words = convention.words(one.field, one.value)
            aliases.setdefault(one.field, {})[words] = one.alias
    return aliases


def _status(
    value: str, issued: Collection[str], right: Collection[str], meant: str | None
) -> Status:
    if value in issued:
        return "issued"
    if value in right:
        return "planned"
    return "misspelt" if meant else "foreign"


_Values = dict[str, dict[str, _Seen]]


def _values(rows: Iterable[ReportRow], names: KnownNames) -> tuple[_Values, _Values]:
    """Return the report's values by field: those from tags, and those that the tool filled in."""
    tagged: _Values = {field: {} for field in REPORT_FIELDS}
    automatic: _Values = {field: {} for field in REPORT_FIELDS}
    for row in rows:
        ours = row.tags.get("source") in names.issued.get("source", ())
        for field, value in row.tags.items():
            of = automatic if is_automatic(field, row.tags, is_ours=ours) else tagged
            one = of[field].get(value, _Seen(0, row.line))
            of[field][value] = one._replace(visits=one.visits + row.visits)
    return tagged, automatic


def _without_private(
    field: str, values: Mapping[str, _Seen]
) -> tuple[list[Spelling], dict[str, _Seen]]:
    """Return private values with only their kind shown, and the other values."""
    hidden = []
    others = {}
    for value, one in values.items():
        if found := find_private(value):
            hidden.append(Spelling(field, f"({found[0].kind})", *one, "private"))
        else:
            others[value] = one
    return hidden, others


def _in_clusters(shown: Iterable[Spelling]) -> list[Spelling]:
    """Put each name before its other spellings, the names with most visits first."""
    shown = list(shown)
    totals: dict[str, int] = {}
    for one in shown:
        name = one.meant or one.value
        totals[name] = totals.get(name, 0) + one.visits
    order = {"automatic": 1, "private": -1}
    return sorted(
        shown,
        key=lambda one: (
            order.get(one.status, 0),
            -totals[one.meant or one.value],
            one.meant or one.value,
            one.splits,
            -one.visits,
            one.value,
        ),
    )
