"""`utmforge lint`: are names and links clean?"""

import re
import sys
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.documents.base import KINDS, LIST_ENDINGS, Kind, Located
from utmforge.documents.text import is_list_of_addresses
from utmforge.errors import (
    CampaignFileError,
    CampaignFileInvalid,
    ContradictoryInput,
    MissingInput,
    NotText,
    RegistryError,
    Unreachable,
    did_you_mean,
    quoted,
)
from utmforge.files.atomic import replacing
from utmforge.files.decoding import FileText, is_archive, read_text, text_of
from utmforge.lint import BY_CODE
from utmforge.lint.campaign_file import lint_campaigns, mended_file
from utmforge.lint.fixes import FIXABLE_KINDS, difference, mended_text
from utmforge.lint.rules.workspace import NearDuplicate
from utmforge.lint.run import Run, Where, count, settings_for, unknown_codes
from utmforge.output.findings import show_findings
from utmforge.output.formats import Format, LintFormat
from utmforge.urls.address import looks_like_address
from utmforge.urls.link_ids import link_id

app = single()

_NEAR = NearDuplicate.code
_MOST_NAMES = 20_000
"""Issued names of a field that are compared; 0.3 s with the names of a file."""
_MOST_TOLD = 10
_SAVE_AS_UTF8 = "it cannot be written back in its encoding; save it as UTF-8"
_PATHS = (".", "/", "~", "\\")
_DRIVE = re.compile(r"[A-Za-z]:[/\\]")
_HAS_QUERY = re.compile(r"\?[^/]*=")
_PATTERN = re.compile(r"[*\[\]]")
_ENDINGS = (*KINDS, *(ending for ending in sorted(LIST_ENDINGS) if ending))
_NOT_COMPARED = "names were not compared with those of issued links"


@command(app, "file", "registry", "dry_run")
def lint(  # noqa: PLR0913 - one for each option
    session: Session,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE|URL|-",
            help="campaigns.toml, CSV, HTML, Markdown, a list of addresses, an address, or - for "
            "a list on standard input. Without: the campaign file.",
            show_default=False,
        ),
    ] = None,
    issued: Annotated[
        bool,
        typer.Option("--issued", help="Also the links of the registry (where: --registry)."),
    ] = False,
    site: Annotated[
        bool, typer.Option("--site", help="The files are pages of your own site.")
    ] = False,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODE,…", help="Only these rules.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODE,…", help="Not these rules.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="REPORT",
            help="Compare the names in a report of your analytics tool (CSV; - is standard input).",
        ),
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column of REPORT holds it."),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what is safe, in campaigns.toml, lists and CSV.")
    ] = False,
    fmt: Annotated[
        LintFormat, typer.Option("--format", "-F", case_sensitive=False, help="How to write it.")
    ] = LintFormat.TABLE,
) -> None:
    """Check names and links: what splits reports, breaks, or gives somebody away.

    Exits with 1 on an error or a warning, with 0 on notes alone. What is private is never repeated.

    Example:
      utmforge lint
      utmforge lint links.csv newsletter.html --format github
      utmforge lint links.txt --fix --dry-run
      utmforge lint campaigns.toml --issued --ignore UTM103
      utmforge lint --against ga4-export.csv
    """
    if fmt is LintFormat.JSON:
        session.console.format = Format.JSON
    asked = inputs or []
    if fix and "-" in asked:
        raise ContradictoryInput("standard input cannot be mended", hint="name a file instead of -")
    run = _run(session, asked, select, ignore, is_site=site)
    if against is not None or mapping:
        _against(session, run, against, mapping or [], fmt, is_alone=not (asked or issued), fix=fix)
        return
    if issued:  # before the files: what was issued first is right
        with session.registry() as registry:
            run.lint_issued(registry.links(), "registry")
    for number, one in enumerate(asked or _campaign_file(session, issued=issued), 1):
        _lint_one(session, run, one, number, fix=fix)
    if not issued and _is_compared(session, run, asked):
        _know_issued(session, run)
    findings = run.finish()
    show_findings(session.console, findings, fmt, session.file_path)
    session.console.done(count(findings, run.links))
    if any(one.fix for one in findings) and not fix:
        session.console.hint("--fix mends some of it; --fix --dry-run shows what")
    if any(one.severity != "note" for one in findings):
        raise typer.Exit(1)


