"""How the names that visits came with differ from those that links were issued with.

    report rows + names issued + naming convention ─► Spelling, …

A spelling is issued, planned (in campaigns.toml, a list of the convention or a channel), misspelt
(another one was meant), foreign (no issued link carries it), automatic (no tag, the analytics
tool's own word) or private (never shown).

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
    """As the report has it; `(e-mail address)` or the like where it is private."""
    visits: int
    """How many came with it."""
    line: int
    """Where it stands first in the report."""
    status: Status
    """What it is."""
    meant: str | None = None
    """What it was to be. None: itself."""
    differs: tuple[str, ...] = ()
    """By what: `typo`, `alias`, `short form`, `case`, `separator`, `accents`."""
    alias: str | None = None
    """What it would be an alias of in the naming convention. None: it needs none."""

    @property
    def splits(self) -> bool:
        """Whether its visits are in another row of the report than they belong."""
        return self.meant is not None


class _Seen(NamedTuple):
    """How often a value is in a report, and where first."""

    visits: int
    line: int


def spellings(
    rows: Iterable[ReportRow],
    names: KnownNames,
    convention: Convention = Convention(),  # noqa: B008 - frozen
    *,
    is_lower: bool = False,
) -> tuple[Spelling, ...]:
    """Return the spellings of each field; those that belong together stand together.

    A value that came by a tag as well as without one is there twice.

    Args:
        rows: The report.
        names: What was issued and what is planned.
        convention: How names are written.
        is_lower: The report has everything in lower case.
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
    """Return the spellings that came by a tag, with what each was meant to be."""
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
    """Return the aliases that would write these names right, by field, as the convention writes."""
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
    """Return what the report has of each field: of tags, and the tool's own."""
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
    """Return what is private as its kind only, and the other values."""
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
