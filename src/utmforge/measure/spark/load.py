"""Logs → tables in Spark: `hits`, and the `agents`, `referrers` and `pages` that they name.

    addresses of logs ─► first lines ─► formats ─► lines ─► rows without addresses ─► tables

Lines are read where Spark reads the logs; counts, masked samples and times come back.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from pyspark import StorageLevel
from pyspark.errors import AnalysisException

from utmforge.errors import UnreadableInput, quoted
from utmforge.measure.hit_rows import UNTOLD_AGENT
from utmforge.measure.log_formats import unknown_format
from utmforge.measure.readers.catalogue import find_format
from utmforge.measure.readers.quoted import QuotedFormat
from utmforge.measure.reading import SAMPLES_KEPT, FileFormat, LogReading, RejectedLines
from utmforge.measure.spark.block_reader import (
    FILE_BITS,
    SCHEMA,
    Detected,
    KnownLog,
    detected,
    first_lines,
    read_blocks,
)
from utmforge.measure.spark.local_lines import can_open, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyspark import RDD
    from pyspark.sql import SparkSession

    from utmforge.measure.readers.base import LogFormat
    from utmforge.measure.spark.spark_engine import SparkEngine

_WHOLE_FILES = {
    "spark.sql.files.maxPartitionBytes": str(1 << 50),
    "spark.sql.files.openCostInBytes": str(1 << 50),
}
"""One block for each file: lines of some formats depend on lines before them."""
_FILES_APART = {"spark.sql.files.openCostInBytes": str(1 << 50)}
"""No two files in one process."""
_LOCAL_MASTER = re.compile(r"local(\[|$)")
_LINES = (
    "_metadata.file_path AS address",
    "_metadata.file_block_start AS start",
    "CAST(value AS BINARY) AS line",
)
_TABLES = {
    "agents": "SELECT xxhash64(agent) AS id, agent FROM read_lines "
    "WHERE agent IS NOT NULL GROUP BY agent",
    "referrers": "SELECT xxhash64(referrer) AS id, referrer FROM read_lines "
    "WHERE referrer IS NOT NULL GROUP BY referrer",
    "pages": "SELECT xxhash64(host, page) AS id, host, page AS target FROM read_lines "
    "WHERE page IS NOT NULL GROUP BY host, page",
    "hits": "SELECT n, ts, network, CASE WHEN agent IS NOT NULL THEN xxhash64(agent) END AS agent, "
    "CASE WHEN referrer IS NOT NULL THEN xxhash64(referrer) END AS referrer, "
    "CASE WHEN page IS NOT NULL THEN xxhash64(host, page) END AS page, "
    "method, status, asset, click_id, fetch_site FROM read_lines WHERE ts IS NOT NULL",
}
_TOTALS = (
    "SELECT COUNT(ts), MIN(ts), MAX(ts), "
    f"COUNT(CASE WHEN agent <> chr({ord(UNTOLD_AGENT)}) THEN 1 END), "
    f"COUNT(CASE WHEN agent = chr({ord(UNTOLD_AGENT)}) THEN 1 END), COUNT(referrer) FROM read_lines"
)
_ADDED = (
    f"SELECT shiftright(n, {FILE_BITS}), format, MIN(n) FROM read_lines "
    "WHERE format IS NOT NULL GROUP BY 1, 2 ORDER BY 3"
)
_REJECTED = (
    "SELECT reason, SUM(lines), "
    "slice(flatten(transform(sort_array(collect_list(struct(n, samples))), s -> s.samples)), "
    f"1, {SAMPLES_KEPT}) FROM read_lines WHERE reason IS NOT NULL GROUP BY reason"
)


class _Log(NamedTuple):
    """A file that Spark found."""

    name: str
    """As the user calls it."""
    number: int


def load(engine: SparkEngine, names: Sequence[str], log_format: str | None) -> LogReading:
    """Read logs into the tables of a session.

    Args:
        engine: Of the session.
        names: Addresses that Spark can read, such as `s3a://logs/2026/*.gz`, in any order.
        log_format: A format's name, or a format string. None: each log's first lines tell.

    Raises:
        LogFormatUnknown: Under 90 % of a log's first lines are in known formats.
        UnreadableInput: There is no such log.
    """
    if log_format:
        find_format(log_format)
    logs = _found(engine.session, names)
    found = _formats(engine.session, logs, log_format)
    known = {
        one.address: KnownLog(
            logs[one.address].number,
            (log_format,) if log_format else tuple(name for name, _ in one.formats),
        )
        for one in found
    }
    _keep(engine, known, is_detected=log_format is None)
    added = [(number, name) for number, name, _ in engine.rows(_ADDED)]
    return _reading(engine, logs, found, added)


def _found(session: SparkSession, names: Sequence[str]) -> dict[str, _Log]:
    """Return the files of these names, by their addresses.

    Raises:
        UnreadableInput: There is none.
    """
    logs: dict[str, _Log] = {}
    for name in names:
        try:
            files = sorted(map(_plain, session.read.text(name).inputFiles()))
        except AnalysisException:
            files = []
        if not files:
            raise UnreadableInput(
                f"Spark finds no log {quoted(shown_name(name))}",
                hint="it leaves out files whose names begin with . or _",
            )
        for address in files:
            shown = shown_name(name if len(files) == 1 else unquote(address))
            logs.setdefault(address, _Log(shown, len(logs)))
    return logs


def _formats(
    session: SparkSession, logs: Mapping[str, _Log], log_format: str | None
) -> list[Detected]:
    """Return the formats of logs that have lines.

    Raises:
        LogFormatUnknown: Under 90 % of a log's first lines are in known formats.
    """
    numbers = {address: log.number for address, log in logs.items()}
    tell = partial(detected, numbers=numbers, given=log_format)
    begun = _begun_here(session, logs)
    if begun is not None:
        found = list(tell(begun))
    else:
        with _set(session, _FILES_APART):
            lines = _lines(session, list(logs), "_metadata.file_block_start = 0")
            found = lines.mapPartitions(first_lines).repartition(1).mapPartitions(tell).collect()
    for one in found:
        if one.nearest is not None:
            raise unknown_format(logs[one.address].name, one.nearest)
    return found


def _begun_here(session: SparkSession, logs: Iterable[str]) -> list[tuple[str, list[str]]] | None:
    """Return the first lines of logs, if Spark and all of them are on this machine."""
    is_here = _LOCAL_MASTER.match(session.sparkContext.master or "") is not None
    if not (is_here and all(map(can_open, logs))):
        return None
    try:
        return [begun for address in logs for begun in first_lines(lines_of(address))]
    except (OSError, EOFError):  # Spark says what is wrong with it
        return None


def _keep(engine: SparkEngine, known: Mapping[str, KnownLog], *, is_detected: bool) -> None:
    """Make the tables; the lines are read when a table is first read."""
    formats = {name for log in known.values() for name in log.formats}
    may_split = all(isinstance(find_format(name), QuotedFormat) for name in formats)
    with _set(engine.session, {} if may_split else _WHOLE_FILES):
        lines = _lines(engine.session, list(known))
        rows = lines.mapPartitions(partial(read_blocks, logs=dict(known), is_detected=is_detected))
        frame = engine.session.createDataFrame(rows, SCHEMA, verifySchema=False)
    engine.keep("read_lines", frame, StorageLevel.MEMORY_AND_DISK)
    for table, select in _TABLES.items():
        engine.make(table, select)


def _lines(
    session: SparkSession, addresses: Sequence[str], condition: str = "TRUE"
) -> RDD[tuple[str, int, bytes]]:
    """Return (address, where its block starts, line) of every line."""
    text = session.read.option("lineSep", "\n").text([_escaped(one) for one in addresses])
    return text.where(condition).selectExpr(*_LINES).rdd.map(_line)


def _line(row: Sequence[Any]) -> tuple[str, int, bytes]:
    address, start, line = row
    return _plain(address), start, line


def _reading(
    engine: SparkEngine,
    logs: Mapping[str, _Log],
    found: Iterable[Detected],
    added: Iterable[tuple[int, str]],
) -> LogReading:
    """Return what is in the table of lines.

    Args:
        engine: With the tables.
        logs: All of them.
        found: The formats of their first lines.
        added: (number of the log, format) of formats that later lines have.
    """
    (used, first_ts, last_ts, told_agents, untold_agents, referrers), *_ = engine.rows(_TOTALS)
    by_reason = sorted(engine.rows(_REJECTED), key=lambda row: (-row[1], row[0]))
    names = {log.number: log.name for log in logs.values()}
    begun = {(logs[one.address].number, *each): False for one in found for each in one.formats}
    known = {(number, name) for number, name, _ in begun}
    later = {(*each, 0.0): True for each in added if each not in known}
    all_formats = sorted((begun | later).items(), key=lambda one: one[0][0])
    formats = [find_format(name) for (_, name, _), _ in all_formats]
    return LogReading(
        lines_read=used + sum(count for _, count, _ in by_reason),
        lines_used=used,
        rejected=tuple(RejectedLines(reason, n, tuple(some)) for reason, n, some in by_reason),
        formats=tuple(
            FileFormat(names[number], name, share, begins_later=is_later)
            for (number, name, share), is_later in all_formats
        ),
        first_ts=first_ts,
        last_ts=last_ts,
        has_referrer=_has(referrers, [one for one in formats if one.has_referrer]),
        has_user_agent=_has(told_agents, [one for one in formats if one.has_user_agent]),
        has_every_referrer=all(one.has_referrer for one in formats) and referrers > 0,
        lines_without_agent=untold_agents,
    )


def _has(lines: int, formats: Sequence[LogFormat]) -> bool:
    """Tell whether the logs have a field; of JSON and W3C logs only their lines can tell."""
    if any(isinstance(one, QuotedFormat) for one in formats):
        return True
    return bool(formats) and lines > 0


@contextmanager
def _set(session: SparkSession, settings: Mapping[str, str]) -> Iterator[None]:
    """Change settings of the user's session while a plan is made."""
    before = {name: session.conf.get(name) or "" for name in settings}
    try:
        for name, value in settings.items():
            session.conf.set(name, value)
        yield
    finally:
        for name, value in before.items():
            session.conf.set(name, value)


def _plain(address: str) -> str:
    """Return an address as all parts of Spark write it, who differ in slashes."""
    return re.sub("^file:/*", "file:///", address)


def _escaped(address: str) -> str:
    """Return the pattern that finds one file alone."""
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", unquote(address))


def shown_name(address: str) -> str:
    """Return the name of a log for people: a local one without its scheme."""
    return re.sub(r"\\(.)", r"\1", address.removeprefix("file://"))
