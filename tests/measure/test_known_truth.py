"""Logs whose truth is known: campaign counts are exact."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from tests.measure.known_truth import GOAL, Log, draw
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.issuing.library import issue
from utmforge.issuing.make import make_link
from utmforge.measure.counting import Counts, count
from utmforge.measure.database import open_database
from utmforge.measure.duckdb_engine import DuckDBEngine
from utmforge.measure.load import load
from utmforge.measure.log_files import open_log
from utmforge.measure.periods import period
from utmforge.model import Goal, Tags
from utmforge.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from utmforge.model import TaggedLink

SEEDS = 50


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """A registry with six links of one campaign."""
    registry = Registry.open(tmp_path_factory.mktemp("registry") / "registry.db")
    page = "https://shop.example/spring?ref=mail"
    links = [
        make_link(page, Tags(source, medium, "spring", content), channel=source)
        for source, medium in (("news", "email"), ("whatsapp", "message"), ("sms", "sms"))
        for content in ("hero", "footer")
    ]
    issue(links, registry)
    return registry


def counted(log: Log, registry: Registry, folder: Path) -> Counts:
    """Return what is counted of a log, by link."""
    path = folder / "access.log"
    path.write_text("".join(f"{line}\n" for line in log.lines))
    file = CampaignFile(goals={"order": Goal(GOAL)})
    with open_database() as connection:
        reading = load(connection, [open_log(path)])
        assert reading.lines_used == len(log.lines)
        days = period(None, None, UTC, reading.first_ts or 0, reading.last_ts or 0)
        return count(DuckDBEngine(connection), registry, file, days, ("link",))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_campaign_counts_are_exact(seed: int, registry: Registry, tmp_path: Path) -> None:
    """Visits, conversions, previews, scanners and bots are those that were drawn."""
    links: Sequence[TaggedLink] = list(registry.links())
    log = draw(seed, [link.url for link in links])
    counts = counted(log, registry, tmp_path)
    urls: dict[tuple[str | None, ...], str] = {(link.id,): link.url for link in links}
    visits = Counter({urls[key]: one.visits for key, one in counts.visits.items()})
    assert visits == +log.visits
    reached = Counter({urls[key]: goals["order"] for key, goals in counts.goals.items()})
    assert reached == +log.conversions
    previews = Counter({urls[key]: sum(apps.values()) for key, apps in counts.previews.items()})
    assert previews == +log.previews
    assert counts.excluded.get(("scanner", None), 0) == log.scanned
    assert sum(n for (kind, _), n in counts.excluded.items() if kind == "bot") == log.bots
    assert sum(one.visits for one in counts.origins.values()) == log.untagged
