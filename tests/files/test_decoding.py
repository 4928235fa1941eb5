"""The encodings of Excel and Matomo, of a whole text and line by line."""

import io

import pytest

from utmforge.files.decoding import is_archive, is_undecoded, read_text, text_lines, text_of

TEXT = "Müller;été\r\n„zwei“\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_lines_are_decoded_as_a_whole_text_is(encoding: str) -> None:
    """The same text, line ends untouched, whatever wrote it."""
    raw = TEXT.encode(encoding)
    with text_lines(io.BufferedReader(io.BytesIO(raw))) as lines:
        assert "".join(lines) == text_of(raw) == TEXT


def test_bytes_that_no_encoding_has() -> None:
    """They are lone surrogates in lines and in a text, which no address can hold."""
    with text_lines(io.BufferedReader(io.BytesIO(b"a\x81\xe9"))) as lines:
        assert list(lines) == ["a\udc81é"]
    for raw in (b"a\x81\xe9", b"\xff\xfea\x00\x00", b"\xff\xfe\x00\xd8a\x00"):
        assert not read_text(raw).is_whole
        with text_lines(io.BufferedReader(io.BytesIO(raw))) as lines:
            assert any(map(is_undecoded, lines))
    assert text_of(b"a\x81\xe9") == "a\udc81é"
    assert read_text("a\ufffd".encode()).is_whole


def test_the_stream_stays_open() -> None:
    """Standard input belongs to the process."""
    buffered: io.BufferedReader = io.BufferedReader(io.BytesIO(b"a\n"))
    with text_lines(buffered) as lines:
        assert list(lines) == ["a\n"]
    assert not buffered.closed


@pytest.mark.parametrize(
    ("begun", "is_one"),
    [
        (b"PK\x03\x04", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", True),
        (b"\x1f\x8b\x08", True),
        (b"PKW;URL", False),
        (b"", False),
    ],
)
def test_workbooks_and_archives_are_known_by_their_first_bytes(begun: bytes, is_one: bool) -> None:
    """Both kinds of Excel's, ZIP and gzip."""
    assert is_archive(begun) is is_one
