"""Decode files in the encodings that spreadsheets and analytics tools write.

>>> text_of("Été".encode("utf-16")) == text_of("Été".encode("cp1252")) == "Été"
True
"""

from __future__ import annotations

import re
from codecs import (
    BOM_UTF8,
    BOM_UTF16_BE,
    BOM_UTF16_LE,
    BOM_UTF32_BE,
    BOM_UTF32_LE,
    register_error,
)
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

_MARKS = {
    BOM_UTF8: "utf-8",
    BOM_UTF32_LE: "utf-32-le",  # before UTF-16, whose mark it begins with
    BOM_UTF32_BE: "utf-32-be",
    BOM_UTF16_LE: "utf-16-le",
    BOM_UTF16_BE: "utf-16-be",
}
_LOOKED_AT = 200
_DECLARED = re.compile(
    rb"""<meta\s[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)|<\?xml\s[^>]{0,100}encoding\s*=\s*["']([\w-]+)""",
    re.IGNORECASE,
)
_DECLARED_IN = 2_000
"""The number of first bytes in which a page names its encoding."""
_DECLARABLE = re.compile(
    r"(?:windows|cp)-?125\d|iso-?8859-?\d\d?|koi8-[ru]|macintosh|(?:x-)?mac-?roman"
    r"|shift[_-]jis|euc-(?:jp|kr)|gb2312|gbk|gb18030|big5",
    re.IGNORECASE,
)
_SAME_AS = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "iso88591"), "cp1252"),  # as browsers read them
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "gb2312": "gb18030",
}
# The letters of German, French and Spanish: several may follow each other.
_WESTERN = (
    "[\u00c0-\u00c2\u00c4\u00c7-\u00cb\u00cd-\u00cf\u00d1\u00d3\u00d4\u00d6\u00d9-\u00dc\u00df"
    "\u00e0-\u00e2\u00e4\u00e7-\u00eb\u00ed-\u00ef\u00f1\u00f3\u00f4\u00f6\u00f9-\u00fc]"
)
# What Cyrillic, Greek, Hebrew or Chinese letters, and those of old Mac programs, look like if they
# are read as Windows-1252.
_MISREAD = re.compile(
    f"(?!{_WESTERN}{{4}})[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]{{4}}"
    f"|(?!{_WESTERN}{{6}})(?=[\u00a1-\u00ff]{{6}})"
    "[\u00a1-\u00ff]{0,4}[\u00c0-\u00ff][\u00a1-\u00bf]*[\u00c0-\u00ff]"
    "|[A-Za-z][\u0178\u017d\u0160\u02c6\u2020\u2021\u2030][a-z]"
)
_UNDECODED = re.compile("[\ud800-\udfff]")
_ESCAPE = "utmforge.escape"
"""The error handler that turns each byte that cannot be decoded into a lone surrogate."""


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in bad), error.end


register_error(_ESCAPE, _escaped)


class FileText(NamedTuple):
    """A file's text, and how it was encoded."""

    text: str
    """Without the byte order mark."""
    encoding: str = "utf-8"
    """Python's name for it: `utf-8`, `utf-16-le`, `utf-16-be`, `utf-32-le` … or `cp1252`."""
    mark: bytes = b""
    """The file's byte order mark. Empty: it has none."""

    @property
    def is_whole(self) -> bool:
        """Whether every byte was decoded, so that the file can be written back."""
        return not is_undecoded(self.text)

    def encoded(self, text: str) -> bytes:
        """Return another text in the same encoding.

        Raises:
            UnicodeEncodeError: The encoding has no bytes for it.
        """
        return self.mark + text.encode(self.encoding)


def read_text(raw: bytes) -> FileText:
    r"""Read UTF-8, UTF-16 with or without its mark, what a page names, or else Windows-1252.

    Matomo exports UTF-16, and Excel still writes its plain CSV in Windows-1252. Bytes that cannot
    be decoded become lone surrogates, which addresses and tags must not contain. So do those of
    other encodings that no page names, such as of Cyrillic letters.

    >>> read_text(b"M\xfcnchen")
    FileText(text='München', encoding='cp1252', mark=b'')
    """
    encoding, mark = _encoding_of(raw[:_LOOKED_AT])
    if encoding != "utf-8" or mark:
        return FileText(raw[len(mark) :].decode(encoding, _ESCAPE), encoding, mark)
    try:
        return FileText(raw.decode(), "utf-8")
    except UnicodeDecodeError:
        return _as_declared(raw) or _as_western(raw)


