"""`utmforge lint`: check campaign names and links."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.cli.inputs import file_exists, files_matching, read_input
from utmforge.cli.options import (
    FindingsFormat,
    IgnoredRules,
    ReportColumns,
    SelectedRules,
    command,
    single,
)
from utmforge.cli.session import Session
from utmforge.documents.kinds import KINDS, LIST_ENDINGS, kind_of
from utmforge.errors import (
    CampaignFileInvalid,
    ContradictoryInput,
    MissingInput,
    UnreadableInput,
    quoted,
)
from utmforge.files.atomic import atomic_write
from utmforge.files.decoding import read_text
from utmforge.lint.rule_choice import chosen_rules
from utmforge.lint.workspace_run import (
    AddressInput,
    FixedText,
    LintRequest,
    LintResult,
    TextInput,
    lint_inputs,
)
from utmforge.output.findings import FIELDS, count_of, show_findings, show_lint_notes
from utmforge.output.formats import Format, LintFormat
from utmforge.urls.address import looks_like_address

app = single()

_PATHS = (".", "/", "~", "\\")
_DRIVE = re.compile(r"[A-Za-z]:[/\\]")
_HAS_QUERY = re.compile(r"\?[^/]*=")
_PATTERN = re.compile(r"[*\[\]]")
_ENDINGS = (*KINDS, *(ending for ending in sorted(LIST_ENDINGS) if ending))
_FILE_NAME = re.compile(
    r"[^/?#:@]+\.(?:json[l5]?|ndjson|xml|svg|ya?ml|pyi?|eml|msg|mbox|xlsx?|xlsm|ods|odt|docx?|rtf|pdf"
    r"|pptx?|numbers|pages|php|aspx?|jsp|log|rst|adoc|tex|zip|gz|tgz|bz2|7z|tar|db|sqlite3?|bak|old|tmp"
    r"|js|mjs|cjs|tsx?|jsx|css|scss|less|hbs|liquid|erb|njk|j2|mustache|ejs|vue|ics|vcf|sql|ini|cfg"
    r"|conf|env|lock|sh|bash|bat|ps1|rb|go|java|png|jpe?g|gif|webp|ico|mp[34]|woff2?|parquet|avro)",
    re.IGNORECASE,
)
"""A name with a file extension. A few extensions are top-level domains too (`.py`, `.zip`, `.sh`):
an address there needs its `https://`."""


Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE|URL|-",
        help="campaigns.toml, CSV, HTML, Markdown, mails, templates, JSON, any text with "
        "addresses, an address, or - for standard input. Default: the campaign file.",
        show_default=False,
    ),
]
Issued = Annotated[
    bool, typer.Option("--issued", help="Also check the links in the registry (see --registry).")
]
Site = Annotated[bool, typer.Option("--site", help="The files are pages of your own site.")]
Against = Annotated[
    str | None,
    typer.Option(
        "--against", metavar="REPORT", help="The old spelling of utmforge compare REPORT."
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 if there is no link in a file.")
]
Fix = Annotated[
    bool, typer.Option("--fix", help="Fix what is safe to fix, in campaigns.toml, lists and CSV.")
]


@command(app, "file", "registry", "dry_run", columns=lambda: FIELDS)
def lint(
    session: Session,
    inputs: Inputs = None,
    issued: Issued = False,
    site: Site = False,
    select: SelectedRules = None,
    ignore: IgnoredRules = None,
    against: Against = None,
    mapping: ReportColumns = None,
    strict: Strict = False,
    fix: Fix = False,
    fmt: FindingsFormat = LintFormat.TABLE,
) -> None:
    """Check names and links for mistakes that split reports, break links or leak data.

    Exits with 1 if there is an error or a warning, and with 0 if there are only notes. Personal
    data is never repeated.

    Example:
      utmforge lint
      utmforge lint links.csv newsletter.html --format github
      utmforge lint links.txt --fix --dry-run
      utmforge lint campaigns.toml --issued --ignore UTM103
    """
    if fmt is LintFormat.JSON:
        session.console.format = Format.JSON
    named = inputs or []
    if fix and "-" in named:
        raise ContradictoryInput("standard input cannot be fixed", hint="name a file instead of -")
    rules = chosen_rules(select, ignore)
    if against is not None or mapping:
        is_alone = not (named or issued)
        _against(session, rules, against, mapping or [], fmt, is_alone=is_alone, fix=fix)
        return
    request = _request(session, named, rules, issued=issued)
    several = len(request.inputs) if len(request.inputs) > 1 else None
    with session.console.working("checking", total=several) as step:
        result = lint_inputs(request._replace(is_site=site, fix=fix, strict=strict, step=step))
    if not session.dry_run:
        _write(result.fixed)
    _show(session, result, fmt)
    if not result.is_clean:
        raise typer.Exit(1)


def _request(
    session: Session, named: list[str], rules: frozenset[str], *, issued: bool
) -> LintRequest:
    """Open the inputs, and return the request to lint them."""
    sources = enumerate(_named(session, named, issued), 1)
    return LintRequest(
        tuple(_opened(session, one, at) for at, one in sources),
        _campaign_file(session, named),
        session.registry,
        datetime.now(UTC),
        rules,
        issued=issued,
        has_workspace=bool(session.file_path or session.registry_asked),
        dry_run=session.dry_run,
    )


def _write(texts: Iterable[FixedText]) -> None:
    for one in texts:
        with atomic_write(one.path) as draft:
            draft.write_bytes(one.data)


def _show(session: Session, result: LintResult, fmt: LintFormat) -> None:
    show_lint_notes(session.console, result.notes)
    show_findings(session.console, result.findings, fmt, session.file_path)
    session.console.done(count_of(result.findings, result.links))
    if result.can_fix:
        session.console.hint("--fix fixes some of this; --fix --dry-run shows what would change")


def _against(
    session: Session,
    rules: frozenset[str],
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
            "--against cannot be used with other inputs",
            hint="run utmforge lint again for the links",
        )
    from utmforge.cli.commands.compare import run_compare

    session.console.note("`lint --against` is now `utmforge compare`")
    run_compare(session, report, rules, mapping, fmt, fix=fix)


def _named(session: Session, named: list[str], issued: bool) -> list[str]:
    """Return the inputs on the command line, each once; without any, the campaign file."""
    path = session.file_path
    if not named and path is None and not issued:
        raise MissingInput(
            "there is nothing to check: no campaigns.toml here or in a folder above",
            hint="utmforge lint FILE, or utmforge lint --issued for the registry",
        )
    if not named:
        return [str(path)] if path else []
    return list(dict.fromkeys(file for one in named for file in _expanded(one)))


def _expanded(one: str) -> list[str]:
    """Return the files that a pattern matches; anything else as it is."""
    if not (_PATTERN.search(one) and names_a_file(one)) or file_exists(Path(one)):
        return [one]
    return files_matching(one) or [one]


def _campaign_file(session: Session, named: list[str]) -> CampaignFile:
    """Return the campaign file, or the defaults if it is being linted and has problems."""
    try:
        return session.file
    except CampaignFileInvalid:
        if named and not any(_is_campaign_file(session, Path(one)) for one in named):
            raise
        return CampaignFile()


def _is_campaign_file(session: Session, path: Path) -> bool:
    """Tell whether a path leads to the campaign file in use, however it is written."""
    try:
        return session.file_path is not None and path.samefile(session.file_path)
    except OSError:  # there is no such file
        return False


def _opened(session: Session, one: str, number: int) -> TextInput | AddressInput:
    """Open one input; the campaign file in use is already open."""
    if one == "-":
        given = read_input(one)
        return TextInput(given.name, given.decoded, kind_of("", given.text))
    path = Path(one)
    if not file_exists(path):
        if names_a_file(one):
            what = "no file matches" if _PATTERN.search(one) else "there is no file"
            raise UnreadableInput(f"{what} {quoted(one)}", hint="start a web address with https://")
        return AddressInput(f"argument {number}", one)
    if _is_campaign_file(session, path) and (document := session.document) is not None:
        return TextInput(one, read_text(document.data), "campaigns", path, document)
    file = read_input(one).decoded
    kind = kind_of(path.suffix, file.text)
    return TextInput(one, file, kind, path if path.is_file() else None)


def names_a_file(one: str) -> bool:
    """Tell whether an input can only be a file: a path, a pattern, or a name with an extension.

    >>> names_a_file("./links.csv"), names_a_file("emails/*.html"), names_a_file("march/a.eml")
    (True, True, True)
    >>> names_a_file("shop.example/page"), names_a_file("/spring?utm_source=news")
    (False, False)
    """
    if "://" in one or one.startswith("//") or _HAS_QUERY.search(one):
        return False
    if one.startswith(_PATHS) or _DRIVE.match(one) or not looks_like_address(one):
        return True
    bare = re.split("[?#]", one.lower(), maxsplit=1)[0]
    if bare.endswith(_ENDINGS) or _PATTERN.search(one) or _FILE_NAME.fullmatch(one):
        return True
    return "/" in one and not looks_like_address(one.partition("/")[0])
