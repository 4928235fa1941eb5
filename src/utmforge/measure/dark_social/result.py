"""What is said about private sharing; each sentence has a key, so that it can be worded again.

measured   visits by links that were issued for private channels      certain
evidence   untagged visits from apps, and previews of untagged pages   counted
probable   untagged visits to deep pages, without referrer             a range, low … high
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Figure = str | int | float | None
"""A number or a name in a sentence. A share is a number from 0 to 1."""
EvidenceKind = Literal["in-app browser", "private referrer", "preview"]


class Sentence(NamedTuple):
    """A sentence, with what another language needs to say the same."""

    kind: str
    """Its key, such as `few-days`; listed in docs/reference/measure.md."""
    sentence: str
    """In English."""
    figures: Mapping[str, Figure] = MappingProxyType({})
    """The numbers and names in it."""


class Measured(NamedTuple):
    """Visits by issued links of one private channel."""

    channel: str | None
    """None: several channels of few visitors together."""
    visits: int | None
    """None: they are too few to be shown."""
    share: float | None
    """Of all visits. None where `visits` is."""


class Evidence(NamedTuple):
    """Untagged visits or previews that point to private sharing."""

    kind: EvidenceKind
    """`preview`: an app fetched an untagged page, so someone pasted its address."""
    detail: str | None
    """The app, or the kind of referrer: `messaging`, `email`. None: several of few visitors."""
    visits: int | None
    """None: they are too few to be shown, or it is about previews."""
    previews: int | None
    """None: it is about visits."""
    share: float | None
    """Visits as a share of all visits. None where `visits` is."""
    is_mixed: bool = False
    """Whether it may as well be a public post: the app does not tell."""


class LeftOut(NamedTuple):
    """Untagged visits that are not counted as probable, and why."""

    kind: str
    """`web referrer`, `click id`, `shallow page`, `own page`, `cross-site`, `no browser`."""
    visits: int | None
    """None: they are too few to be shown."""


class Calibration(NamedTuple):
    """One page that has issued private links: what part of its private sharing carries a tag."""

    page: str
    tagged: int
    """Visits by its private links, rounded."""
    low: int
    """Its probable untagged visits from private sharing, at least."""
    high: int
    """The same, at most."""
    tagged_share_low: float
    """Tagged visits as a share of tagged and probable ones, if these are `high`."""
    tagged_share_high: float
    """The same, if these are `low`."""


class SharedPage(NamedTuple):
    """A page that is shared in private."""

    page: str
    low: int
    """Its probable untagged visits from private sharing, at least."""
    high: int
    """The same, at most."""
    previews: int | None
    """How often an app fetched a preview of it without tags. None: too few to be shown."""
    has_link: bool
    """Whether an issued link leads there."""


class DarkSocial(NamedTuple):
    """Private sharing in one log: certain, pointed to, probable."""

    visits: int
    """All visits, tagged or not, rounded: what the shares are shares of."""
    measured: tuple[Measured, ...]
    """Certain; the most visited first."""
    evidence: tuple[Evidence, ...]
    """Counted; the most frequent first."""
    low: int | None
    """The probable visits, at least, rounded down. None: they cannot be estimated, nor the rest."""
    high: int | None
    """The probable visits, at most, rounded up."""
    share_low: float | None
    """`low` as a share of all visits."""
    share_high: float | None
    """`high` as a share of all visits."""
    cannot: tuple[Sentence, ...]
    """Why the range cannot be estimated. Empty: it can."""
    left_out: tuple[LeftOut, ...]
    calibration: tuple[Calibration, ...]
    """The most visited pages first."""
    pages: tuple[SharedPage, ...]
    """Those with the most probable visits first."""
    phone_share: float | None
    """Of the candidates for `high`, from phones. None: too few, or no user agents."""
    phone_share_of_others: float | None
    """Of all other visits, for comparison: private sharing is mostly on phones."""
    assumptions: tuple[Sentence, ...]
    method: tuple[Sentence, ...]


class Advice(NamedTuple):
    """One thing to do next, with the figures that it follows from."""

    kind: str
    """Its key, such as `share-pages`; listed in docs/reference/measure.md."""
    figures: Mapping[str, Figure]
    """The numbers and names in it, by key."""
    sentence: str
    """In English."""
