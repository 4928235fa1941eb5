"""Which rules speak: `--select CODE,…` without `--ignore CODE,…`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import MissingInput, did_you_mean
from utmforge.lint import BY_CODE
from utmforge.lint.run import unknown_codes

if TYPE_CHECKING:
    from collections.abc import Iterable


def chosen_rules(select: Iterable[str] | None, ignore: Iterable[str] | None) -> set[str]:
    """Return the codes of the rules that speak.

    Args:
        select: Codes or names, several separated by commas. None or empty: all.
        ignore: The same, of rules to leave out.

    Raises:
        MissingInput: No rule is called so.
    """
    selected, ignored = _codes(select), _codes(ignore)
    return (set(selected) or set(BY_CODE)) - set(ignored)


def _codes(given: Iterable[str] | None) -> list[str]:
    codes = [part.strip().upper() for one in given or () for part in one.split(",") if part.strip()]
    by_name = {rule.name.upper(): rule.code for rule in BY_CODE.values()}
    codes = [by_name.get(code, code) for code in codes]
    if unknown := unknown_codes(codes):
        raise MissingInput(
            f"no rule is called {unknown}",
            hint=did_you_mean(unknown.strip('"'), BY_CODE) or "docs/reference/rules.md lists them",
        )
    return codes
