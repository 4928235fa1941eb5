"""Measure what came back: logs + registry + campaign file ─► Measurement.

    logs ─► tables of hits ─► visits and previews by issued link ─► rows, suppressed where few

The whole use case, without the command line. DuckDB and the list of crawlers are imported here and
below only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import ContradictoryInput, MeasuringError, quoted
from utmforge.measure.attribution import Label
from utmforge.measure.counting import Counts, count, late_visits
from utmforge.measure.engine import Engine
from utmforge.measure.orphans import orphans
from utmforge.measure.periods import Period, period
from utmforge.measure.result import Excluded, Late, Measurement, Origin
from utmforge.measure.rows import assemble, costs, goal_earnings, issued_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.measure.reading import LogReading
    from utmforge.measure.result import Key, Row
    from utmforge.registry import Registry

DEFAULT_MINIMUM = 10
"""Visitors below which a count is not shown (facts and reasons: docs/explanation/privacy.md)."""
_IDLE_MINUTES = 30


class Asked(NamedTuple):
    """What is to be measured, and how."""

    log_format: str | None = None
    """A format's name, or a format string. None: each log's first lines tell."""
    since: date | None = None
    until: date | None = None
    timezone: str | None = None
    """IANA name. None: that of the campaign file, or UTC."""
    campaign: str | None = None
    """Only this one. None: all."""
    by: tuple[Key, ...] = ("campaign", "channel")
    minimum: int = DEFAULT_MINIMUM
    memory_limit: str | None = None
    threads: int | None = None
