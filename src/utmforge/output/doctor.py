"""The doctor's report in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.formats import Format
from utmforge.output.key_values import fact_line, show_facts

if TYPE_CHECKING:
    from utmforge.doctor import Check, Examination
    from utmforge.output.console import Console

COLUMNS = (
    *("utmforge", "python", "sqlite", "system", "campaign_file", "registry", "file_system"),
    *("free_space", "permissions", "links", "clipboard", "terminal", "encoding"),
)
"""What `--columns` may name; what was not checked is empty."""
_MARKS = {None: " ", True: "!", False: "?"}
"""Before a check: what it found is fine, serious, or worth knowing."""


def show_examination(console: Console, examination: Examination) -> None:
    """Print what was checked; problems are marked, and explained on stderr."""
    checks = examination.checks
    if console.columns:
        found = {one.what.replace(" ", "_"): one.value for one in checks}
        show_facts(console, dict.fromkeys(COLUMNS) | found)
    elif console.format is Format.JSON:
        console.answer([one._asdict() for one in checks])
        return
    elif console.format in {Format.JSONL, Format.CSV, Format.MARKDOWN}:
        show_facts(console, {one.what: one.value for one in checks})
    else:
        width = max(len(one.what) for one in checks)
        console.write("".join(_line(console, one, width) for one in checks))
    for one in checks:
        if one.trouble:
            say = console.warn if one.is_serious else console.note
            say(f"{one.what}: {one.trouble}")


def _line(console: Console, check: Check, width: int) -> str:
    mark = _MARKS[check.is_serious if check.trouble else None]
    return fact_line(console, f"{mark} {check.what}", check.value, width + 2) + "\n"
