"""A file to import → the links that will be imported, and the problems to report.

An export of utmforge is imported unchanged. Any other CSV is a spreadsheet of links.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import ContradictoryInput, LandingPagesInvalid, Problem, counted, quoted
from utmforge.registry.interchange.import_export import format_of, read_export
from utmforge.registry.interchange.record_lines import Content
from utmforge.registry.interchange.spreadsheet import read_spreadsheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from utmforge.registry.interchange.spreadsheet import Disagreement
    from utmforge.registry.interchange.spreadsheet_columns import Columns

MAX_PROBLEMS = 20
"""The maximum number of problems that are listed."""

_SKIP = "--skip-errors leaves such rows out"


class ImportRequest(NamedTuple):
    """How a file is to be imported."""

    mapping: Mapping[str, str]
    """Fields and the headers they are under, if that cannot be guessed."""
    date_format: str | None = None
    """How dates are written, as in `strptime`. None: it is guessed."""
    skip_errors: bool = False
    """Rows that are not links are left out, instead of refusing the file."""


class ImportPlan(NamedTuple):
    """What will be imported."""

    name: str
    """The file's name in messages."""
    content: Content
    """Its links and events."""
    columns: Columns | None = None
    """Which column was taken for what. None: the file is an export."""
    left_out: tuple[Problem, ...] = ()
    """Rows that are not links, and why."""
    rewritten: int = 0
    """Links whose tags stood in another order or place than utmforge writes them."""
    skip_errors: bool = False
    """Whether rows may be left out."""
    disagreements: tuple[Disagreement, ...] = ()
    """Where an address was imported although a column beside it says something else."""

    def refuse_problems(self) -> None:
        """Refuse the file if rows are not links, unless they may be left out.

        Raises:
            LandingPagesInvalid: With the first of them.
        """
        if not self.left_out or self.skip_errors:
            return
        problems = list(self.left_out[:MAX_PROBLEMS])
        if (more := len(self.left_out) - MAX_PROBLEMS) > 0:
            are = "is not a link" if more == 1 else "are not links"
            problems.append(Problem(f"and {counted(more, 'more row')} that {are}", self.name))
        problems[-1] = problems[-1]._replace(hint=problems[-1].hint or _SKIP)
        raise LandingPagesInvalid(problems)


def plan_import(text: str, name: str, request: ImportRequest, *, now: datetime) -> ImportPlan:
    """Read a file that is to be imported.

    Args:
        text: What is in it.
        name: Its name in messages; its extension decides the format, or else its text.
        request: How it is to be read.
        now: The day of links without one.

    Raises:
        ContradictoryInput: Columns are named for an export, which needs none.
        LandingPagesInvalid: The file cannot be read.
    """
    content = read_export(text, format_of(PurePath(name), text), name)
    if content is not None:
        if request.mapping or request.date_format:
            raise ContradictoryInput(
                f"{quoted(name)} is an export of utmforge, read as it is",
                hint="leave out --map and --date-format",
            )
        return ImportPlan(name, content)
    sheet = read_spreadsheet(
        text, name, mapping=request.mapping, now=now, date_format=request.date_format
    )
    return ImportPlan(
        name,
        Content({link.id: link for link in sheet.links}, {}, {}, sheet.places),
        sheet.columns,
        sheet.problems,
        sheet.rewritten,
        request.skip_errors,
        sheet.disagreements,
    )
