"""UTM9xx: what is not to be said, and why.

In lists of addresses, CSV, HTML and Markdown, on the line itself or on a line before it:

    https://shop.example/?utm_source=News  # utmforge: ignore UTM101 the agency's name
"""

from __future__ import annotations

from utmforge.errors import quoted
from utmforge.lint.rules.base import FileRule, Found, Rule


class NoReason(FileRule):
    """Say why a rule is ignored.

    In a year nobody knows any more whether it may speak again. The rule is ignored all the same.

    Instead of:
        https://shop.example/?utm_source=News # utmforge: ignore UTM101

    Write:
        https://shop.example/?utm_source=News # utmforge: ignore UTM101 the agency's own name
    """

    code = "UTM901"
    name = "no-reason"

    def of(self, code: str) -> Found:
        """Say that a reason is missing."""
        return self.found(f"{code} is ignored without a reason", "say why behind the code")


class UnknownRule(FileRule):
    """Ignore rules that there are.

    Instead of:
        https://shop.example/?utm_source=News # utmforge: ignore UTM1O1 the agency's own name

    Write:
        https://shop.example/?utm_source=News # utmforge: ignore UTM101 the agency's own name
    """

    code = "UTM902"
    name = "unknown-rule"

    def of(self, code: str) -> Found:
        """Say that there is no such rule."""
        return self.found(f"no rule is called {quoted(code, 20)}", "they are in the reference")


RULES: tuple[Rule, ...] = (NoReason(), UnknownRule())
