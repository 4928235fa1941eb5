"""Writing campaigns.toml: every byte that was there stays."""

import stat
import tomllib
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE
from utmforge.campaigns.editor import add_campaign, with_aliases
from utmforge.campaigns.reader import load_campaigns
from utmforge.errors import CampaignFileBroken, CampaignFileInvalid, OutputFileError

VALUES = {"landing_page": "https://x.example/", "channels": ["sms"], "term": 'a "b" \\ é'}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "BOM"])
def test_a_campaign_is_added_behind_everything(start: str, end: str) -> None:
    """Comments, blank lines, line ends and mode stay; the new table ends its lines alike."""
    before = start + EXAMPLE.read_text().replace("\n", end).rstrip()
    path = Path("campaigns.toml")
    path.write_bytes(before.encode())
    path.chmod(0o640)
    before_campaign = load_campaigns(path).campaigns["2026-spring-sale"]
    add_campaign(path, "2026-x y", VALUES)
    after = path.read_bytes().decode()
    file = load_campaigns(path)

    assert after.startswith(before)
    assert after.count("\n") == after.count(end)
    assert file.campaigns["2026-spring-sale"] == before_campaign
    assert file.campaigns["2026-x y"].tags.campaign == "2026-x-y"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_is_begun(work: Path) -> None:
    """With the one campaign."""
    add_campaign(Path("campaigns.toml"), "a.b", VALUES)

    assert list(load_campaigns("campaigns.toml").campaigns) == ["a.b"]
    assert [path.name for path in work.iterdir()] == ["campaigns.toml"]


def test_what_would_not_be_read_back_is_not_written(work: Path) -> None:
    """The file is as it was, and nothing lies beside it."""
    path = Path("campaigns.toml")
    path.write_text(EXAMPLE.read_text())
    with pytest.raises(CampaignFileInvalid):
        add_campaign(path, "spring", VALUES)

    assert path.read_text() == EXAMPLE.read_text()
    assert [each.name for each in work.iterdir()] == ["campaigns.toml"]


def test_a_link_to_a_file_stays_a_link(work: Path) -> None:
    """The file it leads to is changed."""
    (work / "real").mkdir()
    (work / "real" / "c.toml").write_text("# mine\n")
    Path("campaigns.toml").symlink_to("real/c.toml")
    add_campaign(Path("campaigns.toml"), "a", VALUES)

    assert Path("campaigns.toml").is_symlink()
    assert (work / "real" / "c.toml").read_text().startswith("# mine\n\n[campaigns.a]\n")


def test_a_folder_that_is_not_there() -> None:
    """Said, with the path."""
    with pytest.raises(OutputFileError, match="cannot write"):
        add_campaign(Path("no/campaigns.toml"), "a", VALUES)


ALIASES = {"source": {"fb": "facebook", "a b": "a-b"}, "medium": {"e_mail": "email"}}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize(
    "before",
    [
        "",
        "# nothing yet",
        EXAMPLE.read_text(),
        '[convention.source]\naliases = { ig = "instagram" }  # mine\n\n[campaigns]\n',
        '[convention.source.aliases]\nig = "instagram"  # mine\n\n# theirs\n[campaigns]\n',
        '[convention]\ncase = "lower"\nsource = { case = "lower" }  # mine\n',
        'convention.source.case = "lower"  # mine\n[campaigns]\n',
        "[convention.medium]\n[campaigns]\n[convention.source]\nmax_length = 20 # mine\n",
    ],
)
def test_aliases_are_added(before: str, start: str, end: str) -> None:
    """Every line that was there stays, in its order, and what is read has these and no other."""
    text = start + before.replace("\n", end)
    after = with_aliases(text, ALIASES)
    wanted = tomllib.loads(before)
    for field, added in ALIASES.items():
        rule = wanted.setdefault("convention", {}).setdefault(field, {})
        rule["aliases"] = rule.get("aliases", {}) | added

    assert tomllib.loads(after.removeprefix("\ufeff")) == wanted
    assert after.startswith(start)
    assert "\n" not in text or after.count("\n") == after.count(end)
    lines = iter(after.splitlines())
    assert all(
        any(line == kept or (line[:7] == "aliases" == kept[:7]) for kept in lines)
        for line in text.splitlines()
        if "source = {" not in line
    )
    assert with_aliases(after, ALIASES) == after


def test_no_room_for_aliases() -> None:
    """The file is one inline table."""
    with pytest.raises(CampaignFileBroken):
        with_aliases('convention = { case = "lower" }\n', ALIASES)
