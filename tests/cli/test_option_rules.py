"""Options that have no effect beside others are refused, each in one sentence."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.measure.log_lines import visitors
from utmforge.cli.commands import build, buttons, qr, share
from utmforge.cli.commands import list as list_command
from utmforge.cli.measure_options import RULES
from utmforge.cli.option_rules import OptionRules, refuse_unused
from utmforge.errors import ContradictoryInput

if TYPE_CHECKING:
    from tests.conftest import Run

ALWAYS = {"--file", "--registry", "--quiet", "--no-input", "--color", "--dry-run", "--help"}
"""Where things are and how the command speaks; a dry run changes nothing anywhere."""

VALUES = {
    "--log-format": "combined",
    "--since": "2026-03-01",
    "--until": "2026-03-31",
    "--timezone": "Europe/Paris",
    "--campaign": "spring",
    "--by": "campaign",
    "--conversions": "orders.csv",
    "--min-visitors": "10",
    "--save": "march",
    "--compare": "march",
    "--memory-limit": "500MB",
    "--threads": "1",
    "--engine": "spark",
    "--spark-master": "local[1]",
    "--emit-sql": "bigquery",
    "--compat": "goaccess",
    "--html": "page.html",
    "--lang": "fr",
    "--beside": "ga4.csv",
    "--map": "source=x",
    "--format": "csv",
    "--columns": "visits",
    "--platform": "web",
    "--message": "Hello {link}",
    "--sheet": "links.html",
    "--output": "made.svg",
    "--out-dir": "codes",
    "--print-sheet": "codes.html",
    "--file-type": "png",
    "--error-correction": "Q",
    "--distance": "30",
    "--logo": "logo.png",
    "--dark": "#000000",
    "--light": "#ffffff",
    "--channel": "sms",
    "--content": "a",
    "--tag": "medium=sms",
    "--label": "flyer",
    "--state": "issued",
    "--sort": "campaign",
    "--limit": "5",
    "--page": "1",
    "--count": "campaign",
    "--note": "for you",
    "--domain": "shop.example",
    "--script": "share.js",
    "--style": "share.css",
    "--text": "Look",
}
"""A value for each option that takes one. The default is one, too: it would have no effect."""


def options_of(name: str) -> list[str]:
    """Return the long options of a command, from its page of the reference."""
    page = (ROOT / "docs/reference/commands.md").read_text()
    section = next(one for one in page.split("\n## utmforge ")[1:] if one.split()[0] == name)
    found = re.findall(r"^ .*?(--[a-z-]+)", section, re.MULTILINE)
    return [one for one in dict.fromkeys(found) if one not in ALWAYS]


def words_of(option: str) -> list[str]:
    """Return an option with a value."""
    name, _, value = option.partition(" ")
    value = value or VALUES.get(name, "")
    return [name, value] if value else [name]


def against(option: str, *others: str) -> set[frozenset[str]]:
    """Return pairs of an option with others."""
    return {frozenset((option, other)) for other in others}


def all_but(command: str, option: str, *used: str) -> set[frozenset[str]]:
    """Return the pairs of an option with all others of a command that are not used with it."""
    return against(option, *set(options_of(command)) - {option, *used})


TABLE: dict[str, tuple[OptionRules, set[frozenset[str]]]] = {
    "measure": (
        RULES,
        all_but("measure", "--saved", "--format", "--excel", "--columns")
        | all_but("measure", "--emit-sql", "--since", "--until", "--timezone", "--campaign", "--by")
        | all_but("measure", "--compat", "--format", "--excel")
        | against("--beside", "--compare")
        | against("--engine spark", "--memory-limit", "--threads")
        | against("--html -", "--format", "--excel", "--columns"),
    ),
    "share": (
        share.RULES,
        against("--sheet", "--retired", "--copy", "--qr", "--open", "--platform")
        | against("--sheet", "--format", "--excel", "--columns"),
    ),
    "qr": (qr.RULES, set()),
    "list": (
        list_command.RULES,
        against("--columns", "--wide", "--count")
        | against("--count", "--wide")
        | against("--format urls", "--wide"),
    ),
    "build": (
        build.RULES,
        against("--check", "--retire-leftovers", "--new-name", "--allow-private")
        | against("--check", "--note", "--label"),
    ),
    "buttons": (buttons.RULES, set()),
}
"""By command: the pairs of options of which one would have no effect."""

ALONE = {
    ("measure", "--lang"): {"--html"},
    ("measure", "--force"): {"--html", "--save"},
    ("measure", "--spark-master"): {"--engine spark"},
    ("share", "--lang"): {"--sheet"},
    ("share", "--force"): {"--sheet"},
    ("qr", "--file-type"): {"--out-dir"},
    ("qr", "--distance"): {"--output", "--out-dir", "--print-sheet"},
    ("qr", "--force"): {"--output", "--out-dir", "--print-sheet"},
    ("list", "--force"): {"--output"},
    ("buttons", "--force"): {"--output"},
    ("buttons", "--format"): {"--output"},
    ("buttons", "--excel"): {"--output"},
}
"""By option: it has no effect without one of these."""


def given(*options: str) -> list[str]:
    """Return options as a command line gives them, those with a value also with it."""
    return [part for one in options for part in dict.fromkeys((one.partition(" ")[0], one))]


@pytest.mark.parametrize("command", list(TABLE))
def test_every_pair_of_options(command: str) -> None:
    """One of a pair is refused exactly if it would have no effect; a new option is in a table."""
    rules, refused = TABLE[command]
    options = options_of(command)
    options += sorted({one for pair in refused for one in pair if " " in one})
    options += ["--engine spark"] if command == "measure" else []
    unlike = []
    for one, other in combinations(dict.fromkeys(options), 2):
        if one.partition(" ")[0] == other.partition(" ")[0]:
            continue
        needs = [ALONE.get((command, each), set()) for each in (one, other)]
        alone = any(need and need.isdisjoint(given(one, other)) for need in needs)
        try:
            refuse_unused(given(one, other), rules)
            is_refused = False
        except ContradictoryInput:
            is_refused = True
        pairs = {frozenset((a, b)) for a in given(one) for b in given(other)}
        if is_refused != (bool(pairs & refused) or alone):
            unlike.append((one, other, is_refused))
    assert unlike == []


REFUSED = sorted(
    (command, *sorted(pair)) for command, (_, pairs) in TABLE.items() for pair in pairs
)
NEEDED = sorted((command, option, " ") for command, option in ALONE)


@pytest.mark.parametrize(("command", "one", "other"), [*REFUSED, *NEEDED])
def test_what_has_no_effect_is_said(run: Run, command: str, one: str, other: str) -> None:
    """Both options are named in one sentence; nothing is printed, written or issued."""
    names = {"measure": ["access.log"], "qr": ["spring"], "share": ["spring"]}.get(command, [])
    if command == "measure" and {"--saved", "--emit-sql"} & {one, other}:
        names = []
    Path("access.log").write_text("".join(visitors("/", 12)))
    before = sorted(Path().rglob("*"))
    options = [word for each in (one, other) if each.strip() for word in words_of(each)]
    if command != "measure":
        options = ["url" if word == "visits" else word for word in options]
    result = run(command, *names, *options)

    assert (result.exit_code, result.stdout) == (2, ""), result.stderr
    assert result.stderr.startswith("error: -")
    assert len(result.stderr.splitlines()) <= 2
    first = result.stderr.partition("\n")[0]
    assert all(each.partition(" ")[0] in first for each in (one, other) if each.strip())
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ga4.csv", "--threads", "2"), "--threads has no effect on a report"),
        (("ga4.csv", "--memory-limit", "1GB"), "--memory-limit has no effect on a report"),
        (("ga4.csv", "--timezone", "UTC"), "--timezone has no effect on a report: its days are"),
        (
            ("ga4.csv", "--beside", "ga4.csv", "--log-format", "combined"),
            "--log-format is for logs",
        ),
        (("ga4.csv", "--beside", "ga4.csv", "--engine", "spark"), "--engine spark is for logs"),
        (("a.log", "--map", "source=x"), "--map names columns of a report, and this is a log"),
        (("a.log", "--html", "-", "--by", "day"), "--by has no effect on the page, which counts"),
        (("a.log", "--saved"), "--saved only lists: it cannot be combined with a log"),
        (("a.log", "--emit-sql", "bigquery"), "--emit-sql reads no log"),
    ],
)
def test_what_has_no_effect_on_a_source(run: Run, words: tuple[str, ...], said: str) -> None:
    """It depends on what is in the file."""
    Path("a.log").write_text("".join(visitors("/", 12)))
    Path("ga4.csv").write_text("Session campaign,Session source,Sessions\nspring,sms,40\n")
    result = run("measure", *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {said}")


@pytest.mark.parametrize("option", [("--sort", "campaign"), ("--reverse",)])
def test_an_order_of_what_is_counted(run: Run, option: tuple[str, ...]) -> None:
    """All links are counted, whatever their order; with a limit, it chooses them."""
    result = run("list", "--count", "campaign", *option)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: --count cannot be used with {option[0]}: all links")
    assert run("list", "--count", "campaign", *option, "--limit", "2").exit_code == 0


def test_a_page_of_everything(run: Run) -> None:
    """The first page, too, is one of so many links."""
    for number in ("1", "2"):
        result = run("list", "--page", number)
        assert (result.exit_code, result.stderr.partition("\n")[0]) == (
            2,
            "error: --page needs --limit",
        )


def test_options_that_variables_set_are_not_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what stands on the command line is about this run."""
    monkeypatch.setenv("UTMFORGE_REGISTRY", "links.db")

    assert run("measure", "--saved").exit_code == 0
    assert run("measure", "--saved", "--registry", "links.db", "--quiet").exit_code == 0


def test_a_dry_run_opens_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It only says what would be opened."""
    assert run("new", "https://shop.example/", "-c", "spring", "-C", "whatsapp").exit_code == 0
    opened: list[str] = []
    monkeypatch.setattr("utmforge.share.open_app.open_link", lambda *_: opened.append("it"))
    result = run("share", "spring", "--open", "--dry-run")

    assert (result.exit_code, opened) == (0, [])
    assert "would open WhatsApp\n" in result.stderr
