"""A registry file from someone else: nothing that it brings along is evaluated or handed out."""

from __future__ import annotations

import os
import sqlite3
import struct
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import command
from utmforge import Registry, Tags, make_link
from utmforge.registry import sqlite
from utmforge.registry.rows import TABLES, to_row
from utmforge.urls.link_ids import link_id

if TYPE_CHECKING:
    from tests.conftest import Run

PATH = Path("links.db")
COSTLY = (
    "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) "
    "SELECT count(*) FROM n)"
)
HEAVY = "length(hex(zeroblob(100000000)))"


def change(*statements: str) -> None:
    """Do something to the file that no command does."""
    with closing(sqlite3.connect(PATH, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


@pytest.fixture(autouse=True)
def registry(run: Run) -> None:
    """A registry with one link."""
    run("new", "https://x.example/", "-c", "spring", "-C", "sms", "--registry", "links.db")


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TRIGGER t BEFORE INSERT ON links BEGIN SELECT RAISE(IGNORE); END",),
        (
            "DROP TRIGGER links_update",
            "CREATE TRIGGER links_update BEFORE INSERT ON links BEGIN SELECT RAISE(IGNORE); END",
        ),
        ("DROP TRIGGER links_delete",),
        ("CREATE VIEW v AS SELECT 1",),
        (f"CREATE TABLE t (a CHECK ({HEAVY} > a))", "INSERT INTO t VALUES (1)"),
        (f"CREATE TABLE t (a, b AS ({HEAVY}))", "INSERT INTO t VALUES (1)"),
        ("CREATE TABLE t (a)", "CREATE INDEX i ON t (length(a))"),
        ("CREATE TABLE t (a)", "CREATE INDEX i ON t (a) WHERE a > 1"),
        ("CREATE TABLE t (a)", "CREATE TRIGGER u DELETE ON t BEGIN SELECT 1; END"),
        ("DROP INDEX links_by_campaign", "CREATE INDEX links_by_campaign ON links (id)"),
        ("ALTER TABLE links ADD COLUMN more AS (length(hex(zeroblob(100000000))))",),
    ],
    ids=range(11),
)
def test_what_is_not_ours_is_refused_before_it_is_evaluated(
    run: Run, statements: tuple[str, ...]
) -> None:
    """By every command; nothing is printed, and a check says that it is not whole."""
    change(*statements)
    started = time.monotonic()
    issued = run("new", "https://x.example/2", "-c", "c", "-C", "sms", "--registry", "links.db")
    listed = run("list", "--registry", "links.db")
    checked = run("registry", "check", "--registry", "links.db")

    assert (issued.exit_code, issued.stdout) == (38, "")
    assert (listed.exit_code, listed.stdout) == (38, "")
    assert checked.exit_code == 1
    assert "the definitions of the tables are wrong" in checked.stderr
    assert time.monotonic() - started < 5


def test_a_file_that_claims_a_later_version_is_not_evaluated_either(run: Run) -> None:
    """A view in the place of our table is not read."""
    change(
        "ALTER TABLE links RENAME TO other",
        f"CREATE VIEW links AS SELECT *, {COSTLY} FROM other",  # noqa: S608 - a test's own
        "PRAGMA user_version=99",
    )
    assert run("list", "--registry", "links.db").exit_code == 35


@pytest.mark.parametrize("version", [0, -1])
def test_a_version_that_no_file_has_is_refused(run: Run, version: int) -> None:
    """No step is taken."""
    change(f"PRAGMA user_version={version}")
    before = PATH.read_bytes()

    assert run("list", "--registry", "links.db").exit_code == 38
    assert PATH.read_bytes() == before


@pytest.mark.parametrize("text", ["\x1b]52;c;eA==\x07", "\r\nrm x\r\n", "\x9b31m", "\u202e"])
@pytest.mark.parametrize(
    "words",
    [
        ("copy",),
        ("qr",),
        ("show",),
        ("list", "-F", "urls"),
        ("list", "-F", "csv"),
        ("show", "-F", "urls"),
    ],
    ids=" ".join,
)
def test_a_forged_address_with_a_right_checksum_is_not_handed_out(
    run: Run, words: tuple[str, ...], text: str
) -> None:
    """Not to the terminal, not to the clipboard, not into a code."""
    made = make_link("https://x.example/9", Tags("a", "b", "c"))
    url = made.url + text
    forged = made._replace(id=link_id(url), url=url)
    row = to_row(forged, "2026-01-01T00:00:00Z", None)
    columns = ", ".join(TABLES["links"])
    with closing(sqlite3.connect(PATH, isolation_level=None)) as database:
        marks = ", ".join("?" * len(row))
        statement = f"INSERT INTO links (workspace, {columns}) VALUES ('default', {marks})"  # noqa: S608 - a test's own
        database.execute(statement, row)
    name = () if words[0] == "list" else (forged.id,)
    result = run(words[0], *name, *words[1:], "--registry", "links.db")

    assert result.exit_code == 38
    assert text not in result.stdout + result.stderr
    assert not any(character in result.stdout + result.stderr for character in "\x1b\x9b\r\u202e")
    checked = run("registry", "check", "--registry", "links.db")
    assert checked.exit_code == 1


