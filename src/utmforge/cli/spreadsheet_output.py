"""What spreadsheets want of `list`: chosen columns, a file, and CSV as Excel opens it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from utmforge.errors import MissingInput, did_you_mean, quoted
from utmforge.files.atomic import atomic_write
from utmforge.output.console import Console
from utmforge.output.formats import Format
from utmforge.output.links import COLUMNS

_OTHER_NAMES = {
    "group": "ga4_channel_group",
    "ga4": "ga4_channel_group",
    "link": "url",
    "page": "landing_page",
    "date": "issued_at",
    "issued": "issued_at",
    "by": "author",
}
_DECIMAL_COMMA = re.compile(
    r"(?:bg|ca|cs|da|de|el|es|et|eu|fi|fr|gl|hr|hu|id|is|it|lt|lv|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sr|sv"
    r"|tr|uk|vi)(?:[_.@-].*)?",
    re.IGNORECASE,
)
"""Locales that write 1,5 and whose Excel therefore expects semicolons (but Swiss German: de_CH)."""
_POINT = re.compile(r"(?:de|it|fr)_(?:CH|LI)|es_(?:MX|US|GT|HN|NI|PA|PE|PR|SV|DO)", re.IGNORECASE)
_FORMATS = {
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".md": Format.MARKDOWN,
    ".txt": Format.URLS,
}


def columns_of(names: str | None) -> tuple[str, ...]:
    """Return the columns that `--columns` names, with commas; none if it is not given.

    Raises:
        MissingInput: There is no such column.
    """
    wanted = [name.strip().lower().replace("-", "_") for name in (names or "").split(",")]
    found = []
    for name in filter(None, wanted):
        column = _OTHER_NAMES.get(name.removeprefix("utm_"), name.removeprefix("utm_"))
        column = next((one for one in (name, column, f"utm_{column}") if one in COLUMNS), "")
        if not column:
            hint = did_you_mean(name, COLUMNS) or f"there are {', '.join(COLUMNS)}"
            raise MissingInput(f"there is no column {quoted(name)}", hint=hint)
        found.append(column)
    if names is not None and not found:
        raise MissingInput("--columns is empty", hint="such as --columns url,campaign,group")
    return tuple(dict.fromkeys(found))


def for_excel(console: Console) -> None:
    """Write CSV as Excel opens it: with a mark for UTF-8, and semicolons where it expects them."""
    console.format = Format.CSV
    console.delimiter = ";" if has_decimal_comma(console.environment) else ","


def has_decimal_comma(environment: Mapping[str, str]) -> bool:
    """Tell whether the locale of the environment writes numbers with a comma.

    >>> has_decimal_comma({"LANG": "fr_FR.UTF-8"}), has_decimal_comma({"LANG": "en_GB.UTF-8"})
    (True, False)
    """
    names = (environment.get(name) for name in ("LC_ALL", "LC_NUMERIC", "LANG"))
    locale = next(filter(None, names), "")
    return bool(_DECIMAL_COMMA.fullmatch(locale)) and not _POINT.match(locale)


def format_for(path: Path) -> Format:
    """Return the format that the name of a file asks for: CSV if it asks for none."""
    return _FORMATS.get(path.suffix.lower(), Format.CSV)


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
    finally:
        console.stdout, console.to_terminal = before, was_terminal
    if not console.quiet:  # not among the messages of a JSON answer, which is written
        console.tell("done", f"wrote {path}", "")
