"""`utmforge doctor`: a report, and exit status 1 on a problem."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge import __version__


def test_f6_a_registry_on_a_share_is_warned_about(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It works, so that the status is 0."""
    from utmforge import doctor as health

    monkeypatch.setattr(health, "_mounts", lambda: "1 0 0:1 / / rw - nfs4 server:/ rw")
    result = run("doctor")

    assert result.exit_code == 0
    assert "? file system    nfs4\n" in result.stdout
    assert "note: file system: locks on nfs4 are unreliable" in result.stderr


def test_a_healthy_installation(run: Run, home: Path) -> None:
    """Everything is said, nothing is written."""
    result = run("doctor")

    assert result.exit_code == 0
    assert result.stdout.startswith(f"  utmforge       {__version__}\n  python         3.")
    assert "  links          none issued yet\n" in result.stdout
    assert list(home.iterdir()) == []
    run("new", "https://x.example/", "-c", "c", "-C", "sms")
    assert "  permissions    0600\n  links          1\n" in run("doctor").stdout


def test_problems_are_marked_explained_and_status_1(run: Run, work: Path) -> None:
    """A file that is not a registry, a campaign file that cannot be used."""
    (work / "links.db").write_bytes(b"notes " * 500)
    (work / "campaigns.toml").write_text("[campaigns.a]\n")
    result = run("doctor", "--registry", "links.db")

    assert result.exit_code == 1
    assert "! links          cannot be read\n" in result.stdout
    assert "! campaign file  cannot be used\n" in result.stdout
    assert 'warning: links: "links.db" is not a registry of utmforge' in result.stderr
    assert "campaigns.toml:1" in result.stderr


def test_a_group_may_share_a_registry_in_its_folder(run: Run, work: Path) -> None:
    """Mode 0660 where the folder is writable by the group; others still may not read it."""
    words = ("--registry", "links.db")
    run("new", "https://x.example/", "-c", "c", "-C", "sms", *words)
    file = work / "links.db"
    work.chmod(0o2770)
    file.chmod(0o660)
    assert "permissions:" not in run("doctor", *words).stderr
    file.chmod(0o664)
    assert "other users can read it: chmod 660 links.db" in run("doctor", *words).stderr
    work.chmod(0o755)
    file.chmod(0o660)
    assert "other users can read it: chmod 600 links.db" in run("doctor", *words).stderr


def test_permissions_that_are_too_wide(run: Run, work: Path) -> None:
    """Worth knowing."""
    run("new", "https://x.example/", "-c", "c", "-C", "sms", "--registry", "links.db")
    (work / "links.db").chmod(0o644)
    result = run("doctor", "--registry", "links.db")

    assert result.exit_code == 0
    assert "note: permissions: other users can read it: chmod 600 links.db\n" in result.stderr


def test_the_report_for_machines(run: Run) -> None:
    """A list of checks."""
    checks = json.loads(run("doctor", "--format", "json").stdout)["data"]

    assert list(checks[0]) == ["what", "value", "trouble", "is_serious"]
    assert [one["what"] for one in checks] == [
        *("utmforge", "python", "sqlite", "system", "campaign file", "registry", "file system"),
        *("free space", "links", "clipboard", "terminal", "encoding"),
    ]
    assert run("doctor", "--format", "csv").stdout.startswith("utmforge,python,")
