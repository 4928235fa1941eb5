"""The public list of crawlers (package crawler-user-agents) and the kinds they are of."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import MeasuringError
from utmforge.measure.classify.bots import FALSE_CRAWLER_PATTERNS, KIND_OF_TAG, OTHER_BOT
from utmforge.measure.classify.pattern_set import PatternSet

if TYPE_CHECKING:
    from collections.abc import Collection

_KINDS = (*KIND_OF_TAG.values(), OTHER_BOT)
"""The first one counts, if a crawler is of several."""


class _Crawlers(NamedTuple):
    """Patterns, and for each the place of its kind."""

    patterns: PatternSet
    kinds: tuple[int, ...]


def crawler_kind(agent: str) -> str | None:
    """Return the kind of crawler that a user agent is; None if the list does not know it.

    Raises:
        MeasuringError: The package with the list is not installed.
    """
    patterns, kinds = _crawlers()
    found = [kinds[place] for place in patterns.found_in(agent)]
    return _KINDS[min(found)] if found else None


@cache
def _crawlers() -> _Crawlers:
    """Return the patterns, compiled when first used."""
    try:
        from crawleruseragents import CRAWLER_USER_AGENTS_DATA
    except ImportError:
        raise MeasuringError(
            "telling bots from people needs crawler-user-agents",
            hint="pip install 'utmforge[measure]'",
        ) from None
    listed = [
        one for one in CRAWLER_USER_AGENTS_DATA if one["pattern"] not in FALSE_CRAWLER_PATTERNS
    ]
    return _Crawlers(
        PatternSet(one["pattern"] for one in listed),
        tuple(_KINDS.index(_kind(one.get("tags") or ())) for one in listed),
    )


def _kind(tags: Collection[str]) -> str:
    return next((kind for tag, kind in KIND_OF_TAG.items() if tag in tags), OTHER_BOT)
