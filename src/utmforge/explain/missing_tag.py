"""Which issued links a link may be if it lost one tag.

Several may have the same page and the same other tags: they are counted, and the latest are
listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.model import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.explain.differences import Difference
    from utmforge.model import TaggedLink, Tags

MAX_NAMED = 3
MAX_COUNTED = 500
MIN_LEFT = 2
"""Fewer tags say too little about which link it was."""


class OneOf(NamedTuple):
    """The issued links that a link may be."""

    number: int
    """How many there are; more than `MAX_COUNTED` are not counted."""
    missing: tuple[str, ...]
    """The tags that may have been lost, such as `utm_content`."""
    latest: tuple[TaggedLink, ...]
    """At most three of them, the latest first."""


def one_of(links: Sequence[TaggedLink], left: Tags) -> OneOf:
    """Summarise links, in the order of issue, that have one tag more than is left."""
    missing = {lost_tag(link.tags, left): None for link in links}
    in_order = tuple(name for name in PARAMETERS.values() if name in missing)
    return OneOf(len(links), in_order, tuple(reversed(links[-MAX_NAMED:])))


def lost_tag(tags: Tags, left: Tags) -> str | None:
    """Return the one tag that was lost. None: several were lost, or others changed."""
    before, after = dict(tags.items()), dict(left.items())
    lost = before.keys() - after.keys()
    is_one = len(lost) == 1 and after.items() <= before.items()
    return PARAMETERS[lost.pop()] if is_one else None


def describe_change(change: Difference) -> str:
    """Describe a change; a lost tag is reported as missing, because it can be added again."""
    is_lost = change.part == "tag" and change.second is None
    return f"{change.name} is missing here" if is_lost else str(change)
