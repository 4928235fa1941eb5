"""The names that count as yours: those of issued links, and those that are planned."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.exports.rows import REPORT_FIELDS
from utmforge.privacy.find import find_private

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from utmforge.analytics.exports.rows import ReportRow
    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.registry.queries import Queries

MAX_NAMES = 100_000
"""The maximum number of issued names of a field that spellings are compared with."""


class KnownNames(NamedTuple):
    """The correct names, by field."""

    issued: Mapping[str, Collection[str]] = MappingProxyType({})
    """The names of issued links."""
    planned: Mapping[str, Collection[str]] = MappingProxyType({})
    """The names in the campaign file, its naming convention and its channels."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was issued and nothing is planned."""
        return not any(any(names) for by_field in self for names in by_field.values())

    def in_lower_case(self) -> KnownNames:
        """Return the names in lower case, as some tools record them."""
        return KnownNames(
            *(
                {field: {*map(str.lower, names)} for field, names in by_field.items()}
                for by_field in self
            )
        )


def planned_names(file: CampaignFile) -> dict[str, set[str]]:
    """Return the names that a campaign file uses or lists, by field."""
    tags = [place.tags for one in file.campaigns.values() for place in one.placements]
    names = {
        field: {value for each in tags if (value := getattr(each, field))}
        for field in REPORT_FIELDS
    }
    for field, rule in file.convention.fields.items():
        if field in names:
            names[field] |= {*rule.allowed, *rule.suggested, *rule.aliases.values()}
    for channel in file.channels.values():
        names["source"].add(channel.source)
        names["medium"].add(channel.medium)
    return names


def issued_names(
    queries: Queries, rows: Iterable[ReportRow], fields: Collection[str] = REPORT_FIELDS
) -> dict[str, set[str]]:
    """Return the names of issued links, by field, without private ones.

    For a field with more than `MAX_NAMES` names, only those that are in the report.
    """
    names = queries.names(MAX_NAMES, fields)
    rows = list(rows)
    for field in fields:
        if field not in names:
            values = {row.tags[field] for row in rows if field in row.tags}
            names[field] = queries.carried(field, values)
    return {
        field: {name for name in some if not find_private(name)} for field, some in names.items()
    }
