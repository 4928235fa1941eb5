"""The catalogue: every rule, in the order of their codes."""

from __future__ import annotations

from utmforge.lint.rules.catalogue import BY_CODE, RULES, rules_for

__all__ = ["BY_CODE", "RULES", "rules_for"]
