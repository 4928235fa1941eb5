"""A campaign that changes: links left behind are told and retired; filters choose links."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run


@pytest.fixture
def changed(run: Run) -> None:
    """Issue a campaign, then give it another landing page, and issue it again."""
    text = (
        "[campaigns.spring]\nlanding_page = 'https://shop.example/a'\nchannels = ['sms', 'email']\n"
    )
    Path("campaigns.toml").write_text(text)
    assert run("build").exit_code == 0
    Path("campaigns.toml").write_text(text.replace("/a", "/b"))


def links(run: Run) -> list[dict[str, str]]:
    """Return all links."""
    found = json.loads(run("list", "-F", "json").stdout)["data"]
    assert isinstance(found, list)
    return found


@pytest.mark.usefixtures("changed")
def test_links_left_behind_are_told_and_retired(run: Run) -> None:
    """By `build` and by `build --check`; each with the new link as successor, in one change."""
    told = "warning: 2 links in use of spring are not in campaigns.toml: "
    assert told in run("build").stderr
    checked = run("build", "--check")
    assert checked.exit_code == 0
    assert told in checked.stderr
    assert "would retire 2 links left behind" in run("build", "--retire-leftovers", "-n").stderr
    assert "retired 2 links left behind" in run("build", "--retire-leftovers").stderr
    old, new = links(run)[:2], links(run)[2:]
    for before, after in zip(old, new, strict=True):
        shown = json.loads(run("show", before["id"], "-F", "json").stdout)["data"]
        assert shown["state"] == "retired"
        assert shown["history"][0]["successor"] == after["id"]
    assert "not in campaigns.toml" not in run("build").stderr
    run("undo")
    assert {link["state"] for link in links(run)} == {"issued"}


def test_a_check_says_what_is_retired(run: Run) -> None:
    """A link that is retired is in the registry, and `build` leaves it out."""
    Path("campaigns.toml").write_text(
        "[campaigns.s]\nlanding_page = 'https://shop.example/a'\nchannels = ['sms', 'email']\n"
    )
    run("build")
    run("retire", links(run)[0]["id"], "-r", "x")
    checked = run("build", "--check")

    assert checked.exit_code == 0
    assert "warning: 1 of them is retired: utmforge build leaves them out" in checked.stderr


@pytest.mark.usefixtures("changed")
def test_filters_retire_only_when_confirmed(run: Run) -> None:
    """Without a terminal, --yes confirms; ids and filters are not mixed."""
    words = ("retire", "--campaign", "spring", "--channel", "sms", "-r", "over")
    refused = run(*words)
    assert refused.exit_code == 2
    assert "the filters find 1 link" in refused.stderr
    assert "would retire 1 link" in run(*words, "-n").stderr
    assert [link["state"] for link in links(run)] == ["issued", "issued"]
    assert run(*words, "--yes").stderr == "retired 1 link\n"
    assert [link["state"] for link in links(run)] == ["retired", "issued"]
    assert run("retire", "-r", "x").exit_code == 2
    assert run(*words, links(run)[1]["id"]).exit_code == 2
