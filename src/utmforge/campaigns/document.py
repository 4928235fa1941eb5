"""A campaigns.toml, opened and parsed once in a run."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from utmforge.errors import CampaignFileBroken, CampaignFileMissing, quoted

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_BYTES = 10_000_000

_LINE_IN_MESSAGE = re.compile(r" \(at line (\d+), column (\d+)\)| \(at end of document\)")


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
        # Only a date, a number or nesting can make the parser raise anything else.
        raw = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ArithmeticError, ValueError, RecursionError) as error:
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


def _broken(path: Path, text: str, error: Exception) -> CampaignFileBroken:
    if isinstance(error, RecursionError):
        return CampaignFileBroken("the file is nested too deeply", where=str(path))
    message = str(error)
    place = _LINE_IN_MESSAGE.search(message)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    message = _LINE_IN_MESSAGE.sub("", message)
    return CampaignFileBroken(
        f"not valid TOML: {message[:1].lower()}{message[1:]}",
        where=f"{path}:{line}",
        hint='put text "in straight quotes", and write dates without quotes: 2026-03-20'
        if "nvalid value" in message
        else None,
    )
