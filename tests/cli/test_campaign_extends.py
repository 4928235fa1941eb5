"""A campaign of campaigns.toml takes over what it extends: the same next month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

APRIL = """\
[workspace]
currency = "EUR"

[campaigns.2026-04]
landing_page = "https://shop.example/april"
channels = ["email", "sms"]
contents = ["hero"]
message = "Until Sunday: {link}"
term = "shoes"
id = "apr"
cost = 10
coupons = ["APRIL"]

"""


def links(run: Run, work: Path, more: str, name: str) -> list[str]:
    """Issue one campaign; return its links, without what all have."""
    (work / "campaigns.toml").write_text(APRIL + more, encoding="utf-8")
    result = run("build", name)
    assert result.exit_code == 0, result.stderr
    return [one.removeprefix("https://shop.example/") for one in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("more", "made"),
    [
        (
            '[campaigns.2026-05]\nextends = "2026-04"\n',
            [
                "april?utm_source=email&utm_medium=email&utm_campaign=2026-05&utm_content=hero"
                "&utm_term=shoes",
                "april?utm_source=sms&utm_medium=sms&utm_campaign=2026-05&utm_content=hero"
                "&utm_term=shoes",
            ],
        ),
        (
            '[campaigns.2026-05]\nextends = "2026-04"\nlanding_page = "shop.example/may"\n'
            'channels = ["whatsapp"]\ncontents = ["a", "b"]\nterm = "boots"\n',
            [
                "may?utm_source=whatsapp&utm_medium=message&utm_campaign=2026-05&utm_content=a"
                "&utm_term=boots",
                "may?utm_source=whatsapp&utm_medium=message&utm_campaign=2026-05&utm_content=b"
                "&utm_term=boots",
            ],
        ),
        (
            '[campaigns.2026-05]\nextends = "x"\n[campaigns.x]\nextends = "2026-04"\n'
            'channels = ["sms"]\ncontents = ["c"]\n',
            [
                "april?utm_source=sms&utm_medium=sms&utm_campaign=2026-05&utm_content=c&utm_term=shoes"
            ],
        ),
        (
            '[campaigns.2026-05]\nextends = "2026-04"\n'
            '[[campaigns.2026-05.placements]]\nchannel = "qr"\nterm = "t"\n',
            ["april?utm_source=qr&utm_medium=offline&utm_campaign=2026-05&utm_term=t"],
        ),
    ],
    ids=["dates only", "all replaced", "a chain", "places of its own"],
)
def test_what_is_taken_over(run: Run, work: Path, more: str, made: list[str]) -> None:
    """Each key that is not its own; never the id, the costs or the coupons."""
    if "qr" in more:
        made = [one.replace("offline", run_medium(run)) for one in made]
    assert links(run, work, more, "2026-05") == made


def run_medium(run: Run) -> str:
    """Return the medium of printed codes."""
    return run("channels", "qr", "-F", "csv").stdout.splitlines()[1].split(",")[2]


def test_the_message_is_taken_over(run: Run, work: Path) -> None:
    """With the link of the campaign that takes it over."""
    links(run, work, '[campaigns.2026-05]\nextends = "2026-04"\n', "2026-05")
    result = run("share", "2026-05", "-F", "jsonl")
    assert "Until Sunday: https://shop.example/april?utm_source=email" in result.stdout


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[campaigns.a]\nextends = "2026-4"\n', 'no campaign is called "2026-4"'),
        ('[campaigns.a]\nextends = "a"\n', '"a" extends itself'),
        (
            '[campaigns.a]\nextends = "b"\n[campaigns.b]\nextends = "c"\n'
            '[campaigns.c]\nextends = "a"\n',
            'extends itself through "a", "b"',
        ),
        ("[campaigns.a]\nextends = 3\n", "extends is a number, not text"),
    ],
    ids=["unknown", "itself", "a cycle", "a number"],
)
def test_what_is_refused(run: Run, work: Path, more: str, message: str) -> None:
    """Once, with its line; what follows from it is not told."""
    (work / "campaigns.toml").write_text(APRIL + more, encoding="utf-8")
    result = run("build")
    assert result.exit_code == 23
    assert message in result.stderr
    assert result.stderr.count("error:") == 1


def test_a_chain_of_thousands(run: Run, work: Path) -> None:
    """However long it is."""
    chain = "".join(f'[campaigns.c{n}]\nextends = "c{n + 1}"\n' for n in range(3000))
    assert len(links(run, work, f'{chain}[campaigns.c3000]\nextends = "2026-04"\n', "c0")) == 2
