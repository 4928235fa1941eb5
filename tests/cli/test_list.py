"""`utmforge list`: the links issued so far."""

import json
from datetime import UTC, datetime

import pytest

from tests.conftest import Result, Run
from utmforge.urls.link_ids import link_id

NEW = ("new", "https://x.example/", "-c", "spring", "-C")
SMS = "https://x.example/?utm_source=sms&utm_medium=sms&utm_campaign=spring"
MAIL = "https://x.example/?utm_source=email&utm_medium=email&utm_campaign=spring"
ID = link_id(SMS)
TO_SHOP = ("new", "https://shop.example/x", "--campaign", "spring", "--channel", "whatsapp,sms")
WHATSAPP_TO_SHOP = (
    "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
)
SMS_TO_SHOP = "https://shop.example/x?utm_source=sms&utm_medium=sms&utm_campaign=spring"


def today() -> str:
    """Return the day as utmforge writes it; a run of the tests may go over midnight."""
    return datetime.now(UTC).strftime("%Y-%m-%d")


@pytest.fixture
def issued(run: Run, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two links are there, in a file and on a server."""
    monkeypatch.setenv("UTMFORGE_REGISTRY", place)
    run(*NEW, "sms,email")


def test_list_in_the_order_of_issue(run: Run) -> None:
    """By campaign, channel and text; the latest; nothing is an answer too."""
    assert run("list") == Result(0, "", "note: no links have been issued yet\n")
    run(*TO_SHOP)
    run("new", "https://shop.example/y", "--campaign", "summer", "--channel", "sms")

    assert run("list").stdout.splitlines()[:2] == [WHATSAPP_TO_SHOP, SMS_TO_SHOP]
    assert run("list", "--campaign", "spring", "--channel", "sms").stdout == f"{SMS_TO_SHOP}\n"
    assert run("list", "/Y", "--format", "jsonl").stdout.count("\n") == 1
    assert run("list", "--limit", "2").stdout.splitlines()[0] == SMS_TO_SHOP
    assert run("list", "--campaign", "sumer") == Result(
        0, "", 'note: no link has campaign "sumer"; did you mean "summer"?\n'
    )
    assert run("list", "--campaign", "winter", "-F", "csv").stdout.startswith("id,url,")
    assert json.loads(run("list", "-c", "winter", "-F", "json").stdout)["data"] == []


def test_list_takes_channels_as_people_write_them(run: Run) -> None:
    """In capitals; nearly right is corrected."""
    run(*TO_SHOP)

    assert run("list", "--channel", "SMS").stdout == f"{SMS_TO_SHOP}\n"
    assert run("list", "--channel", "smss").stderr == (
        'note: no link has channel "smss"\nhint: did you mean "sms"?\n'
    )


@pytest.mark.usefixtures("issued")
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


@pytest.mark.usefixtures("issued")
def test_links_are_listed_by_what_they_carry(run: Run) -> None:
    """Tag values, days, states, sorted; wrong ones are refused."""
    run("retire", ID, "--reason", "x")
    assert run("list", "--tag", "medium=sms").stdout == f"{SMS}\n"
    assert run("list", "--tag", "utm_source=email", "--since", today()).stdout == f"{MAIL}\n"
    assert run("list", "--state", "issued").stdout == f"{MAIL}\n"
    both = run("list", "--sort", "source", "--reverse")
    assert both.stdout == f"{SMS}\n{MAIL}\n"
    assert both.stderr == "note: 1 of these is retired; --state issued leaves them out\n"
    assert run("list", "--until", "2020-01-01").stderr == (
        'note: no link has a day until "2020-01-01"\n'
    )
    for words in (
        ("--tag", "medium"),
        ("--tag", "colour=red"),
        ("--since", "soon"),
        ("--until", "2026-02-30"),
        ("--page", "2"),
        ("--sort", "colour"),
    ):
        assert run("list", *words).exit_code == 2, words


@pytest.mark.usefixtures("issued")
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
