"""A server that a file names is used only after its user said yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from utmforge.errors import RegistryUnavailable
from utmforge.registry.agreement import FILE_NAME, agree, is_agreed
from utmforge.registry.server_address import ServerAddress

if TYPE_CHECKING:
    from pathlib import Path

SERVER = ServerAddress.read("postgresql://ann@db.example/team?sslmode=require")


def test_what_was_agreed_to_is_kept_by_its_whole_address(tmp_path: Path) -> None:
    """Another host, user, database or parameter is another server."""
    folder = tmp_path / "share"
    assert not is_agreed(SERVER, folder)

    agree(SERVER, folder)

    assert is_agreed(SERVER, folder)
    assert (folder / FILE_NAME).stat().st_mode & 0o077 == 0
    for other in (
        "postgresql://ann@db.example/team",
        "postgresql://ann@evil.example/team?sslmode=require",
        "postgresql://bob@db.example/team?sslmode=require",
        "postgresql://ann@db.example/other?sslmode=require",
    ):
        assert not is_agreed(ServerAddress.read(other), folder)


def test_an_unreadable_agreement_is_no_agreement(tmp_path: Path) -> None:
    """It is said, with another way to name the server."""
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\xff")
    with pytest.raises(RegistryUnavailable, match="it is not text"):
        is_agreed(SERVER, tmp_path)
