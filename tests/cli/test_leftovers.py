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


@pytest.mark.usefixtures("changed")
def test_lint_warns_of_links_left_behind(run: Run) -> None:
    """In the line of the campaign, with the ids, until they are retired."""
    run("build")
    ids = ", ".join(link["id"] for link in links(run)[:2])
    found = run("lint")

    assert found.exit_code == 1
    assert found.stdout == (
        'campaigns.toml:1: warning UTM705 left-behind: 2 links in use of "spring" are not in the '
        f"file: {ids}\n    hint: utmforge build --retire-leftovers retires them and names the new "
        "links; if they are still right, ignore UTM705 for the campaign, with a reason\n"
    )
    in_github = run("lint", "campaigns.toml", "-F", "github").stdout
    assert in_github.startswith("::warning file=campaigns.toml,line=1,title=UTM705 left-behind::")
    assert run("lint", "--issued", "--select", "UTM705").stdout == found.stdout
    assert run("lint", "--ignore", "UTM705").exit_code == 0
    run("build", "--retire-leftovers")
    assert run("lint").exit_code == 0


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize(
    "suppression",
    [
        '[lint]\nignore = { UTM705 = "made by hand, too" }\n',
        '[campaigns.spring.lint]\nignore = { UTM705 = "made by hand, too" }\n',
    ],
)
def test_the_rule_can_be_suppressed(run: Run, suppression: str) -> None:
    """For the file or for a campaign, with a reason."""
    run("build")
    with Path("campaigns.toml").open("a") as file:
        file.write(suppression)

    assert run("lint").exit_code == 0


@pytest.mark.usefixtures("changed")
def test_lint_compares_only_the_campaign_file_in_use(run: Run) -> None:
    """Not links, another file, or a file without a registry; a broken registry is said."""
    Path("links.txt").write_text(
        "https://shop.example/a?utm_source=x&utm_medium=sms&utm_campaign=s"
    )
    assert run("lint", "links.txt").exit_code == 0
    Path("other.toml").write_text(Path("campaigns.toml").read_text())
    assert run("lint", "other.toml").exit_code == 0
    assert run("lint", "--file", "other.toml").exit_code == 1
    assert run("lint", "--registry", "none.db").exit_code == 0
    assert not Path("none.db").exists()
    Path("broken.db").write_text("no registry")
    broken = run("lint", "--registry", "broken.db", "--select", "UTM705")
    assert broken.exit_code == 0
    assert "warning: links left behind were not looked for: " in broken.stderr


@pytest.mark.usefixtures("changed")
def test_a_fixed_file_is_compared_as_it_will_be(run: Run) -> None:
    """A value that `--fix` writes otherwise makes another link."""
    text = Path("campaigns.toml").read_text().replace("/b", "/a") + "contents = ['Top']\n"
    Path("campaigns.toml").write_text(text)
    run("build", "--retire-leftovers")
    Path("campaigns.toml").write_text(text.replace("Top", "Hero Image"))
    run("build", "--retire-leftovers")

    assert "UTM705" not in run("lint").stdout
    assert "UTM705" not in run("lint", "--fix").stdout


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


SPRING = """\
[campaigns.spring]
landing_page = "https://shop.example/a"
channels = ["sms", "email"]
"""
SUMMER = SPRING.replace("spring", "summer")
RENAMED = (
    'warning: "summer" has the links of "spring", which is not in campaigns.toml: 2 links are in '
    "use under the old name\nhint: if you renamed it: utmforge rename spring summer retires them "
    "and names their successors\n"
)


def test_a_campaign_renamed_by_hand_is_told(run: Run) -> None:
    """Before and while its new links are issued; with a command that finishes the job."""
    Path("campaigns.toml").write_text(SPRING)
    run("build")
    Path("campaigns.toml").write_text(SUMMER)
    for words in (("build", "--check"), ("build", "--dry-run"), ("build",)):
        assert RENAMED in run(*words).stderr
    assert "under the old name" not in run("build").stderr
    assert run("rename", "spring", "summer", "--yes").exit_code == 0
    assert [link["state"] for link in links(run)] == ["retired", "retired", "issued", "issued"]


@pytest.mark.parametrize(
    "now",
    [
        SPRING + SUMMER,
        SUMMER.replace("/a", "/b"),
        SUMMER.replace("email", "whatsapp"),
        SUMMER + 'contents = ["hero"]\n',
    ],
)
def test_another_campaign_is_not_taken_for_it(run: Run, now: str) -> None:
    """The old one is there still; or it has other pages, channels or contents."""
    Path("campaigns.toml").write_text(SPRING)
    run("build")
    Path("campaigns.toml").write_text(now)

    assert "under the old name" not in run("build").stderr
