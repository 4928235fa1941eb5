"""What a measurement returns: counts by issued link, and what was left out of them and why."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from utmforge.measure.dark_social.result import Advice, DarkSocial
    from utmforge.measure.intervals import Difference
    from utmforge.measure.money.amounts import Amount
    from utmforge.measure.money.returns import Returns
    from utmforge.measure.overview import Overview
    from utmforge.measure.reading import LogReading

Key = Literal["campaign", "channel", "content", "link", "page", "day"]
KEYS: tuple[Key, ...] = ("campaign", "channel", "content", "link", "page", "day")
"""What visits can be counted by."""


LOG = "log"
"""The source of a measurement that is not an analytics tool's."""


class Row(NamedTuple):
    """The counts of one campaign, channel, content, link, page or day, or of several together."""

    keys: Mapping[str, str | None]
    """Its name by each key that was asked for. None: it has none, such as no content."""
    previews: int = 0
    """Previews: someone pasted the link in a messaging app."""
    preview_apps: Mapping[str, int] = MappingProxyType({})
    """The same by app."""
    visits: int | None = 0
    """Visits. None: counted in another row of the same keys, or suppressed."""
    visitors: int | None = 0
    """Visitors, each counted once a day; people behind one network may count as one."""
    conversions: int | None = 0
    """Goals reached, each once a visit, or the conversions of the file."""
    converted: int | None = 0
    """Visits with at least one conversion. None: not known, as the conversions are of a file."""
    value: Amount | None = None
    """What the conversions are worth. None: they have no value."""
    cost: Amount | None = None
    """What was spent. None: no cost is known at this level."""
    returns: Returns | None = None
    """What follows from these. None: the counts are suppressed, or in another row."""
    suppressed: bool = False
    """Whether it stands for several rows with too few visitors to be shown."""
    pooled: int = 0
    """How many rows it stands for."""


NOT_ISSUED_YET = "in campaigns.toml, but not issued"
"""Why tags have no issued link although a placement has them."""


class Planned(NamedTuple):
    """Where campaigns.toml has tags."""

    name: str
    """The campaign's name in the file."""
    channel: str
    """The channel."""


class Orphan(NamedTuple):
    """Tags that visits had and that no issued link has."""

    source: str | None
    medium: str | None
    campaign: str | None
    visits: int
    nearest: str | None
    """The nearest issued campaign, source or medium. None: nothing is near."""
    why: str
    """What is probably wrong: `misspelt`, `cut by an app`, `no similar link was issued` …"""
    planned: Planned | None = None
    """Where campaigns.toml has these tags. None: it does not, or their link was issued."""


class Excluded(NamedTuple):
    """Hits that are not views."""

    kind: str
    """Such as `bot`, `preview`, `asset`, `probe`, `failed`, `scanner`."""
    reason: str | None
    """More exactly which, such as the bot's name. None: there is nothing more to say."""
    hits: int


class Late(NamedTuple):
    """Visits after a link was retired or its campaign ended."""

    campaign: str
    link_id: str | None
    """The retired link. None: the campaign has ended."""
    since: date
    """The day of the retirement, or the campaign's last day."""
    visits: int | None
    """None: the number of few visitors would follow from it."""


class Origin(NamedTuple):
    """Visits without tags, by the evidence of where they came from."""

    origin: str
    """`search`, `social`, `messaging`, `email`, `in-app`, `click id`, `direct` …"""
    detail: str | None
    """The app of in-app visits, or `home`, `section`, `deep` of direct ones."""
    visits: int | None
    """None: suppressed."""


class ContentDifference(NamedTuple):
    """The conversion rates of two contents of one campaign, compared."""

    keys: Mapping[str, str | None]
    first: str
    second: str
    difference: Difference | None
    """The rate of the first minus that of the second. None: too few conversions to say."""


class Measurement(NamedTuple):
    """What came back."""

    reading: LogReading
    """What was read, and what could not be."""
    by: tuple[Key, ...]
    since: date | None
    """The first day that was asked for, else the first of the log. None: the log has no hits."""
    until: date | None
    zone: str
    """The time zone of days."""
    rows: tuple[Row, ...]
    excluded: tuple[Excluded, ...]
    views: int
    """Hits that are views of pages by people."""
    redirects: int
    """Hits of people that were redirected: no views, but their tags count."""
    orphans: tuple[Orphan, ...]
    orphans_suppressed: int | None
    """Visits by tags of too few visitors to be named. None: even together they are too few."""
    late: tuple[Late, ...]
    origins: tuple[Origin, ...]
    differences: tuple[ContentDifference, ...]
    minimum: int
    """No count of fewer visitors is shown."""
    notes: tuple[str, ...]
    """What cannot be told, and what was not split."""
    warnings: tuple[str, ...]
    """What was not counted, and personal data in links."""
    method: tuple[str, ...]
    """How it was counted, one sentence each."""
    dark_social: DarkSocial | None = None
    """Private sharing. None: the log has no visits."""
    source: str = LOG
    """What was measured: `log`, or the name of an analytics tool, such as `GA4`."""
    advice: tuple[Advice, ...] = ()
    """What to do next, at most five; none without figures."""
    overview: Overview | None = None
    """The same from several sides, for a page. None: it was not asked for."""
