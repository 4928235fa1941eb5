"""Status, check, repair and backup."""

import json
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import Result, Run
from tests.registry.flipping import check_and_repair
from utmforge import Registry, Tags, issue, make_link
from utmforge.errors import NotARegistry, RegistryDamaged, RegistryUnavailable
from utmforge.model import TaggedLink
from utmforge.registry import maintenance as care

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


def fill(path: Path, count: int) -> list[TaggedLink]:
    """Make a registry; return its links."""
    links = [make_link(f"https://x.example/{n}", Tags("a", "b", f"c{n % 3}")) for n in range(count)]
    with Registry.open(path) as registry:
        return [one.link for one in issue(links, registry, now=NOON)]


def test_a_whole_registry_is_said_to_be(run: Run) -> None:
    """Status 0 and the number of links."""
    run("new", "https://x.example/", "-c", "c", "-C", "sms,email")

    assert run("registry", "check") == Result(
        0, "links    2\ndamaged  0\n", "all 2 links are as they were written\n"
    )
    assert run("registry", "check", "--registry", "no.db").exit_code == 33


def test_damage_is_told_and_mended(run: Run, work: Path) -> None:
    """What is whole is kept, with its days; the damaged file lies beside it."""
    path = work / "links.db"
    links = fill(path, 40)
    data = path.read_bytes().replace(b"https://x.example/7?", b"https://x.example/8?")
    path.write_bytes(data)

    told = run("registry", "check", "--registry", "links.db")
    assert told.exit_code == 1
    assert told.stdout == "links    39\ndamaged  1\n"
    assert told.stderr == (
        f'warning: the entry of link "{links[7].id}" is not what was written\n'
        "hint: utmforge registry check --repair keeps what is whole, and the damaged file\n"
    )
    assert path.read_bytes() == data
    mended = run("registry", "check", "--repair", "--registry", "links.db")
    assert mended.exit_code == 0
    assert "kept 39 links, lost 1 entry" in mended.stderr
    [aside] = work.glob("links.db.damaged-*")
    assert aside.read_bytes() == data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Registry.open(path) as registry:
        assert list(registry.links()) == links[:7] + links[8:]
    assert run("registry", "check", "--registry", "links.db").exit_code == 0


@pytest.mark.slow
def test_every_byte_flipped_is_found_or_does_not_matter(tmp_path: Path) -> None:
    """A check and a repair of a sample of them (every one: benchmarks/flips.py)."""
    flips = check_and_repair(tmp_path, sample=120)

    assert flips.wrong == []
    assert flips.tried == 120
    assert flips.noticed > 30


def test_the_database_of_another_program_is_not_checked(tmp_path: Path) -> None:
    """It is not damaged, it is not ours."""
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE visits (id)")
    with pytest.raises(NotARegistry):
        care.check(path)


def test_nothing_left_to_mend(tmp_path: Path) -> None:
    """A file of which nothing can be read is left as it is."""
    path = tmp_path / "links.db"
    fill(path, 3)
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\x99" * (len(data) - 4096))
    before = path.read_bytes()

    assert not care.check(path).is_whole
    with pytest.raises(RegistryDamaged, match="nothing in"):
        care.repair(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.glob("*links*")] == ["links.db"]
    with pytest.raises(RegistryUnavailable):
        care.check(tmp_path / "no.db")


def test_a_truncated_file_gives_what_it_has(tmp_path: Path) -> None:
    """The pages that are there are read."""
    path = tmp_path / "links.db"
    links = fill(path, 400)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    findings = care.check(path)
    assert not findings.is_whole
    mended = care.repair(path)

    assert 0 < mended.kept < 400
    with Registry.open(path) as registry:
        assert set(registry.links()) <= set(links)


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


def test_a_backup_while_somebody_writes(tmp_path: Path) -> None:
    """What was committed before is in it."""
    path = tmp_path / "links.db"
    fill(path, 3)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with Registry.open(path) as registry:
            care.backup(registry, tmp_path / "copy.db")
        writer.execute("ROLLBACK")

    assert care.check(tmp_path / "copy.db").links == 3


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
