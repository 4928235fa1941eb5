"""The file that `utmforge init` writes, and its JSON Schema: data files beside this one."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from utmforge.campaigns.campaign_file import FILE_NAME
from utmforge.errors import CampaignFileExists, OutputFileError, quoted
from utmforge.files.atomic import atomic_write

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_NAME = "campaigns.schema.json"


def write_starter(folder: Path, *, overwrite: bool = False, dry_run: bool = False) -> list[Path]:
    """Write campaigns.toml and its schema into `folder`; return their paths.

    Raises:
        CampaignFileExists: One of them is there already; neither was touched.
        OutputFileError: They cannot be written.
    """
    paths = {FILE_NAME: folder / FILE_NAME, SCHEMA_NAME: folder / SCHEMA_NAME}
    for path in paths.values():
        if path.is_dir() or (path.exists() and not overwrite):
            raise CampaignFileExists(
                f"{quoted(path)} exists already", hint="edit it, or overwrite it with --force"
            )
    if not folder.is_dir():
        raise OutputFileError(f"there is no folder {quoted(folder)}", hint="make it first")
    for name, path in paths.items():
        if not dry_run:
            with atomic_write(path) as draft:
                draft.write_text(data(name), encoding="utf-8", newline="\n")
    return list(paths.values())


def data(name: str) -> str:
    """Return one of the data files."""
    return files("utmforge.campaigns").joinpath(name).read_text(encoding="utf-8")
