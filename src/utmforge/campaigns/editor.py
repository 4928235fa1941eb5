"""Write campaigns.toml: a new file, or one more campaign at the end of an existing file."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from utmforge.campaigns.document import parse_document
from utmforge.campaigns.reader import read_campaigns
from utmforge.errors import CampaignFileBroken
from utmforge.files.atomic import atomic_write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Values = "Mapping[str, str | Sequence[str]]"


def add_campaign(path: Path, name: str, values: Mapping[str, str | Sequence[str]]) -> None:
    """Add a campaign at the end of a file, or start a new file with it, if the result is valid.

    Raises:
        CampaignFileError: The result would not be valid; the file was not changed.
        OutputFileError: It cannot be written.
    """
    _add_table(path, "campaigns", name, values)


def add_channel(path: Path, name: str, source: str, medium: str) -> None:
    """Add a channel at the end of a file, or start a new file with it, if the result is valid.

    Raises:
        CampaignFileError: The result would not be valid; the file was not changed.
        OutputFileError: It cannot be written.
    """
    _add_table(path, "channels", name, {"source": source, "medium": medium})


def _add_table(path: Path, kind: str, name: str, values: Mapping[str, str | Sequence[str]]) -> None:
    text = _with_table(path, kind, name, values) if path.exists() else _begun(kind, name, values)
    write_checked(path, text)


def with_aliases(text: str, aliases: Mapping[str, Mapping[str, str]]) -> str:
    """Return a campaign file's text with more aliases in its naming convention.

    Everything else stays, including comments.

    Args:
        text: The file's text.
        aliases: The value to write for each alias, by field.

    Raises:
        CampaignFileBroken: The layout of the file leaves no place for them.
    """
    line_end = "\r\n" if text.count("\r\n") == text.count("\n") > 0 else "\n"
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    before = text.removeprefix("\ufeff").replace(line_end, "\n")
    wanted = tomllib.loads(before)
    rules = wanted.setdefault("convention", {})
    there = {field: added for field, added in aliases.items() if field in rules}
    after = _with_more(before, there) if there else before
    if new := {field: {"aliases": added} for field, added in aliases.items() if field not in rules}:
        joint = "" if not after or after.endswith("\n") else "\n"
        after += f"{joint}\n{_dumped({'convention': new})}"
    for field, added in aliases.items():
        rule = rules.setdefault(field, {})
        rule["aliases"] = {**rule.get("aliases", {}), **added}
    try:
        is_right = tomllib.loads(after) == wanted
    except tomllib.TOMLDecodeError:  # convention = { … } cannot take a table
        is_right = False
    if not is_right:
        raise CampaignFileBroken(
            "the layout of this file leaves no place for the aliases",
            hint="add them by hand; without --fix they are printed",
        )
    return mark + after.replace("\n", line_end)


def _with_more(text: str, aliases: Mapping[str, Mapping[str, str]]) -> str:
    """Return a file's text with aliases added to tables that exist."""
    import tomlkit

    document = tomlkit.parse(text)
    for field, added in aliases.items():
        rule: Any = document["convention"]
        rule[field].setdefault("aliases", tomlkit.inline_table()).update(added)
    return tomlkit.dumps(document)


def write_checked(path: Path, text: str) -> None:
    """Replace a campaign file by `text`, completely or not at all, if the text is valid.

    Raises:
        CampaignFileError: The text is not valid; the file was not changed.
        OutputFileError: It cannot be written.
    """
    data = text.encode()
    read_campaigns(parse_document(path, data))
    with atomic_write(path) as draft:
        draft.write_bytes(data)


def _with_table(path: Path, kind: str, name: str, values: Mapping[str, str | Sequence[str]]) -> str:
    """Return the file's text with a table added at the end."""
    import tomlkit

    with path.open(encoding="utf-8", newline="") as file:  # now: it may have been edited meanwhile
        before = file.read()
    line_end = "\r\n" if "\r\n" in before else "\n"
    table = tomlkit.table()
    for key, value in values.items():
        table.add(key, value if isinstance(value, str) else list(value))
    tables = tomlkit.table(is_super_table=True)
    tables.add(name, table)
    document = tomlkit.document()
    document.add(kind, tables)
    added = tomlkit.dumps(document).replace("\n", line_end)
    joint = "" if not before or before.endswith("\n") else line_end
    return f"{before}{joint}{line_end}{added}"


def _begun(kind: str, name: str, values: Mapping[str, str | Sequence[str]]) -> str:
    return _dumped({kind: {name: dict(values)}})


def _dumped(content: Mapping[str, Any]) -> str:
    import tomli_w

    return tomli_w.dumps(content)
