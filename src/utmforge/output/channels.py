"""The channels in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.analytics.ga4.channel_group import channel_group
from utmforge.output.links import GROUP
from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.channels import Channel
    from utmforge.output.console import Console
    from utmforge.output.formats import Format
    from utmforge.output.rows import Row

_CHANNEL_FIELDS = ("name", "source", "medium", "title", "extends", "reason", "page")
_FIELDS = (*_CHANNEL_FIELDS, "channel_group", "certain")
_SHOWN = ("name", "source", "medium", "title", "channel_group")


def show_channels(console: Console, channels: Sequence[Channel]) -> None:
    """Print the channels; in a pipe their names, one per line."""
    show_rows(
        console,
        [_row(channel, console.format) for channel in channels],
        fields=_FIELDS,
        shown=_SHOWN,
        key="name",
        titles={"channel_group": GROUP},
    )


def _row(channel: Channel, fmt: Format) -> Row:
    row: Row = {name: getattr(channel, name) for name in _CHANNEL_FIELDS}
    group = channel_group(channel.source, channel.medium)
    row |= {"channel_group": group.name, "certain": group.is_certain}
    if fmt in {"table", "markdown"}:
        row["channel_group"] = str(group)
        if not row["title"]:
            row["title"] = f"your own, on {row['extends']}" if row["extends"] else "your own"
    return row
