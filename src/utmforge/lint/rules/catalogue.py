"""The catalogue: every rule, in the order of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.lint.rules import (
    channel_groups,
    destinations,
    lengths,
    messages,
    parameters,
    privacy,
    report,
    suppressions,
    values,
    workspace,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from utmforge.lint.rules.base import Rule, Settings

RULES: tuple[Rule, ...] = (
    *values.RULES,
    *parameters.RULES,
    *lengths.RULES,
    *channel_groups.RULES,
    *privacy.RULES,
    *destinations.RULES,
    *workspace.RULES,
    *messages.RULES,
    *report.RULES,
    *suppressions.RULES,
)
"""Each rule, made with the default settings."""

BY_CODE = {rule.code: rule for rule in RULES}


def rules_for(settings: Settings, codes: Collection[str] | None = None) -> tuple[Rule, ...]:
    """Return the rules, made with the settings of a workspace.

    Args:
        settings: What they need to know.
        codes: Which rules. None: all.
    """
    return tuple(type(rule)(settings) for rule in RULES if codes is None or rule.code in codes)
