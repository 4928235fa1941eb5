"""Where GA4 files links, shown before it is too late."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

PAGE = "https://x.example/"


def columns(shown: str) -> list[str]:
    """Return the last column of a table of one-line rows."""
    return [line.rpartition("  ")[2] for line in shown.splitlines() if not line.startswith("http")]


def test_a_link_s_group_is_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By `new`, `build --dry-run` and `list --wide`, where there is a table."""
    monkeypatch.setenv("COLUMNS", "300")
    Path("campaigns.toml").write_text(
        "[campaigns.spring]\nlanding_page = 'https://x.example/b'\nchannels = ['sms', 'line']\n"
    )
    table = ("--format", "table")
    planned = run("build", "--dry-run", *table).stdout
    run("new", PAGE, "-c", "spring", "-C", "email", *table)

    assert columns(planned) == ["GA4 files it under", "SMS", "Organic Social"]
    assert columns(run("list", "--wide", *table).stdout) == ["GA4 files it under", "Email"]
    assert "GA4" not in run("list", *table).stdout
    assert "GA4" not in run("list", "--wide", "--format", "csv").stdout


def test_an_uncertain_group_is_shown_as_such(run: Run) -> None:
    """With all that it may be."""
    new = ("new", PAGE, "-c", "c", "--source", "email", "--medium", "link", "-F", "markdown")

    assert "| uncertain: Referral or Email |" in run(*new).stdout


def test_new_tells_of_unassigned_links(run: Run) -> None:
    """With the medium that would not be, each rule once."""
    new = ("new", PAGE, "-c", "c", "--source", "acme", "--medium", "newsletter")
    result = run(*new, "--content", "a,b", "--format", "table")

    assert result.stderr == (
        "issued 2 links for c\n"
        'note: GA4 will file it under Unassigned: no rule matches source "acme" with medium '
        '"newsletter"\n'
        'hint: with medium "email" it would be Email\n'
    )
    assert [each["kind"] for each in json.loads(run(*new, "-F", "json").stdout)["messages"]] == [
        *("done", "note", "hint")
    ]
    assert "GA4" not in run(*new, "--format", "urls").stderr


def test_what_may_be_unassigned_is_told_as_such(run: Run) -> None:
    """`email-newsletter` is Email by half of the sources."""
    new = ("new", PAGE, "-c", "c", "--source", "acme", "--medium", "email-newsletter")

    assert "note: GA4 may file it under Unassigned: " in run(*new, "-F", "table").stderr


def test_no_medium_is_proposed_that_the_convention_refuses(run: Run) -> None:
    """A hint is something one can do."""
    Path("campaigns.toml").write_text("[convention.medium]\nallowed = ['message', 'qr']\n")
    new = ("new", PAGE, "-c", "c", "--source", "acme", "--medium")

    assert "hint" not in run(*new, "message", "-F", "table").stderr
    assert "hint" not in run(*new, "qr", "-F", "table").stderr
