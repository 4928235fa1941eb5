"""`utmforge registry sync`: a registry as a text file that git merges."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge import Registry, Tags, issue, make_link
from utmforge.registry.interchange.git_sync import Synced, sync

FILE = Path("links.jsonl")


def put(path: str, *pages: int, day: int = 1, **tags: str) -> None:
    """Issue links into a registry, on a day of their own."""
    links = [
        make_link(f"https://x.example/{n}", Tags("a", "b", "c", **tags), channel="sms")
        for n in pages
    ]
    with Registry.open(path) as registry:
        issue(links, registry, now=datetime(2026, 1, day, tzinfo=UTC))


def sync_with(path: str) -> Synced:
    """Sync one person's registry with the file."""
    with Registry.open(path) as registry:
        return sync(registry, FILE)


def everything(path: str) -> set[tuple[str, str | None]]:
    """Return what a registry holds, days aside."""
    with Registry.open(path) as registry:
        return {(link.url, link.channel) for link in registry.links()}


def test_two_people_hold_the_union_and_write_the_same_file() -> None:
    """In whatever order; a second sync changes nothing."""
    put("ann.db", 1, 2, day=5, term="é")
    put("ben.db", 2, 3, day=3, term="é")

    assert sync_with("ann.db")[:5] == (0, 2, 2, 0, 0)
    assert sync_with("ben.db")[:5] == (1, 1, 3, 0, 0)
    assert sync_with("ann.db")[:5] == (1, 0, 3, 0, 0)
    text = FILE.read_text()
    assert sync_with("ann.db")[:5] == sync_with("ben.db")[:5] == (0, 0, 3, 0, 0)
    assert FILE.read_text() == text
    assert everything("ann.db") == everything("ben.db")
    days = [json.loads(line)["issued_at"][:10] for line in text.splitlines()]
    assert sorted(days) == ["2026-01-03", "2026-01-03", "2026-01-05"]
    assert text.isascii()
    assert text.splitlines() == sorted(text.splitlines())


def test_git_merges_two_branches(run: Run, work: Path) -> None:
    """With the line that is offered, a real git sees no conflict."""

    def git(*words: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@x.example")
        subprocess.run(["git", *identity, *words], check=True, capture_output=True)

    git("init", "-b", "main")
    put("base.db", 0)
    told = run("registry", "sync", "links.jsonl", "--registry", "base.db").stderr
    assert told == (
        "added 0 links to the registry, 1 link to the file; both have 1 link\n"
        "hint: to avoid merge conflicts in git: "
        "echo 'links.jsonl merge=union' >> .gitattributes\n"
    )
    (work / ".gitattributes").write_text("links.jsonl merge=union\n")
    git("add", "links.jsonl", ".gitattributes")
    git("commit", "-m", "base")
    for person, pages in (("ann", range(1, 30)), ("ben", range(20, 60))):
        git("checkout", "-b", person, "main")
        put(f"{person}.db", *pages, day=len(person) + len(pages) % 20)
        assert (
            "hint"
            not in run("registry", "sync", "links.jsonl", "--registry", f"{person}.db").stderr
        )
        git("commit", "-am", person)
    git("merge", "ann")
    for person in ("ann", "ben", "ann"):
        sync_with(f"{person}.db")

    assert everything("ann.db") == everything("ben.db")
    assert len(everything("ann.db")) == 60
    assert len(FILE.read_text().splitlines()) == 60


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda line: line[:-5], "the line is not JSON"),
        (lambda _: "[]", "it is not a link as utmforge writes it"),
        (lambda line: line.replace('"a"', "1"), "it is not a link as utmforge writes it"),
        (lambda line: line.replace("utm_medium=b", "utm_medium=z"), "do not match"),
        (lambda line: line.replace('"id": "', '"id": "2'), "do not match"),
        (lambda line: line.replace("https://x.ex", "ftp://x.ex"), "only http and https"),
    ],
    ids=range(6),
)
def test_lines_that_do_not_fit_change_neither_side(
    run: Run, change: Callable[[str], str], message: str
) -> None:
    """Each is reported with its line; nothing in the file is accepted."""
    put("ann.db", 1, 2)
    sync_with("ann.db")
    put("ben.db", 3)
    lines = FILE.read_text().splitlines()
    FILE.write_text("\n".join([lines[0], change(lines[1])]) + "\n")
    before = FILE.read_text()
    result = run("registry", "sync", "links.jsonl", "--registry", "ben.db")

    assert result.exit_code == 25
    assert result.stderr.startswith("error: links.jsonl:2: ")
    assert message in result.stderr
    assert FILE.read_text() == before
    assert len(everything("ben.db")) == 1
