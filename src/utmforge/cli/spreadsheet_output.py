"""What spreadsheets want: chosen columns, a file, and CSV as Excel opens it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from utmforge.errors import ContradictoryInput, MissingInput, OutputFileError, StdoutFailed, quoted
from utmforge.files.atomic import atomic_write
from utmforge.output.console import Console
from utmforge.output.formats import Format
from utmforge.output.rows import refuse_other_columns

_OTHER_NAMES = {
    "group": ("ga4_channel_group", "channel_group"),
    "channel_group": ("ga4_channel_group",),
    "ga4": ("ga4_channel_group", "channel_group"),
    "ga4_group": ("ga4_channel_group", "channel_group"),
    "ga4_channel_group": ("channel_group",),
    "link": ("url",),
    "address": ("url",),
    "page": ("landing_page",),
    "date": ("issued_at", "at"),
    "issued": ("issued_at",),
    "by": ("author",),
}
_FORMATS = {
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".md": Format.MARKDOWN,
    ".txt": Format.URLS,
}


def columns_of(names: str | None, known: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that `--columns` names, with commas; none if it is not given.

    >>> columns_of("utm_source,Landing Page,group", ("source", "landing_page", "channel_group"))
    ('source', 'landing_page', 'channel_group')

    Raises:
        MissingInput: There is no such column, or none is named.
    """
    if names is None:
        return ()
    wanted = [re.sub(r"[\s-]+", "_", name.strip().lower()) for name in names.split(",")]
    found = tuple(dict.fromkeys(_column(name, known) for name in wanted if name))
    if not found:
        raise MissingInput(
            "--columns is empty", hint=f"the columns are {', '.join(known)}; put commas between"
        )
    refuse_other_columns(found, known)
    return found


def _column(name: str, known: Sequence[str]) -> str:
    """Return the column that a name stands for, or the name."""
    short = name.removeprefix("utm_")
    near = (name, short, *_OTHER_NAMES.get(short, ()), f"utm_{short}")
    return next((one for one in near if one in known), name)


def refuse_excel(fmt: str | None) -> None:
    """Refuse another format than CSV where Excel is to open the file.

    Raises:
        ContradictoryInput: It is one.
    """
    if fmt not in {None, "csv", "table"}:
        raise ContradictoryInput(
            f"--excel writes CSV, not {fmt}", hint="leave out --format or --excel"
        )


def refuse_columns(fmt: str | None) -> None:
    """Refuse to choose columns in a format without any.

    Raises:
        ContradictoryInput: It has none.
    """
    if fmt in {"urls", "github", "sarif"}:
        raise ContradictoryInput(
            f"--columns is for tables, and --format {fmt} has no columns",
            hint="use --format tsv or csv",
        )


def format_for(path: Path, *, excel: bool) -> Format:
    """Return the format that the name of a file asks for: CSV if it has no ending.

    Raises:
        ContradictoryInput: There is no such format, or Excel does not open it.
    """
    fmt = _FORMATS.get(path.suffix.lower()) if path.suffix else Format.CSV
    if fmt is None:
        raise ContradictoryInput(
            f"cannot tell the format of {quoted(path)}",
            hint=f"name it {path.stem or 'links'}.csv, or use --format; the endings are "
            f"{', '.join(_FORMATS)}",
        )
    if excel:
        refuse_excel(fmt.value)
    return fmt


@contextmanager
def written_to(console: Console, path: Path) -> Iterator[None]:
    """Write the console's answer to a file, completely or not at all.

    Raises:
        OutputFileError: It cannot be written.
    """
    before, was_terminal = console.stdout, console.to_terminal
    try:
        with atomic_write(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
            console.stdout, console.to_terminal = file, False
            yield
            console.finish()
    except StdoutFailed as error:
        raise OutputFileError(
            error.message.replace("standard output", quoted(path)), hint="nothing was written"
        ) from None
    finally:
        console.stdout, console.to_terminal = before, was_terminal
    if not console.quiet:  # not among the messages of a JSON answer, which is written
        console.tell("done", f"wrote {path}", "")
