"""Logs → tables in DuckDB: `hits`, and the `agents`, `referrers` and `pages` that they name.

    bytes → lines → format → rows without addresses → tables

Lines of the usual shape are read by DuckDB (`fast_path/`), all others by the format's `read`.
Several threads read parts of one log at the same time.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

import duckdb

from utmforge.errors import LogFormatUnknown, quoted
from utmforge.measure.fast_path.quoted_lines import ID, SHAPES, Shape, pieces_of, rows_of, with_keys
from utmforge.measure.hit_rows import HitRow, hit_row
from utmforge.measure.log_files import FIRST_BYTES, PART_BYTES
from utmforge.measure.pipes import HAS_PIPES, TEXT, is_clean, piped, text_of
from utmforge.measure.readers.base import EMPTY, HEADER, OTHER_FORMAT, LogLine
from utmforge.measure.readers.detect import LINES_LOOKED_AT, detect, formats_in, share_of
from utmforge.measure.readers.quoted import QuotedFormat
from utmforge.measure.reading import FileFormat, LineCounts, LogReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from duckdb import DuckDBPyConnection

    from utmforge.measure.log_files import LogFile, Part
    from utmforge.measure.readers.base import LineReader, LogFormat, Reading

Progress: TypeAlias = "Callable[[int, int | None], None]"
"""Is called with the bytes done and the bytes in all, None if that is not known."""

TOO_LONG = "line of more than 1 MB"
_PART_BITS = 32
"""`n` is the number of the part, then the number of the line in it."""

# A request, referrer or agent occurs again and again: lines carry ids, and what an id means is
# kept once. Parts that are read at the same time may both have met a text for the first time.
_TABLES = f"""
CREATE TABLE lines(n BIGINT, ts BIGINT, network VARCHAR, status SMALLINT,
                   request BIGINT, referrer BIGINT, agent BIGINT);
CREATE TABLE met_requests(id BIGINT, method VARCHAR, host VARCHAR, page VARCHAR, asset BOOLEAN,
                          click_id VARCHAR);
CREATE TABLE met_referrers AS SELECT {ID.format("text")} AS id, text AS referrer
  FROM (SELECT unnest(['-', '']) AS text);
CREATE TABLE met_agents AS SELECT id, referrer AS agent FROM met_referrers;
"""
_DISTINCT = f"""
CREATE TABLE requests AS SELECT id, min(method) AS method, min(click_id) AS click_id,
  bool_or(asset) AS asset, CASE WHEN NOT bool_or(asset)
  THEN {ID.format("min(host), min(page)")} END AS page FROM met_requests GROUP BY id;
CREATE TABLE pages AS SELECT {ID.format("host, page")} AS id, min(host) AS host,
  min(page) AS target FROM met_requests WHERE NOT asset GROUP BY 1;
CREATE TABLE agents AS SELECT id, min(agent) AS agent FROM met_agents
  WHERE agent NOT IN ('-', '') GROUP BY id;
CREATE TABLE referrers AS SELECT id, min(referrer) AS referrer FROM met_referrers
  WHERE referrer NOT IN ('-', '') GROUP BY id;
DROP TABLE met_requests; DROP TABLE met_referrers; DROP TABLE met_agents;
CREATE VIEW hits AS SELECT n, ts, network,
  CASE WHEN agent NOT IN ({ID.format("'-'")}, {ID.format("''")}) THEN agent END AS agent,
  CASE WHEN NOT asset AND referrer NOT IN ({ID.format("'-'")}, {ID.format("''")})
       THEN referrer END AS referrer,
  page, method, status, asset, click_id
FROM lines JOIN requests ON lines.request = requests.id;
"""
HITS = ("VIEW hits", "TABLE lines", "TABLE requests")
"""What `hits` is made of, for whoever needs it no more."""
_PART = """
CREATE OR REPLACE TEMP TABLE part AS
SELECT n, ts, network, status, request, referrer, agent,
  CASE WHEN is_shaped AND request IN (SELECT id FROM met_requests)
         AND referrer IN (SELECT id FROM met_referrers) AND agent IN (SELECT id FROM met_agents)
       THEN NULL ELSE line END AS line
