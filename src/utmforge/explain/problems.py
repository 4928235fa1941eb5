"""What is wrong with a link as found.

A `Check` says what is wrong with an address. What only the way it was found tells is added here:
that its end is missing, or that it is closed to all but its owner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from utmforge.urls.unwrap.unwrap import FoundLink

    Check = Callable[[str], Iterable["Problem"]]

Severity = Literal["error", "warning", "note"]


class Problem(NamedTuple):
    """One thing wrong with a link; nothing personal or secret is ever in it."""

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


def problems_of(found: FoundLink, check: Check) -> tuple[Problem, ...]:
    """Return what is wrong with a link as found, by `check` and by the way it was found."""
    return (*_of_the_way(found), *check(found.url))


def _of_the_way(found: FoundLink) -> Iterator[Problem]:
    if found.cut:
        yield problem("link-cut", "error", found.cut, "ask for the whole link")
    if found.sealed_by:
        yield problem(
            "link-closed",
            "note",
            f"only {found.sealed_by} knows where it leads",
            "open it, and explain the address it leads to",
        )


def problem(name: str, severity: Severity, message: str, fix: str | None = None) -> Problem:
    """Say one thing whose code is its name."""
    return Problem(name, name, severity, message, fix)
