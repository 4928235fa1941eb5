"""A file as spreadsheets and analytics tools write it → its text.

>>> text_of("Été".encode("utf-16")) == text_of("Été".encode("cp1252")) == "Été"
True
"""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import NamedTuple

_MARKS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
_LOOKED_AT = 200


class FileText(NamedTuple):
    """A file's text, and how it was encoded."""

    text: str
    """Without the byte order mark."""
    encoding: str = "utf-8"
    """As Python calls it: `utf-8`, `utf-16-le`, `utf-16-be` or `cp1252`."""
    mark: bytes = b""
    """The byte order mark that the file begins with. Empty: it has none."""

    @property
    def is_whole(self) -> bool:
        """Whether every byte was decoded, so that the file can be written back."""
        is_strict = self.encoding == "utf-8" and not self.mark
        return is_strict or "\ufffd" not in self.text

    def encoded(self, text: str) -> bytes:
        """Return another text in the same encoding.

        Raises:
            UnicodeEncodeError: The encoding has no bytes for it.
        """
        return self.mark + text.encode(self.encoding)


def read_text(raw: bytes) -> FileText:
    r"""Read UTF-8, UTF-16 with or without its mark, else Windows-1252.

    Matomo exports UTF-16, and Excel still writes its plain CSV in Windows-1252. What cannot be
    decoded becomes U+FFFD.

    >>> read_text(b"M\xfcnchen")
    FileText(text='München', encoding='cp1252', mark=b'')
    """
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return FileText(raw[len(mark) :].decode(encoding, "replace"), encoding, mark)
    begun = raw[:_LOOKED_AT]
    for encoding, zeros in (("utf-16-le", begun[1::2]), ("utf-16-be", begun[::2])):
        if zeros.count(0) * 2 > len(zeros):
            return FileText(raw.decode(encoding, "replace"), encoding)
    try:
        return FileText(raw.decode(), "utf-8")
    except UnicodeDecodeError:
        return FileText(raw.decode("cp1252", "replace"), "cp1252")


def text_of(raw: bytes) -> str:
    """Return the text of a file, whatever its encoding."""
    return read_text(raw).text


def is_archive(raw: bytes) -> bool:
    """Tell whether a file is a ZIP archive, which an Excel workbook is too."""
    return raw.startswith(b"PK\x03\x04")
