"""The public list of crawlers (package crawler-user-agents) and the kinds they are of.

RE2 compiles its 1,500 patterns in 5 ms and searches all of them at once; Python takes ten times as
long for both.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import re2

from utmforge.errors import MeasuringError
from utmforge.measure.classify.bots import FALSE_CRAWLER_PATTERNS, KIND_OF_TAG, OTHER_BOT

_KINDS = (*KIND_OF_TAG.values(), OTHER_BOT)
"""The first one counts, if a crawler is of several."""
_MAX_MEMORY = 1 << 26


class _Crawlers(NamedTuple):
    """Patterns, and for each the place of its kind."""

    listed: re2.Set
    kinds: tuple[int, ...]
    others: tuple[tuple[re.Pattern[str], int], ...]
    """Those that RE2 does not know."""


def crawler_kind(agent: str) -> str | None:
    """Return the kind of crawler that a user agent is; None if the list does not know it.

    Raises:
        MeasuringError: The package with the list is not installed.
    """
    listed, kinds, others = _patterns()
    found = [kinds[at] for at in listed.Match(agent) or ()]
    found += [kind for pattern, kind in others if pattern.search(agent)]
    return _KINDS[min(found)] if found else None


@cache
def _patterns() -> _Crawlers:
    """Return the patterns, compiled when first used."""
    try:
        from crawleruseragents import CRAWLER_USER_AGENTS_DATA
    except ImportError:
        raise MeasuringError(
            "telling bots from people needs crawler-user-agents",
            hint="pip install 'utmforge[measure]'",
        ) from None
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    listed = re2.Set.SearchSet(options)
    kinds: list[int] = []
    others: list[tuple[re.Pattern[str], int]] = []
    for entry in CRAWLER_USER_AGENTS_DATA:
        if (pattern := entry["pattern"]) in FALSE_CRAWLER_PATTERNS:
            continue
        tags = entry.get("tags") or ()
        kind = _KINDS.index(next((k for tag, k in KIND_OF_TAG.items() if tag in tags), OTHER_BOT))
        try:
            listed.Add(pattern)
        except re2.error:
            others.append((re.compile(pattern), kind))
        else:
            kinds.append(kind)
    listed.Compile()
    return _Crawlers(listed, tuple(kinds), tuple(others))
