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
from utmforge.measure.log_formats import unknown_format
from utmforge.measure.readers.catalogue import find_format
from utmforge.measure.readers.quoted import QuotedFormat
from utmforge.measure.reading import SAMPLES_KEPT, FileFormat, LogReading, RejectedLines
from utmforge.measure.spark.block_reader import (
    SCHEMA,
    Detected,
    KnownLog,
    detected,
    first_lines,
    read_blocks,
)

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
    added = engine.rows("SELECT DISTINCT format FROM read_lines WHERE format IS NOT NULL")
    used = {name for each in known.values() for name in each.formats} | {name for (name,) in added}
    return _reading(engine, logs, found, [find_format(name) for name in sorted(used)])


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
    with _set(session, _FILES_APART):
        begun = _lines(session, list(logs), "_metadata.file_block_start = 0")
        lines = begun.mapPartitions(first_lines).repartition(1)
        tell = partial(detected, numbers=numbers, given=log_format)
        found: list[Detected] = lines.mapPartitions(tell).collect()
    for one in found:
        if one.nearest is not None:
            raise unknown_format(logs[one.address].name, one.nearest)
    return found


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
    formats: Sequence[LogFormat],
) -> LogReading:
    (used, first_ts, last_ts), *_ = engine.rows("SELECT COUNT(*), MIN(ts), MAX(ts) FROM hits")
    rejected = engine.rows(
        "SELECT reason, SUM(lines), "
        f"slice(flatten(transform(sort_array(collect_list(struct(n, samples))), s -> s.samples)), "
        f"1, {SAMPLES_KEPT}) FROM read_lines WHERE reason IS NOT NULL GROUP BY reason"
    )
    by_reason = sorted(rejected, key=lambda row: (-row[1], row[0]))
    return LogReading(
        lines_read=used + sum(count for _, count, _ in rejected),
        lines_used=used,
        rejected=tuple(RejectedLines(reason, n, tuple(some)) for reason, n, some in by_reason),
        formats=tuple(
            FileFormat(logs[one.address].name, name, share)
            for one in sorted(found, key=lambda one: logs[one.address].number)
            for name, share in one.formats
        ),
        first_ts=first_ts,
        last_ts=last_ts,
        has_referrer=_has(engine, "referrers", [one for one in formats if one.has_referrer]),
        has_user_agent=_has(engine, "agents", [one for one in formats if one.has_user_agent]),
        has_every_referrer=all(one.has_referrer for one in formats)
        and _is_filled(engine, "referrers"),
    )


def _has(engine: SparkEngine, table: str, formats: Sequence[LogFormat]) -> bool:
    """Tell whether the logs have a field; of JSON and W3C logs only their lines can tell."""
    if any(isinstance(one, QuotedFormat) for one in formats):
        return True
    return bool(formats) and _is_filled(engine, table)


def _is_filled(engine: SparkEngine, table: str) -> bool:
    return bool(engine.rows(f"SELECT id FROM {table} LIMIT 1"))


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
