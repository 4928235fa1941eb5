"""The Spark session of a measurement: the one that is running, or one of our own."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from py4j.protocol import Py4JError  # type: ignore[import-untyped] # has no types
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from utmforge.errors import MeasuringError, quoted, without_credentials

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_MASTER = "local[*]"
_ALL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # What does not fit into memory is written to a disk: encrypted, as DuckDB does it.
    "spark.io.encryption.enabled": "true",
}
_ON_THIS_MACHINE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.pyspark.python": sys.executable,
    "spark.pyspark.driver.python": sys.executable,
}
_SMALL = {
    # A plan that is made again after each exchange costs more than the exchange.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    # Tables of one partition are joined where they are; to broadcast one is another job.
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    # Few rows are counted before Java has compiled a plan, or itself.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto",
}
_CAUSE = re.compile(r"^(?:Caused by: |: )?(?:[\w.$]+(?:Exception|Error)): (.+)$", re.MULTILINE)
_MAX_SHOWN = 300
_MASTER = re.compile(r"local(\[[0-9*, ]+\])?|local-cluster\[.+\]|yarn|(?:spark|k8s)://.+")


@contextmanager
def open_session(master: str | None, *, is_small: bool = False) -> Iterator[SparkSession]:
    """Yield a Spark session; one that is already running is used as it is, and stays.

    Args:
        master: Such as `local[4]`, `yarn` or `spark://host:7077`. None: this machine.
        is_small: Whether one task reads all logs; on this machine, Spark is set up for that.

    Raises:
        MeasuringError: Spark does not start, or stops.
    """
    running = SparkSession.getActiveSession()
    if running is not None:
        with as_refusals():
            yield running
        return
    with as_refusals():
        session = _started(master or DEFAULT_MASTER, is_small=is_small)
        try:
            yield session
        finally:
            session.stop()


def _started(master: str, *, is_small: bool) -> SparkSession:
    if _MASTER.fullmatch(master) is None:
        raise MeasuringError(
            f"{quoted(master)} is not a master of Spark",
            hint="such as local[4], yarn, spark://host:7077 or k8s://https://host",
        )
    is_here = master.startswith("local")
    settings = dict(_ALL)
    if is_here:
        settings |= _ON_THIS_MACHINE
        # A driver that is already running reads this variable, and not the settings.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        settings["spark.sql.shuffle.partitions"] = str(2 * (os.cpu_count() or 1))
        if is_small:
            settings |= _SMALL
    builder = SparkSession.builder.master(master).appName("utmforge measure")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        with _silent(is_silent=is_here):
            return builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        hint = "it needs Java 17 or later: java -version shows yours"
        if "JAVA" not in str(error):
            hint = f"{_reason(error)}; {hint}"
        raise MeasuringError(f"Spark cannot start with {quoted(master)}", hint=hint) from None


@contextmanager
def _silent(*, is_silent: bool) -> Iterator[None]:
    """Start a process whose standard error is not shown; what Spark logs is not about the logs."""
    if not is_silent:
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@contextmanager
def as_refusals() -> Iterator[None]:
    """Turn the errors of Spark into refusals.

    Raises:
        MeasuringError: Spark reported an error.
    """
    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise MeasuringError(
            f"Spark stopped: {_reason(error)}",
            hint="Spark reads s3a://, gs:// and hdfs:// with the packages and rights that you give "
            "it (docs/how-to/big-logs.md)",
        ) from None


def _reason(error: Exception) -> str:
    """Return what Java or Python said last, in one line without credentials."""
    text = str(error)
    causes = _CAUSE.findall(text) or text.strip().splitlines()[:1]
    return without_credentials(causes[-1].strip())[:_MAX_SHOWN]
