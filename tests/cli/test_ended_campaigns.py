"""A campaign whose last day has passed takes no new links."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.issued_links import NEW
from tests.conftest import Result, Run


@pytest.fixture(autouse=True)
def issued(run: Run, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two links are there, in a file and on a server."""
    monkeypatch.setenv("UTMFORGE_REGISTRY", place)
    run(*NEW, "sms,email")


def campaign(work: Path, ends: datetime, timezone: str = "UTC") -> None:
    """Write a campaign that ends on a day."""
    (work / "campaigns.toml").write_text(
        f'[workspace]\ntimezone = "{timezone}"\n'
        f'[campaigns.autumn]\nlanding_page = "https://x.example/"\n'
        f'channels = ["sms"]\nends = {ends:%Y-%m-%d}\n'
    )


def test_a_campaign_that_has_ended_takes_no_new_links(run: Run, work: Path) -> None:
    """By name, by its tag, in bulk; what it has is handed out; `--ended` says otherwise."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    campaign(work, yesterday)
    refused = run("new", "autumn")
    assert refused == Result(
        2,
        "",
        f'error: campaign "autumn" ended on {yesterday:%Y-%m-%d} and takes no new links\n'
        "hint: change its end date in campaigns.toml, or use --ended to issue them anyway\n",
    )
    assert run("build", "autumn").exit_code == 2
    assert run("build") == Result(
        0,
        "",
        "issued 0 links for autumn\n"
        "warning: left out 1 link of a campaign that has ended (--ended)\n",
    )
    assert run("build", "--check").exit_code == 0
    assert run("new", "https://x.example/2", "-c", "Autumn", "-C", "sms").exit_code == 2
    (work / "pages.txt").write_text("https://x.example/3\n")
    bulk = run("new", "--from", "pages.txt", "-c", "autumn", "-C", "sms")
    assert (bulk.exit_code, bulk.stdout) == (0, "")
    assert "left out 1 link of a campaign that has ended" in bulk.stderr
    assert run("list", "-c", "autumn").stdout == ""
    assert run("new", "autumn", "--ended").exit_code == 0
    assert run("new", "autumn").exit_code == 0


def test_a_campaign_s_last_day_is_a_day_of_its_own_time_zone(run: Run, work: Path) -> None:
    """On the last day it is not over yet."""
    campaign(work, datetime.now(UTC), "Etc/GMT+12")
    assert run("new", "autumn", "--dry-run").exit_code == 0
    campaign(work, datetime.now(UTC) + timedelta(days=400))
    assert run("new", "autumn", "--dry-run").exit_code == 0
