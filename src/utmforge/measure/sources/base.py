"""What an analytics tool has counted, whatever the form of its export."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from utmforge.measure.dark_social.result import Sentence
    from utmforge.measure.money.amounts import Amount

REPORT = "report"
"""The tool of a report that does not show whose it is."""


class TagCount(NamedTuple):
    """The visits with the same tags, on one day if the source tells days."""

    tags: Mapping[str, str]
    """Source, medium, campaign and content as the tool recorded them; those that it has."""
    visits: int = 0
    visitors: int = 0
    """Where the tool does not tell them, the visits: they are never fewer."""
    conversions: int = 0
    converted: int = 0
    """Visits with a conversion."""
    value: Amount | None = None
    day: date | None = None


class SourceCounts(NamedTuple):
    """What one export holds."""

    name: str
    """The file's."""
    tool: str
    """Such as `GA4`; `report` where the tool cannot be told."""
    form: str
    """The form of the export, such as `GA4 report`."""
    counts: tuple[TagCount, ...]
    fields: frozenset[str]
    """Which tags it tells at all."""
    since: date | None
    """The first day. None: the source does not say."""
    until: date | None
    has_visits: bool
    """False: only visitors are told."""
    has_visitors: bool
    has_conversions: bool
    has_converted: bool
    """Whether visits with a conversion are told, and not only conversions."""
    has_days: bool
    is_lower: bool
    """Whether the tool records everything in lower case, as Matomo does."""
    lines_read: int
    lines_used: int
    left_out: str
    """Why the other lines are not used."""
    notes: tuple[Sentence, ...] = ()
    warnings: tuple[str, ...] = ()
    method: tuple[Sentence, ...] = ()
    """How its tool counts."""

    @property
    def tool_named(self) -> str | None:
        """Return the name of the tool. None: it cannot be told."""
        return None if self.tool == REPORT else self.tool
