"""Which rules run: those of `--select CODE,…` without those of `--ignore CODE,…`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import MissingInput, did_you_mean, quoted
from utmforge.lint.rules import BY_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable


def chosen_rules(
    select: Iterable[str] | None = None, ignore: Iterable[str] | None = None
) -> frozenset[str]:
    """Return the codes of the rules to run.

    Args:
        select: Codes or names, several separated by commas. None or empty: all.
        ignore: The rules to leave out, written in the same way.

    Raises:
        MissingInput: There is no rule with such a code or name.
    """
    selected = _codes(select) or frozenset(BY_CODE)
    return selected - _codes(ignore)


def _codes(given: Iterable[str] | None) -> frozenset[str]:
    words = (word.strip().upper() for one in given or () for word in one.split(","))
    return frozenset(map(_code, filter(None, words)))


def _code(word: str) -> str:
    by_name = {rule.name.upper(): rule.code for rule in BY_CODE.values()}
    code = by_name.get(word, word)
    if code not in BY_CODE:
        raise MissingInput(
            f"no rule is called {quoted(word, 20)}",
            hint=did_you_mean(word, BY_CODE) or "docs/reference/rules.md lists them",
        )
    return code
