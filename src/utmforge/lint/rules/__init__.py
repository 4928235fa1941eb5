"""The catalogue: every rule there is, in the order of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.lint.rules import (
    destinations as addresses,
    workspace as agreed,
    channel_groups as groups,
    lengths,
    parameters,
    privacy as private,
    report as reported,
    suppressions,
    values as writing,
)

if TYPE_CHECKING:
    from utmforge.lint.rules.base import Rule

RULES: tuple[Rule, ...] = (
    *writing.RULES,
    *parameters.RULES,
    *lengths.RULES,
    *groups.RULES,
    *private.RULES,
    *addresses.RULES,
    *agreed.RULES,
    *reported.RULES,
    *suppressions.RULES,
)

BY_CODE = {rule.code: rule for rule in RULES}
