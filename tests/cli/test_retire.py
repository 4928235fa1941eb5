"""`utmforge retire`: links are taken out of use; in a file and on a server."""

import json
from pathlib import Path

import pytest

from tests.cli.issued_links import ID, MAIL, NEW, OTHER, SMS, today
from tests.conftest import Result, Run


@pytest.fixture(autouse=True)
def issued(run: Run, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two links are there, in a file and on a server."""
    monkeypatch.setenv("UTMFORGE_REGISTRY", place)
    run(*NEW, "sms,email")


def test_a_campaign_is_not_an_id(run: Run) -> None:
    """The hint is the option that retires its links."""
    assert run("retire", "spring", "--reason", "over") == Result(
        31,
        "",
        'error: no link "spring" in the registry\n'
        "hint: it is a campaign, whose links are retired with --campaign spring instead\n",
    )
    assert run("retire", "sprng", "--reason", "over").stderr.startswith('error: no link "sprng"')
    assert run("retire", "--campaign", "spring", "--reason", "over", "--yes").exit_code == 0


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
    assert shown[-3:] == [
        "state         retired",
        "author        ann@laptop",
        f"{today()}    retired: wrong page (use {OTHER}), by ann@laptop",
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
        "1 link for spring was already issued\nwarning: left out 1 retired link (--retired)\n",
    )
    assert run("build", "--check").exit_code == 0
    assert run("build", "spring").exit_code == 2
    assert run("new", "spring", "--channel", "email").exit_code == 0
    bulk = run("new", "--from", "pages.txt", "-c", "spring", "-C", "sms")
    assert bulk.stdout == SMS.replace("/?", "/2?") + "\n"
    assert bulk.stderr == (
        "issued 1 link, 0 already issued\nwarning: left out 1 retired link (--retired)\n"
    )


def test_what_was_retired_already_is_counted(run: Run) -> None:
    """Once more for the same reason changes nothing."""
    run("retire", ID, "--reason", "x")

    assert run("retire", ID, OTHER, "--reason", "x") == Result(
        0, f"{MAIL}\n", "retired 1 link; 1 already was\n"
    )
    assert run("retire", ID, OTHER, "--reason", "x").stderr == ("retired 0 links; 2 already were\n")


def test_a_link_is_not_its_own_successor(run: Run) -> None:
    """Neither directly nor through another one that is retired."""
    assert run("retire", ID, "--reason", "x", "--successor", ID) == Result(
        2,
        "",
        f"error: the successor {ID} is itself being retired\nhint: name another link\n",
    )
    run("retire", OTHER, "--reason", "x")
    assert run("retire", ID, "--reason", "x", "--successor", OTHER).stderr == (
        f"error: the successor {OTHER} is itself retired\nhint: name another link\n"
    )
