"""`utmforge new --like`: another campaign's channels, contents and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

FILE = """\
[campaigns.2026-04]
landing_page = "https://shop.example/april"
channels = ["email", "sms"]
contents = ["hero"]
id = "apr"
[[campaigns.2026-04.placements]]
channel = "sms"
content = "text"
term = "shoes"
"""
EMAIL = "?utm_source=email&utm_medium=email&utm_campaign=2026-05&utm_content=hero"
SMS = "?utm_source=sms&utm_medium=sms&utm_campaign=2026-05&utm_content=text&utm_term=shoes"


@pytest.fixture(autouse=True)
def file(work: Path) -> None:
    """The campaign that is repeated."""
    (work / "campaigns.toml").write_text(FILE, encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ((), [f"https://shop.example/april{EMAIL}", f"https://shop.example/april{SMS}"]),
        (
            ("https://shop.example/may",),
            [f"https://shop.example/may{EMAIL}", f"https://shop.example/may{SMS}"],
        ),
        (("--channel", "sms"), [f"https://shop.example/april{SMS}"]),
        (
            ("--channel", "whatsapp"),
            [
                "https://shop.example/april?utm_source=whatsapp&utm_medium=message"
                "&utm_campaign=2026-05&utm_content=hero"
            ],
        ),
        (
            ("--channel", "email", "--content", "a,b"),
            [f"https://shop.example/april{EMAIL}".replace("hero", one) for one in ("a", "b")],
        ),
    ],
    ids=["all", "another page", "one channel", "another channel", "other contents"],
)
def test_the_same_again(run: Run, words: tuple[str, ...], made: list[str]) -> None:
    """What is given replaces what the other has; its utm_id stays its own."""
    result = run("new", *words, "--like", "2026-04", "--campaign", "2026 05")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == made
    assert "campaign" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--like", "2026-04"), "--campaign is missing"),
        (("--like", "2026-40", "-c", "x"), 'no campaign is called "2026-40"'),
        (("2026-04", "--like", "2026-04", "-c", "x"), '"2026-04" is a campaign'),
        (("--from", "-", "--like", "2026-04", "-c", "x"), "--from and --like cannot be used"),
    ],
    ids=range(4),
)
def test_what_is_refused(run: Run, words: tuple[str, ...], message: str) -> None:
    """With the next step."""
    result = run("new", *words)
    assert result.exit_code in {2, 24}
    assert message in result.stderr
    assert "hint:" in result.stderr
    assert result.stdout == ""
