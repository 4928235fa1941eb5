"""`utmforge compare`: compare the names in a report with those of your issued links."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer

from utmforge.analytics.exports.report import read_report
from utmforge.analytics.exports.rows import MAPPED
from utmforge.campaigns.editor import write_checked
from utmforge.cli.column_mapping import mapped_columns
from utmforge.cli.inputs import read_input
from utmforge.cli.options import (
    FindingsFormat,
    IgnoredRules,
    ReportColumns,
    SelectedRules,
    command,
    single,
)
from utmforge.cli.session import Session
from utmforge.lint.report import ReportResult, compare_report, with_proposed_aliases
from utmforge.lint.rule_choice import chosen_rules
from utmforge.lint.workspace_run import run_for
from utmforge.output.findings import show_findings
from utmforge.output.formats import Format, LintFormat
from utmforge.output.report_names import FIELDS, say_comparison, show_comparison

app = single()


@command(app, "file", "registry", "dry_run", columns=lambda: FIELDS)
def compare(
    session: Session,
    report: Annotated[
        str,
        typer.Argument(
            metavar="REPORT",
            help="A CSV file that your analytics tool exported; - is standard input.",
            show_default=False,
        ),
    ],
    mapping: ReportColumns = None,
    select: SelectedRules = None,
    ignore: IgnoredRules = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write the proposed aliases into campaigns.toml.")
    ] = False,
    fmt: FindingsFormat = LintFormat.TABLE,
) -> None:
    """Compare the names in an analytics report with those of your issued links.

    Shows which spellings split a source, medium or campaign into several rows, and which names
    appear in no issued link. Exits with 1 if a name is split or private.

    Example:
      utmforge compare ga4-export.csv
      utmforge compare ga4-export.csv --fix --dry-run
      utmforge compare utm_sources.csv --map source=name --map count=visitors
    """
    if fmt is LintFormat.JSON:
        session.console.format = Format.JSON
    run_compare(session, report, chosen_rules(select, ignore), mapping or [], fmt, fix=fix)


def run_compare(
    session: Session,
    source: str,
    rules: frozenset[str],
    mapping: Iterable[str],
    fmt: LintFormat,
    *,
    fix: bool,
) -> None:
    """Read a report, show its spellings, propose aliases, and write them if asked to.

    Args:
        session: Knows the campaign file and the registry.
        source: The report, or `-`.
        rules: The codes of the rules to run.
        mapping: Its columns, each as `FIELD=COLUMN`.
        fmt: The output format.
        fix: Write the aliases.
    """
    run = run_for(session.file, datetime.now(UTC), rules, is_site=False)
    given = read_input(source)
    report = read_report(given.raw, given.name, mapped_columns(mapping, MAPPED))
    with session.registry_to_compare("names were not compared with issued links") as registry:
        result = compare_report(run, report, given.name, registry, session.file)
    _show(session, result, given.name, fmt)
    if fix:
        _write_aliases(session, result)
    elif result.comparison.aliases:
        session.console.hint(
            "--fix writes the aliases into campaigns.toml; --fix --dry-run shows how"
        )
    if not result.is_clean:
        raise typer.Exit(1)


def _show(session: Session, result: ReportResult, name: str, fmt: LintFormat) -> None:
    console = session.console
    if fmt in {LintFormat.GITHUB, LintFormat.SARIF}:
        show_findings(console, result.findings, fmt)
    else:
        console.set_format(Format(fmt.value))
        show_comparison(console, result.comparison)
    say_comparison(console, result.comparison, name)


def _write_aliases(session: Session, result: ReportResult) -> None:
    fixed = with_proposed_aliases(session.document, result.comparison.aliases)
    if fixed is None:
        return
    session.console.say_raw(fixed.difference)
    if not session.dry_run:
        write_checked(fixed.path, fixed.text)
