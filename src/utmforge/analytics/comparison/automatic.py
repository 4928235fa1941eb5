"""Values that do not come from a tag: analytics tools fill them in for visits without tags.

>>> is_automatic("source", {"source": "l.facebook.com", "medium": "referral"})
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.analytics.ga4.sources import SEARCH

if TYPE_CHECKING:
    from collections.abc import Mapping

# What GA4 gives visits whose referrer it knows
# (https://support.google.com/analytics/answer/9756891 and release notes, read 2026-11-23).
_MEDIUMS = frozenset({"organic", "referral", "ai-assistant"})


def is_automatic(field: str, tags: Mapping[str, str], *, is_ours: bool = False) -> bool:
    """Tell whether the analytics tool filled a value in.

    It did for `(direct)`, `(none)`, `(not set)`, `(other)` …, and for the source and medium of a
    visit from a site or a search engine, unless links were issued with that source.
    """
    value = tags[field]
    if value.startswith("(") and value.endswith(")"):
        return True
    if field not in {"source", "medium"} or is_ours or tags.get("medium") not in _MEDIUMS:
        return False
    source = tags.get("source", "").lower()
    return "." in source or source in SEARCH or source.startswith("(") or not source
