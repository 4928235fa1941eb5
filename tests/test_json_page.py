"""The page about JSON lists every command's data, and the keys that they really have."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.main import get_command

from tests.conftest import ROOT, Run
from tests.test_docs import commands_below
from utmforge import link_id
from utmforge.cli.app import app

PAGE = (ROOT / "docs/reference/json.md").read_text(encoding="utf-8")
ADDRESS = "https://shop.example/?utm_source=News&utm_medium=email&utm_campaign=spring"
RETIRED = link_id("https://shop.example/?utm_source=sms&utm_medium=sms&utm_campaign=spring")
FILE = ("--file", "examples/campaigns.toml")


def keys(section: str) -> set[str]:
    """Return the keys of a section's table, those that its first column names."""
    text = re.split(rf"^## {re.escape(section)}$", PAGE, flags=re.MULTILINE)[1]
    rows = re.findall(r"^\| (`.+?) \|", text.partition("\n## ")[0], re.MULTILINE)
    return {key for row in rows for key in re.findall("`([a-z0-9_]+)`", row)}


def answer(run: Run, *words: str) -> object:
    """Return what a command gives as JSON, whether it exits with 0 or with 1."""
    done = run(*words, "--format", "json")
    assert done.exit_code in {0, 1}, done.stderr
    envelope = json.loads(done.stdout)
    assert set(envelope) == {"utmforge", "command", "data", "messages"}
    return envelope["data"]


@pytest.fixture
def files(work: Path, run: Run) -> Path:
    """A folder with the examples and a registry with an issued and a retired link."""
    shutil.copytree(ROOT / "examples", work / "examples")
    (work / "list.csv").write_text(f"url\n{ADDRESS}\n", encoding="utf-8")
    for words in (
        ("build", *FILE),
        ("new", "https://shop.example/", "--campaign", "spring", "--channel", "sms"),
        ("retire", "--reason", "a test", RETIRED),
    ):
        assert run(*words).exit_code == 0
    return work


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("words", "section", "more"),
    [
        (("new", "2026-spring-sale", *FILE), "A link", set()),
        (("new", "2026-spring-sale", *FILE, "--dry-run"), "A link", set()),
        (("build", *FILE), "A link", set()),
        (("build", *FILE, "--check", "--registry", "other.db"), "A link", set()),
        (("share", "2026-spring-sale", *FILE), "A link to share", set()),
        (("list",), "A link", set()),
        (("retire", "fzgb", "--reason", "a test"), "A link", set()),
        (("show", "fzgb"), "A link", {"ga4_channel_group", "author", "note", "labels", "history"}),
        (("history",), "A change", set()),
        (("undo",), "A change", set()),
        (("channels",), "A channel", set()),
        (("lint", ADDRESS), "A finding", set()),
        (("lint", "--against", "examples/ga4-export.csv", *FILE), "Names in a report", set()),
        (("explain", ADDRESS), "A link explained", set()),
        (("explain", ADDRESS, "https://shop.example/"), "A difference", set()),
        (("doctor",), "A check of the installation", set()),
        (("registry", "status"), "The status of the registry", set()),
    ],
    ids=lambda words: " ".join(words[:2]) if isinstance(words, tuple) else None,
)
def test_the_keys_of_each_answer(
    run: Run, words: tuple[str, ...], section: str, more: set[str]
) -> None:
    """One object, or the first of a list, has the keys of its section and no others."""
    data = answer(run, *words)
    assert data
    one = data[0] if isinstance(data, list) else data

    assert isinstance(one, dict)
    assert set(one) == keys(section) | more


@pytest.mark.usefixtures("files")
def test_the_keys_within_an_answer(run: Run) -> None:
    """Events of a link, spellings of a report, and the answers that are only counts."""
    link = answer(run, "show", RETIRED)
    assert isinstance(link, dict)
    assert set(link["history"][0]) == keys("The history of a link")

    report = answer(run, "lint", "--against", "examples/ga4-export.csv", *FILE)
    assert isinstance(report, dict)
    assert set(report["spellings"][0]) == keys("A spelling")

    assert answer(run, "registry", "check") == {"links": 5, "damaged": 0}
    counts = {"imported": 1, "known": 0, "events": 0}
    assert answer(run, "registry", "import", "list.csv") == counts
    assert answer(run, "list", "--count", "channel", "--channel", "sms") == [
        {"channel": "sms", "links": 2, "retired": 1}
    ]


def test_every_command_with_a_format_is_on_the_page(run: Run) -> None:
    """Those that take `--format`, and no other."""
    table = PAGE.partition("## What each command gives\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    listed = {" ".join(re.findall(r"[a-z]+", one)) for cell in cells for one in named(cell)}
    groups = {"registry"}
    having = {
        words
        for words in commands_below(get_command(app))
        if words not in groups and "--format" in run(*words.split(), "--help").stdout
    }

    assert listed == having


def named(cell: str) -> list[str]:
    """Return the commands that a cell names, without their options and fields."""
    return [name.partition(" --")[0] for name in re.findall("`([^`]+)`", cell)]
