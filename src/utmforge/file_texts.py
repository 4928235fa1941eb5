"""A file as spreadsheets and analytics tools write it → its text.

>>> text_of("Été".encode("utf-16")) == text_of("Été".encode("cp1252")) == "Été"
True
"""

from __future__ import annotations

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 200


def text_of(raw: bytes) -> str:
    """Return the text: UTF-8, UTF-16 with or without its mark, else Windows-1252.

    Matomo exports UTF-16, and Excel still writes its plain CSV in Windows-1252.
    """
    if raw.startswith(_UTF16):
        return raw.decode("utf-16", "replace")
    begun = raw[:_LOOKED_AT]
    for encoding, zeros in (("utf-16-le", begun[1::2]), ("utf-16-be", begun[::2])):
        if zeros.count(0) * 2 > len(zeros):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def is_archive(raw: bytes) -> bool:
    """Tell whether a file is a ZIP archive, which an Excel workbook is too."""
    return raw.startswith(b"PK\x03\x04")
