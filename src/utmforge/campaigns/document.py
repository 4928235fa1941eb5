"""A campaigns.toml opened and parsed: once a run, here, for everyone who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from utmforge.errors import CampaignFileBroken, CampaignFileMissing, quoted
from utmforge.files.toml_text import NotToml, parse_toml

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_BYTES = 10_000_000


class CampaignDocument(NamedTuple):
    """A campaign file that is valid TOML; what it says may still be wrong."""

    path: Path
    """Where it is."""
    text: str
    """What stands in it, without a byte order mark."""
    raw: dict[str, Any]
    """The same parsed, amounts as `Decimal`; never changed."""
    data: bytes
    """The file byte by byte."""


def open_document(path: Path) -> CampaignDocument:
    """Open and parse a campaign file.

    Raises:
        CampaignFileMissing: There is no such file, or it cannot be read.
        CampaignFileBroken: It is not TOML; the place is said.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise CampaignFileMissing(
            f"cannot read {quoted(path)}: {(error.strerror or 'no reason given').lower()}"
        ) from None
    return parse_document(path, data)


def parse_document(path: Path, data: bytes) -> CampaignDocument:
    """Parse what a campaign file has or is to have.

    Args:
        path: Where it is, for messages.
        data: What stands in it.

    Raises:
        CampaignFileBroken: It is not TOML; the place is said.
    """
    text = _decoded(path, data)
    try:
        raw = parse_toml(text)
    except NotToml as error:
        raise _broken(path, error) from None
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


def _broken(path: Path, error: NotToml) -> CampaignFileBroken:
    return CampaignFileBroken(
        error.reason,
        where=f"{path}:{error.line}",
        hint='put text "in straight quotes", and write dates without quotes: 2026-03-20'
        if "nvalid value" in error.reason
        else None,
    )
