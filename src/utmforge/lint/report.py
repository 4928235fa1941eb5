"""Spellings of a report → findings, as GitHub and SARIF show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.lint.finding import Where
from utmforge.lint.rules.privacy import PersonalData
from utmforge.lint.rules.report import ForeignInReport, SplitInReport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.analytics.comparison.spellings import Spelling
    from utmforge.lint.finding import Finding
    from utmforge.lint.run import Run


def lint_spellings(run: Run, spellings: Iterable[Spelling], name: str, unit: str) -> list[Finding]:
    """Return the findings about the spellings in a report.

    Args:
        run: Knows which rules are ignored.
        spellings: The spellings in the report.
        name: The report's file.
        unit: What it counts, such as `sessions`.
    """
    for one in spellings:
        where = Where(name, one.line)
        if one.status == "private":
            run.add(
                PersonalData().found(
                    f"{one.value.strip('()')} in {one.field} ({one.visits:,} {unit})",
                    "delete it in the analytics tool, and find the link that carries it",
                ),
                where,
            )
        elif one.splits:
            run.add(SplitInReport().finding(one, unit), where)
        elif one.status == "foreign":
            run.add(ForeignInReport().finding(one, unit), where)
    return run.finish()
