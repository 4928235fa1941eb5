"""`utmforge rename`: a campaign's new name, in the file and for the links from now on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

FILE = """\
# spring
[campaigns.sprng-sale]   # a typo
landing_page = "https://shop.example/spring"
channels = ["email", "sms"]

[[campaigns.sprng-sale.placements]]
channel = "sms"
content = "text"

[campaigns.'sprng-sale'.costs]
sms = 12.50

[campaigns.may]
extends = "sprng-sale"
"""


def listed(run: Run) -> dict[str, list[str]]:
    """Return the states of all links, by campaign."""
    found: dict[str, list[str]] = {}
    for link in json.loads(run("list", "-F", "json").stdout)["data"]:
        found.setdefault(link["campaign"], []).append(link["state"])
    return found


@pytest.fixture
def file(work: Path, run: Run) -> Path:
    """A campaign file whose links were issued."""
    path = work / "campaigns.toml"
    path.write_text(FILE, encoding="utf-8")
    assert run("build", "sprng-sale").exit_code == 0
    return path


def test_the_file_and_the_links(run: Run, file: Path) -> None:
    """Only names change in the file; each old link is retired with a new one as its successor."""
    result = run("rename", "sprng-sale", "spring-sale", "--yes")

    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "https://shop.example/spring?utm_source=email&utm_medium=email&utm_campaign=spring-sale",
        "https://shop.example/spring?utm_source=sms&utm_medium=sms&utm_campaign=spring-sale"
        "&utm_content=text",
    ]
    assert result.stderr == (
        "renamed sprng-sale to spring-sale: 2 links issued with the new name, the old retired\n"
        "note: links that were sent keep utm_campaign=sprng-sale: reports show both names, each "
        "with its own visits\n"
        'hint: to count both as one in utmforge: aliases = { "sprng-sale" = "spring-sale" } below '
        "[convention.campaign]\n"
    )
    changed = FILE.replace("[campaigns.'sprng-sale'", "[campaigns.spring-sale")
    assert file.read_text(encoding="utf-8") == changed.replace("sprng-sale", "spring-sale")
    assert listed(run) == {
        "sprng-sale": ["retired", "retired"],
        "spring-sale": ["issued", "issued"],
    }
    assert run("build", "--check", "spring-sale").exit_code == 0
    old = json.loads(run("list", "-F", "json").stdout)["data"][0]
    assert "spring-sale" in run("explain", old["url"], "-F", "table").stdout


def test_a_dry_run_changes_nothing(run: Run, file: Path) -> None:
    """It shows the links."""
    result = run("rename", "sprng-sale", "spring-sale", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.count("utm_campaign=spring-sale") == 2
    assert result.stderr.startswith("would rename sprng-sale to spring-sale: 2 links")
    assert file.read_text(encoding="utf-8") == FILE
    assert listed(run) == {"sprng-sale": ["issued", "issued"]}


def test_a_campaign_of_the_registry_alone(run: Run) -> None:
    """Its links are all there is."""
    run("new", "https://shop.example/x", "-c", "autum", "-C", "email")
    assert run("rename", "autum", "Autumn 2026", "--yes").exit_code == 0
    assert listed(run) == {"autum": ["retired"], "autumn-2026": ["issued"]}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("sprng-sale", "spring-sale"), 'renaming "sprng-sale" issues 2 new links'),
        (("sprng-sale", "may", "--yes"), 'has a campaign "may" already'),
        (("sprng-sale", "Sprng Sale", "--yes"), 'both names are written "sprng-sale"'),
        (("nothing", "else", "--yes"), 'no campaign is called "nothing"'),
        (("sprng-sale", "old", "--yes"), 'links of "old" were issued before'),
        (("sprng-sale", "ann@shop.example", "--yes"), "e-mail address"),
        (("sprng-sale", "", "--yes"), "campaign is empty"),
    ],
    ids=range(7),
)
def test_what_is_refused(run: Run, file: Path, words: tuple[str, ...], message: str) -> None:
    """Before anything is changed."""
    run("new", "https://shop.example/x", "-c", "old", "-C", "email")
    before = listed(run)
    result = run("rename", *words)
    assert result.exit_code in {2, 24}
    assert message in result.stderr
    assert file.read_text(encoding="utf-8") == FILE
    assert listed(run) == before


@pytest.mark.parametrize(
    "text",
    [
        'campaigns.a = { landing_page = "https://x.example/", channels = ["sms"] }\n',
        'campaigns = { a = { landing_page = "https://x.example/", channels = ["sms"] } }\n',
        '[campaigns]\na.landing_page = "https://x.example/"\na.channels = ["sms"]\n',
    ],
    ids=["dotted", "inline", "keys"],
)
def test_layouts_that_only_a_person_can_change(run: Run, work: Path, text: str) -> None:
    """They are refused with what to do."""
    (work / "campaigns.toml").write_text(text, encoding="utf-8")
    result = run("rename", "a", "b", "--yes")
    assert result.exit_code == 22
    assert 'rename the table to "b" by hand' in result.stderr
    assert (work / "campaigns.toml").read_text(encoding="utf-8") == text
