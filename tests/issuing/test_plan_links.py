"""From a page or a campaign, and channels by name, to links by the convention, for programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, ROOT, Run
from utmforge import Registry, UtmforgeError, load_campaigns, plan_links


def test_the_links_are_those_of_the_command(run: Run) -> None:
    """For a page and for a campaign."""
    file = load_campaigns(EXAMPLE)
    new = ("--dry-run", "-q", "--file", str(EXAMPLE))
    page = "https://shop.example/x"
    links = plan_links(
        page, file=file, campaign="2026 Autumn", channels=["newsletter", "sms"], contents=["top"]
    )
    words = (page, "-c", "2026 Autumn", "-C", "newsletter,sms", "--content", "top")

    assert [link.url for link in links] == run("new", *words, *new).stdout.split()
    planned = plan_links("2026-spring-sale", file=file)
    assert [link.url for link in planned] == run("new", "2026-spring-sale", *new).stdout.split()
    [link] = plan_links(page, campaign="spring", channels=["email"], term="shoes")
    assert (link.tags.source, link.tags.medium, link.tags.term) == ("email", "email", "shoes")


@pytest.mark.parametrize(("campaign", "channels"), [("", []), ("x", []), ("x", ["nope"])])
def test_what_is_missing_is_refused(campaign: str, channels: list[str]) -> None:
    """As the command refuses it."""
    with pytest.raises(UtmforgeError):
        plan_links("https://shop.example/x", campaign=campaign, channels=channels)


def test_the_script_makes_500_links() -> None:
    """It runs as documented; a second run issues nothing new."""
    Path("examples").symlink_to(ROOT / "examples")
    words = [sys.executable, "examples/newsletter_links.py", "links.db"]
    first = subprocess.run(words, capture_output=True, text=True, check=True)
    again = subprocess.run(words, capture_output=True, text=True, check=True)

    assert len(set(first.stdout.split())) == 500
    assert again.stdout == first.stdout
    with Registry.open("links.db") as registry:
        assert {link.author for link in registry.links()} == {"newsletter script"}