def write_journal(beside: Path, victim: Path) -> None:
    """Forge the journal of a killed command that had changed another database too."""
    name, magic = str(victim).encode(), bytes.fromhex("d9d505f920a163d7")
    pages = beside.stat().st_size // 4096
    header = magic + struct.pack(">IIIII", 0, 1234, pages, 512, 4096)
    pointer = struct.pack(">I", 0x40000000 // 4096 + 1) + name
    end = struct.pack(">II", len(name), sum(name) & 0xFFFFFFFF) + magic
    Path(f"{beside}-journal").write_bytes(header.ljust(512, b"\0") + pointer + end)


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("new", "https://x.example/2", "-c", "c", "-C", "sms"),
        ("new", "https://x.example/2", "-c", "c", "-C", "sms", "--dry-run"),
        ("undo",),
        ("history",),
        ("lint", "--issued"),
        ("explain", "https://x.example/"),
        ("registry", "check"),
        ("registry", "check", "--repair"),
        ("registry", "status"),
        ("registry", "backup", "b.db"),
        ("registry", "sync", "links.jsonl"),
        ("doctor",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("kind", ["file", "link", "found"])
def test_a_journal_deletes_no_other_file(run: Run, words: tuple[str, ...], kind: str) -> None:
    """SQLite deletes the file that a journal names, once it has applied the journal."""
    victim = Path.cwd() / "precious.txt"
    victim.write_text("precious")
    place = PATH
    if kind == "link":
        place = Path("other.db")
        place.symlink_to(PATH)
    write_journal(PATH, victim)
    if kind == "found":
        Path("campaigns.toml").write_text('[workspace]\nregistry = "links.db"\n')
        result = run(*words)
    else:
        result = run(*words, "--registry", str(place))

    assert victim.read_text() == "precious"
    assert Path("links.db-journal").exists()
    told = result.stderr + result.stdout
    assert 'links.db-journal" is not the journal of a registry' in told.replace("\n", " ")
    assert result.exit_code == (1 if words == ("doctor",) else 34)


def test_tab_deletes_no_other_file() -> None:
    """It offers nothing."""
    victim = Path.cwd() / "precious.txt"
    victim.write_text("precious")
    Path("campaigns.toml").write_text('[workspace]\nregistry = "links.db"\n')
    write_journal(PATH, victim)
    environment = {
        **os.environ,
        "_UTMFORGE_COMPLETE": "complete_bash",
        "COMP_WORDS": "utmforge show ",
        "COMP_CWORD": "2",
    }
    done = subprocess.run(command(), env=environment, capture_output=True, check=False)

    assert done.stdout.strip() == b""
    assert victim.exists()


def test_the_journal_of_a_killed_command_is_applied(run: Run) -> None:
    """So that it is the name which was refused."""
    write_journal(PATH, Path("x"))
    journal = Path("links.db-journal")
    journal.write_bytes(journal.read_bytes()[:512])
    journal.chmod(0o600)  # as SQLite makes it

    assert run("list", "--registry", "links.db").exit_code == 0


def test_a_file_that_takes_too_many_steps_to_look_at_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever makes it so: the limit here is far below what our own file takes."""
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "_MAX_STEPS", 20)
        assert run("list", "--registry", "links.db").exit_code == 38
    assert run("list", "--registry", "links.db").stdout.startswith("https://x.example/?")


def test_a_value_of_hundreds_of_megabytes_is_not_read(run: Run) -> None:
    """By no command: reading it would take as much memory, several times."""
    with closing(sqlite3.connect(PATH, isolation_level=None)) as database:
        columns = ", ".join(TABLES["links"])
        marks = ", ".join("?" * len(TABLES["links"]))
        values = ["22222222222", "https://x.example/", "https://x.example/", "c", *"abc", *[""] * 6]
        values += [
            "2026-01-01T00:00:00Z",
            "issued",
            *"c" * (len(TABLES["links"]) - len(values) - 2),
        ]
        statement = f"INSERT INTO links (workspace, {columns}) VALUES ('default', {marks})"  # noqa: S608 - a test's own
        database.execute(statement, [*values[:3], "c" * 40_000_000, *values[4:]])

    for words in (("list",), ("registry", "check"), ("registry", "status"), ("show", "2222")):
        result = run(*words, "--registry", "links.db")
        assert result.exit_code in {1, 33, 38}, (words, result.stderr[:500])
        assert len(result.stdout + result.stderr) < 2_000


def test_plain_tables_of_other_tools_do_no_harm(run: Run) -> None:
    """They are not read."""
    change("ANALYZE", "CREATE TABLE notes (text)")
    assert run("list", "--registry", "links.db").exit_code == 0
    with Registry.open(PATH) as registry:
        assert len(list(registry.links())) == 1
