"""Links to devices, which git and archives carry, take neither time nor memory."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Result, Run

COMMANDS = {
    "links.jsonl": "registry sync links.jsonl",
    "links.csv": "registry import links.csv",
    "pages.csv": "new --from pages.csv -c spring -C email",
    "report.csv": "compare report.csv",
    "access.log": "measure access.log",
    "orders.csv": "measure empty.log --conversions orders.csv",
    "page.html": "lint page.html",
    "logo.png": "qr spring --out-dir codes --logo logo.png",
}


@pytest.mark.skipif(not Path("/dev/zero").is_char_device(), reason="there are no such devices")
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full"])
def test_a_link_to_a_device_is_refused(run: Run, name: str, device: str) -> None:
    """At every door for files, at once."""
    run("new", "https://shop.example/", "-c", "spring", "-C", "email")
    Path("empty.log").touch()
    Path(name).symlink_to(device)
    result = run(*COMMANDS[name].split())

    assert (result.exit_code != 0, result.stdout) == (True, ""), result
    assert result.stderr.splitlines()[-2:] == [
        f'error: "{name}" is a device, which may never end',
        "hint: name a file, or - for standard input",
    ]


def saved(run: Run) -> Path:
    """Return the folder for saved measurements."""
    folder = Path(run("registry", "path").stdout.strip()).with_name("links.measurements")
    folder.mkdir(parents=True)
    return folder


def test_a_pipe_among_saved_measurements_is_not_waited_for(run: Run) -> None:
    """It is not one of them."""
    os.mkfifo(saved(run) / "a.json")

    assert run("measure", "--saved").exit_code == 0


@pytest.mark.parametrize(
    "change",
    [
        {"since": "2026-02-28", "until": "2026-02-01"},
        {"visitors": 10**400},
        {"visits": 10**400},
        {"value": [10**400, "EUR"]},
        {"cost": [-(10**400), "EUR"]},
    ],
    ids=str,
)
def test_impossible_numbers_in_a_saved_measurement(run: Run, change: dict[str, object]) -> None:
    """A file is damaged whose numbers nobody has counted, instead of the command."""
    row: dict[str, object] = dict.fromkeys(
        ("previews", "visits", "visitors", "conversions", "converted"), 20
    )
    row |= {"value": None, "cost": None, "suppressed": False, "pooled": 0}
    row |= {"keys": {"campaign": "spring"}}
    whole: dict[str, object] = {"since": "2026-02-01", "until": "2026-02-28"}
    for key, value in change.items():
        (whole if key in whole else row)[key] = value
    text = json.dumps(
        {
            "utmforge_measurement": 1,
            "saved_at": "2026-03-01T08:00:00Z",
            "source": "log",
            "timezone": "UTC",
            "by": ["campaign"],
            "min_visitors": 10,
            "campaign": None,
            **whole,
            "rows": [row],
        }
    )
    (saved(run) / "forged.json").write_text(text)
    result: Result = run("measure", "--saved")

    assert result.exit_code == 46
    assert "is damaged" in result.stderr
