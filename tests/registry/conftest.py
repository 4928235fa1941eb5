"""Registries to work with: one that is not there yet, and files of past versions."""

import shutil
from pathlib import Path

import pytest

from tests.registry.past_files import PAST


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A registry that is not there yet."""
    return tmp_path / "some" / "folder" / "links.db"


@pytest.fixture(params=PAST, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, work: Path) -> Path:
    """A file that a past version wrote, with four links."""
    path = work / "links.db"
    shutil.copyfile(request.param, path)
    path.chmod(0o600)
    return path