def _against(
    session: Session,
    run: Run,
    report: str | None,
    mapping: list[str],
    fmt: LintFormat,
    *,
    is_alone: bool,
    fix: bool,
) -> None:
    if report is None:
        raise ContradictoryInput("--map is for --against REPORT", hint="name the report")
    if not is_alone:
        raise ContradictoryInput(
            "--against looks at a report alone", hint="run utmforge lint once more for the links"
        )
    from utmforge.cli.report_check import check_report

    check_report(session, run, report, mapping, fmt, fix=fix)


def _campaign_file(session: Session, *, issued: bool) -> list[str]:
    path = session.file_path
    if path is None and not issued:
        raise MissingInput(
            "there is nothing to check: no campaigns.toml here or in a folder above",
            hint="utmforge lint FILE, or utmforge lint --issued for the registry",
        )
    return [str(path)] if path else []


def _run(
    session: Session,
    inputs: list[str],
    select: list[str] | None,
    ignore: list[str] | None,
    *,
    is_site: bool,
) -> Run:
    selected, ignored = _codes(select), _codes(ignore)
    try:
        file = session.file
    except CampaignFileInvalid:
        named = {str(session.file_path)} if not inputs else set(inputs)
        if str(session.file_path) not in named:
            raise
        file = CampaignFile()
    codes = (set(selected) or set(BY_CODE)) - set(ignored)
    run = Run(
        settings_for(file, file.day(datetime.now(UTC)), is_site=is_site),
        select=codes,
        ignored=file.ignored,
        ignored_in={
            one.tags.campaign: one.ignored for one in file.campaigns.values() if one.ignored
        },
        day=file.day,
    )
    if inputs and str(session.file_path) not in inputs:  # else its own names are looked at
        run.know(_names_of(file))
    return run


def _is_compared(session: Session, run: Run, inputs: list[str]) -> bool:
    """Tell whether there is a workspace whose issued names count."""
    is_there = session.file_path or session.registry_asked
    has_file = any(KINDS.get(Path(one).suffix.lower()) == "campaigns" for one in inputs)
    return bool(is_there or has_file) and run.select is not None and _NEAR in run.select


def _know_issued(session: Session, run: Run) -> None:
    """Take the names of issued links as right; a registry that cannot be read fails nothing."""
    try:
        with session.registry() as registry:
            run.know_issued(registry.queries.names(_MOST_NAMES), registry.queries.in_use)
    except CampaignFileError:  # what it says may be private; its problems are findings
        session.console.warn(f"{_NOT_COMPARED}: the campaign file does not say where they are")
    except RegistryError as error:
        session.console.warn(f"{_NOT_COMPARED}: {_why(error)}")


def _why(error: RegistryError) -> str:
    return f"{error.message}; {error.hint}" if error.hint else error.message


def _names_of(file: CampaignFile) -> dict[str, set[str]]:
    """Return the names that the campaign file uses, with which others are compared."""
    tags = [place.tags for one in file.campaigns.values() for place in one.placements]
    return {
        name: {value for each in tags if (value := getattr(each, name))}
        for name in ("source", "medium", "campaign", "content")
    }


def _codes(given: Iterable[str] | None) -> list[str]:
    codes = [part.strip().upper() for one in given or () for part in one.split(",") if part.strip()]
    by_name = {rule.name.upper(): rule.code for rule in BY_CODE.values()}
    codes = [by_name.get(code, code) for code in codes]
    if unknown := unknown_codes(codes):
        raise MissingInput(
            f"no rule is called {unknown}",
            hint=did_you_mean(unknown.strip('"'), BY_CODE) or "docs/reference/rules.md lists them",
        )
    return codes


def _lint_one(session: Session, run: Run, one: str, number: int, *, fix: bool) -> None:
    if one == "-":
        run.lint_text("standard input", _stdin(), "list")
        return
    path = Path(one)
    if not _is_there(path):
        if names_a_file(one):
            what = "no file matches" if _PATTERN.search(one) else "there is no file"
            raise Unreachable(f"{what} {quoted(one)}", hint="an address is https://…")
        run.lint_url(one, Where(f"argument {number}", kind="argument"))
        return
    file, kind = _read(path), KINDS.get(path.suffix.lower(), "list")
    if fix:
        file = _mended(session, run, path, file, kind)
    if kind == "campaigns":
        lint_campaigns(run, path, file.text)
        return
    before = run.links
    run.lint_text(one, file.text, kind)
    if run.links == before and kind != "list" and file.text.strip():
        session.console.warn(f"{quoted(one)} was read, and no link was found in it")


