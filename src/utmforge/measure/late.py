"""Visits after a link was retired or its campaign ended, where few people cannot be told from them.

What came late is a part of a row: the rest of the row follows from both. So a number is shown only
if it is of enough visitors, and the rest of the rows that it is a part of is, too.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.result import Late

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.attribution import Label
    from utmforge.measure.counting import LateCount, Names
    from utmforge.measure.periods import Period
    from utmforge.measure.result import Row
    from utmforge.registry import Registry


class Cutoff(NamedTuple):
    """When visits by a label become late, and why."""

    second: int
    """The last second that is not late."""
    campaign: str
    link_id: str | None
    """The link that was retired. None: the campaign ended."""


def cutoffs(
    labels: Mapping[int, Label], registry: Registry, file: CampaignFile, period: Period
) -> dict[int, Cutoff]:
    """Return the cutoffs of the labels that have one: the earlier of retirement and end.

    Args:
        labels: Those that were visited, by number.
        registry: Where links were retired.
        file: When campaigns end.
        period: In whose time zone they end.

    Raises:
        RegistryError: The registry cannot be asked.
    """
    retired = [one.link.id for one in labels.values() if one.link and one.link.state == "retired"]
    retirements = registry.events.retirements(retired)
    last_days = {
        one.tags.campaign: one.ends for one in file.campaigns.values() if one.ends is not None
    }
    found: dict[int, Cutoff] = {}
    for number, label in labels.items():
        campaign = label.campaign or ""
        reasons = []
        if campaign in last_days:
            reasons.append(Cutoff(period.end_of(last_days[campaign]), campaign, None))
        if label.link and (event := retirements.get(label.link.id)):
            second = int(datetime.fromisoformat(event.at).timestamp())
            reasons.append(Cutoff(second, campaign, label.link.id))
        if reasons:
            found[number] = min(reasons, key=lambda one: one.second)
    return found


def late_visits(
    counts: Sequence[LateCount],
    found: Mapping[int, Cutoff],
    rows: Sequence[Row],
    period: Period,
    minimum: int,
) -> Iterator[Late]:
    """Yield what came late, the most first; without a number where few people follow from it.

    Args:
        counts: What came late, by the names that rows are shown with.
        found: Why it is late, by the label's number.
        rows: As they are shown.
        period: Whose days are named.
        minimum: Visitors below which nothing is shown.
    """
    rest, pool = _visitors(rows)
    groups: dict[Cutoff, dict[Names | None, int]] = {}
    visits: Counter[Cutoff] = Counter()
    for part in counts:
        cutoff = found[part.label]
        visits[cutoff] += part.late.visits
        name = part.names if part.names in rest else None
        group = groups.setdefault(cutoff, {})
        group[name] = group.get(name, 0) + part.late.visitors
    rest[None] = pool
    for cutoff, number in sorted(visits.items(), key=lambda one: (-one[1], str(one[0]))):
        group = groups[cutoff]
        if sum(group.values()) < minimum:
            continue
        left = {name: known - late for name, late in group.items() if (known := rest[name])}
        is_shown = len(left) < len(group) or sum(left.values()) <= 0
        is_shown = is_shown or sum(left.values()) >= minimum
        if is_shown:
            rest |= left
        day = period.day_of(cutoff.second)
        yield Late(cutoff.campaign, cutoff.link_id, day, number if is_shown else None)


def _visitors(rows: Sequence[Row]) -> tuple[dict[Names | None, int | None], int | None]:
    """Return the visitors of each row by its name, and of the one that stands for others."""
    shown: dict[Names | None, int | None] = {}
    pool = None
    for row in rows:
        if row.suppressed:
            pool = row.visitors if pool is None else pool
        elif row.visitors is not None:
            shown[tuple(row.keys.values())] = row.visitors
    return shown, pool
