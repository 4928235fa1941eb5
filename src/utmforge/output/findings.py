"""Findings for people and machines: lines, JSON, CSV, Markdown, GitHub (SARIF: `sarif.py`)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from utmforge.errors import ManyProblems, counted, quoted
from utmforge.lint.rules.base import SEVERITIES
from utmforge.lint.workspace_run import (
    FixedText,
    IssuedKept,
    LeftBeside,
    NoLinks,
    NotCompared,
    NotFixed,
)
from utmforge.output.console import dumps
from utmforge.output.escaping import safe
from utmforge.output.formats import Format, LintFormat
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from utmforge.errors import LandingPagesInvalid, RegistryError
    from utmforge.lint.finding import Finding, Where
    from utmforge.lint.workspace_run import Note
    from utmforge.output.console import Console
    from utmforge.output.rows import Row

FIELDS = ("code", "name", "severity", "where", "message", "hint", "fix")
_SHOWN = ("where", "severity", "code", "message")
_MAX_SHOWN = 10
_WHY_NOT_FIXED = {
    "kind": "only campaigns.toml, lists and CSV can be fixed",
    "not-a-file": "it is not a regular file; save its text in one",
    "encoding": "it cannot be written back in its encoding; save it as UTF-8",
    "not-a-list": "it is not a list of addresses; put its links in a .txt file, one per line",
}
_COLORS = {"error": "1;31", "warning": "33", "note": "2"}


def show_findings(
    console: Console,
    findings: Sequence[Finding],
    fmt: LintFormat,
    campaign_file: Path | None = None,
) -> None:
    """Print findings; in formats that need a file, the campaign file stands for issued links."""
    match fmt:
        case LintFormat.TABLE if not (console.columns or console.excel):
            console.write(_for_people(console, findings))
        case LintFormat.GITHUB:
            console.write("".join(map(_annotation, findings)))
        case LintFormat.SARIF:
            from utmforge.output.sarif import sarif

            console.write(dumps(sarif(findings, campaign_file)) + "\n")
        case _:
            console.set_format(Format(fmt.value))
            show_rows(
                console, [_row(one) for one in findings], fields=FIELDS, shown=_SHOWN, key="where"
            )


def _row(one: Finding) -> Row:
    row: Row = {name: getattr(one, name) for name in FIELDS}
    row["where"] = str(one.where)
    return row


def _for_people(console: Console, findings: Sequence[Finding]) -> str:
    is_colored = console.colored(console.stdout)
    lines = []
    for one in findings:
        place = f"{safe(str(one.where))}: "
        sentence = f"{place}{one.severity} {one.code} {one.name}: {safe(one.message)}"
        line = console.folded(sentence, console.stdout, indent=4)
        if is_colored and line.startswith(place + one.severity):
            rest = line.removeprefix(place + one.severity)
            line = f"{place}\x1b[{_COLORS[one.severity]}m{one.severity}\x1b[0m{rest}"
        lines.append(line)
        if one.hint:
            hint = f"    hint: {safe(one.hint)}"
            lines.append(console.folded(hint, console.stdout, indent=10))
    return "".join(f"{line}\n" for line in lines)


def _annotation(one: Finding) -> str:
    level = {"error": "error", "warning": "warning", "note": "notice"}[one.severity]
    is_file = one.where.kind == "file"
    place = "" if is_file else f"{one.where}: "
    hint = f"\n{safe(one.hint)}" if one.hint else ""
    text = f"{safe(place + one.message)}{hint}"
    return annotation(level, f"{one.code} {one.name}", one.where if is_file else None, text)


def annotation(level: str, title: str, where: Where | None, text: str) -> str:
    """Return a workflow command (docs.github.com, Workflow commands, read 2026-11).

    Args:
        level: `error`, `warning` or `notice`.
        title: Its heading.
        where: The place in a file. None: it has none.
        text: What it says.
    """
    pairs = {"title": title}
    if where is not None:
        pairs = (
            {"file": where.file, "line": str(where.line or 1)}
            | ({"col": str(where.column)} if where.column else {})
            | pairs
        )
    properties = ",".join(f"{name}={_property(value)}" for name, value in pairs.items())
    return f"::{level} {properties}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(safe(text)).replace(":", "%3A").replace(",", "%2C")


def count_of(findings: Collection[Finding], links: int) -> str:
    """Return the number of findings of each severity, in words."""
    if not findings:
        return f"nothing found in {counted(links, 'link')}"
    numbers = Counter(one.severity for one in findings)
    parts = [counted(numbers[name], name) for name in SEVERITIES if numbers[name]]
    return f"{', '.join(parts)} in {counted(links, 'link')}"


def show_lint_notes(console: Console, notes: Iterable[Note]) -> None:
    """Print what was fixed, what was left unchanged and why."""
    for one in notes:
        match one:
            case FixedText():
                console.say_raw(one.difference)
            case NotFixed(why="registry"):
                known = "it is not known which links were issued"
                console.warn(f"{one.name} was not fixed, because {known}: {_why(one.error)}")
            case NotFixed():
                console.note(f"{one.name} was not fixed: {_WHY_NOT_FIXED[one.why]}")
            case LeftBeside(links=links):
                were = "was" if links == 1 else "were"
                console.note(
                    f"{counted(links, 'link')} of {one.name} {were} not fixed: only an address "
                    "alone in its line or cell can be"
                )
            case IssuedKept():
                _show_kept(console, one)
            case NoLinks():
                console.warn(f"there are no links in {quoted(one.name)}")
            case NotCompared():
                what = (
                    "names were not compared with those of issued links"
                    if one.names
                    else "links left behind were not looked for"
                )
                console.warn(f"{what}: {_why(one.error)}")


def _show_kept(console: Console, kept: IssuedKept) -> None:
    for where, link_id in kept.links[:_MAX_SHOWN]:
        console.note(f"{where}: {link_id} was issued and was not fixed")
    if (more := len(kept.links) - _MAX_SHOWN) > 0:
        were = "was" if more == 1 else "were"
        console.note(f"{kept.name}: {counted(more, 'more issued link')} {were} not fixed")
    console.hint(
        "to change an issued link, issue the fixed one and retire it: "
        "utmforge retire ID --reason … --successor ID"
    )


def _why(error: RegistryError | LandingPagesInvalid | None) -> str:
    if error is None:
        return "the campaign file does not say where the registry is"
    if isinstance(error, ManyProblems):
        first, *more = error.problems
        others = f"; and {counted(len(more), 'more problem')}" if more else ""
        return f"{first.where}: {first.message}{others}"
    return f"{error.message}; {error.hint}" if error.hint else error.message
