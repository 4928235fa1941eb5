"""Spark counts what DuckDB counts, in every cell, on a Spark of this machine."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.measure.log_generator import log_lines
from utmforge import Tags, make_link
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.measure.log_files import open_log
from utmforge.measure.run import Asked, measure_logs
from utmforge.measure.spark.logs import SparkLogs, local_address
from utmforge.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyspark.sql import SparkSession

    from tests.conftest import Run
    from utmforge.measure.result import Key, Measurement

SAMPLES = sorted(Path("tests/data/logs").absolute().glob("*.log"))
pytestmark = pytest.mark.timeout(300)  # on a loaded machine, Java starts slowly
EXAMPLES = Path("examples").absolute()


class Started(NamedTuple):
    """A Spark session, and what was said while it started."""

    session: SparkSession
    said: str


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """Start the one session of these tests, as the command would for a small log."""
    pytest.importorskip("pyspark.sql", reason="pip install 'utmforge[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed (Debian: apt-get install openjdk-17-jre-headless)")
    from pyspark.sql import SparkSession

    from utmforge.measure.spark.session import open_session

    before = dict(os.environ)
    said = tmp_path_factory.mktemp("spark") / "said"
    opening = open_session("local[2]", is_small=True)
    with said.open("wb") as file:
        kept = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            session = opening.__enter__()
        finally:
            os.dup2(kept, 2)
            os.close(kept)
    try:
        yield Started(session, said.read_text())
    finally:
        opening.__exit__(None, None, None)
        os.environ.clear()
        os.environ.update(before)
    assert SparkSession.getActiveSession() is None


@pytest.fixture
def spark(started: Started) -> SparkSession:
    """Return a running session, as a user may have one."""
    return started.session


def both_ways(
    logs: Sequence[Path], registry: Registry, by: tuple[Key, ...], size: int | None = None
) -> tuple[Measurement, Measurement]:
    """Measure logs with DuckDB and with Spark: in one task, if their size is known."""
    asked = Asked(by=by, minimum=5, has_sharing=False)
    in_duckdb = measure_logs([open_log(log) for log in logs], registry, CampaignFile(), asked)
    addresses = SparkLogs(tuple(local_address(str(log)) for log in logs), size=size)
    return in_duckdb, measure_logs(addresses, registry, CampaignFile(), asked)


def issue_links(registry: Registry) -> None:
    """Issue links to some of the pages that a generated log has with tags."""
    registry.add(
        make_link(f"https://shop.example/{page}", Tags(source, medium, f"autumn_{week}"))
        for page in ("", "p/1", "p/2", "blog/1")
        for source, medium in (("news", "email"), ("whatsapp", "social"))
        for week in range(4)
    )


@pytest.mark.slow
def test_a_session_of_our_own_says_nothing_and_encrypts_what_it_spills(started: Started) -> None:
    """What Java and Spark log while they start does not reach the terminal."""
    assert started.said == ""
    assert started.session.conf.get("spark.io.encryption.enabled") == "true"
    assert started.session.sql("SELECT 1").collect()[0][0] == 1


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
def test_a_generated_log_counts_the_same(tmp_path: Path) -> None:
    """Pages, pictures, tagged visits, previews, bots, probes and scanners, of two packed files."""
    log = tmp_path / "a log [1].log"
    log.write_text("".join(log_lines(1500)))
    with Registry.open(tmp_path / "registry.db") as registry:
        issue_links(registry)
        in_duckdb, in_spark = both_ways([log], registry, ("campaign", "channel", "page"))

    assert in_spark == in_duckdb
    assert in_spark.views > 0


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
def test_samples_of_every_format_count_the_same(tmp_path: Path) -> None:
    """Each is found by its lines, in one task; lines in none of them have the same reason."""
    with Registry.open(tmp_path / "registry.db") as registry:
        size = sum(log.stat().st_size for log in SAMPLES)
        in_duckdb, in_spark = both_ways(SAMPLES, registry, ("campaign", "channel"), size)

    assert in_spark == in_duckdb
    assert len(in_spark.reading.formats) >= len(SAMPLES)


@pytest.mark.slow
def test_the_command_says_the_same(run: Run, spark: SparkSession) -> None:
    """With goals, costs, private sharing, advice and the page; the session stays as it was."""
    file = ("--file", str(EXAMPLES / "campaigns.toml"))
    log = str(EXAMPLES / "access.log")
    run("build", *file)
    setting = "spark.sql.files.openCostInBytes"
    before = spark.conf.get(setting)

    words = ("measure", log, *file, "--format", "json", "--force", "--html", "page.html")
    in_duckdb = run(*words)
    page = Path("page.html").read_text()
    in_spark = run(*words, "--engine", "spark")

    assert in_spark.exit_code == 0
    assert json.loads(in_spark.stdout) == json.loads(in_duckdb.stdout)
    assert in_spark.stderr == in_duckdb.stderr
    assert Path("page.html").read_text() == page
    assert spark.conf.get(setting) == before
    assert spark.catalog.listTables() == []


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("file:///nowhere/access.log", 'Spark finds no log "/nowhere/access.log"'),
        ("s3a://bucket/access.log", "Spark stopped: "),
    ],
)
def test_a_log_that_spark_cannot_read_is_refused(run: Run, address: str, message: str) -> None:
    """In one sentence with the next step, and without a trace of Java."""
    result = run("measure", "--engine", "spark", address)

    assert result.exit_code != 0
    assert message in result.stderr
    assert "hint: " in result.stderr
    assert "\tat " not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
def test_lines_in_no_known_format_are_refused(run: Run, tmp_path: Path) -> None:
    """As DuckDB's way refuses them."""
    log = tmp_path / "notes.log"
    log.write_text("one\ntwo\n")

    in_duckdb = run("measure", str(log))
    in_spark = run("measure", str(log), "--engine", "spark")

    assert "not in a known log format" in in_spark.stderr
    assert (in_spark.exit_code, in_spark.stderr) == (in_duckdb.exit_code, in_duckdb.stderr)
