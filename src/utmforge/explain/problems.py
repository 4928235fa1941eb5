"""What is wrong with a link as found: by the linter's rules, and by unwrapping.

Only unwrapping shows that the end is missing, or that only the wrapping service can open it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.lint import Linter, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.urls.link import Link
    from utmforge.urls.unwrap.unwrap import FoundLink

Severity = Literal["error", "warning", "note"]

_ABOUT_LISTS = frozenset({"UTM901", "UTM902"})
_TOLD_OTHERWISE = frozenset({"UTM209"})
"""Click ids are named among the parameters that other tools read."""


class LinkProblem(NamedTuple):
    """One thing that is wrong with a link; it never contains personal data or secrets."""

    code: str
    """Stable."""
    name: str
    """Its kind, such as `letter-case`."""
    severity: Severity
    """How bad it is."""
    message: str
    """What is wrong: lower case, no full stop, the thing quoted."""
    fix: str | None = None
    """What to do. None: nothing can be done."""


def problems_of(found: FoundLink, settings: Settings) -> tuple[LinkProblem, ...]:
    """Return what is wrong with a link as found, by every rule that can check a single link."""
    return (*_unwrap_problems(found), *rule_problems(found.link, settings))


def rule_problems(link: Link, settings: Settings) -> Iterator[LinkProblem]:
    """Yield what the linter's rules find in one link."""
    linter: Linter[None] = Linter(settings)
    for found in linter.thorough(link):
        rule = found.rule
        if rule.code not in _ABOUT_LISTS | _TOLD_OTHERWISE:
            yield LinkProblem(rule.code, rule.name, rule.severity, found.message, found.hint)


def _unwrap_problems(found: FoundLink) -> Iterator[LinkProblem]:
    if found.cut:
        yield _problem("link-cut", "error", found.cut, "ask for the complete link")
    if found.sealed_by:
        yield _problem(
            "link-closed",
            "note",
            f"only {found.sealed_by} knows where it leads",
            "open it, and explain the address it leads to",
        )


def _problem(name: str, severity: Severity, message: str, fix: str | None = None) -> LinkProblem:
    """Return a problem whose code is its name."""
    return LinkProblem(name, name, severity, message, fix)
