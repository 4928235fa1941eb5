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


_ASSISTANTS = frozenset(
    (
        *("chatgpt.com", "chat.openai.com", "openai", "chatgpt", "perplexity", "perplexity.ai"),
        *("copilot.microsoft.com", "copilot.com", "gemini.google.com", "claude.ai", "grok.com"),
        *("chat.deepseek.com", "chat.mistral.ai", "meta.ai", "you.com", "poe.com"),
    )
)
"""Sources that AI assistants put into the links that they show, or that are known by their
referrer; ChatGPT writes `utm_source=chatgpt.com` itself."""
_NO_NAMES = frozenset(("Others", "Autres", "Andere", "Otros", "Direct / None", "not set"))
"""Rows that tools and spreadsheets add for what has no name of its own."""
_NO_MEDIUMS = frozenset(("", "(not set)", "(none)", *_MEDIUMS))


def is_automatic(field: str, tags: Mapping[str, str], *, is_ours: bool = False) -> bool:
    """Tell whether the analytics tool filled a value in.

    It did for `(direct)`, `(none)`, `(not set)`, `(other)` …, for the source and medium of a visit
    from a site or a search engine, and for AI assistants, unless links were issued with that
    source.
    """
    value = tags[field]
    if value.startswith("(") and value.endswith(")"):
        return True
    if value in _NO_NAMES and not is_ours:
        return True
    if field in {"source", "medium"} and not is_ours and _is_of_assistant(tags):
        return True
    if field not in {"source", "medium"} or is_ours or tags.get("medium") not in _MEDIUMS:
        return False
    source = tags.get("source", "").lower()
    return "." in source or source in SEARCH or source.startswith("(") or not source


def _is_of_assistant(tags: Mapping[str, str]) -> bool:
    """Tell whether an AI assistant wrote the source, and there is no medium."""
    is_assistant = tags.get("source", "").lower() in _ASSISTANTS
    return is_assistant and tags.get("medium", "").lower() in _NO_MEDIUMS
