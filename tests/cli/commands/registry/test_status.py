"""`utmforge registry status`: what is in a registry."""

import json
from pathlib import Path

from tests.conftest import Run
from tests.registry.filling import fill


def test_status_in_every_format(run: Run, work: Path) -> None:
    """The file, what is in it, and who may read it."""
    fill(work / "links.db", 4)
    asked = ("registry", "status", "--registry", "links.db")
    facts = {
        "path": str(work / "links.db"),
        "exists": True,
        "links": 4,
        "retired": 0,
        "campaigns": 3,
        "first_issued": "2026-03-20T12:00:00Z",
        "last_issued": "2026-03-20T12:00:00Z",
        "bytes": (work / "links.db").stat().st_size,
        "mode": "0600",
    }

    assert json.loads(run(*asked, "--format", "json").stdout)["data"] == facts
    assert json.loads(run(*asked, "--format", "jsonl").stdout) == facts
    assert run(*asked).stdout.splitlines()[2] == "links         4"
    assert run(*asked, "--format", "csv").stdout.splitlines()[0] == ",".join(facts)
    assert run(*asked, "--format", "markdown").stdout.splitlines()[4] == "| links | 4 |"
    nothing = json.loads(run("registry", "status", "--format=json").stdout)
    assert (nothing["data"]["exists"], nothing["data"]["links"]) == (False, 0)
