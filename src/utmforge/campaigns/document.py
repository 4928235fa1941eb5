"""A campaigns.toml, opened and parsed once in a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from utmforge.errors import CampaignFileBroken, CampaignFileMissing, quoted, without_credentials
from utmforge.files.toml_text import NotToml, parse_toml

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_BYTES = 10_000_000
_NOT_TOML = "not valid TOML: "
_LINES = 'each line is a table, such as [campaigns.spring], a key = "value", or a # comment'
_GENERAL = 'put text "in straight quotes", and write dates without quotes: 2026-03-20'


class CampaignDocument(NamedTuple):
    """A campaign file that is valid TOML; its contents may still have problems."""

    path: Path
    """Where it is."""
    text: str
    """Its text, without a byte order mark."""
    raw: dict[str, Any]
    """The parsed text, with amounts as `Decimal`; never changed."""
    data: bytes
    """The file's bytes."""


def open_document(path: Path) -> CampaignDocument:
    """Open and parse a campaign file.

    Raises:
        CampaignFileMissing: The file is missing or cannot be read.
        CampaignFileBroken: It is not TOML; the error names the place.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except IsADirectoryError:
        raise CampaignFileMissing(
            f"{quoted(path)} is a folder", hint=f"name the file in it: {path / 'campaigns.toml'}"
        ) from None
    except OSError as error:
        raise CampaignFileMissing(
            f"cannot read {quoted(path)}: {(error.strerror or 'no reason given').lower()}"
        ) from None
    return parse_document(path, data)


def parse_document(path: Path, data: bytes) -> CampaignDocument:
    """Parse the contents of a campaign file.

    Args:
        path: Where it is, for messages.
        data: Its contents.

    Raises:
        CampaignFileBroken: It is not TOML; the error names the place.
    """
    text = _decoded(path, data)
    try:
        raw = parse_toml(text)
    except NotToml as error:
        raise _broken(path, text, error) from None
    return CampaignDocument(path, text, raw, data)


def _decoded(path: Path, data: bytes) -> str:
    if len(data) > MAX_FILE_BYTES:
        raise CampaignFileBroken(f"the file is over {MAX_FILE_BYTES:,} bytes", where=str(path))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CampaignFileBroken(
            "the file is not UTF-8", where=f"{path}:{line}", hint="save it again as UTF-8"
        ) from None


def _broken(path: Path, text: str, error: NotToml) -> CampaignFileBroken:
    """Return the error for a text that is not TOML, with the line as it should be."""
    from utmforge.campaigns.toml_doubles import find_double
    from utmforge.campaigns.toml_layout import find_layout_slip
    from utmforge.campaigns.toml_slips import find_slip

    if not error.reason.startswith(_NOT_TOML):  # nested too deeply, a number too long
        return CampaignFileBroken(error.reason, where=f"{path}:{error.line}")
    if layout := find_layout_slip(text, error.line):
        message = f"{_NOT_TOML}{layout.message}" if layout.message else error.reason
        return CampaignFileBroken(message, where=f"{path}:{layout.line}", hint=layout.hint)
    if double := find_double(text, error.line, error.reason):
        message = f"{_NOT_TOML}{double.message}"
        return CampaignFileBroken(message, where=f"{path}:{double.line}", hint=double.hint)
    reason = error.reason
    if "(" in reason:  # the names of tables, as Python writes them
        reason = f"{_NOT_TOML}the name of a table needs quotes"
    if slip := find_slip(text, error.line):
        hint = without_credentials(slip.hint)
        return CampaignFileBroken(reason, where=f"{path}:{slip.line}", hint=hint)
    general = _GENERAL if "nvalid value" in reason else _LINES
    return CampaignFileBroken(reason, where=f"{path}:{error.line}", hint=general)
