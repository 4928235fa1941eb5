"""`utmforge list`: links by what they carry, page by page, and counted."""

import json

import pytest

from tests.cli.issued_links import ID, MAIL, NEW, SMS, today
from tests.conftest import Run


@pytest.fixture(autouse=True)
def issued(run: Run, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two links are there, in a file and on a server."""
    monkeypatch.setenv("UTMFORGE_REGISTRY", place)
    run(*NEW, "sms,email")


def test_links_are_listed_page_by_page(run: Run) -> None:
    """The latest first pages; with totals and the next step."""
    for number in range(5):
        run("new", f"https://x.example/{number}", "-c", "pages", "-C", "sms")
    last = run("list", "-c", "pages", "--limit", "2")
    assert [line.split("?")[0][-1] for line in last.stdout.splitlines()] == ["3", "4"]
    assert last.stderr == (
        "note: page 1 of 3: 5 links in all\nhint: the next page: --limit 2 --page 2\n"
    )
    third = run("list", "-c", "pages", "--limit", "2", "--page", "3")
    assert third.stdout.splitlines() == [
        "https://x.example/0?utm_source=sms&utm_medium=sms&utm_campaign=pages",
    ]
    assert third.stderr == "note: page 3 of 3: 5 links in all\n"
    assert run("list", "-c", "pages", "-l", "9").stderr == ""


def test_links_are_listed_by_what_they_carry(run: Run) -> None:
    """Tag values, days, states, sorted; wrong ones are refused."""
    run("retire", ID, "--reason", "x")
    assert run("list", "--tag", "medium=sms").stdout == f"{SMS}\n"
    assert run("list", "--tag", "utm_source=email", "--since", today()).stdout == f"{MAIL}\n"
    assert run("list", "--state", "issued").stdout == f"{MAIL}\n"
    both = run("list", "--sort", "source", "--reverse")
    assert both.stdout == f"{SMS}\n{MAIL}\n"
    assert both.stderr == "note: 1 of these are retired; without them: --state issued\n"
    assert run("list", "--until", "2020-01-01").stderr == (
        'note: no link has a day until "2020-01-01"\n'
    )
    for words in (
        ("--tag", "medium"),
        ("--tag", "colour=red"),
        ("--since", "yesterday"),
        ("--until", "2026-02-30"),
        ("--page", "2"),
        ("--sort", "colour"),
    ):
        assert run("list", *words).exit_code == 2, words


def test_links_are_counted(run: Run) -> None:
    """By campaign, channel, month …; in every format."""
    run("retire", ID, "--reason", "x")
    run("new", "https://x.example/2", "-c", "autumn", "-C", "sms")
    counted = run("list", "--count", "campaign", "-F", "table")
    assert counted.stdout == ("campaign  links  retired\nspring    2      1\nautumn    1      0\n")
    assert counted.stderr == "note: 3 links in all, 1 of them retired\n"
    assert run("list", "--count", "month", "-F", "csv").stdout == (
        f"month,links,retired\n{today()[:7]},3,1\n"
    )
    assert json.loads(run("list", "--count", "channel", "-F", "json").stdout)["data"] == [
        {"channel": "sms", "links": 2, "retired": 1},
        {"channel": "email", "links": 1, "retired": 0},
    ]