FROM ({keys})
"""
_NUMBERED = "(SELECT row_number() OVER () + {first} AS n, coalesce(line, '') AS line FROM {lines})"
_KEEP_KNOWN = """
INSERT INTO lines SELECT n, ts, network, status, request, referrer, agent
FROM part WHERE line IS NULL
"""
_KEEP = """
INSERT INTO lines SELECT n, ts, network, status, request, referrer, agent
FROM rows_met WHERE ts IS NOT NULL;
INSERT INTO met_requests
SELECT request, min(method), min(host), min(page), bool_or(asset), min(click_id) FROM rows_met
WHERE ts IS NOT NULL AND request NOT IN (SELECT id FROM met_requests) GROUP BY request;
INSERT INTO met_referrers SELECT referrer, min(referrer_text) FROM rows_met
WHERE ts IS NOT NULL AND referrer NOT IN (SELECT id FROM met_referrers) GROUP BY referrer;
INSERT INTO met_agents SELECT agent, min(agent_text) FROM rows_met
WHERE ts IS NOT NULL AND agent NOT IN (SELECT id FROM met_agents) GROUP BY agent;
"""
_ROWS_BY_READ = f"""
CREATE OR REPLACE TEMP TABLE rows_met AS
SELECT *, {ID.format("'read', method, host, page, asset, click_id")} AS request,
  {ID.format("coalesce(referrer_text, '-')")} AS referrer,
  {ID.format("coalesce(agent_text, '-')")} AS agent
FROM (SELECT unnest($1::BIGINT[]) AS n, unnest($2::BIGINT[]) AS ts,
  unnest($3::VARCHAR[]) AS network, unnest($4::VARCHAR[]) AS agent_text,
  unnest($5::VARCHAR[]) AS referrer_text, unnest($6::VARCHAR[]) AS host,
  unnest($7::VARCHAR[]) AS page, unnest($8::VARCHAR[]) AS method,
  unnest($9::SMALLINT[]) AS status, unnest($10::BOOLEAN[]) AS asset,
  unnest($11::VARCHAR[]) AS click_id)
