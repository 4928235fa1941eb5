"""`utmforge explain`: what people, pipes and programs get."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

PAGE = "https://shop.example/spring?ref=mail"
URL = f"{PAGE}&utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
BAD = "https://x.example/?utm_surce=Foo&utm_medium=newsletter&utm_campaign=c&utm_source=d"
PRIVATE = "https://x.example/?utm_source=zqx@acme.example&utm_medium=email&utm_campaign=c"


@pytest.fixture
def link_id(run: Run) -> str:
    """The id of an issued link."""
    asked = ("new", PAGE, "-c", "spring", "-C", "whatsapp", "--format", "json")
    issued = str(json.loads(run(*asked).stdout)["data"][0]["id"])
    assert issued
    return issued


def test_an_issued_link(run: Run, link_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """For people: short lines, the address whole."""
    monkeypatch.setenv("COLUMNS", "60")
    result = run("explain", f"{URL}&fbclid=1", "--format", "table")
    lines = result.stdout.splitlines()

    assert result.exit_code == 0
    assert result.stderr == f"hint: utmforge show {link_id}\n"
    assert lines[0] == f"{URL}&fbclid=1"
    assert lines[-1] == URL
    assert lines[1].startswith("issued     20")
    assert lines[2:12] == [
        f"           {link_id}, whatsapp",
        "changed    fbclid was added",
        "GA4        Organic Social",
        '           source "whatsapp" is listed as social',
        "           whatsapp / message / spring",
        "Matomo     whatsapp / message / spring",
        "Plausible  Organic Social",
        "           whatsapp / message / spring",
        "also       fbclid: a click id of Meta",
        "fixed",
    ]
    assert all(len(line) <= 60 or line.startswith("http") for line in lines)


def test_a_foreign_link(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 0 too; long sentences are folded, never an address."""
    monkeypatch.setenv("COLUMNS", "50")
    result = run("explain", BAD, "--format", "table")

    assert result.exit_code == 0
    assert "issued     not by this registry" in result.stdout
    assert '→ did you mean "utm_source"?' in result.stdout
    assert BAD in result.stdout
    assert all(len(line) <= 50 or line.startswith("http") for line in result.stdout.splitlines())


def test_a_retired_link(run: Run, link_id: str) -> None:
    """With its reason and its successor."""
    other = run("new", PAGE, "-c", "spring", "-C", "sms").stdout.strip()
    new = json.loads(run("explain", other, "-F", "json").stdout)["data"]["issued"]["id"]
    run("retire", link_id, "--reason", "wrong page", "--successor", new)
    text = run("explain", URL, "--format", "table").stdout
    data = json.loads(run("explain", link_id, "--format", "json").stdout)["data"]

    assert ": wrong page\n" in text
    assert f"instead    {new}\n" in text
    assert data["issued"]["state"] == "retired"
    assert data["issued"]["reason"] == "wrong page"
    assert data["issued"]["successor"]["url"] == data["mended"] == other


def test_json(run: Run, link_id: str) -> None:
    """Its keys are a promise."""
    data = json.loads(run("explain", f"{URL}&fbclid=1", "--format", "json").stdout)["data"]

    assert list(data) == [
        *("url", "steps", "cut", "closed_by", "issued", "one_of", "tags", "ga4", "ga4_others"),
        "ga4_why",
        *("matomo", "plausible", "other_tools", "problems", "mended", "not_mended"),
        "partly_mended",
    ]
    assert data["ga4"] == {
        "channel_group": "Organic Social",
        "rule": 'source "whatsapp" is listed as social',
        "certain": True,
    }
    assert data["issued"]["id"] == link_id
    assert data["issued"]["changes"] == ["fbclid was added"]
    assert data["matomo"]["campaign"] == "spring"
    assert data["plausible"]["channel_group"] == "Organic Social"
    assert data["problems"] == []
    assert data["mended"] == URL
    problems = json.loads(run("explain", BAD, "-F", "jsonl").stdout)["problems"]
    assert list(problems[0]) == ["code", "name", "severity", "message", "fix"]


def test_other_formats(run: Run) -> None:
    """A pipe gets the link to use; CSV and Markdown one row of facts."""
    csv = run("explain", BAD, "--format", "csv").stdout.splitlines()

    assert run("explain", BAD).stdout == (
        "https://x.example/?utm_source=foo&utm_medium=newsletter&utm_campaign=c\n"
    )
    assert run("explain", "https://x.example/?utm_source=a").stdout == (
        "https://x.example/?utm_source=a\n"
    )
    assert csv[0].startswith("url,mended,issued,issued_at,state,successor,changes,source,medium")
    assert csv[1].startswith(BAD)
    assert "| ga4 | Unassigned |" in run("explain", BAD, "-F", "markdown").stdout


@pytest.mark.parametrize("fmt", ["table", "urls", "json", "jsonl", "csv", "markdown"])
def test_what_is_private_is_never_repeated(run: Run, fmt: str) -> None:
    """On neither stream, in no format, issued or not."""
    for url in (PRIVATE, f"{PRIVATE}&password=hunter22", "https://zqx:hunter22@x.example/"):
        result = run("explain", url, "--format", fmt)
        assert result.exit_code == 0
        assert "zqx" not in result.stdout + result.stderr
        assert "hunter" not in result.stdout + result.stderr


def test_standard_input(run: Run) -> None:
    """As a clipboard gives it."""
    assert run("explain", "-", stdin=f"<{BAD}>\n").stdout.startswith("https://x.example/")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("words here",), "error: there is no web address in this text\n"),
        (("-",), "error: there is no web address in this text\n"),
        (("zzz",), "error: this is neither a web address nor the id of one link\n"),
        (("a", "b", "c"), "error: explain accepts one or two links, not 3\n"),
        (("mailto:zqx@acme.example",), "error: there is no web address in this text\n"),
    ],
)
def test_what_is_no_link(run: Run, words: tuple[str, ...], message: str) -> None:
    """Status 2, with a hint, never repeated."""
    result = run("explain", *words)

    assert result.exit_code == 2
    assert result.stderr.startswith(message)
    assert "hint: " in result.stderr
    assert "zqx" not in result.stderr


def test_two_links(run: Run) -> None:
    """Their differences, for people like a patch."""
    other = f"{URL.replace('whatsapp', 'WhatsApp')}&gclid=1"
    result = run("explain", URL, other, "--format", "table")

    assert result.stderr == "2 differences\n"
    assert result.stdout == (
        "gclid: gclid was added\n"
        "  + 1\n"
        "utm_source: utm_source changed its letter case\n"
        "  - whatsapp\n"
        "  + WhatsApp\n"
    )
    assert json.loads(run("explain", URL, other, "-F", "json").stdout)["data"][0] == {
        "part": "parameter",
        "name": "gclid",
        "first": None,
        "second": "1",
    }
    assert run("explain", URL, URL, "-F", "table").stderr == "no difference\n"
    secret = run("explain", URL, f"{URL}&password=hunter22", "-F", "csv").stdout
    assert secret.splitlines()[1] == "parameter,password,,[password parameter]"


def test_a_broken_campaign_file_keeps_nobody(run: Run) -> None:
    """The naming convention is left out, and that is said."""
    Path("campaigns.toml").write_text("[campaigns.x]\n")
    result = run("explain", URL)

    assert result.exit_code == 0
    assert result.stderr.startswith(
        "warning: the naming convention was not used: campaigns.toml:1:"
    )
