"""What `utmforge compare` does: report + registry → spellings, findings, and the fixed file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.comparison.compare import compare
from utmforge.campaigns.editor import with_aliases
from utmforge.errors import MissingInput
from utmforge.lint.finding import Where
from utmforge.lint.fixes import difference
from utmforge.lint.rules.privacy import PersonalData
from utmforge.lint.rules.report import ForeignInReport, SplitInReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from utmforge.analytics.comparison.compare import Comparison
    from utmforge.analytics.comparison.spellings import Spelling
    from utmforge.analytics.exports.report import Report
    from utmforge.campaigns.campaign_file import CampaignFile
    from utmforge.campaigns.document import CampaignDocument
    from utmforge.lint.finding import Finding
    from utmforge.lint.run import Run
    from utmforge.registry import Registry


class ReportResult(NamedTuple):
    """A report compared with issued links, and what the rules find in it."""

    comparison: Comparison
    """The spellings in the report, and the aliases that are proposed."""
    findings: tuple[Finding, ...]
    """What is wrong, by place."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing worse than notes was found."""
        return all(one.severity == "note" for one in self.findings)


class FixedFile(NamedTuple):
    """A campaign file with the proposed aliases."""

    path: Path
    """The file."""
    text: str
    """Its new text."""
    difference: str
    """What changed, as a unified diff."""


def compare_report(
    run: Run, report: Report, name: str, registry: Registry, file: CampaignFile
) -> ReportResult:
    """Compare a report with issued links and the campaign file, and check its spellings.

    Args:
        run: Knows which rules are ignored.
        report: The report.
        name: The report's name in findings.
        registry: The issued links.
        file: The campaign file.

    Raises:
        RegistryError: The registry cannot be read.
    """
    comparison = compare(report, registry, file)
    return ReportResult(
        comparison, tuple(lint_spellings(run, comparison.spellings, name, comparison.report.unit))
    )


def with_proposed_aliases(
    document: CampaignDocument | None, aliases: Mapping[str, Mapping[str, str]]
) -> FixedFile | None:
    """Return the campaign file with aliases, not written yet. None: there are no aliases.

    Raises:
        MissingInput: There is no campaign file.
        CampaignFileBroken: The layout of the file leaves no place for them.
    """
    if document is None:
        raise MissingInput(
            "there is no campaigns.toml for the aliases", hint="utmforge init writes one"
        )
    if not aliases:
        return None
    before = document.data.decode()
    after = with_aliases(before, aliases)
    return FixedFile(document.path, after, difference(str(document.path), before, after))


def lint_spellings(run: Run, spellings: Iterable[Spelling], name: str, unit: str) -> list[Finding]:
    """Return the findings about the spellings in a report.

    Args:
        run: Knows which rules are ignored.
        spellings: The spellings in the report.
        name: The report's name in findings.
        unit: The unit of its counts, such as `sessions`.
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
