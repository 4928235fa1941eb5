"""`retire`, `undo`, `list` and `show` as people use them; on a file and on a server."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Result, Run
from utmforge.issuing import bulk as landing_pages
from utmforge.registry.postgres import PostgresDatabase
from utmforge.urls.link_ids import link_id

NEW = ("new", "https://x.example/", "-c", "spring", "-C")
SMS = "https://x.example/?utm_source=sms&utm_medium=sms&utm_campaign=spring"
MAIL = "https://x.example/?utm_source=email&utm_medium=email&utm_campaign=spring"
ID, OTHER = link_id(SMS), link_id(MAIL)


def today() -> str:
    """Return the day as utmforge writes it; a run of the tests may go over midnight."""
    return datetime.now(UTC).strftime("%Y-%m-%d")


@pytest.fixture(autouse=True)
def issued(run: Run, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two links are there, in a file and on a server."""
    monkeypatch.setenv("UTMFORGE_REGISTRY", place)
    run(*NEW, "sms,email")


def test_a_retired_link_is_not_handed_out(run: Run) -> None:
    """Not issued, not copied, not drawn; each time with the reason and what to use."""
    done = run("retire", ID[:6], "--reason", "wrong  page", "--successor", OTHER)
    assert done == Result(0, f"{SMS}\n", "retired 1 link\n")
    refused = Result(
        2,
        "",
        f"error: link {ID} was retired on {today()}: wrong page\n"
        f"hint: use {OTHER} instead: utmforge show {OTHER}\n",
    )
    assert run(*NEW, "sms") == refused
    assert run(*NEW, "sms,email", "--dry-run") == refused
    assert run("copy", ID) == refused
    assert run("qr", ID) == refused
    assert run("copy", ID, "--retired").stdout == f"{SMS}\n"
    assert run("qr", ID, "--retired").exit_code == 0
    shown = run("show", ID, "-F", "table").stdout.splitlines()
    assert shown[-2:] == [
        "state         retired",
        f"{today()}    retired: wrong page (use {OTHER})",
    ]
    history = json.loads(run("show", ID, "-F", "json").stdout)["data"]["history"]
    assert [(each["action"], each["reason"]) for each in history] == [("retired", "wrong page")]
    again = run(*NEW, "sms", "--retired")
    assert again == Result(0, f"{SMS}\n", "issued 1 link for spring\n")
    assert run("copy", ID).exit_code == 0


def test_retiring_wrongly_is_refused(run: Run) -> None:
    """Each with a sentence; nothing changes."""
    cases = [
        (("retire", ID), 2),
        (("retire", ID, "--reason", " "), 2),
        (("retire", ID, "nope", "--reason", "x"), 31),
        (("retire", ID, "--reason", "x", "--successor", ID), 2),
        (("retire", ID, "--reason", "x", "--successor", "nope"), 31),
    ]
    for words, code in cases:
        result = run(*words)
        assert (result.exit_code, result.stdout) == (code, ""), words
    assert run("retire", ID, OTHER, "--reason", "x", "--dry-run").stderr == "would retire 2 links\n"
    assert run("list", "--state", "retired").stdout == ""


def test_undo_takes_back_the_last_change_and_lists_them(run: Run) -> None:
    """Told in words; nothing is lost by it."""
    run("retire", ID, "--reason", "x")
    listed = run("undo", "--list", "-F", "csv")
    rows = list(csv.DictReader(io.StringIO(listed.stdout)))
    assert [(row["kind"], row["about"], row["links"]) for row in rows] == [
        ("retire", ID, "1"),
        ("issue", "spring", "2"),
    ]
    planned = run("undo", "--dry-run")
    done = run("undo")
    assert planned.stderr == f"would undo {rows[0]['id']}: retired 1 link on {today()}\n"
    assert done == Result(0, "", f"undid {rows[0]['id']}: retired 1 link on {today()}\n")
    assert run("undo", rows[1]["id"][:4]).stderr == (
        f"undid {rows[1]['id']}: issued 2 links for spring on {today()}\n"
        "note: 2 links retired: issued links stay in the registry\n"
    )
    assert run("undo").stderr == (
        "error: there is nothing to undo\nhint: utmforge history shows every change\n"
    )
    table = run("undo", "--list", "-F", "table").stdout.splitlines()
    assert [line.split()[3] for line in table[1:]] == ["undo", "undo", "retire", "issue"]
    assert table[-1].rstrip().endswith("undone")
    assert run(*NEW, "sms").stderr == "issued 1 link for spring\n"


