"""Tables drawn by Rich: no wider than necessary, with nothing cut or wrapped."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from utmforge.output.escaping import safe

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_GAP = 2


def width_of(rows: Sequence[Sequence[str]]) -> int:
    """Return the width of a table of these rows, in columns."""
    columns = zip(*rows, strict=True)
    return sum(max(cell_len(safe(cell)) for cell in column) + _GAP for column in columns)


def table_lines(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    color: bool,
    right: Collection[int] = (),
) -> list[str]:
    """Render a table; its first line is the header, and columns in `right` are right-aligned."""
    if right:
        header, *rows = _padded([header, *rows], right)
    width = width_of([header, *rows])
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold")
    for name in header:
        table.add_column(Text(name), no_wrap=True, overflow="ignore")
    for row in rows:
        table.add_row(*(Text(safe(cell), overflow="ignore", no_wrap=True) for cell in row))
    text = StringIO()
    console = Console(
        file=text,
        width=max(width, 1),
        color_system="standard" if color else None,
        force_terminal=color,
        legacy_windows=False,
    )
    console.print(table, crop=False, soft_wrap=True)
    return [line.rstrip() for line in text.getvalue().splitlines()]


def _padded(rows: Sequence[Sequence[str]], right: Collection[int]) -> list[list[str]]:
    """Return rows with spaces before the cells of some columns, so that these end alike."""
    widths = [max(cell_len(safe(cell)) for cell in column) for column in zip(*rows, strict=True)]
    return [
        [
            " " * (widths[at] - cell_len(safe(cell))) + cell if at in right else cell
            for at, cell in enumerate(row)
        ]
        for row in rows
    ]