def _mended(session: Session, run: Run, path: Path, file: FileText, kind: Kind) -> FileText:
    """Mend a file and show the difference; with `--dry-run` only show it."""
    if why := _why_not_mended(path, file, kind):
        session.console.note(f"{path} is not mended: {why}")
        return file
    text = file.text
    if kind == "campaigns":
        mended = mended_file(run, path, text)
    else:
        run.keep_comments(str(path), text)
        issued = partial(_issued, session, path)
        try:
            mended = mended_text(text, kind, run.mends(str(path)), issued)
        except RegistryError as error:
            told = f"{path} is not mended, for nobody can tell which links were issued"
            session.console.warn(f"{told}: {_why(error)}")
            return file
    if mended == text:
        return file
    try:
        written = file.encoded(mended)
    except UnicodeEncodeError:
        session.console.note(f"{path} is not mended: {_SAVE_AS_UTF8}")
        return file
    session.console.say_raw(difference(str(path), text, mended))
    if session.dry_run:
        return file
    with replacing(path) as draft:
        draft.write_bytes(written)
    return file._replace(text=mended)


def _why_not_mended(path: Path, file: FileText, kind: Kind) -> str | None:
    """Return why a file stays as it is, with the next step. None: it may be rewritten."""
    if kind not in {"campaigns", *FIXABLE_KINDS}:
        return "only campaigns.toml, lists and CSV are"
    if not path.is_file():
        return "it is not an ordinary file; save its text in one"
    if not file.is_whole:
        return _SAVE_AS_UTF8
    is_known = kind != "list" or path.suffix.lower() in LIST_ENDINGS
    if not is_known and not is_list_of_addresses(file.text):
        return "it is not a list of addresses; put its links in a .txt file, one address a line"
    return None


def _issued(session: Session, path: Path, links: Collection[Located]) -> set[Located]:
    """Return the links that were issued, and say that they stay: no other was ever handed out."""
    if not links:
        return set()
    ids = {one: link_id(one.url) for one in links if one.url.isprintable()}
    with session.registry() as registry:
        known = registry.queries.known(list(set(ids.values())))
    issued = {one: name for one, name in ids.items() if name in known}
    for one, name in islice(issued.items(), _MOST_TOLD):
        where = Where(str(path), one.line, one.column)
        session.console.note(f"{where}: {name} was issued, and is not mended")
    if (more := len(issued) - _MOST_TOLD) > 0:
        plural = "link is" if more == 1 else "links are"
        session.console.note(f"{path}: {more:,} more issued {plural} not mended")
    if issued:
        session.console.hint(
            "to change an issued link, issue the mended one and retire it: "
            "utmforge retire ID --reason … --successor ID"
        )
    return set(issued)


def names_a_file(one: str) -> bool:
    """Tell whether what was named can only be a file: a path, a pattern, or a name with an ending.

    >>> names_a_file("./links.csv"), names_a_file("emails/*.html"), names_a_file("march/a.eml")
    (True, True, True)
    >>> names_a_file("shop.example/page"), names_a_file("/spring?utm_source=news")
    (False, False)
    """
    if "://" in one or one.startswith("//") or _HAS_QUERY.search(one):
        return False
    if one.startswith(_PATHS) or _DRIVE.match(one) or not looks_like_address(one):
        return True
    if one.lower().endswith(_ENDINGS) or _PATTERN.search(one):
        return True
    return "/" in one and not looks_like_address(one.partition("/")[0])


def _is_there(path: Path) -> bool:
    """Tell whether there is such a file.

    Raises:
        Unreachable: It is a folder.
    """
    try:
        if path.is_dir():
            raise Unreachable(
                f"{quoted(path)} is a folder",
                hint=f"name the files in it, such as {path / '*.html'}",
            )
        return path.exists()
    except OSError:  # far too long
        return False


def _read(path: Path) -> FileText:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreachable(
            f"cannot read {quoted(path)}: {(error.strerror or 'no reason given').lower()}"
        ) from None
    if is_archive(raw):
        raise NotText(
            f"{quoted(path)} is an archive or an Excel workbook", hint="save the sheet as CSV"
        )
    return read_text(raw)


def _stdin() -> str:
    if sys.stdin is None:
        raise MissingInput("standard input is closed", hint="name a file instead of -")
    return text_of(sys.stdin.buffer.read())
