"""Which kind of source a file is, by its contents: a log, a report, or GA4's export of events."""

from __future__ import annotations

import json
import zlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from utmforge.analytics.exports.columns import fields_in, matomo_label
from utmforge.analytics.exports.tables import tables_in
from utmforge.errors import ReportUnreadable
from utmforge.files.decoding import is_archive, text_of
from utmforge.files.header_words import plain_header

if TYPE_CHECKING:
    from collections.abc import Mapping

SourceKind = Literal["log", "report", "events"]
KIND_NAMES: Mapping[SourceKind, str] = {
    "log": "a log",
    "report": "a report",
    "events": "an export of events",
}
"""What messages call each kind."""

LOOKED_AT = 1 << 15
"""How many first bytes tell."""
PARQUET = b"PAR1"
GZIP = b"\x1f\x8b"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OF_EVENTS = frozenset(("event_timestamp", "event_params", "user_pseudo_id", "event_date"))


def kind_of_source(begun: bytes, mapping: Mapping[str, str] = MappingProxyType({})) -> SourceKind:
    r"""Tell the kind of a source by its first bytes.

    Args:
        begun: The first `LOOKED_AT` bytes, or all.
        mapping: The columns of a report that are named: a table that has them is one.

    >>> kind_of_source(b"Session source / medium,Sessions\nnews / email,12\n")
    'report'
    >>> kind_of_source(b'{"event_name":"page_view","event_timestamp":"1","event_params":[]}\n')
    'events'
    >>> kind_of_source(b'10.1.7.9 - - [23/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 512\n')
    'log'
    """
    if begun.startswith(PARQUET):
        return "events"
    if begun.startswith(GZIP):
        begun = _unpacked(begun)
    elif is_archive(begun):
        return "report"  # its reader says what to do
    first = begun.removeprefix(b"\xef\xbb\xbf").lstrip()
    if first[:1] in {b"{", b"["}:
        return "events" if _is_event(first) else "log"
    return "report" if _is_report(begun, mapping) else "log"


def _unpacked(begun: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(begun, LOOKED_AT)
    except zlib.error:
        return b""


def _is_event(text: bytes) -> bool:
    """Tell whether a text begins with an event of GA4, in lines of JSON or in an array."""
    try:
        found, _ = json.JSONDecoder().raw_decode(text.lstrip(b"[ \t\r\n").decode(errors="replace"))
    except (ValueError, RecursionError):
        line = text.partition(b"\n")[0]  # longer than what is looked at
        return b'"event_name"' in line and b'"event_params"' in line
    return isinstance(found, dict) and "event_name" in found and bool(_OF_EVENTS & found.keys())


def _is_report(begun: bytes, mapping: Mapping[str, str]) -> bool:
    """Tell whether there is a header that names tags, labels and visits, or the named columns."""
    is_whole = len(begun) < LOOKED_AT
    if not begun.startswith(_UTF_16):
        if b"\0" in begun:
            return False
        begun = begun if is_whole else begun.rpartition(b"\n")[0]
    elif not is_whole:
        begun = begun[: len(begun) // 2 * 2]
    try:
        tables, _ = tables_in(text_of(begun), "")
    except ReportUnreadable:
        return False
    named = {plain_header(column) for column in mapping.values()}
    return any(
        (named and named <= {plain_header(cell) for cell in table.header})
        or (table.line and (fields_in(table.header) or matomo_label(table.header) is not None))
        for table in tables
    )
