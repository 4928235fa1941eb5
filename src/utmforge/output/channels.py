"""The channels in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.analytics.ga4.channel_group import channel_group
from utmforge.channels.catalogue import kind_of
from utmforge.output.escaping import safe
from utmforge.output.formats import Format
from utmforge.output.links import GROUP
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.channels import Channel
    from utmforge.output.console import Console
    from utmforge.output.rows import Row

_CHANNEL_FIELDS = ("name", "source", "medium", "title", "extends", "reason", "page")
FIELDS = (*_CHANNEL_FIELDS, "channel_group", "certain", "kind")
_SHOWN = ("name", "source", "medium", "title", "channel_group")
_HEADINGS = {
    "own": "Your own, in campaigns.toml",
    "private": "Private: messages to people, and print",
    "public": "Public: posts, pages, newsletters",
    "paid": "Paid: advertisements",
    "buttons": "Share buttons on your own pages",
}
_HEADER = ("channel", "source / medium", GROUP)
_INDENT, _GAP = "  ", 2
_MAX_WITH_REASON = 4
"""Up to this many channels are shown with the reason for their source and medium."""


def show_channels(console: Console, channels: Sequence[Channel]) -> None:
    """Print the channels: by kind on a terminal, in a pipe their names, one per line."""
    if console.format is Format.TABLE and console.to_terminal and channels and not console.columns:
        console.write("\n".join(_by_kind(console, channels)) + "\n")
        return
    show_rows(
        console,
        [_row(channel, console.format) for channel in channels],
        fields=FIELDS,
        shown=_SHOWN,
        key="name",
        titles={"channel_group": GROUP},
    )


def kind(channel: Channel) -> str:
    """Return the kind of a channel: `own`, `private`, `public`, `paid` or `buttons`."""
    return kind_of(channel.name) if channel.title else "own"


def _row(channel: Channel, fmt: Format) -> Row:
    row: Row = {name: getattr(channel, name) for name in _CHANNEL_FIELDS}
    group = channel_group(channel.source, channel.medium)
    row |= {"channel_group": group.name, "certain": group.is_certain, "kind": kind(channel)}
    if fmt in {"table", "markdown"}:
        row["channel_group"] = str(group)
        if not row["title"]:
            row["title"] = f"your own, on {row['extends']}" if row["extends"] else "your own"
    return row


def _by_kind(console: Console, channels: Sequence[Channel]) -> list[str]:
    """Return the lines of a table for each kind; their columns have the same widths."""
    cells = {channel: _cells(channel) for channel in channels}
    widths = [max(map(len, column)) + _GAP for column in zip(_HEADER, *cells.values(), strict=True)]
    is_narrow = len(_INDENT) + sum(widths) - _GAP > console.width
    is_bold = console.colored(console.stdout)
    lines: list[str] = [] if is_narrow else [_line(_HEADER, widths)]
    for name, heading in _HEADINGS.items():
        of_kind = [channel for channel in channels if kind(channel) == name]
        if not of_kind:
            continue
        lines += ["", f"\x1b[1m{heading}\x1b[0m" if is_bold else heading]
        for channel in of_kind:
            lines += (
                _two_lines(cells[channel], widths[0])
                if is_narrow
                else [_line(cells[channel], widths)]
            )
            if len(channels) <= _MAX_WITH_REASON and channel.reason:
                lines += _reason(console, channel.reason)
    return lines if lines[0] else lines[1:]


def _reason(console: Console, reason: str) -> list[str]:
    line = f"{_INDENT * 2}{reason}"
    return [safe(part) for part in console.folded(line, console.stdout, 4).split("\n")]


def _cells(channel: Channel) -> tuple[str, str, str]:
    group = channel_group(channel.source, channel.medium)
    return safe(channel.name), safe(f"{channel.source} / {channel.medium}"), str(group)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"{_INDENT}{''.join(padded)}".rstrip()


def _two_lines(cells: Sequence[str], width: int) -> list[str]:
    """Return a channel for a terminal that is too narrow for a line: its group is below."""
    name, tags, group = cells
    return [f"{_INDENT}{name.ljust(width)}{tags}", f"{_INDENT}{' ' * width}{group}"]
