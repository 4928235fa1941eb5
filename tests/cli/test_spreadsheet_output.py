"""What spreadsheets want of `list`."""

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import Run

NEW = ("new", "https://shop.example/x", "-c", "spring", "-C", "email,qr", "-q")
URLS = [
    f"https://shop.example/x?utm_source={name}&utm_medium={name}&utm_campaign=spring"
    for name in ("email", "qr")
]


@pytest.fixture(autouse=True)
def _issued(run: Run) -> None:
    run(*NEW)


def test_tabs_paste_into_cells(run: Run) -> None:
    """The same cells as CSV, in every command with tables."""
    for words in (("list",), ("list", "--count", "campaign"), ("channels",), ("history",)):
        tabs = run(*words, "--format", "tsv").stdout
        commas = run(*words, "--format", "csv").stdout
        assert list(csv.reader(tabs.splitlines(), delimiter="\t")) == list(
            csv.reader(commas.splitlines())
        )
        assert "\t" in tabs


def test_chosen_columns(run: Run) -> None:
    """In their order, in every format, with GA4's group among them."""
    words = ("list", "--columns", "group, channel,URL,campaign")
    header, *rows = csv.reader(run(*words, "-F", "csv").stdout.splitlines())
    assert header == ["ga4_channel_group", "channel", "url", "campaign"]
    assert rows == [
        ["Email", "email", URLS[0], "spring"],
        ["Unassigned", "qr", URLS[1], "spring"],
    ]
    data = json.loads(run(*words, "-F", "json").stdout)["data"]
    assert list(data[0]) == header
    assert run("list", "--columns", "url").stdout.split() == URLS
    assert run("list", "--columns", "colour").exit_code == 2
    assert 'did you mean "channel"?' in run("list", "--columns", "chanel").stderr
    assert run("list", "--columns", ",").exit_code == 2


@pytest.mark.parametrize(
    ("locale", "delimiter"),
    [("fr_FR.UTF-8", ";"), ("de_DE", ";"), ("en_US.UTF-8", ","), ("de_CH.UTF-8", ","), ("C", ",")],
)
def test_excel(run: Run, monkeypatch: pytest.MonkeyPatch, locale: str, delimiter: str) -> None:
    """Marked as UTF-8, divided by what Excel expects where numbers have a comma."""
    for name in ("LC_ALL", "LC_NUMERIC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    result = run("list", "--excel", "-o", "links.csv")

    assert (result.exit_code, result.stdout) == (0, "")
    text = Path("links.csv").read_bytes().decode()
    assert text.startswith(f"\ufeffid{delimiter}url{delimiter}")
    assert len(list(csv.reader(text.splitlines(), delimiter=delimiter))) == 3


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.csv", "id,url,"),
        ("a.tsv", "id\turl\t"),
        ("a.json", "{"),
        ("a.jsonl", '{"id": '),
        ("a.md", "| "),
        ("a.txt", "https://"),
        ("a", "id,url,"),
    ],
)
def test_a_file(run: Run, name: str, begins: str) -> None:
    """Its ending says the format; one that exists is not overwritten unasked."""
    result = run("list", "-o", name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"wrote {name}\n")
    assert Path(name).read_text().startswith(begins)
    Path(name).write_text("mine")
    assert run("list", "-o", name).exit_code == 53
    assert Path(name).read_text() == "mine"
    assert run("list", "-o", name, "--force").exit_code == 0
    assert run("list", "-o", "no/such/folder.csv").exit_code == 53
    assert run("list", "--force").exit_code == 2
