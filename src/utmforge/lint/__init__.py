"""The linter and its rules.

>>> linter = Linter()
>>> [found.message for found in linter.check("https://x.example/?utm_source=News&utm_medium=email")]
['source "News" has uppercase letters: reports show it as a separate row', 'utm_campaign is missing']
"""

from __future__ import annotations

from utmforge.lint.linter import Linter
from utmforge.lint.rules import BY_CODE, RULES
from utmforge.lint.rules.base import Found, Rule, Settings, Severity, ValueRule

__all__ = ["BY_CODE", "RULES", "Found", "Linter", "Rule", "Settings", "Severity", "ValueRule"]
