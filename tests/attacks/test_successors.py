"""A successor on another site: it is told by every command, and never the answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Result

if TYPE_CHECKING:
    from tests.conftest import Run

PAGE = "https://shop.example/spring"
URL = f"{PAGE}?utm_source=sms&utm_medium=sms&utm_campaign=spring"
EVIL = "https://login.evil.example/x"
EVIL_URL = f"{EVIL}?utm_source=sms&utm_medium=sms&utm_campaign=spring"
TOLD = "is on another site: login.evil.example"


def issued(run: Run, page: str) -> str:
    """Issue a link; return its id."""
    answer = run("new", page, "-c", "spring", "-C", "sms", "-F", "json").stdout
    return str(json.loads(answer)["data"][0]["id"])


def explained(run: Run) -> dict[str, object]:
    """Return the explanation of the link in JSON."""
    data: dict[str, object] = json.loads(run("explain", URL, "-F", "json").stdout)["data"]
    return data


@pytest.fixture
def ids(run: Run) -> tuple[str, str]:
    """Two links; a line of a shared file has retired the first in favour of the second."""
    link, evil = issued(run, PAGE), issued(run, EVIL)
    run("registry", "sync", "links.jsonl")
    event = {
        "id": link,
        "change": "bcdf2345",
        "action": "retired",
        "at": "2026-03-20T09:30:00Z",
        "reason": "moved",
        "successor": evil,
        "cancels": "",
    }
    with Path("links.jsonl").open("a") as file:
        file.write(json.dumps(event) + "\n")
    assert run("registry", "sync", "links.jsonl").exit_code == 0
    return link, evil


def test_explain_does_not_answer_with_it(run: Run, ids: tuple[str, str]) -> None:
    """In no format; each says where it leads."""
    _, evil = ids
    piped = run("explain", URL)
    shown = run("explain", URL, "-F", "table").stdout
    data = explained(run)
    csv = run("explain", URL, "-F", "csv").stdout
    markdown = run("explain", URL, "-F", "markdown").stdout

    assert piped.stdout == ""
    assert f"warning: no link: it was retired, and its successor {evil} {TOLD}\n" in piped.stderr
    assert EVIL not in shown + csv + markdown
    assert f"instead    its successor {evil} {TOLD}\n" in shown
    assert data["mended"] is None
    assert data["not_mended"] == f"it was retired, and its successor {evil} {TOLD}"
    assert isinstance(data["issued"], dict)
    assert data["issued"]["successor_other_site"] == "login.evil.example"
    assert data["issued"]["successor"]["url"] == EVIL_URL
    assert ",login.evil.example," in csv
    assert "| successor_other_site | login.evil.example |" in markdown


@pytest.mark.parametrize(
    "words",
    [
        ("new", PAGE, "-c", "spring", "-C", "sms"),
        ("new", PAGE, "-c", "spring", "-C", "sms", "-n"),
        ("copy", "ID"),
        ("qr", "ID"),
    ],
    ids=" ".join,
)
def test_a_refusal_does_not_say_to_use_it(
    run: Run, ids: tuple[str, str], words: tuple[str, ...]
) -> None:
    """It says that it is elsewhere, and to look at it."""
    link, evil = ids
    assert run(*(link if word == "ID" else word for word in words)) == Result(
        2,
        "",
        f"error: link {link} was retired on 2026-03-20: moved\n"
        f"hint: its successor {evil} {TOLD}; look at it before you use it: utmforge show {evil}\n",
    )


def test_show_tells_it(run: Run, ids: tuple[str, str]) -> None:
    """In a line, and under a key."""
    link, evil = ids
    assert run("show", link, "-F", "table").stdout.endswith(
        f"retired: moved (its successor {evil} {TOLD})\n"
    )
    history = json.loads(run("show", link, "-F", "json").stdout)["data"]["history"]
    assert (history[0]["successor"], history[0]["successor_other_site"]) == (
        evil,
        "login.evil.example",
    )


def test_a_successor_on_one_of_your_domains_is_used(run: Run, ids: tuple[str, str]) -> None:
    """Whoever may say what is yours: the campaign file, not the registry."""
    link, evil = ids
    Path("campaigns.toml").write_text('[workspace]\nown_domains = ["evil.example"]\n')

    assert run("explain", URL).stdout == f"{EVIL_URL}\n"
    assert f"hint: use {evil} instead" in run("copy", link).stderr
    assert run("show", link, "-F", "table").stdout.endswith(f"retired: moved (use {evil})\n")


def test_a_broken_campaign_file_makes_no_domain_yours(run: Run, ids: tuple[str, str]) -> None:
    """What commands say does not become looser by it."""
    link, evil = ids
    run("registry", "backup", "copy.db")
    Path("campaigns.toml").write_text('[workspace]\nown_domains = ["evil.example", "/"]\n')
    shown = run("show", link, "-F", "table", "--registry", "copy.db").stdout

    assert shown.endswith(f"(its successor {evil} {TOLD})\n")


@pytest.mark.parametrize(
    "words", [("new", PAGE, "-c", "spring", "-C", "sms"), ("copy", "ID"), ("qr", "ID")]
)
def test_a_successor_that_is_not_there_is_not_to_be_used(run: Run, words: tuple[str, ...]) -> None:
    """A line of a shared file names an id that no registry has."""
    link = issued(run, PAGE)
    run("retire", link, "-r", "moved")
    run("registry", "sync", "links.jsonl")
    text = Path("links.jsonl").read_text()
    forged = text.replace('"successor": null', '"successor": "bcdf23456789"')
    Path("links.jsonl").write_text(forged)
    run("registry", "sync", "links.jsonl", "--registry", "other.db")
    named = (link if word == "ID" else word for word in words)
    result = run(*named, "--registry", "other.db")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(
        "hint: its successor bcdf23456789 is not in this registry; use --retired to issue it "
        "again anyway\n"
    )
    assert run("explain", URL, "--registry", "other.db").stdout == ""


def test_retire_takes_one_only_when_it_is_told_to(run: Run) -> None:
    """Nothing is written before; a subdomain needs no option."""
    link, evil, mobile = (
        issued(run, page) for page in (PAGE, EVIL, "https://m.shop.example/spring")
    )
    words = ("retire", link, "-r", "moved", "--successor")
    refused = run(*words, evil)

    assert refused == Result(
        2,
        "",
        f"error: the successor {evil} is on another site than {link}: login.evil.example\n"
        "hint: add its domain to own_domains in campaigns.toml, or use --other-site\n",
    )
    assert run("list", "--state", "retired").stdout == ""
    assert run(*words, evil, "--dry-run").exit_code == 2
    assert run(*words, mobile, "--dry-run").exit_code == 0
    assert run(*words, evil, "--other-site") == Result(0, f"{URL}\n", "retired 1 link\n")
    assert run("explain", URL).stdout == ""
    assert run("undo").exit_code == 0
    Path("campaigns.toml").write_text('[workspace]\nown_domains = ["evil.example"]\n')
    assert run(*words, evil).exit_code == 0
    assert run("explain", URL).stdout == f"{EVIL_URL}\n"
