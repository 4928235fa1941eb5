"""Slips in campaigns.toml beside those of one line: each gets its place and a next step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

PAGE = 'landing_page = "https://shop.example/"'
BASE = f'[campaigns.spring]\n{PAGE}\nchannels = ["email"]\n'
OWN_LINE = "write each table and each key on its own line"
A_TABLE = (
    'write a table, such as [campaigns.spring], and its keys below it, such as channels = ["email"]'
)
SLIPS = (
    (f"{BASE}starts = 2026-03-01, ends = 2026-03-31\n", 4, OWN_LINE),
    (f'[campaigns.spring] {PAGE}\nchannels = ["email"]\n', 1, OWN_LINE),
    (f'{BASE}message = "Hi\nthere"\n', 4, 'write a text of several lines between """ and """'),
    (f"[campaigns.]\n{PAGE}\n", 1, "write a name after the point, such as [campaigns.spring]"),
    (
        f"{BASE}<<<<<<< HEAD\nstarts = 2026-03-01\n=======\nstarts = 2026-03-02\n>>>>>>> x\n",
        4,
        "keep one of the two versions, and delete the lines with <<<<<<<, ======= and >>>>>>>",
    ),
    ("campaigns:\n  spring:\n    landing_page: https://shop.example/\n", 1, A_TABLE),
    ('{"campaigns": {"spring": {}}}\n', 1, A_TABLE),
    (f"{BASE}(campaigns.summer)\n", 4, "each line is a table, such as [campaigns.spring], a "),
    (BASE.replace("landing_page", "url"), 2, 'did you mean "landing_page"?'),
    (BASE.replace("landing_page", "page_de_destination"), 2, 'did you mean "landing_page"?'),
    (BASE.replace("campaigns.spring", "spring"), 1, "write it as [campaigns.spring]"),
    (BASE.replace("campaigns.spring", '"été 26"'), 1, 'write it as [campaigns."été 26"]'),
)


@pytest.mark.parametrize(("text", "line", "hint"), SLIPS)
@pytest.mark.parametrize("command", ["build", "lint", "new"])
def test_a_slip_has_its_place_and_a_next_step(
    run: Run, command: str, text: str, line: int, hint: str
) -> None:
    """In every command that reads the file, once, and the cause alone."""
    Path("campaigns.toml").write_text(text)
    words = ("https://shop.example/", "-c", "x", "-C", "email") if command == "new" else ()
    result = run(command, *words)

    assert result.exit_code != 0
    said = result.stdout + result.stderr
    assert f"campaigns.toml:{line}: " in said
    assert f"hint: {hint}" in said
    assert said.count("hint: ") == 1


def test_a_line_of_equals_signs_is_no_conflict(run: Run) -> None:
    """It may underline the heading of a message."""
    Path("campaigns.toml").write_text(f'{BASE}message = """\nHi\n=======\n"""\nstarts = 1/3/2026\n')

    assert "hint: write it as: starts = 2026-03-01" in run("build").stderr
