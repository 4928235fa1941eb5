"""`utmforge registry path`."""

from pathlib import Path

import pytest

from tests.conftest import Result, Run


def test_registry_path(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option, the variable, the file's, the default."""
    default = home / ".local" / "share" / "utmforge" / "links.db"

    assert run("registry", "path") == Result(0, f"{default}\n", "")
    monkeypatch.setenv("UTMFORGE_REGISTRY", "/a/b.db")
    assert run("registry", "path").stdout == "/a/b.db\n"
    assert run("registry", "path", "--registry", "c.db").stdout == "c.db\n"
    monkeypatch.delenv("UTMFORGE_REGISTRY")
    Path("campaigns.toml").write_text('[workspace]\nregistry = "d.db"\n')
    assert run("registry", "path").stdout == "d.db\n"