def test_undo_of_a_file_of_pages_takes_all_of_it_back(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One command is one change, however many batches."""
    monkeypatch.setattr(landing_pages, "BATCH", 1000)
    monkeypatch.setattr(PostgresDatabase, "values_a_query", 1000)
    (work / "pages.txt").write_text("".join(f"https://x.example/{n}\n" for n in range(2500)))
    run("new", "--from", "pages.txt", "-c", "big", "-C", "sms", "-q")
    undone = run("undo")

    assert undone.exit_code == 0
    assert "issued 2,500 links for pages.txt" in undone.stderr
    assert run("list", "--count", "state", "-F", "csv").stdout == (
        "state,links,retired\nretired,2500,2500\nissued,2,0\n"
    )
    again = run("new", "--from", "pages.txt", "-c", "big", "-C", "sms")
    assert again.stderr == "issued 2,500 links, 0 already issued\n"


def test_retired_links_are_left_out_of_bulk_and_build(run: Run, work: Path) -> None:
    """With a word; named, they are refused."""
    (work / "campaigns.toml").write_text(
        '[campaigns.spring]\nlanding_page = "https://x.example/"\nchannels = ["sms", "email"]\n'
    )
    (work / "pages.txt").write_text("https://x.example/\nhttps://x.example/2\n")
    run("retire", ID, "--reason", "x")
    built = run("build")
    assert built == Result(
        0,
        f"{MAIL}\n",
        "1 link for spring was already issued\nwarning: left out 1 link retired (--retired)\n",
    )
    assert run("build", "--check").exit_code == 0
    assert run("build", "spring").exit_code == 2
    assert run("new", "spring", "--channel", "email").exit_code == 0
    bulk = run("new", "--from", "pages.txt", "-c", "spring", "-C", "sms")
    assert bulk.stdout == SMS.replace("/?", "/2?") + "\n"
    assert bulk.stderr == (
        "issued 1 link, 0 already issued\nwarning: left out 1 link retired (--retired)\n"
    )


def campaign(work: Path, ends: datetime, timezone: str = "UTC") -> None:
    """Write a campaign that ends on a day."""
    (work / "campaigns.toml").write_text(
        f'[workspace]\ntimezone = "{timezone}"\n'
        f'[campaigns.autumn]\nlanding_page = "https://x.example/"\n'
        f'channels = ["sms"]\nends = {ends:%Y-%m-%d}\n'
    )


def test_a_campaign_that_has_ended_takes_no_new_links(run: Run, work: Path) -> None:
    """By name, by its tag, in bulk; what it has is handed out; `--ended` says otherwise."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    campaign(work, yesterday)
    refused = run("new", "autumn")
    assert refused == Result(
        2,
        "",
        f'error: campaign "autumn" ended on {yesterday:%Y-%m-%d} and takes no new links\n'
        "hint: change its end date in campaigns.toml, or use --ended to issue them anyway\n",
    )
    assert run("build", "autumn").exit_code == 2
    assert run("build") == Result(
        0,
        "",
        "issued 0 links for autumn\n"
        "warning: left out 1 link of a campaign that has ended (--ended)\n",
    )
    assert run("build", "--check").exit_code == 0
    assert run("new", "https://x.example/2", "-c", "Autumn", "-C", "sms").exit_code == 2
    (work / "pages.txt").write_text("https://x.example/3\n")
    bulk = run("new", "--from", "pages.txt", "-c", "autumn", "-C", "sms")
    assert (bulk.exit_code, bulk.stdout) == (0, "")
    assert "left out 1 link of a campaign that has ended" in bulk.stderr
    assert run("list", "-c", "autumn").stdout == ""
    assert run("new", "autumn", "--ended").exit_code == 0
    assert run("new", "autumn").exit_code == 0


def test_a_campaign_s_last_day_is_a_day_of_its_own_time_zone(run: Run, work: Path) -> None:
    """On the last day it is not over yet."""
    campaign(work, datetime.now(UTC), "Etc/GMT+12")
    assert run("new", "autumn", "--dry-run").exit_code == 0
    campaign(work, datetime.now(UTC) + timedelta(days=400))
    assert run("new", "autumn", "--dry-run").exit_code == 0


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
