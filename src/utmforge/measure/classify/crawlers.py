"""The public list of crawlers (package crawler-user-agents) and the kinds they are of."""

from __future__ import annotations

from functools import cache

from utmforge.errors import MeasuringError
from utmforge.measure.classify.bots import FALSE_CRAWLER_PATTERNS, KIND_OF_TAG, OTHER_BOT
from utmforge.measure.classify.many_patterns import ManyPatterns, many_patterns


def crawler_kind(agent: str) -> str | None:
    """Return the kind of crawler that a user agent is; None if the list does not know it.

    Raises:
        MeasuringError: The package with the list is not installed.
    """
    any_of_them, kinds = _patterns()
    if not any_of_them.found_in(agent):
        return None
    return next((kind for kind, pattern in kinds.items() if pattern.found_in(agent)), OTHER_BOT)


@cache
def _patterns() -> tuple[ManyPatterns, dict[str, ManyPatterns]]:
    """Return one pattern for all crawlers, and one for each kind."""
    try:
        from crawleruseragents import CRAWLER_USER_AGENTS_DATA
    except ImportError:
        raise MeasuringError(
            "telling bots from people needs crawler-user-agents",
            hint="pip install 'utmforge[measure]'",
        ) from None
    listed = [
        (entry["pattern"], entry.get("tags") or ())
        for entry in CRAWLER_USER_AGENTS_DATA
        if entry["pattern"] not in FALSE_CRAWLER_PATTERNS
    ]
    kinds = {
        kind: many_patterns(pattern for pattern, tags in listed if tag in tags)
        for tag, kind in KIND_OF_TAG.items()
    }
    return many_patterns(pattern for pattern, _ in listed), kinds
