"""What is wrong with an address: what the linter's rules say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.explain.problems import Problem
from utmforge.lint import Linter, Settings

if TYPE_CHECKING:
    from utmforge.explain.problems import Check

_ABOUT_LISTS = frozenset({"UTM901", "UTM902"})
_USUAL = Settings()


def check_by(settings: Settings = _USUAL) -> Check:
    """Return a check by every rule that one link can be checked by."""
    linter: Linter[None] = Linter(settings)

    def check(url: str) -> list[Problem]:
        return [
            Problem(
                found.rule.code, found.rule.name, found.rule.severity, found.message, found.hint
            )
            for found in linter.thorough(url)
            if found.rule.code not in _ABOUT_LISTS
        ]

    return check
