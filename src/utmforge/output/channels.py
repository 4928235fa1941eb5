"""The channels in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.rows import show_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.channels import Channel
    from utmforge.output.formats import Format
    from utmforge.output.rows import Row
    from utmforge.output.voice import Voice

_FIELDS = ("name", "source", "medium", "title", "extends", "reason", "page")
_SHOWN = ("name", "source", "medium", "title")


def show_channels(voice: Voice, channels: Sequence[Channel]) -> None:
    """Print the channels; in a pipe their names, one a line."""
    show_rows(
        voice,
        [_row(channel, voice.format) for channel in channels],
        fields=_FIELDS,
        shown=_SHOWN,
        key="name",
    )


def _row(channel: Channel, fmt: Format) -> Row:
    row: Row = {name: getattr(channel, name) for name in _FIELDS}
    if not row["title"] and fmt in {"table", "markdown"}:
        row["title"] = f"your own, on {row['extends']}" if row["extends"] else "your own"
    return row
