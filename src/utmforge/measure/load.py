"""Logs → tables in DuckDB: `hits`, and the `agents`, `referrers` and `pages` that they name.

    bytes → lines → format → rows without addresses → tables

Lines of the usual shape are read by DuckDB (`fast_path/`), all others by the format's `read`.
Several threads read parts of one log at the same time.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

from utmforge.measure.fast_path.quoted_lines import SHAPES, Shape
from utmforge.measure.hit_tables import (
    UNTOLD,
    create_tables,
    finish_tables,
    first_line,
    forget_part,
    keep_lines,
    keep_part,
    keep_rows,
)
from utmforge.measure.log_files import (
    BLOCK_BYTES,
    PART_BYTES,
    TOO_LONG,
    UNREAD_BYTES,
    Part,
    UnreadPart,
    without_short_lines,
)
from utmforge.measure.log_formats import LogInFormats, in_formats
from utmforge.measure.pipes import PartFile, text_of
from utmforge.measure.readers.base import EMPTY, OTHER_FORMAT
from utmforge.measure.readers.quoted import QuotedFormat
from utmforge.measure.reading import FileFormat, LineCounts, LogReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from duckdb import DuckDBPyConnection

    from utmforge.measure.log_files import LogFile
    from utmforge.measure.readers.base import LogFormat

Progress: TypeAlias = "Callable[[int, int | None], None]"
"""Is called with the bytes done and the bytes in all, None if that is not known."""


def load(
    connection: DuckDBPyConnection,
    logs: Sequence[LogFile],
    *,
    log_format: LogFormat | None = None,
    threads: int = 2,
    progress: Progress | None = None,
    meanwhile: Callable[[], None] | None = None,
    use_fast_path: bool = True,
) -> LogReading:
    """Read logs into the tables of a database that has none.

    Args:
        connection: From `open_database`.
        logs: In any order.
        log_format: None: each log's first lines tell.
        threads: How many parts are read at the same time.
        progress: Is told now and then how far it is.
        meanwhile: Is called while the first part is read: the other threads have nothing to do yet.
        use_fast_path: False: every line is read by its format's `read`.

    Raises:
        LogFormatUnknown: Under 90 % of a log's first lines are in known formats.
        UnreadableInput: The operating system reports an error.
    """
    create_tables(connection)
    loader = _Loader(connection, threads, meanwhile, use_fast_path=use_fast_path)
    try:
        return loader.load(logs, log_format, progress or (lambda _done, _total: None))
    finally:
        loader.close()


class _Loader:
    def __init__(
        self,
        connection: DuckDBPyConnection,
        threads: int,
        meanwhile: Callable[[], None] | None,
        *,
        use_fast_path: bool,
    ) -> None:
        self._connection = connection
        self._meanwhile = meanwhile
        self._use_fast_path = use_fast_path
        self._pool = ThreadPoolExecutor(threads)
        self._cursors = [connection.cursor() for _ in range(threads)]
        self._files = [PartFile() for _ in range(threads)]
        self._free: SimpleQueue[tuple[DuckDBPyConnection, PartFile]] = SimpleQueue()
        for each in zip(self._cursors, self._files, strict=True):
            self._free.put(each)
        self._pending: deque[Future[LineCounts]] = deque()
        self._counts = LineCounts()
        self._number = 0
        self._formats: list[LogFormat] = []
        self._gathered: list[tuple[Part | UnreadPart, LogInFormats]] = []

    def load(
        self, logs: Sequence[LogFile], log_format: LogFormat | None, progress: Progress
    ) -> LogReading:
        total = _total(logs)
        done = 0
        opened: list[tuple[LogFile, LogInFormats, dict[str, float]]] = []
        for log in logs:
            parts = log.unread_parts() if self._use_fast_path else log.parts()
            first = next(parts, None)
            if not isinstance(first, Part):
                continue
            reader, formats = in_formats(log.name, first.data, log_format, self._formats)
            if log_format is None:
                self._formats = list(reader.formats) or self._formats
            for part in chain((first,), parts):
                self._gather(part, reader)
                progress(done + log.bytes_done, total)
            done += log.bytes_done
            opened.append((log, reader, dict(formats)))
        self._flush()
        while self._pending:
            self._counts.add(self._pending.popleft().result())
        seen = [each for _, reader, _ in opened for each in reader.formats]
        with_agents = [each for each in seen if each.has_user_agent]
        finish_tables(
            self._connection, has_agents=any(isinstance(each, QuotedFormat) for each in with_agents)
        )
        first_ts, last_ts = self._connection.execute(
            "SELECT min(ts), max(ts) FROM all_lines"
        ).fetchone() or (None, None)
        return LogReading(
            lines_read=self._counts.read,
            lines_used=self._counts.used,
            rejected=self._counts.by_reason(),
            formats=tuple(
                FileFormat(
                    log.name,
                    each.name,
                    shares.get(each.name, 0.0),
                    is_cut_short=log.is_cut_short,
                    begins_later=each.name not in shares,
                )
                for log, reader, shares in opened
                for each in reader.formats
            ),
            first_ts=first_ts,
            last_ts=last_ts,
            has_referrer=self._has("referrers", (each for each in seen if each.has_referrer)),
            has_user_agent=self._has(f"agents WHERE id <> {UNTOLD}", with_agents),
            lines_without_agent=self._count(f"all_lines WHERE agent = {UNTOLD}"),
            has_every_referrer=all(each.has_referrer for each in seen)
            and self._count("referrers") > 0,
        )

    def _has(self, table: str, formats: Iterable[LogFormat]) -> bool:
        """Tell whether the logs have a field; of JSON and W3C logs only their lines can tell."""
        seen = list(formats)
        if any(isinstance(each, QuotedFormat) for each in seen):
            return True
        return bool(seen) and self._count(table) > 0

    def _count(self, table: str) -> int:
        counted: list[tuple[int]] = self._connection.execute(
            f"SELECT count(*) FROM {table}"
        ).fetchall()
        return counted[0][0]

    def close(self) -> None:
        """Stop what is running, also after Ctrl-C."""
        for future in self._pending:
            future.cancel()
        for cursor in self._cursors:
            cursor.interrupt()
        self._pool.shutdown(cancel_futures=True)
        for cursor in self._cursors:
            cursor.close()
        for file in self._files:
            file.close()

    def _gather(self, part: Part | UnreadPart, log: LogInFormats) -> None:
        """Read a part, or keep it until there is more: a statement for each small file is slow."""
        if self._gathered and self._gathered[0][1].formats != log.formats:
            self._flush()
        if isinstance(part, UnreadPart) and self._shape(log) is None:
            with closing(part):
                part = part.read()
        if isinstance(part, Part):
            part = without_short_lines(part)
            _count_left_out(part, self._counts)
        self._gathered.append((part, log))
        if self._shape(log) is None or self._number == 0 or self._is_enough():
            self._flush()

    def _is_enough(self) -> bool:
        """Tell whether what is gathered is worth a statement."""
        pieces = [piece for piece, _ in self._gathered]
        in_memory = sum(len(piece.data) for piece in pieces if isinstance(piece, Part))
        unread = sum(piece.size for piece in pieces if isinstance(piece, UnreadPart))
        return in_memory >= PART_BYTES or in_memory + unread >= UNREAD_BYTES // 2

    def _flush(self) -> None:
        if not self._gathered:
            return
        log = self._gathered[0][1]
        pieces = [piece for piece, _ in self._gathered]
        self._gathered = []
        # What the first part has met, the others find: none of them is read before that.
        while len(self._pending) > len(self._cursors) or (self._pending and self._number == 1):
            self._counts.add(self._pending.popleft().result())
        number = self._number
        self._number += 1
        if self._shape(log) is None:
            self._counts.add(self._read(pieces, log, number))
        else:
            self._pending.append(self._pool.submit(self._read, pieces, log, number))
            if number == 0 and self._meanwhile:
                self._meanwhile()

    def _shape(self, log: LogInFormats) -> Shape | None:
        return SHAPES.get(log.formats[0]) if log.formats and self._use_fast_path else None

    def _read(
        self, pieces: Sequence[Part | UnreadPart], log: LogInFormats, number: int
    ) -> LineCounts:
        cursor, file = self._free.get()
        counts = LineCounts()
        try:
            others = self._others(cursor, file, pieces, log, number, counts)
            rows, unread = log.read(others)
            for line, reason in unread:
                counts.reject(reason, line)
            counts.used += len(rows)
            keep_rows(cursor, rows)
            return counts
        finally:
            forget_part(cursor)
            self._free.put((cursor, file))
            for piece in pieces:
                if isinstance(piece, UnreadPart):
                    piece.close()

    def _others(
        self,
        cursor: DuckDBPyConnection,
        file: PartFile,
        pieces: Sequence[Part | UnreadPart],
        log: LogInFormats,
        number: int,
        counts: LineCounts,
    ) -> Iterable[tuple[int, str]]:
        """Keep the lines that DuckDB can read, count them, and return the others."""
        if shape := self._shape(log):
            lines = file.hold_usual(
                piece.blocks() if isinstance(piece, UnreadPart) else _in_blocks(piece.data)
                for piece in pieces
            )
            if lines and (kept := keep_lines(cursor, lines, number, shape)):
                counts.used, others = kept
                return others
        data = _joined(pieces, counts)
        if not data:
            return ()
        if shape is None:
            return enumerate(text_of(data).split("\n"), first_line(number))
        counts.used, others = keep_part(cursor, file, data, number, shape)
        return others


def _count_left_out(part: Part, counts: LineCounts) -> None:
    """Count the lines that are not in the data of a part."""
    for sample in part.samples:
        counts.reject(TOO_LONG, sample.decode("utf-8", "replace"), count=0)
    if part.too_long:
        counts.reject(TOO_LONG, count=part.too_long)
    for rejected, count in ((EMPTY, part.empty), (OTHER_FORMAT, part.too_short)):
        if count:
            counts.reject(rejected.reason, count=count)


def _in_blocks(data: bytes) -> Iterator[bytes]:
    return (data[at : at + BLOCK_BYTES] for at in range(0, len(data), BLOCK_BYTES))


def _joined(pieces: Iterable[Part | UnreadPart], counts: LineCounts) -> bytes:
    """Return the lines of all pieces, and count those that are left out."""
    found: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, UnreadPart):
            part = piece.read()
            _count_left_out(part, counts)
        else:
            part = piece
        if part.data:
            found.append(part.data)
    if len(found) == 1:
        return found[0]
    return b"".join(data if data.endswith(b"\n") else data + b"\n" for data in found)


def _total(logs: Iterable[LogFile]) -> int | None:
    sizes = [log.size for log in logs]
    return None if None in sizes else sum(size for size in sizes if size is not None)
