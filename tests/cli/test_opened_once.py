"""campaigns.toml is opened and parsed once a run, whatever a command needs of it."""

import os
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge.campaigns import document

FILE = """\
[workspace]
registry = "links.db"
own_domains = ["x.example"]
[convention.medium]
allowed = ["email", "sms"]
[campaigns.spring-sale]
landing_page = "https://x.example/s"
channels = ["email", "sms"]
ends = 2020-01-01
"""
REPORT = "Session campaign,Sessions\nspring-sale,5\nsping-sale,2\n"

_opened: list[str] = []
_is_listening = [False]


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _is_listening[0]:
        path = arguments[0]
        if isinstance(path, (str, bytes, os.PathLike)):
            _opened.append(os.path.basename(os.fsdecode(path)))  # noqa: PTH119 - as it comes


sys.addaudithook(_listen)


@pytest.mark.parametrize(
    "words",
    [
        ("new", "spring-sale", "--ended"),
        ("new", "https://x.example/b", "-c", "spring-sale", "-C", "email", "--ended"),
        ("new", "--from", "pages.csv", "-c", "bulk", "-C", "email"),
        ("build",),
        ("build", "--check"),
        ("lint",),
        ("lint", "campaigns.toml", "--issued"),
        ("lint", "pages.csv"),
        ("lint", "--against", "report.csv"),
        ("list", "-C", "email", "-c", "spring sale"),
        ("show", "https://x.example/s?utm_source=email&utm_medium=email&utm_campaign=spring-sale"),
        ("explain", "https://x.example/s?utm_source=email&utm_medium=email"),
        ("channels",),
        ("registry", "path"),
    ],
    ids=" ".join,
)
def test_opened_once(run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    """By the system's own count; and what was opened is parsed by no one else."""
    Path("campaigns.toml").write_text(FILE)
    Path("pages.csv").write_text("https://x.example/1\n")
    Path("report.csv").write_text(REPORT)
    run("new", "spring-sale", "--ended")
    parsed: list[str] = []
    loads = tomllib.loads

    def count(text: str, **more: object) -> object:
        if "\n" in text:  # key_lines has single lines parsed
            parsed.append(text)
        return loads(text, **more)  # type: ignore[arg-type] # handed on as it is

    monkeypatch.setattr(tomllib, "loads", count)
    _opened.clear()
    _is_listening[0] = True
    try:
        result = run(*words)
    finally:
        _is_listening[0] = False

    assert result.exit_code in {0, 1}, result.stderr
    assert _opened.count("campaigns.toml") == 1
    assert len(parsed) == 1


def test_there_is_one_opener() -> None:
    """What reads the file is made of what this returns."""
    Path("campaigns.toml").write_text("\ufeff" + FILE)
    opened = document.open_document(Path("campaigns.toml"))

    assert opened.text == FILE
    assert opened.data == ("\ufeff" + FILE).encode()
    assert opened.raw == tomllib.loads(FILE)
    assert document.parse_document(Path("campaigns.toml"), opened.data) == opened
