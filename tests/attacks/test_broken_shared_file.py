"""A shared file that cannot be used stops what changes links, and is told once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

CAMPAIGNS = """[workspace]
registry = "links.db"
shared = "links.jsonl"
own_domains = ["shop.example"]

[campaigns.spring]
landing_page = "https://shop.example/"
channels = ["email", "qr"]
"""
WRITING = [  # and what answers for all links
    "new https://shop.example/2 -c spring -C email",
    "new https://shop.example/2 -c spring -C email --qr-file code.svg",
    "new https://shop.example/2 -c sprng -C email",
    "new --from pages.csv -c spring -C email",
    "build",
    "build --retire-leftovers",
    "build --check",
    "note {link} words",
    "retire {link} --reason old",
    "retire --campaign spring --reason old --yes",
    "rename spring summer --yes",
    "undo",
    "buttons --campaign spring",
    "buttons --campaign sprng",
    "registry import other.csv",
    "registry sync links.jsonl",
]
READING = [
    "list",
    "show {link}",
    "note {link}",
    "history",
    "share spring",
    "copy {link}",
    "qr {link} -o code.svg",
    "qr spring --out-dir codes",
    "explain https://shop.example/?utm_source=email",
    "lint",
    "lint --issued",
    "build --dry-run",
    "new https://shop.example/2 -c spring -C email --dry-run",
    "retire {link} --reason old --dry-run",
    "rename spring summer --dry-run",
    "undo --dry-run",
    "buttons --campaign spring --dry-run",
    "registry export e.csv",
    "registry backup b.db",
    "registry status",
    "measure access.log",
]


@pytest.fixture(autouse=True)
def link(run: Run) -> str:
    """Return the id of a link, beside a shared file with a line that is none."""
    Path("campaigns.toml").write_text(CAMPAIGNS)
    run("build")
    found = json.loads(run("list", "--format", "jsonl").stdout.partition("\n")[0])["id"]
    Path("pages.csv").write_text("https://shop.example/3\n")
    Path("other.csv").write_text(
        "url\nhttps://shop.example/4?utm_source=email&utm_medium=email&utm_campaign=spring\n"
    )
    Path("access.log").write_text(
        '203.0.113.1 - - [20/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "Mozilla/5.0"\n'
    )
    with Path("links.jsonl").open("a") as file:
        file.write("not a record\n")
    return str(found)


@pytest.mark.parametrize("line", WRITING)
def test_it_stops_what_changes_links(run: Run, link: str, line: str) -> None:
    """Once, and nothing is changed."""
    before = {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    result = run(*line.format(link=link).split())

    assert (result.exit_code, result.stdout) == (25, "")
    assert result.stderr.count("the line is not JSON") == 1, result.stderr
    assert result.stderr.endswith("error: links.jsonl:3: the line is not JSON\n")
    assert {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()} == before


@pytest.mark.parametrize("line", READING)
def test_others_go_on_and_say_it_once(run: Run, link: str, line: str) -> None:
    """With the links that the registry has."""
    result = run(*line.format(link=link).split())

    assert result.stderr.count("links.jsonl:3: the line is not JSON") == 1, result.stderr
    assert "error: links.jsonl" not in result.stderr
