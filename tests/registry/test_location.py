"""Where things live."""

import os
import sys
from pathlib import Path

import pytest

from utmforge.campaigns.campaign_file import find_campaign_file
from utmforge.errors import CampaignFileMissing, RegistryUnavailable
from utmforge.registry.location import data_folder, registry_place


def test_the_folder_is_the_one_platformdirs_gives(home: Path) -> None:
    """Our few lines stand in for a library that costs 22 ms to import."""
    import platformdirs

    assert data_folder(os.environ) == Path(platformdirs.user_data_dir("utmforge"))
    assert data_folder(os.environ) == home / ".local" / "share" / "utmforge"


def test_the_folders_of_other_systems(home: Path) -> None:
    """As platformdirs has them for macOS and Windows."""
    assert data_folder({}, "darwin") == home / "Library" / "Application Support" / "utmforge"
    assert data_folder({}, "win32") == home / "AppData" / "Local" / "utmforge" / "utmforge"
    assert data_folder({"LOCALAPPDATA": "/l"}, "win32") == Path("/l/utmforge/utmforge")


def test_xdg_data_home_counts_if_absolute(home: Path) -> None:
    """The XDG specification tells to ignore a relative path."""
    assert data_folder({"XDG_DATA_HOME": "/data"}) == Path("/data/utmforge")
    assert data_folder({"XDG_DATA_HOME": "data"}).is_relative_to(home)


def test_option_then_file_then_default(home: Path, tmp_path: Path) -> None:
    """What was asked for counts first; the file's own registry lies beside the file."""
    assert registry_place("x.db") == Path("x.db")
    assert registry_place("~/x.db") == home / "x.db"
    assert registry_place("links.db", beside=tmp_path) == tmp_path / "links.db"
    assert registry_place("/a/links.db", beside=tmp_path) == Path("/a/links.db")
    assert Path(str(registry_place(""))).parent == data_folder(os.environ)


def test_what_is_not_a_path_is_refused_without_its_password() -> None:
    """A server's address may hold a secret."""
    with pytest.raises(RegistryUnavailable) as caught:
        registry_place("mysql://me:secret@host/db")

    assert "secret" not in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no passwd file")
def test_no_home_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither HOME nor an entry in the passwd file."""
    import pwd

    def nobody(_: int) -> None:
        raise KeyError

    monkeypatch.setenv("HOME", "")
    with pytest.raises(RegistryUnavailable, match="there is no home folder"):
        registry_place("~/links.db")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(RegistryUnavailable, match="there is no home folder"):
        registry_place(None)


def test_the_campaign_file_is_looked_for_upward(tmp_path: Path) -> None:
    """From the current folder to the root; what is named must exist."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_campaign_file(None, inner) is None
    (tmp_path / "campaigns.toml").touch()
    assert find_campaign_file(None, inner) == tmp_path / "campaigns.toml"
    assert find_campaign_file("", inner) == tmp_path / "campaigns.toml"
    (inner / "campaigns.toml").touch()
    assert find_campaign_file(None, inner) == inner / "campaigns.toml"
    with pytest.raises(CampaignFileMissing):
        find_campaign_file("nope.toml", inner)
