"""Compare a report with the links that were issued.

report + registry + campaign file ─► Comparison(spellings, aliases, counts)
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.comparison.known_names import KnownNames, issued_names, planned_names
from utmforge.analytics.comparison.spellings import Spelling, proposed_aliases, spellings
from utmforge.analytics.exports.rows import REPORT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from utmforge.analytics.exports.report import Report
    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.registry import Registry


class Split(NamedTuple):
    """How many visits other spellings of one field split away in a report."""

    field: str
    """Such as `source`."""
    visits: int
    """Visits under other spellings."""
    total: int
    """Visits with a tag."""
    spellings: int
    """The number of other spellings."""


class Comparison(NamedTuple):
    """A report compared with the names that were issued."""

    report: Report
    """The report."""
    spellings: tuple[Spelling, ...]
    """Every spelling; those of one name follow each other."""
    aliases: Mapping[str, Mapping[str, str]]
    """Aliases for the naming convention that would correct the names, by field."""
    splits: tuple[Split, ...]
    """The fields that other spellings split."""
    visits: int
    """How many visits the report counts."""
    knows_names: bool
    """Whether anything was issued or is planned. False: every name is foreign."""


def compare(report: Report, registry: Registry, file: CampaignFile) -> Comparison:
    """Compare the names in a report with those of issued links and of the campaign file.

    Raises:
        RegistryError: The registry cannot be read.
    """
    names = KnownNames(issued_names(registry.queries, report.rows), planned_names(file))
    found = spellings(report.rows, names, file.convention, is_lower=report.is_lower)
    return Comparison(
        report,
        found,
        proposed_aliases(found, file.convention),
        splits_in(found),
        _visits(report),
        knows_names=not names.is_empty,
    )


def splits_in(spellings: Iterable[Spelling]) -> tuple[Split, ...]:
    """Return how many visits of each field other spellings split away."""
    spellings = list(spellings)
    splits = []
    for field in REPORT_FIELDS:
        tagged = [one for one in spellings if one.field == field and one.status != "automatic"]
        if away := [one for one in tagged if one.splits]:
            visits = sum(one.visits for one in away)
            total = sum(one.visits for one in tagged)
            splits.append(Split(field, visits, total, len(away)))
    return tuple(splits)


def _visits(report: Report) -> int:
    """Return the visits of the field with the most: each table of a report covers all visits."""
    by_field = Counter[str]()
    for row in report.rows:
        by_field.update(dict.fromkeys(row.tags, row.visits))
    return max(by_field.values(), default=0)
