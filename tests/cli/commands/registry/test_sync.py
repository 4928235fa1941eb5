"""`utmforge registry sync`: a text file that git merges."""

from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import Result, Run
from utmforge import Registry, Tags, issue, make_link


def put(path: str, *pages: int, day: int = 1, **tags: str) -> None:
    """Issue links into a registry, on a day of their own."""
    links = [
        make_link(f"https://x.example/{n}", Tags("a", "b", "c", **tags), channel="sms")
        for n in pages
    ]
    with Registry.open(path) as registry:
        issue(links, registry, now=datetime(2026, 1, day, tzinfo=UTC))


def test_dry_run_changes_neither_side(run: Run, work: Path) -> None:
    """It says what would be."""
    put("ann.db", 1)
    result = run("registry", "sync", "links.jsonl", "-n", "--registry", "ann.db")

    assert result == Result(
        0, "", "would add 0 links to the registry, 1 link to the file; both would have 1 link\n"
    )
    assert [path.name for path in work.iterdir()] == ["ann.db"]
