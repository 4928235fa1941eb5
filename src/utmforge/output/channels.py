"""The channels in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.output.formats import Format
from utmforge.output.text import harmless_cell, markdown_text
from utmforge.output.voice import Voice, dumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utmforge.channels import Channel

_FIELDS = ("name", "source", "medium", "title", "extends", "reason", "page")
_SHOWN = ("name", "source", "medium", "title")


def show_channels(voice: Voice, channels: Sequence[Channel]) -> None:
    """Print the channels; in a pipe their names, one a line."""
    rows = [{name: getattr(channel, name) for name in _FIELDS} for channel in channels]
    match voice.format:
        case Format.JSON:
            voice.answer(rows)
        case Format.JSONL:
            voice.write("".join(dumps(row, indent=None) + "\n" for row in rows))
        case Format.CSV:
            voice.write(_csv(rows))
        case Format.URLS:
            voice.write("".join(f"{channel.name}\n" for channel in channels))
        case Format.MARKDOWN:
            cells = [[row[name] or _of(row) for name in _SHOWN] for row in rows]
            escaped = [[markdown_text(cell) for cell in row] for row in cells]
            head = (_SHOWN, ["---"] * len(_SHOWN))
            lines = [f"| {' | '.join(line)} |" for line in (*head, *escaped)]
            voice.write("\n".join(lines) + "\n")
        case _:
            from utmforge.output.table import table_lines  # noqa: PLC0415 - loads Rich

            cells = [[row[name] or _of(row) for name in _SHOWN] for row in rows]
            color = voice.colored(voice.stdout)
            voice.write("\n".join(table_lines(_SHOWN, cells, color=color)) + "\n")


def _of(row: dict[str, str | None]) -> str:
    return f"your own, on {row['extends']}" if row["extends"] else "your own"


def _csv(rows: Sequence[dict[str, str | None]]) -> str:
    import csv  # noqa: PLC0415 - only CSV needs it
    from io import StringIO  # noqa: PLC0415 - same

    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_FIELDS)
    writer.writerows([harmless_cell(value or "") for value in row.values()] for row in rows)
    return text.getvalue()
