"""Lines of logs that are on this machine: for the first ones, no process of Spark has to start."""

from __future__ import annotations

import bz2
import gzip
import zlib
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO, Literal

    from utmforge.measure.spark.block_reader import Line

_OPENED_BY: Mapping[str, Callable[[str, Literal["rb"]], BinaryIO | gzip.GzipFile | bz2.BZ2File]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
}
"""How a log is packed is told by the ending of its name, as Spark does it."""
_PACKED_OTHERWISE = frozenset({".deflate", ".lz4", ".snappy", ".zst", ".zstd"})


def can_open(address: str) -> bool:
    """Tell whether a log is a file of this machine, plain or packed in a way that Python knows.

    >>> can_open("file:///logs/a.gz"), can_open("file:///logs/a.zst"), can_open("s3a://logs/a")
    (True, False, False)
    """
    parts = urlsplit(address)
    return parts.scheme == "file" and _ending(parts.path) not in _PACKED_OTHERWISE


def lines_of(address: str) -> Iterator[Line]:
    """Yield the lines of a log as Spark would.

    Raises:
        OSError: It cannot be read.
        EOFError: It is cut short.
    """
    path = unquote(urlsplit(address).path)
    opened = _OPENED_BY.get(_ending(path), open)
    try:
        with opened(path, "rb") as file:
            for line in file:
                yield address, 0, line.removesuffix(b"\n")
    except zlib.error as error:
        raise OSError(str(error)) from None


def _ending(path: str) -> str:
    return PurePath(path).suffix
