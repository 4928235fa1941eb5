"""Blocks of logs → rows, in a Python process of Spark: every line is read by its format's `read`.

A block is what Spark reads of one file at a time; its lines come in order. What leaves this process
is what `hit_rows` keeps: no address, no query without tags.

    (file, start of the block, line) … ─► (n, ts, network, …) …  and  (reason, how many, samples)
"""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from utmforge.measure.hit_rows import HitRow
from utmforge.measure.log_files import MAX_LINE_BYTES, TOO_LONG
from utmforge.measure.log_formats import LogInFormats
from utmforge.measure.readers.catalogue import find_format
from utmforge.measure.readers.detect import LINES_LOOKED_AT, detect, share_of
from utmforge.measure.reading import LineCounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from utmforge.measure.readers.base import LogFormat

    Line: TypeAlias = tuple[str, int, bytes]
    """The file's address, where its block starts, and the line."""

SCHEMA = (
    "n BIGINT, ts BIGINT, network STRING, agent STRING, referrer STRING, host STRING, page STRING, "
    "method STRING, status INT, asset BOOLEAN, click_id STRING, fetch_site STRING, "
    "reason STRING, lines BIGINT, samples ARRAY<STRING>, format STRING"
)
"""A hit, or lines that are not used with their reason, or a format that was found further down."""
_NO_HIT: tuple[None, ...] = (None,) * (1 + len(HitRow._fields))
_NOTHING_ELSE = (None, None, None, None)
FILE_BITS = 44
"""`n` is the number of the file, then the place in it: where the block starts + the line in it."""
_LINES_AT_ONCE = 50_000
_SAMPLE_BYTES = 400


class KnownLog(NamedTuple):
    """A log whose formats are known."""

    number: int
    """Its place among the logs."""
    formats: tuple[str, ...]
    """Names, or one format string."""


class Detected(NamedTuple):
    """What the first lines of a log tell."""

    address: str
    formats: tuple[tuple[str, float], ...]
    """(name, share of the lines that it reads)."""
    nearest: tuple[tuple[str, float], ...] | None
    """The formats that read most. None: the format is known."""


def first_lines(lines: Iterable[Line]) -> Iterator[tuple[str, list[str]]]:
    """Yield the address and the first lines of a log, if this block is its beginning."""
    log = ""
    found: list[str] = []
    for address, start, line in lines:
        if start:
            return
        log = address
        text = _text(line)
        if text.strip() and len(line) <= MAX_LINE_BYTES:
            found.append(text)
        if len(found) == LINES_LOOKED_AT:
            break
    if log:
        yield log, found


def detected(
    logs: Iterable[tuple[str, list[str]]], numbers: Mapping[str, int], given: str | None
) -> Iterator[Detected]:
    """Yield the formats of logs, in their order: those of earlier ones are tried first.

    Args:
        logs: Their addresses and first lines.
        numbers: The place of each log.
        given: The format that was asked for.
    """
    known: list[LogFormat] = []
    for address, lines in sorted(logs, key=lambda log: numbers[log[0]]):
        if given is not None:
            log_format = find_format(given)
            share = share_of(log_format, lines)
            yield Detected(address, ((log_format.name, share),), None)
            continue
        found = detect(lines, known)
        known = [each.format for each in found.formats] or known
        is_unknown = bool(lines) and not found.formats
        yield Detected(
            address,
            tuple((each.format.name, each.share) for each in found.formats),
            tuple((each.format.name, each.share) for each in found.best) if is_unknown else None,
        )


def read_blocks(
    lines: Iterable[Line], logs: Mapping[str, KnownLog], *, is_detected: bool
) -> Iterator[tuple[object, ...]]:
    """Yield what is kept of blocks, as rows of `SCHEMA`.

    Args:
        lines: Of one or more blocks.
        logs: The formats of the logs, by address.
        is_detected: Whether lines in other formats are to be read, too.
    """
    for (address, start), block in groupby(lines, key=lambda line: (line[0], line[1])):
        log = logs[address]
        formats = [find_format(name) for name in log.formats]
        readers = [each.reader() for each in formats]
        reader = LogInFormats(address, formats, readers, is_detected=is_detected)
        first = (log.number << FILE_BITS) + start
        yield from _read_block((line for *_, line in block), first, reader)


def _read_block(
    lines: Iterator[bytes], first: int, log: LogInFormats
) -> Iterator[tuple[object, ...]]:
    counts = LineCounts()
    known = len(log.formats)
    n = first
    while batch := list(islice(lines, _LINES_AT_ONCE)):
        for line in batch:
            if len(line) > MAX_LINE_BYTES:
                counts.reject(TOO_LONG, _text(line[:_SAMPLE_BYTES]))
        rows, unread = log.read(
            (at, _text(line)) for at, line in enumerate(batch, n) if len(line) <= MAX_LINE_BYTES
        )
        for text, reason in unread:
            counts.reject(reason, text)
        for at, row in rows:
            yield (at, *row, *_NOTHING_ELSE)
        n += len(batch)
    for reason, lines_rejected in counts.rejected.items():
        yield (first, *_NO_HIT[1:], reason, lines_rejected, counts.samples[reason], None)
    for at, each in enumerate(log.formats[known:], first):
        yield (at, *_NO_HIT[1:], None, None, None, each.name)


def _text(line: bytes) -> str:
    return bytes(line).decode("utf-8", "replace").removesuffix("\r")
