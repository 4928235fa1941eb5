"""Several write to one shared file, and are killed: no line is lost, doubled or half written."""

from __future__ import annotations

import json
import random
import signal
import subprocess
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PATIENCE, command
from utmforge import Registry, Tags, make_link
from utmforge.registry.interchange import git_sync
from utmforge.registry.interchange.shared_file import SharedFile, shared_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Run
    from utmforge.model import TaggedLink

FILE = Path("links.jsonl")
SHARES = '[workspace]\nregistry = "links.db"\nshared = "../links.jsonl"\n'


def link(name: str) -> TaggedLink:
    """Return a link of a page."""
    tags = Tags("email", "email", "spring")
    return make_link(f"https://shop.example/{name}", tags, channel="email")


def pages(path: Path = FILE) -> list[str]:
    """Return the pages of a shared file, each line a whole record."""
    records = [json.loads(line) for line in path.read_text().splitlines() if line]
    return sorted(one["landing_page"].rpartition("/")[2] for one in records if "url" in one)


def member(name: str) -> Path:
    """Make the folder of a member of a team, and return it."""
    folder = Path(name)
    folder.mkdir()
    (folder / "campaigns.toml").write_text(SHARES)
    return folder


def issued(folder: Path) -> list[str]:
    """Return the pages in a member's registry."""
    with Registry.open(folder / "links.db") as registry:
        return sorted(one.landing_page.rpartition("/")[2] for one in registry.links())


def new(folder: Path, name: str) -> subprocess.Popen[bytes]:
    """Start issuing a link."""
    words = ("new", f"https://shop.example/{name}", "-c", "spring", "-C", "email")
    return subprocess.Popen(
        command(*words),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_several_write_at_once() -> None:
    """Two at each of three registries: the file and everyone's registry have all of it."""
    folders = [member(name) for name in ("ann", "ben", "eve")]
    failed: list[bytes] = []

    def work(number: int) -> None:
        for step in range(4):
            with new(folders[number % 3], f"{number}-{step}") as process:
                _, said = process.communicate(timeout=PATIENCE)
                failed.extend([said] if process.returncode or b"warning" in said else [])

    writers = [Thread(target=work, args=(number,)) for number in range(6)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    everything = sorted(f"{number}-{step}" for number in range(6) for step in range(4))
    for folder in folders:
        subprocess.run(command("list"), cwd=folder, capture_output=True, check=True)

    assert failed == []
    assert pages() == everything
    assert [issued(folder) for folder in folders] == [everything] * 3
    assert sorted(path.name for path in Path().iterdir()) == ["ann", "ben", "eve", "links.jsonl"]


def test_killed_writers_leave_whole_files() -> None:
    """Killed at any moment: what was printed is saved, and the next command shares it."""
    folder = member("ann")
    chance = random.Random(3)  # noqa: S311 - no secret
    printed = []
    for number in range(40):
        process = new(folder, str(number))
        try:
            process.wait(chance.uniform(0.02, 0.4))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        out, _ = process.communicate()
        printed += [str(number)] if b"\n" in out else []
        if FILE.exists():
            pages()
    with new(folder, "last") as process:
        assert process.wait(PATIENCE) == 0

    assert set(printed) <= set(issued(folder))
    assert pages() == issued(folder)
    left = {path.name for path in (*folder.iterdir(), *Path().iterdir())}
    assert left == {"ann", "campaigns.toml", "links.db", "links.db.shared", "links.jsonl"}


@pytest.fixture
def shared() -> Iterator[SharedFile]:
    """A registry and its shared file, which both have a link."""
    with Registry.open(Path("links.db")) as registry:
        registry.add([link("first")])
        found = shared_file(registry, FILE)
        assert found
        found.give_out()
        yield found


def elsewhere(name: str) -> None:
    """Add a link to the same registry from another process, as far as SQLite is concerned."""
    with Registry.open(Path("links.db")) as other:
        other.add([link(name)])


def add_line(name: str) -> None:
    """Add a line to the file, as a colleague or git does."""
    with closing(Registry.open(Path("colleague.db"))) as other:
        other.add([link(name)])
        git_sync.exchange(other, FILE)


@pytest.mark.parametrize("step", ["take_in", "give_out"])
def test_a_link_that_is_issued_meanwhile_is_shared(
    shared: SharedFile, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Between comparing the two and remembering that both are the same."""
    add_line("theirs")
    exchange = git_sync.exchange

    def slow(*args: object, **options: object) -> git_sync.Exchanged:
        done = exchange(*args, **options)  # type: ignore[arg-type]  # passed on
        elsewhere("meanwhile")
        return done

    with monkeypatch.context() as patch:
        patch.setattr(git_sync, "exchange", slow)
        getattr(shared, step)()
    shared.give_out()

    assert pages() == ["first", "meanwhile", "theirs"]


@pytest.mark.parametrize("is_quick", [True, False], ids=["lines", "all"])
def test_a_line_that_comes_while_the_file_is_written_stays(
    shared: SharedFile, monkeypatch: pytest.MonkeyPatch, *, is_quick: bool
) -> None:
    """Git does not wait for the lock."""
    if not is_quick:
        Path("links.db.shared").unlink()
    shared.registry.add([link("ours")])
    once = iter(["pulled"])
    write_text = Path.write_text

    def slow(path: Path, *args: object, **options: object) -> int:
        for name in once if path.suffix == ".jsonl" else ():
            add_line(name)
        return write_text(path, *args, **options)  # type: ignore[arg-type]  # passed on

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", slow)
        shared.give_out()

    assert pages() == ["first", "ours", "pulled"]
    shared.take_in()
    assert {one.id for one in shared.registry.links()} == {
        link(name).id for name in ("first", "ours", "pulled")
    }


def test_a_line_that_comes_just_after_is_read(
    shared: SharedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is remembered of the file is what was written, not what is there by then."""
    shared.registry.add([link("ours")])
    add_lines = git_sync.add_lines

    def slow(*args: object, **options: object) -> str | None:
        digest = add_lines(*args, **options)  # type: ignore[arg-type]  # passed on
        add_line("pulled")
        return digest

    with monkeypatch.context() as patch:
        patch.setattr(git_sync, "add_lines", slow)
        shared.give_out()
    came = shared.take_in()

    assert came is not None
    assert came.came == 1
    assert pages() == ["first", "ours", "pulled"]


def test_a_file_that_changes_all_the_time_is_refused(
    shared: SharedFile, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """After some tries; nothing is lost."""
    shared.registry.add([link("ours")])
    numbers = iter(range(1, 100))
    write_text = Path.write_text

    def slow(path: Path, *args: object, **options: object) -> int:
        if path.suffix == ".jsonl":
            with FILE.open("a") as file:
                file.write("\n" * next(numbers))
        return write_text(path, *args, **options)  # type: ignore[arg-type]  # passed on

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", slow)
        result = run("registry", "sync", "links.jsonl", "--registry", "links.db")

    assert result.exit_code == 53
    assert result.stderr == (
        'error: cannot write "links.jsonl": another program changes it\nhint: try again\n'
    )
    assert pages() == ["first"]
    shared.give_out()
    assert pages() == ["first", "ours"]
