"""`utmforge lint --against`: the names in a report, compared with those that were issued."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import typer

from utmforge.analytics.comparison.spellings import Names, Spelling, proposed_aliases, spellings
from utmforge.analytics.exports.report import Report, read_report
from utmforge.analytics.exports.rows import MAPPED, REPORT_FIELDS
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.campaigns.editor import with_aliases, write_checked
from utmforge.cli.column_mapping import mapped_columns
from utmforge.cli.session import Session
from utmforge.errors import MissingInput, Unreachable, quoted
from utmforge.lint.fixes import difference
from utmforge.lint.report import lint_spellings
from utmforge.lint.run import Run
from utmforge.output.findings import show_findings
from utmforge.output.formats import Format, LintFormat
from utmforge.output.report_names import show_spellings
from utmforge.privacy.find import find_private

_MOST_LINES = 5
_MOST_NAMES = 100_000
"""Issued names of a field that spellings are compared with."""


def check_report(
    session: Session, run: Run, source: str, mapping: Iterable[str], fmt: LintFormat, *, fix: bool
) -> None:
    """Read a report, show its spellings, propose aliases, and write them if that is asked for."""
    console = session.console
    name = "standard input" if source == "-" else source
    report = read_report(_raw(source), name, mapped_columns(mapping, MAPPED))
    names = Names(_issued(session, report), planned_names(session.file))
    convention = session.file.convention
    shown = spellings(report.rows, names, convention, is_lower=report.is_lower)
    aliases = proposed_aliases(shown, convention)
    findings = lint_spellings(run, shown, name, report.unit)
    if fmt in {LintFormat.GITHUB, LintFormat.SARIF}:
        show_findings(console, findings, fmt)
    else:
        console.format = Format(fmt.value)
        show_spellings(console, shown, report, aliases)
    _say_what_was_read(session, report, name)
    if not any(any(of) for one in names for of in one.values()):
        console.hint("nothing is issued here yet, so nothing counts as yours: --registry, --file")
    for text in _summary(shown, report.unit):
        console.done(text)
    if fix:
        _write_aliases(session, aliases)
    elif aliases:
        console.hint("--fix writes the aliases into campaigns.toml; --fix --dry-run shows how")
    if any(one.severity != "note" for one in findings):
        raise typer.Exit(1)


def planned_names(file: CampaignFile) -> dict[str, set[str]]:
    """Return the names that a campaign file uses or lists, by field."""
    tags = [place.tags for one in file.campaigns.values() for place in one.placements]
    names = {
        field: {value for each in tags if (value := getattr(each, field))}
        for field in REPORT_FIELDS
    }
    for field, rule in file.convention.fields.items():
        if field in names:
            names[field] |= {*rule.allowed, *rule.suggested, *rule.aliases.values()}
    for channel in file.channels.values():
        names["source"].add(channel.source)
        names["medium"].add(channel.medium)
    return names


def _issued(session: Session, report: Report) -> dict[str, set[str]]:
    """Return the names of issued links; of a series only those that are in the report."""
    with session.registry() as registry:
        names = registry.queries.names(_MOST_NAMES)
        for field in REPORT_FIELDS:
            if field not in names:
                values = {row.tags[field] for row in report.rows if field in row.tags}
                names[field] = registry.queries.carried(field, values)
    return {
        field: {name for name in some if not find_private(name)} for field, some in names.items()
    }


def _say_what_was_read(session: Session, report: Report, name: str) -> None:
    period = report.period
    days = f", {period.first} to {period.last}" if period.first else ""
    columns = dict.fromkeys(quoted(column, 40) for column in report.columns.values())
    by_field = Counter[str]()
    for row in report.rows:
        by_field.update(dict.fromkeys(row.tags, row.visits))
    total = max(by_field.values(), default=0)
    session.console.note(f"{name}{days}: {total:,} {report.unit} by {', '.join(columns)}")
    if report.skipped:
        lines = ", ".join(map(str, report.skipped[:_MOST_LINES]))
        more = ", …" if len(report.skipped) > _MOST_LINES else ""
        session.console.warn(
            f"{len(report.skipped):,} rows left out, whose count is no number: line {lines}{more}"
        )


def _summary(shown: Iterable[Spelling], unit: str) -> list[str]:
    """Say for each field how many visits are split away, of those that came with a tag."""
    lines = []
    for field in REPORT_FIELDS:
        own = [one for one in shown if one.field == field and one.status != "automatic"]
        away = [one for one in own if one.splits]
        if away:
            count = sum(one.visits for one in away)
            total = sum(one.visits for one in own)
            lines.append(
                f"{field}: {count:,} of {total:,} {unit} are split away under "
                f"{len(away):,} other spelling{'' if len(away) == 1 else 's'}"
            )
    return lines or ["no spelling splits anything away"]


def _write_aliases(session: Session, aliases: Mapping[str, Mapping[str, str]]) -> None:
    path = session.file_path
    if path is None:
        raise MissingInput(
            "there is no campaigns.toml for the aliases", hint="utmforge init writes one"
        )
    if not aliases:
        return
    with path.open(encoding="utf-8", newline="") as file:
        before = file.read()
    after = with_aliases(before, aliases)
    session.console.say_raw(difference(str(path), before, after))
    if not session.dry_run:
        write_checked(path, after)


def _raw(source: str) -> bytes:
    if source == "-":
        if sys.stdin is None:
            raise MissingInput("standard input is closed", hint="name a file instead of -")
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise Unreachable(
            f"cannot read {quoted(source)}: {(error.strerror or 'no reason given').lower()}"
        ) from None