def _as_declared(raw: bytes) -> FileText | None:
    """Read HTML or XML in the encoding that it names; None: it names none that fits."""
    match = _DECLARED.search(raw, 0, _DECLARED_IN)
    name = (match[1] or match[2]).decode("ascii", "replace").lower() if match else ""
    if not _DECLARABLE.fullmatch(name):
        return None
    encoding = _SAME_AS.get(name, name)
    try:
        text = raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return FileText(text, encoding)


def _as_western(raw: bytes) -> FileText:
    text = raw.decode("cp1252", _ESCAPE)
    if _MISREAD.search(text):
        return FileText(raw.decode("utf-8", _ESCAPE))
    return FileText(text, "cp1252")


def _encoding_of(begun: bytes) -> tuple[str, bytes]:
    """Return the encoding that the first bytes show, or else UTF-8, and the byte order mark."""
    for mark, encoding in _MARKS.items():
        if begun.startswith(mark):
            return encoding, mark
    for encoding, zeros in (("utf-16-le", begun[1::2]), ("utf-16-be", begun[::2])):
        if zeros.count(0) * 2 > len(zeros):
            return encoding, b""
    return "utf-8", b""


def text_of(raw: bytes) -> str:
    """Return the text of a file, whatever its encoding."""
    return read_text(raw).text


def is_undecoded(text: str) -> bool:
    r"""Tell whether a text holds bytes that could not be decoded.

    >>> is_undecoded(text_of(b"a\x81")), is_undecoded("\ufffd")
    (True, False)
    """
    return not text.isascii() and bool(_UNDECODED.search(text))


@contextmanager
def text_lines(stream: BufferedReader) -> Iterator[Iterator[str]]:
    """Yield the lines of a file of any size, decoded one by one, line ends untouched.

    A line that is not UTF-8 is read as Windows-1252. Bytes that cannot be decoded become lone
    surrogates, which addresses and tags must not contain.
    """
    encoding, mark = _encoding_of(stream.peek(_LOOKED_AT)[:_LOOKED_AT])
    stream.read(len(mark))
    is_utf8 = encoding == "utf-8"
    text = TextIOWrapper(
        stream, encoding, errors="surrogateescape" if is_utf8 else _ESCAPE, newline=""
    )
    try:
        yield map(_as_windows_wrote_it, text) if is_utf8 else iter(text)
    finally:
        text.detach()  # the caller closes the stream


def _as_windows_wrote_it(line: str) -> str:
    if line.isascii():
        return line
    try:
        line.encode()
    except UnicodeEncodeError:
        text = line.encode(errors="surrogateescape").decode("cp1252", "surrogateescape")
        return line if _MISREAD.search(text) else text
    return line


_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b")
"""The first bytes of ZIP files (also .xlsx), of .xls and of gzip."""


def is_archive(begun: bytes) -> bool:
    """Tell by its first bytes whether a file is an archive or an Excel workbook."""
    return begun.startswith(_ARCHIVES)


class Unfit(NamedTuple):
    """A kind of file that has no text to read."""

    kind: str
    """Such as `a PDF`."""
    hint: str
    """What to do instead."""


_WORKBOOK = Unfit("an archive or an Excel workbook", "save the sheet as CSV")
_COMPRESSED = Unfit("an archive", "unpack it first")
_IMAGE = Unfit("an image", "write its links into a text file, one per line")
_UNFIT = {
    b"\x1f\x8b": _COMPRESSED,
    b"7z\xbc\xaf\x27\x1c": _COMPRESSED,
    b"\x28\xb5\x2f\xfd": _COMPRESSED,
    b"\xfd7zXZ\0": _COMPRESSED,
    b"Rar!\x1a\x07": _COMPRESSED,
    **{b"BZh%d1AY&" % level: _COMPRESSED for level in range(1, 10)},
    b"%PDF-": Unfit("a PDF", "write its links into a text file, one per line"),
    b"\x89PNG\r\n": _IMAGE,
    b"\xff\xd8\xff": _IMAGE,
    b"GIF87a": _IMAGE,
    b"GIF89a": _IMAGE,
    b"PAR1": Unfit("a Parquet file", "save the table as CSV"),
    b"SQLite format 3\0": Unfit("a database", "save the table as CSV; --registry names a registry"),
}


def unfit_kind(begun: bytes) -> Unfit | None:
    r"""Return the kind of a file that has no text, by its first 16 bytes; None: it may have.

    >>> unfit_kind(b"%PDF-1.4").kind
    'a PDF'
    """
    found = next((kind for sign, kind in _UNFIT.items() if begun.startswith(sign)), None)
    return found or (_WORKBOOK if is_archive(begun) else None)
