"""A file that a person names is read, or refused with one sentence and a next step."""

import errno
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from utmforge.errors import UnreadableInput
from utmforge.files.decoding import unfit_kind
from utmforge.files.reading import open_file, read_file, refuse_unfit_kind, unreadable


@given(st.binary(max_size=200))
def test_every_byte_is_read(tmp_path: Path, data: bytes) -> None:
    """As it is: looking at the beginning takes nothing away."""
    assume(not unfit_kind(data))
    path = tmp_path / "list.txt"
    path.write_bytes(data)

    assert read_file(path) == data
    with open_file(path) as file:
        assert file.read() == data


def archive() -> None:
    """Write what a spreadsheet program saves."""
    with zipfile.ZipFile("book.xlsx", "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("no.txt", 'cannot read "no.txt": no such file or directory', None),
        ("list.txt/x", 'cannot read "list.txt/x": not a directory', None),
        ("folder", '"folder" is a folder', "name a file in it"),
        ("book.xlsx", '"book.xlsx" is an archive or an Excel workbook', "save the sheet as CSV"),
        ("old.xls", '"old.xls" is an archive or an Excel workbook', "save the sheet as CSV"),
        ("loop", 'cannot read "loop": too many levels of symbolic links', None),
    ],
)
@pytest.mark.parametrize("read", [open_file, read_file], ids=["open", "read"])
def test_what_cannot_be_read(
    name: str, message: str, hint: str | None, read: Callable[[Path], object]
) -> None:
    """The name, the reason and, where there is one, the next step."""
    Path("list.txt").touch()
    Path("folder").mkdir()
    Path("loop").symlink_to("loop")
    Path("old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    archive()
    with pytest.raises(UnreadableInput) as caught:
        read(Path(name))

    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("begun", "is_refused"),
    [
        (b"PK\x03\x04", True),
        (b"\x1f\x8b\x08\x00", True),
        (b"PK is a country", False),
        (b"https://shop.example/", False),
        (b"", False),
    ],
)
def test_only_archives_are_refused(begun: bytes, is_refused: bool) -> None:
    """By their first bytes, not by their name."""
    if is_refused:
        with pytest.raises(UnreadableInput, match=r'^"standard input" is an archive'):
            refuse_unfit_kind(begun, "standard input")
    else:
        refuse_unfit_kind(begun, "standard input")


def test_what_the_system_says_is_passed_on() -> None:
    """In lower case; without a reason that is said too."""
    path = Path("list.txt")

    denied = unreadable(path, PermissionError(errno.EACCES, "Permission denied"))
    assert denied.message == 'cannot read "list.txt": permission denied'
    assert unreadable(path, OSError()).message == 'cannot read "list.txt": no reason given'
