"""`--compat goaccess`: the numbers of GoAccess, recorded here and asked where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.measure.log_generator import log_lines
from utmforge.measure.goaccess import GoAccessCounts, goaccess_counts
from utmforge.measure.log_files import open_log

LOGS = Path(__file__).parents[1] / "data" / "logs" / "goaccess"
RECORDED = {
    "odd_lines": GoAccessCounts(122, 102, 20, 85),
    "odd_bytes": GoAccessCounts(14, 10, 4, 10),
    "generated": GoAccessCounts(20_000, 20_000, 0, 19_760),
}
"""By GoAccess 1.7."""


def log_of(name: str, folder: Path) -> Path:
    """Return a log by its name; one is made by the benchmark's generator."""
    if name != "generated":
        return LOGS / f"{name}.log"
    path = folder / "generated.log"
    path.write_text("".join(log_lines(20_000)))
    return path


@pytest.mark.parametrize("name", RECORDED)
def test_the_numbers_are_those_that_goaccess_gave(name: str, tmp_path: Path) -> None:
    """Odd lines, odd bytes, and a log as a shop has it."""
    assert goaccess_counts([open_log(log_of(name, tmp_path))]) == RECORDED[name]


@pytest.mark.parametrize("name", RECORDED)
def test_the_numbers_are_those_that_goaccess_gives(name: str, tmp_path: Path) -> None:
    """Asked anew, so that another version that counts differently is noticed."""
    if (goaccess := shutil.which("goaccess")) is None:
        pytest.skip("goaccess is not installed")
    report = tmp_path / "report.json"
    options = ["--log-format=COMBINED", "--no-progress", "--no-global-config", "-o", str(report)]
    subprocess.run(
        [goaccess, str(log_of(name, tmp_path)), *options], check=True, capture_output=True
    )
    general = json.loads(report.read_text(errors="replace"))["general"]

    assert RECORDED[name] == GoAccessCounts(
        general["total_requests"],
        general["valid_requests"],
        general["failed_requests"],
        general["unique_visitors"],
    )
