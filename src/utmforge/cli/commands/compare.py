"""`utmforge compare`: compare the names in a report with those of your issued links."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated

import typer

from utmforge.analytics.comparison.compare import compare as compare_with
from utmforge.analytics.exports.report import read_report
from utmforge.analytics.exports.rows import MAPPED
from utmforge.campaigns.editor import with_aliases, write_checked
from utmforge.cli.column_mapping import mapped_columns
from utmforge.cli.inputs import read_input
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.errors import MissingInput
from utmforge.lint.fixes import difference
from utmforge.lint.report import lint_spellings
from utmforge.lint.rule_choice import chosen_rules
from utmforge.lint.run import Run
from utmforge.lint.workspace_run import run_for
from utmforge.output.findings import show_findings
from utmforge.output.formats import Format, LintFormat
from utmforge.output.report_names import say_comparison, show_comparison

app = single()


@command(app, "file", "registry", "dry_run")
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
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="FIELD=COLUMN", help="The column of REPORT that holds a field."
        ),
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODE,…", help="Check only these rules.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODE,…", help="Skip these rules.")
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write the proposed aliases into campaigns.toml.")
    ] = False,
    fmt: Annotated[
        LintFormat, typer.Option("--format", "-F", case_sensitive=False, help="Output format.")
    ] = LintFormat.TABLE,
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
    run = run_for(session.file, datetime.now(UTC), chosen_rules(select, ignore), is_site=False)
    compare_report(session, run, report, mapping or [], fmt, fix=fix)


def compare_report(
    session: Session, run: Run, source: str, mapping: Iterable[str], fmt: LintFormat, *, fix: bool
) -> None:
    """Read a report, show its spellings, propose aliases, and write them if asked to.

    Args:
        session: Knows the campaign file and the registry.
        run: The rules to check.
        source: The report, or `-`.
        mapping: Its columns, each as `FIELD=COLUMN`.
        fmt: The output format.
        fix: Write the aliases.
    """
    console = session.console
    given = read_input(source)
    name = given.name
    report = read_report(given.raw, name, mapped_columns(mapping, MAPPED))
    with session.registry_to_compare("names were not compared with issued links") as registry:
        comparison = compare_with(report, registry, session.file)
    findings = lint_spellings(run, comparison.spellings, name, report.unit)
    if fmt in {LintFormat.GITHUB, LintFormat.SARIF}:
        show_findings(console, findings, fmt)
    else:
        console.format = Format(fmt.value)
        show_comparison(console, comparison)
    say_comparison(console, comparison, name)
    if fix:
        _write_aliases(session, comparison.aliases)
    elif comparison.aliases:
        console.hint("--fix writes the aliases into campaigns.toml; --fix --dry-run shows how")
    if any(one.severity != "note" for one in findings):
        raise typer.Exit(1)


def _write_aliases(session: Session, aliases: Mapping[str, Mapping[str, str]]) -> None:
    document = session.document
    if document is None:
        raise MissingInput(
            "there is no campaigns.toml for the aliases", hint="utmforge init writes one"
        )
    if not aliases:
        return
    before = document.data.decode()
    after = with_aliases(before, aliases)
    session.console.say_raw(difference(str(document.path), before, after))
    if not session.dry_run:
        write_checked(document.path, after)
