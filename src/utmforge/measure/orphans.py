"""Tags that visits had and no issued link has: what is probably wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.analytics.comparison.known_names import KnownNames, issued_names, planned_names
from utmforge.analytics.comparison.spellings import Spelling, spellings
from utmforge.analytics.exports.rows import ReportRow
from utmforge.measure.private_values import without_private
from utmforge.measure.result import NOT_ISSUED_YET, Orphan, Planned
from utmforge.model import REQUIRED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.attribution import Label
    from utmforge.measure.counting import VisitCount
    from utmforge.model import Tags
    from utmforge.registry import Registry

_WORD_BY_WORD = ("campaign", "source", "medium")
"""The order in which a misspelt name explains foreign tags."""


def orphans(
    labels: Sequence[Label],
    counts: Mapping[int, VisitCount],
    registry: Registry,
    file: CampaignFile,
    minimum: int,
) -> tuple[tuple[Orphan, ...], int | None]:
    """Return foreign tags with enough visitors, the most visited first, and the other visits.

    The number of the others is None if even together they have few visitors.

    Args:
        labels: Every label of the log.
        counts: Visits by a label's number.
        registry: Whose names are near.
        file: The same, of what is planned.
        minimum: Visitors below which tags are only counted.
    """
    foreign = {number: count for number, count in counts.items() if labels[number].campaign is None}
    by_tags: dict[tuple[str, str, str], list[int]] = {}
    for number in foreign:
        tags = labels[number].tags
        by_tags.setdefault((tags.source, tags.medium, tags.campaign), []).append(number)
    rows = [
        ReportRow(place, _fields(labels[numbers[0]].tags), sum(foreign[n].visits for n in numbers))
        for place, numbers in enumerate(by_tags.values())
    ]
    shown, hidden, hidden_visitors = [], 0, 0
    for row, numbers in zip(rows, by_tags.values(), strict=True):
        visitors = sum(foreign[number].visitors for number in numbers)
        if visitors < minimum:
            hidden += row.visits
            hidden_visitors += visitors
        else:
            shown.append(row)
    found = _explained(shown, registry, file) if shown else []
    ordered = tuple(sorted(found, key=lambda one: (-one.visits, str(one))))
    return ordered, None if 0 < hidden_visitors < minimum else hidden


def _explained(rows: Sequence[ReportRow], registry: Registry, file: CampaignFile) -> list[Orphan]:
    """Return rows with the nearest issued name of each, and what is probably wrong."""
    names = KnownNames(issued_names(registry.queries, rows, _WORD_BY_WORD), planned_names(file))
    judged = {
        (one.field, one.value): one
        for one in spellings(rows, names, file.convention)
        if one.status != "automatic"
    }
    planned = {
        (place.tags.source, place.tags.medium, place.tags.campaign): Planned(
            one.name, place.channel
        )
        for one in file.campaigns.values()
        for place in one.placements
    }
    return [_orphan(row, judged, planned) for row in rows]


def _fields(tags: Tags) -> dict[str, str]:
    return {name: value for name, value in tags.items() if name in _WORD_BY_WORD}


def _orphan(
    row: ReportRow,
    judged: Mapping[tuple[str, str], Spelling],
    planned: Mapping[tuple[str, str, str], Planned],
) -> Orphan:
    tags = {name: without_private(value) for name, value in row.tags.items()}
    nearest, why = None, "no similar link was issued"
    source, medium, campaign = (row.tags.get(name, "") for name in REQUIRED)
    if found := planned.get((source, medium, campaign)):
        return Orphan(
            tags.get("source"),
            tags.get("medium"),
            tags.get("campaign"),
            row.visits,
            None,
            NOT_ISSUED_YET,
            found,
        )
    for field in _WORD_BY_WORD:
        spelling = judged.get((field, row.tags.get(field, "")))
        if spelling and spelling.meant:
            nearest, why = spelling.meant, f"{field} misspelt"
            break
    else:
        missing = [name for name in REQUIRED if name not in row.tags]
        if missing:
            why = f"{' and '.join(missing)} missing: cut by an app, or never written"
    return Orphan(
        tags.get("source"), tags.get("medium"), tags.get("campaign"), row.visits, nearest, why
    )
