"""`utmforge registry backup`: a copy that is a registry."""

import stat
from pathlib import Path

from tests.conftest import Result, Run


def test_a_backup_is_a_registry(run: Run, work: Path) -> None:
    """The same links; for its owner alone; never over another file unasked."""
    run("new", "https://x.example/", "-c", "c", "-C", "sms,email")
    before = run("list", "--format", "csv").stdout

    assert run("registry", "backup", "copy.db", "-n").stderr == "would copy 2 links to copy.db\n"
    assert list(work.iterdir()) == []
    assert run("registry", "backup", "copy.db") == Result(0, "", "copied 2 links to copy.db\n")
    assert run("list", "--format", "csv", "--registry", "copy.db").stdout == before
    assert stat.S_IMODE((work / "copy.db").stat().st_mode) == 0o600
    assert run("registry", "backup", "copy.db").exit_code == 53
    assert run("registry", "backup", "copy.db", "--force").exit_code == 0
    assert run("registry", "backup", "no/copy.db").exit_code == 53
    assert [path.name for path in work.iterdir()] == ["copy.db"]
