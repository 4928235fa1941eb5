"""Sites whose private sharing is known; benchmarks/dark_social.py draws 200 of each setting."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from private_sharing import DAY, FAILING, SETTINGS, START, Setting, draw, log_lines, page_days
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.measure.counting import count
from utmforge.measure.dark_social.estimate import PageDay, estimate
from utmforge.measure.database import open_database
from utmforge.measure.duckdb_engine import DuckDBEngine
from utmforge.measure.load import load
from utmforge.measure.log_files import open_log
from utmforge.measure.periods import period
from utmforge.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SEEDS = 3
LARGE = 1_000
"""Visits a day from which a setting is left to the benchmark."""
QUICK = [setting for setting in SETTINGS if setting.known < LARGE]


@pytest.mark.parametrize("setting", QUICK, ids=lambda setting: setting.name)
def test_the_range_covers_the_truth(setting: Setting) -> None:
    """In each of the unkind settings; where nothing is shared, the lower end is 0."""
    for seed in range(SEEDS):
        site = draw(setting, seed)
        found = estimate(page_days(site))

        assert found.low <= site.truth <= found.high
        assert site.truth or found.low == 0


def test_the_lower_end_is_of_use_where_previews_are_seen() -> None:
    """A third of the truth, if no one has switched previews off."""
    site = draw(SETTINGS[0], 1)

    assert estimate(page_days(site)).low > site.truth / 3


@pytest.mark.parametrize("setting", FAILING, ids=lambda setting: setting.name)
def test_it_fails_where_the_docs_say_so(setting: Setting) -> None:
    """Posts in a public app that hides its referrers count as private: no log tells them apart."""
    site = draw(setting, 0)

    assert estimate(page_days(site)).low > 0.5 * site.truth


def summed(days: Sequence[PageDay], watched: set[str]) -> dict[tuple[str | None, int], PageDay]:
    """Return page-days with those of pages that are not watched together."""
    found: dict[tuple[str | None, int], PageDay] = {}
    for each in days:
        path = each.path if each.path in watched else None
        before = found.get((path, each.day))
        sums = [a + b for a, b in zip(before[2:], each[2:], strict=True)] if before else each[2:]
        found[path, each.day] = PageDay._make((path, each.day, *sums))
    return found


@pytest.mark.parametrize("at", [1, 13])
def test_a_log_gives_the_same_page_days(at: int, tmp_path: Path) -> None:
    """What the statements count in a site's log is what is known of the site."""
    setting = SETTINGS[at]._replace(days=16, known=150, pages=25)
    site = draw(setting, 1)
    log = tmp_path / "access.log"
    log.write_text("".join(log_lines(site, 1)))
    registry = Registry.open(tmp_path / "registry.db")
    with open_database() as connection:
        reading = load(connection, [open_log(log)])
        days = period(None, None, UTC, reading.first_ts or 0, reading.last_ts or 0)
        found = count(
            DuckDBEngine(connection),
            registry,
            CampaignFile(),
            days,
            ("campaign",),
            has_sharing=True,
        )
    assert found.sharing is not None
    counted = {
        (one.path, one.day - START // DAY): one._replace(day=one.day - START // DAY)
        for one in found.sharing.page_days
    }

    assert counted == summed(page_days(site), {path for path, _ in counted if path})
    assert estimate(found.sharing.page_days).high == estimate(page_days(site)).high
