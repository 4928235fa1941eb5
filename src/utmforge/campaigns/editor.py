"""Write campaigns.toml: a new file, or one more campaign in a file whose every byte stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.campaigns import load_campaigns
from utmforge.whole_files import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Values = "Mapping[str, str | Sequence[str]]"


def add_campaign(path: Path, name: str, values: Mapping[str, str | Sequence[str]]) -> None:
    """Add a campaign at the end of a file, or begin a file with it; checked before it counts.

    Raises:
        CampaignFileError: The file as it would be cannot be used; it was left as it is.
        OutputFileError: It cannot be written.
    """
    text = _with_campaign(path, name, values) if path.exists() else _begun(name, values)
    write_checked(path, text)


def write_checked(path: Path, text: str) -> None:
    """Replace a campaign file by `text`, whole or not at all, if it can be read back.

    Raises:
        CampaignFileError: It cannot be used; the file was left as it is.
        OutputFileError: It cannot be written.
    """
    with replacing(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="")
        load_campaigns(draft)


def _with_campaign(path: Path, name: str, values: Mapping[str, str | Sequence[str]]) -> str:
    """Return the file's text with a table added behind everything that is there."""
    import tomlkit  # noqa: PLC0415 - 28 ms that only an edit needs

    with path.open(encoding="utf-8", newline="") as file:
        before = file.read()
    line_end = "\r\n" if "\r\n" in before else "\n"
    table = tomlkit.table()
    for key, value in values.items():
        table.add(key, value if isinstance(value, str) else list(value))
    campaigns = tomlkit.table(is_super_table=True)
    campaigns.add(name, table)
    document = tomlkit.document()
    document.add("campaigns", campaigns)
    added = tomlkit.dumps(document).replace("\n", line_end)
    joint = "" if not before or before.endswith("\n") else line_end
    return f"{before}{joint}{line_end}{added}"


def _begun(name: str, values: Mapping[str, str | Sequence[str]]) -> str:
    import tomli_w  # noqa: PLC0415 - only for a new file

    return tomli_w.dumps({"campaigns": {name: dict(values)}})
