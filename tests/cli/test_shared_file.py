"""`[workspace] shared`: the registry follows a text file in git by itself, both ways."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Run

FILE = Path("links.jsonl")
CAMPAIGNS = """\
[workspace]
registry = "links.db"
shared = "links.jsonl"

[campaigns.spring]
landing_page = "https://shop.example/spring"
channels = ["email", "sms"]
"""


@pytest.fixture(autouse=True)
def campaigns(work: Path) -> None:
    """Write a campaign file with a shared file."""
    (work / "campaigns.toml").write_text(CAMPAIGNS)


def urls() -> set[str]:
    """Return the addresses in the shared file."""
    records = map(json.loads, FILE.read_text().splitlines())
    return {record["url"] for record in records if "url" in record}


def states(run: Run) -> dict[str, str]:
    """Return the state of each link by its id."""
    rows = [line.split(",") for line in run("list", "-F", "csv").stdout.splitlines()]
    return {row[0]: row[-1] for row in rows}


def new(run: Run, page: str, *words: str) -> str:
    """Issue a link; return its address."""
    result = run("new", f"https://shop.example/{page}", "-c", "spring", "-C", "email", *words)
    assert result.exit_code == 0, result.stderr
    return result.stdout.strip()


def test_what_is_issued_goes_out_and_what_is_there_comes_in(run: Run, work: Path) -> None:
    """Also a retirement, an undo, and into a registry that is not there yet."""
    assert run("list").exit_code == 0
    assert not FILE.exists()  # a command that reads makes no file
    built = run("build")
    assert built.stderr.startswith("note: wrote links.jsonl with 2 links of links.db\n")
    assert urls() == set(built.stdout.split())
    new(run, "a")
    name = run("list", "-F", "csv").stdout.splitlines()[-1].partition(",")[0]
    assert run("retire", name, "--reason", "wrong page").exit_code == 0
    lines = FILE.read_text().splitlines()
    assert len(lines) == 4
    assert lines == sorted(lines)

    (work / "links.db").unlink()
    listed = run("list")
    assert "note: 3 links and 1 history entry came from links.jsonl to links.db" in listed.stderr
    assert listed.stdout.count("https://") == 3
    assert states(run)[name] == "retired"
    assert run("list").stderr.count("came") == 0
    assert FILE.read_text().splitlines() == lines


def test_a_dry_run_sees_the_file_and_changes_nothing(run: Run, work: Path) -> None:
    """Neither the registry nor the file, whether the registry is there or not."""
    first = new(run, "a")
    (work / "links.db").unlink()
    (work / "links.db.shared").unlink()
    before = FILE.read_bytes()
    again = run("new", "https://shop.example/a", "-c", "spring", "-C", "email", "--dry-run")
    assert again.stdout.strip() == first
    assert "1 link would come" in again.stderr
    assert "issued" in again.stderr
    assert not (work / "links.db").exists()
    new(run, "b", "--dry-run")
    assert FILE.read_bytes() == before


@pytest.mark.parametrize(
    "line",
    ["not JSON", '{"id": "forged"}', '{"url": "https://evil.example/"}', "[]", "\x00", "é" * 5000],
)
def test_a_bad_line_is_told_and_stops_only_what_changes_links(run: Run, line: str) -> None:
    """With its place; commands that read go on with what the registry has."""
    first = new(run, "a")
    good = FILE.read_text()
    FILE.write_text(good + line + "\n", encoding="utf-8")

    listed = run("list")
    assert (listed.exit_code, listed.stdout.strip()) == (0, first)
    assert "warning: links of links.jsonl are left out: it cannot be used" in listed.stderr
    assert "links.jsonl:2: " in listed.stderr
    words = ("new", "https://shop.example/b", "-c", "spring", "-C", "email")
    refused = run(*words)
    assert (refused.exit_code, refused.stdout) == (25, "")
    assert "links.jsonl:2: " in refused.stderr
    FILE.write_text(good)
    assert run(*words).exit_code == 0


def test_a_check_needs_all_of_the_file(run: Run, work: Path) -> None:
    """Links that cannot be read are not called missing, with or without a registry."""
    new(run, "a")
    with (work / "campaigns.toml").open("a") as file:
        file.write('[campaigns.s]\nlanding_page = "https://shop.example/"\nchannels = ["sms"]\n')
    run("build")
    assert run("build", "--check").exit_code == 0
    with FILE.open("a") as shared:
        shared.write("nonsense\n")
    (work / "links.db").unlink()
    for words in (("build", "--check"), ("build", "--check", "--registry", "links.jsonl")):
        checked = run(*words)
        assert (checked.exit_code, checked.stdout) == (25, "")
        assert checked.stderr == "error: links.jsonl:5: the line is not JSON\n"
    linted = run("lint", "--registry", "links.jsonl", "--ignore", "UTM705")
    assert linted.exit_code == 0
    assert "issued links: links.jsonl:5: the line is not JSON\n" in linted.stderr


def test_a_conflict_that_git_left_is_understood(run: Run, work: Path) -> None:
    """The lines of both sides count."""
    first = new(run, "a")
    line = FILE.read_text()
    FILE.unlink()
    (work / "links.db").unlink()
    second = new(run, "b")
    FILE.write_text(f"<<<<<<< HEAD\n{FILE.read_text()}=======\n{line}>>>>>>> theirs\n")

    assert set(run("list").stdout.split()) == {first, second}
    third = new(run, "c")
    assert urls() == {first, second, third}
    assert "<<<" not in FILE.read_text()


def test_a_registry_that_was_replaced_is_filled_again(run: Run, work: Path) -> None:
    """What is remembered of the old one does not count for the new one."""
    first = new(run, "a")
    shared = FILE.read_text()
    (work / "links.db").unlink()
    FILE.unlink()
    second = new(run, "b")  # as many rows as before
    FILE.write_text(shared)
    assert set(run("list").stdout.split()) == {first, second}
    third = new(run, "c")
    assert urls() == {first, second, third}


def test_lines_that_an_editor_removed_come_back(run: Run) -> None:
    """The lines are a set; no command removes one."""
    first, second = new(run, "a"), new(run, "b")
    FILE.write_text("".join(FILE.read_text().splitlines(keepends=True)[:1]))
    third = new(run, "c")
    assert urls() == {first, second, third}


def test_what_cannot_go_out_stays_issued_and_goes_out_later(run: Run) -> None:
    """The command says how."""
    FILE.mkdir()
    refused = run("new", "https://shop.example/a", "-c", "spring", "-C", "email")
    assert refused.exit_code != 0
    assert refused.stdout == ""
    FILE.rmdir()
    first = new(run, "a")
    assert urls() == {first}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('shared = "links.txt"', "the shared file must end in .jsonl"),
        ("shared = 3", "shared"),
        (
            'shared = "l.jsonl"\nregistry = "postgresql://db.example/x?sslmode=require"',
            "the registry on a server follows no file",
        ),
    ],
)
def test_what_cannot_be_a_shared_file(run: Run, work: Path, line: str, message: str) -> None:
    """Such a name could be any file of yours."""
    (work / "campaigns.toml").write_text(f"[workspace]\n{line}\n")
    result = run("build")
    assert result.exit_code == 23
    assert message in result.stderr


def test_a_text_file_is_read_as_a_registry(run: Run, work: Path) -> None:
    """In CI, where there is none; it is never written."""
    run("build")
    FILE.rename(work / "other.jsonl")
    (work / "links.db").unlink()
    before = (work / "other.jsonl").read_bytes()
    words = ("--registry", "other.jsonl")
    (work / "campaigns.toml").write_text(CAMPAIGNS.replace("shared", "# shared"))
    check = run("build", "--check", *words)
    assert (check.exit_code, check.stderr) == (0, "all 2 links of spring are in the registry\n")
    assert run("list", *words).stdout.count("\n") == 2
    refused = run("new", "https://shop.example/b", "-c", "spring", "-C", "email", *words)
    assert refused.exit_code == 31 or "only read as a registry" in refused.stderr
    assert run("list", "--registry", "no.jsonl").stderr.startswith('error: there is no file "no.')
    (work / "other.jsonl").write_bytes(before + b"{}\n")
    assert run("build", "--check", *words).exit_code == 25
    assert not (work / "links.db").exists()


def test_two_people_with_two_clones(run: Run, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three links each and a retirement; after a pull, `list` shows everything."""

    def git(*words: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@x.example", "-c", "pull.rebase=false")
        subprocess.run(["git", *who, *words], check=True, capture_output=True)

    git("init", "--bare", "-b", "main", "team.git")
    git("clone", "team.git", "ann")
    monkeypatch.chdir(work / "ann")
    git("checkout", "-B", "main")
    Path("campaigns.toml").write_text(CAMPAIGNS)
    Path(".gitattributes").write_text("links.jsonl merge=union\n")
    Path(".gitignore").write_text("links.db*\n")
    for words in ("add .", "commit -m Begin", "push -u origin main"):
        git(*words.split())
    monkeypatch.chdir(work)
    git("clone", "-b", "main", "team.git", "ben")
    issued = {}
    for who in ("ann", "ben"):
        monkeypatch.chdir(work / who)
        issued[who] = [new(run, f"{who}-{number}") for number in range(3)]
    name = run("list", "-F", "csv").stdout.splitlines()[1].partition(",")[0]
    assert run("retire", name, "--reason", "wrong").exit_code == 0
    for who in ("ann", "ben", "ann"):
        monkeypatch.chdir(work / who)
        for words in ("add .", "commit --allow-empty -m Links", "pull --no-edit", "push"):
            git(*words.split())
    for who in ("ann", "ben"):
        monkeypatch.chdir(work / who)
        git("pull", "--no-edit")
        assert set(run("list").stdout.split()) == {*issued["ann"], *issued["ben"]}
        assert states(run)[name] == "retired"
        assert run("list").stderr.count("came") == 0
