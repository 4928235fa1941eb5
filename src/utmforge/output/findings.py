"""Findings for people and machines: grouped lines, JSON, CSV, Markdown, GitHub; SARIF is beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.console import dumps
from utmforge.output.escaping import safe
from utmforge.output.formats import Format, LintFormat
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from utmforge.lint.run import Finding
    from utmforge.output.console import Console
    from utmforge.output.rows import Row

FIELDS = ("code", "name", "severity", "where", "message", "hint", "fix")
_SHOWN = ("where", "severity", "code", "message")
_COLORS = {"error": "1;31", "warning": "33", "note": "2"}


def show_findings(
    console: Console,
    findings: Sequence[Finding],
    fmt: LintFormat,
    campaign_file: Path | None = None,
) -> None:
    """Print findings; the campaign file stands for issued links where only a file will do."""
    match fmt:
        case LintFormat.TABLE:
            console.write(_for_people(console, findings))
        case LintFormat.GITHUB:
            console.write("".join(map(_annotation, findings)))
        case LintFormat.SARIF:
            from utmforge.output.sarif import sarif

            console.write(dumps(sarif(findings, campaign_file)) + "\n")
        case _:
            console.format = Format(fmt.value)
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
        severity = (
            f"\x1b[{_COLORS[one.severity]}m{one.severity}\x1b[0m" if is_colored else one.severity
        )
        lines.append(
            f"{safe(str(one.where))}: {severity} {one.code} {one.name}: {safe(one.message)}"
        )
        if one.hint:
            lines.append(f"    hint: {safe(one.hint)}")
    return "".join(f"{line}\n" for line in lines)


def _annotation(one: Finding) -> str:
    """Return a workflow command (docs.github.com, Workflow commands, read 2026-11)."""
    level = {"error": "error", "warning": "warning", "note": "notice"}[one.severity]
    pairs = {"title": f"{one.code} {one.name}"}
    if one.where.kind == "file":
        pairs = (
            {"file": one.where.file, "line": str(one.where.line or 1)}
            | ({"col": str(one.where.column)} if one.where.column else {})
            | pairs
        )
    properties = ",".join(f"{name}={_property(value)}" for name, value in pairs.items())
    place = "" if one.where.kind == "file" else f"{one.where}: "
    hint = f"\n{one.hint}" if one.hint else ""
    return f"::{level} {properties}::{_data(f'{place}{safe(one.message)}{hint}')}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
