"""UTM9xx: comments that suppress a rule.

In lists of addresses, CSV, HTML and Markdown, on the same line or on the line before:

    https://shop.example/?utm_source=News  # utmforge: ignore UTM101 the agency's name
"""

from __future__ import annotations

from utmforge.errors import quoted
from utmforge.lint.rules.base import FileRule, Found, Rule


class NoReason(FileRule):
    """Say why a rule is ignored.

    Without a reason, no one can tell later whether it is still needed. The rule stays ignored.

    Instead of:
        https://shop.example/?utm_source=News # utmforge: ignore UTM101

    Write:
        https://shop.example/?utm_source=News # utmforge: ignore UTM101 the agency's own name
    """

    code = "UTM901"
    name = "no-reason"

    def finding(self, code: str) -> Found:
        """Report that a reason is missing."""
        return self.found(f"{code} is ignored without a reason", "write the reason after the code")


class UnknownRule(FileRule):
    """Only ignore rules that exist.

    Instead of:
        https://shop.example/?utm_source=News # utmforge: ignore UTM1O1 the agency's own name

    Write:
        https://shop.example/?utm_source=News # utmforge: ignore UTM101 the agency's own name
    """

    code = "UTM902"
    name = "unknown-rule"

    def finding(self, code: str) -> Found:
        """Report that no rule has this code."""
        return self.found(
            f"no rule is called {quoted(code, 20)}", "docs/reference/rules.md lists all rules"
        )


RULES: tuple[Rule, ...] = (NoReason(), UnknownRule())