"""


@dataclass(eq=False)
class _Log:
    """A log that is being read."""

    name: str
    formats: list[LogFormat]
    readers: list[LineReader]
    is_detected: bool
    lock: Lock = field(default_factory=Lock)
    """Readers may remember lines before; they read one part at a time."""


def load(
    connection: DuckDBPyConnection,
    logs: Sequence[LogFile],
    *,
    log_format: LogFormat | None = None,
    threads: int = 2,
    progress: Progress | None = None,
    use_fast_path: bool = True,
) -> LogReading:
    """Read logs into the tables of a database that has none.

    Args:
        connection: From `open_database`.
        logs: In any order.
        log_format: None: each log's first lines tell.
        threads: How many parts are read at the same time.
        progress: Is told now and then how far it is.
        use_fast_path: False: every line is read by its format's `read`.

    Raises:
        LogFormatUnknown: Under 90 % of a log's first lines are in known formats.
        UnreadableInput: The operating system reports an error.
    """
    connection.execute(_TABLES)
    loader = _Loader(connection, threads, use_fast_path=use_fast_path)
    try:
        return loader.load(logs, log_format, progress or (lambda _done, _total: None))
    finally:
        loader.close()


class _Loader:
    def __init__(
        self, connection: DuckDBPyConnection, threads: int, *, use_fast_path: bool
    ) -> None:
        self._connection = connection
        self._use_fast_path = use_fast_path
        self._pool = ThreadPoolExecutor(threads)
        self._cursors = [connection.cursor() for _ in range(threads)]
        self._free: SimpleQueue[DuckDBPyConnection] = SimpleQueue()
        for cursor in self._cursors:
            self._free.put(cursor)
        self._pending: deque[Future[LineCounts]] = deque()
        self._counts = LineCounts()
        self._number = 0
        self._formats: list[LogFormat] = []
        self._gathered: list[tuple[bytes, _Log]] = []

    def load(
        self, logs: Sequence[LogFile], log_format: LogFormat | None, progress: Progress
    ) -> LogReading:
        total = _total(logs)
        done = 0
        found: list[FileFormat] = []
        seen: list[LogFormat] = []
        for log in logs:
            parts = log.parts(PART_BYTES if self._formats else FIRST_BYTES)
            first = next(parts, None)
            if first is None:
                continue
            reader, formats = self._open(log, first, log_format)
            for part in chain((first,), parts):
                self._gather(part, reader)
                progress(done + log.bytes_done, total)
            done += log.bytes_done
            found += [
                FileFormat(log.name, name, share, log.is_cut_short) for name, share in formats
            ]
            seen += reader.formats
        self._flush()
        while self._pending:
            self._counts.add(self._pending.popleft().result())
        self._connection.execute(_DISTINCT)
        first_ts, last_ts = self._connection.execute(
            "SELECT min(ts), max(ts) FROM hits"
        ).fetchone() or (None, None)
        return LogReading(
            lines_read=self._counts.read,
            lines_used=self._counts.used,
            rejected=self._counts.by_reason(),
            formats=tuple(found),
            first_ts=first_ts,
            last_ts=last_ts,
            has_referrer=self._has("referrers", (each for each in seen if each.has_referrer)),
            has_user_agent=self._has("agents", (each for each in seen if each.has_user_agent)),
        )

    def _has(self, table: str, formats: Iterable[LogFormat]) -> bool:
        """Tell whether the logs have a field; of JSON and W3C logs only their lines can tell."""
        seen = list(formats)
        if any(isinstance(each, QuotedFormat) for each in seen):
            return True
        counted = self._connection.execute(f"SELECT count(*) FROM {table}").fetchall()
        return bool(seen) and counted[0][0] > 0

    def close(self) -> None:
        """Stop what is running, also after Ctrl-C."""
        for future in self._pending:
            future.cancel()
        for cursor in self._cursors:
            cursor.interrupt()
        self._pool.shutdown(cancel_futures=True)
        for cursor in self._cursors:
            cursor.close()

    def _open(
        self, log: LogFile, first: Part, log_format: LogFormat | None
    ) -> tuple[_Log, list[tuple[str, float]]]:
        lines = list(_first_lines(first.data))
        if log_format is not None:
            named = _Log(log.name, [log_format], [log_format.reader()], is_detected=False)
            return named, [(log_format.name, share_of(log_format, lines))]
        found = detect(lines, self._formats)
        if lines and not found.formats:
            raise _unknown(log.name, found.best)
        self._formats = [candidate.format for candidate in found.formats] or self._formats
        formats = [candidate.format for candidate in found.formats]
        reader = _Log(log.name, formats, [each.reader() for each in formats], is_detected=True)
        return reader, [(candidate.format.name, candidate.share) for candidate in found.formats]

    def _gather(self, part: Part, log: _Log) -> None:
        """Read a part, or keep it until there is more: a statement for each small file is slow."""
        for sample in part.samples:
            self._counts.reject(TOO_LONG, sample.decode("utf-8", "replace"), count=0)
        if part.too_long:
            self._counts.reject(TOO_LONG, count=part.too_long)
        if self._gathered and self._gathered[0][1].formats != log.formats:
            self._flush()
        self._gathered.append((part.data, log))
        size = sum(len(data) for data, _ in self._gathered)
        if self._shape(log) is None or size >= PART_BYTES or self._number == 0:
            self._flush()

    def _flush(self) -> None:
        if not self._gathered:
            return
        log = self._gathered[0][1]
        pieces = [data for data, _ in self._gathered if data]
        self._gathered = []
        data = (
            b"".join(piece if piece.endswith(b"\n") else piece + b"\n" for piece in pieces)
            if len(pieces) > 1
            else b"".join(pieces)
        )
        while len(self._pending) > len(self._cursors):
            self._counts.add(self._pending.popleft().result())
        number = self._number
        self._number += 1
        if self._shape(log) is None:
            self._counts.add(self._read(data, log, number))
        else:
            self._pending.append(self._pool.submit(self._read, data, log, number))

    def _shape(self, log: _Log) -> Shape | None:
        return SHAPES.get(log.formats[0]) if log.formats and self._use_fast_path else None

    def _read(self, data: bytes, log: _Log, number: int) -> LineCounts:
        cursor = self._free.get()
        try:
            shape = self._shape(log)
            counts = LineCounts()
            if not data:
                return counts
            first_n = number << _PART_BITS
            if shape is None:
                lines = text_of(data).split("\n")
                self._keep_by_read(cursor, enumerate(lines, first_n), log, counts)
                return counts
            _make_part(cursor, data, first_n - 1, shape)
            cursor.execute(_KEEP_KNOWN)
            met = with_keys(pieces_of("(SELECT n, line FROM part WHERE line IS NOT NULL)", shape))
            cursor.execute(f"CREATE OR REPLACE TEMP TABLE rows_met AS {rows_of(met)}")
            cursor.execute(_KEEP)
            counts.used = cursor.execute(
                "SELECT (SELECT count(*) FROM part WHERE line IS NULL) "
                "+ (SELECT count(ts) FROM rows_met)"
            ).fetchall()[0][0]
            others = cursor.execute("SELECT n, line FROM rows_met WHERE ts IS NULL").fetchall()
            if others:
                self._keep_by_read(cursor, others, log, counts)
            return counts
        finally:
            cursor.execute("DROP TABLE IF EXISTS part; DROP TABLE IF EXISTS rows_met")
            self._free.put(cursor)

    def _keep_by_read(
        self,
        cursor: DuckDBPyConnection,
        lines: Iterable[tuple[int, str]],
        log: _Log,
        counts: LineCounts,
    ) -> None:
        with log.lock:
            rows, unread = _read_lines(lines, log.readers)
            if log.is_detected and _extend(log, [line for _, line, _ in unread]):
                more, unread = _read_lines([(n, line) for n, line, _ in unread], log.readers)
                rows += more
        for _, line, reason in unread:
            counts.reject(reason, line)
        counts.used += len(rows)
        if not rows:
            return
        columns = [[n for n, _ in rows], *map(list, zip(*(row for _, row in rows), strict=True))]
        cursor.execute(_ROWS_BY_READ, columns)
        cursor.execute(_KEEP)


def _make_part(cursor: DuckDBPyConnection, data: bytes, first: int, shape: Shape) -> None:
    def statement(lines: str) -> str:
        numbered = _NUMBERED.format(first=first, lines=lines)
        return _PART.format(keys=with_keys(pieces_of(numbered, shape)))

    if HAS_PIPES and is_clean(data):
        try:
            with piped(data) as lines:
                cursor.execute(statement(lines))
        except duckdb.InvalidInputException:  # not UTF-8
            pass
        else:
            return
    cursor.execute(statement(TEXT), [text_of(data)])


def _read_lines(
    lines: Iterable[tuple[int, str]], readers: Sequence[LineReader]
) -> tuple[list[tuple[int, HitRow]], list[tuple[int, str, str]]]:
    """Return rows, and the lines that give none with the reason."""
    rows: list[tuple[int, HitRow]] = []
    unread: list[tuple[int, str, str]] = []
    for n, line in lines:
        reading = _read_line(line, readers)
        if isinstance(reading, LogLine):
            rows.append((n, hit_row(reading)))
        else:
            unread.append((n, line, reading.reason))
    return rows, unread


def _read_line(line: str, readers: Sequence[LineReader]) -> Reading:
    if not line or line.isspace():
        return EMPTY
    rejected = OTHER_FORMAT
    for read in readers:
        reading = read(line)
        if isinstance(reading, LogLine):
            return reading
        if rejected is OTHER_FORMAT:
            rejected = reading
    return HEADER if rejected is OTHER_FORMAT and line[0] == "#" else rejected


def _extend(log: _Log, lines: Sequence[str]) -> bool:
    """Add the formats of lines that none of the log's formats reads; tell whether there are any."""
    # The first lines of what is left may all be noise, and so the last ones are looked at too.
    half = LINES_LOOKED_AT // 2
    others = lines if len(lines) <= LINES_LOOKED_AT else [*lines[:half], *lines[-half:]]
    added = [each for each in formats_in(others) if each not in log.formats]
    log.formats += added
    log.readers += [each.reader() for each in added]
    return bool(added)


def _first_lines(data: bytes) -> Iterator[str]:
    left, position = LINES_LOOKED_AT, 0
    while left and position < len(data):
        end = data.find(b"\n", position)
        end = len(data) if end < 0 else end
        line = text_of(data[position:end])
        position = end + 1
        if line.strip():
            left -= 1
            yield line


def _total(logs: Iterable[LogFile]) -> int | None:
    sizes = [log.size for log in logs]
    return None if None in sizes else sum(size for size in sizes if size is not None)


def _unknown(name: str, best: Sequence[tuple[LogFormat, float]]) -> LogFormatUnknown:
    near = " or ".join(
        f"{each.name} ({share:.0%} of the first lines)" for each, share in best if share
    )
    hint = "name its format with --log-format, or write the format string of nginx or Apache"
    return LogFormatUnknown(
        f"the lines of {quoted(name)} are not in a known log format",
        hint=f"{hint}; the nearest: {near}" if near else hint,
    )
