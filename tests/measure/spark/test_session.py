"""A Spark session of our own: started for one command, and refused in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from utmforge.errors import MeasuringError
from utmforge.measure.spark.session import as_refusals

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pyspark", reason="pip install 'utmforge[spark]'")

LINE = '203.0.113.7 - - [14/Sep/2026:08:03:11 +0000] "GET /p HTTP/1.1" 200 5 "-" "Firefox"\n'


def measure(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Measure a log of one line in a process of its own."""
    log = folder / "access.log"
    log.write_text(LINE)
    return subprocess.run(
        [sys.executable, "-m", "utmforge", "measure", str(log), "--engine", "spark", *words],
        env={**os.environ, "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "environment", "stderr"),
    [
        (
            (),
            {"JAVA_HOME": "/nowhere"},
            'error: Spark cannot start with "local[*]"\n'
            "hint: it needs Java 17 or later: java -version shows yours\n",
        ),
        (
            ("--spark-master", "nonsense"),
            {},
            'error: "nonsense" is not a master of Spark\n'
            "hint: such as local[4], yarn, spark://host:7077 or k8s://https://host\n",
        ),
    ],
)
def test_a_spark_that_does_not_start_is_refused(
    tmp_path: Path, words: tuple[str, ...], environment: dict[str, str], stderr: str
) -> None:
    """In one sentence with the next step, and nothing else that Java says."""
    result = measure(tmp_path, *words, **environment)

    assert (result.returncode, result.stdout) == (40, "")
    assert result.stderr.endswith(stderr)
    assert "Exception" not in result.stderr


def test_an_error_of_java_is_one_line_without_credentials() -> None:
    """The last cause, and no stack."""
    from pyspark.errors import PySparkException

    text = (
        "An error occurred while calling o67.text.\n"
        ": java.lang.RuntimeException: wrapped\n\tat org.apache.Hadoop.get(Hadoop.java:1)\n"
        "Caused by: java.io.IOException: no rights for s3a://key:secret@bucket/a\n"
    )

    def fail() -> None:
        with as_refusals():
            raise PySparkException(text)

    with pytest.raises(MeasuringError) as caught:
        fail()

    assert caught.value.message == "Spark stopped: no rights for s3a://…@bucket/a"
