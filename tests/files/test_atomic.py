"""A file is written whole or not at all, and keeps what else it is."""

import os
import subprocess
import sys
from pathlib import Path
from stat import S_ISDIR

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import OutputFileError
from utmforge.files.atomic import atomic_write


class Interrupted(BaseException):
    """What no block expects, such as Ctrl-C."""


def names_in(folder: Path) -> list[str]:
    """Return the names of what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


@given(old=st.binary(max_size=50), new=st.binary(max_size=50))
def test_the_draft_takes_the_file_s_place(tmp_path: Path, old: bytes, new: bytes) -> None:
    """The file has what was written, and nothing else is left beside it."""
    path = tmp_path / "new" / "codes.svg"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(old)
    with atomic_write(path) as draft:
        draft.write_bytes(new)

    assert path.read_bytes() == new
    assert names_in(path.parent) == ["codes.svg"]


@pytest.mark.parametrize("error", [Interrupted, KeyboardInterrupt, ValueError, OutputFileError])
@given(old=st.none() | st.binary(max_size=50), new=st.binary(max_size=50))
def test_when_the_block_raises_the_old_file_is_whole(
    tmp_path: Path, error: type[BaseException], old: bytes | None, new: bytes
) -> None:
    """Whatever it raises is raised; the file is as it was, or still not there."""
    path = tmp_path / "kept" / "links.csv"
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if old is not None:
        path.write_bytes(old)

    def write() -> None:
        with atomic_write(path) as draft:
            draft.write_bytes(new)
            raise error("stop")

    with pytest.raises(error):
        write()
    assert (path.read_bytes() if path.exists() else None) == old
    assert names_in(path.parent) == ([] if old is None else ["links.csv"])


def test_before_the_block_ends_the_old_file_is_there() -> None:
    """Whoever reads in the meantime reads the old one, whole."""
    path = Path("links.csv")
    path.write_text("old")
    with atomic_write(path) as draft:
        draft.write_text("new, half of")
        assert path.read_text() == "old"
        assert draft.parent.resolve() == Path.cwd()
        assert draft.suffix == ".csv"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755])
def test_the_mode_of_a_file_stays(mode: int) -> None:
    """Who could read it can read it, and nobody else."""
    path = Path("links.csv")
    path.write_text("old")
    path.chmod(mode)
    with atomic_write(path) as draft:
        draft.write_text("new")

    assert path.stat().st_mode & 0o777 == mode


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_that_files_have_here(umask: int, mode: int) -> None:
    """Not the narrow one of a temporary file; and the process keeps its mask."""
    before = os.umask(umask)
    try:
        with atomic_write(Path("new.csv")) as draft:
            draft.write_text("new")
        assert os.umask(umask) == umask
    finally:
        os.umask(before)

    assert Path("new.csv").stat().st_mode & 0o777 == mode


def test_a_link_to_a_file_stays_a_link() -> None:
    """The file it leads to is written."""
    folder = Path("elsewhere")
    folder.mkdir()
    (folder / "links.csv").write_text("old")
    Path("links.csv").symlink_to(folder / "links.csv")
    with atomic_write(Path("links.csv")) as draft:
        draft.write_text("new")

    assert Path("links.csv").is_symlink()
    assert (folder / "links.csv").read_text() == "new"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing/links.csv", 'cannot write "missing/links.csv": no such file or directory'),
        ("file/links.csv", 'cannot write "file/links.csv": not a directory'),
        ("folder", 'cannot write "folder": is a directory'),
    ],
)
def test_where_nothing_can_be_written(path: str, message: str) -> None:
    """One sentence with the path and the reason, and nothing left behind."""
    Path("file").touch()
    Path("folder").mkdir()

    def write() -> None:
        with atomic_write(Path(path)) as draft:
            draft.write_text("new")

    with pytest.raises(OutputFileError) as caught:
        write()

    assert caught.value.message == message
    assert names_in(Path()) == ["file", "folder"]


WRITES = """
import sys, time
from pathlib import Path
from stat import S_ISDIR
from utmforge.files.atomic import atomic_write
with atomic_write(Path(sys.argv[1])) as draft:
    draft.write_text("half")
    print("half", flush=True)
    time.sleep(60)
"""


def writing(path: str) -> subprocess.Popen[str]:
    """Start a process that has written half of a file."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITES, path], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "half\n"
    return process


def test_the_draft_of_a_killed_process_is_deleted() -> None:
    """By the next one that writes to the folder; those of running ones stay."""
    Path("kept.csv").write_text("old")
    with writing("kept.csv") as killed, writing("other.csv") as running:
        killed.kill()
        killed.wait()
        assert len(names_in(Path())) == 3
        with atomic_write(Path("new.csv")) as draft:
            draft.write_text("new")

        assert len(names_in(Path())) == 3
        running.kill()
    assert Path("kept.csv").read_text() == "old"
    assert Path("new.csv").read_text() == "new"


def test_what_only_looks_like_a_draft_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe, a link and a folder stay, and hold nothing up."""
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "precious").write_text("precious")
    os.mkfifo(folder / ".utmforge-draft-pipe")
    (folder / ".utmforge-draft-link").symlink_to(tmp_path / "precious")
    (folder / ".utmforge-draft-folder").mkdir()
    with atomic_write(folder / "a.csv") as draft:
        draft.write_text("new")

    assert len(names_in(folder)) == 4
    assert (tmp_path / "precious").read_text() == "precious"


@pytest.mark.parametrize("is_durable", [True, False])
def test_a_draft_is_on_the_disk_before_it_takes_the_place(
    monkeypatch: pytest.MonkeyPatch, *, is_durable: bool
) -> None:
    """And its new name is, before the block ends."""
    Path("links.jsonl").write_text("old")
    synced: list[str] = []

    def fsync(descriptor: int) -> None:
        found = Path("links.jsonl").read_text()
        synced.append("folder" if S_ISDIR(os.fstat(descriptor).st_mode) else found)

    monkeypatch.setattr(os, "fsync", fsync)
    with atomic_write(Path("links.jsonl"), is_durable=is_durable) as draft:
        draft.write_text("new")

    assert synced == (["old", "folder"] if is_durable else [])
