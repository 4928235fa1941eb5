"""One run: issued links, suppressions and dates."""

from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.registry import Registry
from utmforge.registry.rows import to_row

BASE = "https://shop.example/?"


GOOD = f"{BASE}utm_source=news&utm_medium=email&utm_campaign=spring"


LOUD = f"{BASE}utm_source=News&utm_medium=email&utm_campaign=spring"


SPRING = (
    '[campaigns.spring]\nlanding_page = "https://shop.example/"\nchannels = ["email"]\n'
    "starts = 2026-03-20\nends = 2026-04-15\n"
)


def test_the_registry(run: Run) -> None:
    """Issued links have findings, and names of files are compared with issued ones."""
    run("new", "https://shop.example/", "-c", "spring-sale", "-C", "telegram")
    own = run("lint", "--issued", "--select", "UTM410,UTM103")
    Path("links.txt").write_text(
        f"{BASE}utm_source=news&utm_medium=email&utm_campaign=sping-sale\n"
    )
    near = run("lint", "links.txt", "--issued", "--select", "UTM702")

    assert own.exit_code == 0
    assert own.stderr == "nothing found in 1 link\n"
    assert near.stdout.startswith(
        'links.txt:1:1: warning UTM702 near-duplicate: campaign "sping-sale" is nearly '
        '"spring-sale"'
    )


def test_suppressions(run: Run) -> None:
    """On the line, on the line before, in the file, in a campaign, on the command line."""
    Path("links.txt").write_text(
        f"{LOUD} # utmforge: ignore UTM101 the agency's own\n"
        f"# utmforge: ignore UTM101 the agency's own\n{LOUD}\n{LOUD} # utmforge: ignore UTM101\n"
    )
    result = run("lint", "links.txt", "-F", "csv").stdout
    assert [line.split(",")[0] for line in result.splitlines()[1:]] == ["UTM901"]

    Path("links.txt").write_text(f"{LOUD}\n")
    assert run("lint", "links.txt", "--ignore", "letter-case").exit_code == 0
    Path("campaigns.toml").write_text('[lint]\nignore = { UTM101 = "as agreed" }\n')
    assert run("lint", "links.txt").exit_code == 0
    Path("campaigns.toml").write_text(
        '[campaigns.spring]\nlanding_page = "https://shop.example/"\nchannels = ["email"]\n'
        'lint = { ignore = { UTM101 = "as agreed" } }\n'
    )
    assert run("lint", "links.txt").exit_code == 0


@pytest.mark.parametrize(
    ("issued_at", "timezone", "day"),
    [
        ("2026-03-01T00:00:00+00:00", None, None),  # links are made ahead of the first day
        ("2026-04-15T23:59:59+00:00", None, None),  # in time, and right for as long as it is used
        ("2026-04-16T00:00:00+00:00", None, "2026-04-16"),
        ("2026-04-16T01:30:00+02:00", None, None),
        ("2026-04-16T03:59:59+00:00", "America/New_York", None),
        ("2026-04-16T04:00:00+00:00", "America/New_York", "2026-04-16"),
        ("2026-04-15T15:00:00+00:00", "Asia/Tokyo", "2026-04-16"),
    ],
)
def test_an_issued_link_is_outside_the_dates_when_it_was_issued_after_them(
    run: Run, issued_at: str, timezone: str | None, day: str | None
) -> None:
    """By the calendar that `new` goes by; one that was issued in time is never a finding."""
    workspace = f'[workspace]\ntimezone = "{timezone}"\n' if timezone else ""
    Path("campaigns.toml").write_text(workspace + SPRING)
    link = make_link("https://shop.example/", Tags("news", "email", "spring"))
    with Registry.open("links.db") as registry:
        registry.add([link], now=datetime.fromisoformat(issued_at))
    words = ("lint", "--issued", "--registry", "links.db", "--select", "UTM703")
    found = run(*words)

    assert found.stdout == (
        f'registry:{link.id}: warning UTM703 outside-its-dates: campaign "spring" ended on '
        f"2026-04-15, and the link was issued on {day}\n"
        f"    hint: utmforge retire {link.id}, or change the campaign's last day in "
        "campaigns.toml\n"
        if day
        else ""
    )
    assert found.exit_code == bool(day)
    with Registry.open("links.db") as registry:
        registry.retire([link.id], "over")
    assert run(*words).exit_code == 0


def test_an_issue_date_that_is_no_day_is_passed_over(run: Run) -> None:
    """Up to 0.2.0 an import took any digits."""
    Path("campaigns.toml").write_text(SPRING)
    link = make_link("https://shop.example/", Tags("news", "email", "spring"))
    with Registry.open("links.db") as registry:
        row = to_row(link, "2026-99-99T00:00:00Z", None)
        registry.database.write(lambda: registry.database.insert("links", [row]))

    words = ("lint", "--issued", "--registry", "links.db", "--ignore", "UTM705")
    assert run(*words).exit_code == 0


def test_a_campaign_without_a_last_day_goes_on(run: Run) -> None:
    """Nothing issued is ever outside."""
    Path("campaigns.toml").write_text(SPRING.partition("starts")[0] + "starts = 2099-01-01\n")
    run("build")

    assert run("lint", "--issued", "--select", "UTM703").stdout == ""


def test_today_is_a_day_of_the_workspace(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that goes out on the last day in Honolulu is in time, the next day in UTC or not."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls(2026, 4, 16, 5, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr("utmforge.cli.commands.lint.datetime", Clock)
    Path("links.txt").write_text(f"{GOOD}\n")
    for workspace, status in (("", 1), ('[workspace]\ntimezone = "Pacific/Honolulu"\n', 0)):
        Path("campaigns.toml").write_text(workspace + SPRING)

        assert run("lint", "links.txt", "--select", "UTM703").exit_code == status
