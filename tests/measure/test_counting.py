"""Hits → visits, previews, scanners, goals: each case has a link of its own in one log."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measure.log_lines import BROWSER, GOOGLEBOT, IMESSAGE, START, TELEGRAM, WHATSAPP, hit
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
    from pathlib import Path

    from utmforge.measure.reading import LogReading

HEAD = "HEAD"
POST = "POST"
FILE = CampaignFile(goals={"order": Goal("/thanks*"), "call": Goal("/call-me")})


def target(name: str) -> str:
    """Return what is asked for by the link of a case."""
    return f"/{name}?utm_source=news&utm_medium=email&utm_campaign=spring&utm_content={name}"


class Ask(NamedTuple):
    """A request of a case; a page that begins with `@` is the link of that case."""

    after: float
    page: str = "@"
    who: int = 0
    agent: str | None = None
    method: str = "GET"
    status: int = 200
    network: int = 1


class Found(NamedTuple):
    """What is counted of a case's link."""

    visits: int = 0
    visitors: int = 0
    previews: int = 0
    goals: dict[str, int] = {}  # noqa: RUF012 - never changed


APPS = (Ask(0, agent=WHATSAPP), Ask(0, agent=TELEGRAM))
MINUTES = 60
CASES: dict[str, tuple[Found, list[Ask]]] = {
    "one-page": (Found(1, 1), [Ask(0)]),
    "pages": (Found(1, 1), [Ask(0), Ask(600, "/shop"), Ask(1200, "/shop/can")]),
    "reload": (Found(1, 1), [Ask(0), Ask(2), Ask(1700)]),
    "half-an-hour": (Found(1, 1), [Ask(0), Ask(1800, "/shop"), Ask(3600)]),
    "more-than-half": (Found(2, 1), [Ask(0), Ask(1801)]),
    "comes-back-untagged": (Found(1, 1), [Ask(0), Ask(3600, "/shop")]),
    "untagged-then-again": (Found(2, 1), [Ask(0), Ask(3600, "/shop"), Ask(3700)]),
    "untagged-first": (Found(1, 1), [Ask(0, "/shop"), Ask(30)]),
    "other-tags": (Found(2, 1), [Ask(0), Ask(60, "@other"), Ask(120)]),
    "other": (Found(1, 1), []),
    "two-people": (Found(2, 2), [Ask(0), Ask(1, who=1)]),
    "two-networks": (Found(2, 2), [Ask(0), Ask(1, network=2)]),
    "redirects": (
        Found(1, 1),
        [Ask(0, status=301), Ask(0, status=308), Ask(1), Ask(5, "/shop")],
    ),
    "redirect-loses-tags": (Found(1, 1), [Ask(0, status=302), Ask(1, "/landed")]),
    "redirect-elsewhere": (Found(), [Ask(0, status=302)]),
    "not-modified": (Found(1, 1), [Ask(0, status=304)]),
    "no-such-page": (Found(), [Ask(0, status=404), Ask(9, status=500)]),
    "post": (Found(), [Ask(0, method=POST)]),
    "head": (Found(), [Ask(0, method=HEAD)]),
    "head-then-get": (Found(), [Ask(0, method=HEAD), Ask(59)]),
    "head-long-before": (Found(1, 1), [Ask(0, method=HEAD), Ask(61)]),
    "bots": (Found(), [Ask(0, agent=GOOGLEBOT), Ask(1, agent="curl/8.5.0"), Ask(2, agent="-")]),
    "preview": (Found(previews=1), [Ask(0, agent=WHATSAPP)]),
    "preview-repeats": (Found(previews=1), [Ask(n * 300, agent=WHATSAPP) for n in range(5)]),
    "preview-later": (Found(previews=2), [Ask(0, agent=WHATSAPP), Ask(601, agent=WHATSAPP)]),
    "preview-picture": (
        Found(previews=1),
        [Ask(0, agent=WHATSAPP), Ask(1, "/hero.jpg", agent=WHATSAPP)],
    ),
    "preview-of-two-apps": (Found(previews=2), list(APPS)),
    "preview-of-two-people": (
        Found(previews=2),
        [Ask(0, agent=WHATSAPP), Ask(1, agent=WHATSAPP, network=2)],
    ),
    "preview-imessage": (Found(previews=1), [Ask(0, agent=IMESSAGE), Ask(0, agent=IMESSAGE)]),
    "preview-untagged": (Found(), [Ask(0, "/untagged", agent=WHATSAPP)]),
    "scanner": (Found(), [Ask(0), Ask(2, "@scanner-b"), Ask(5, "@scanner-c")]),
    "scanner-b": (Found(), []),
    "scanner-c": (Found(), []),
    "slow": (Found(1, 1), [Ask(0), Ask(3, "@slow-b"), Ask(6, "@slow-c")]),
    "slow-b": (Found(1, 1), []),
    "slow-c": (Found(1, 1), []),
    "opens-two": (Found(1, 1), [Ask(0), Ask(1, "@opens-two-b")]),
    "opens-two-b": (Found(1, 1), []),
    "goals": (
        Found(1, 1, 0, {"order": 1, "call": 1}),
        [Ask(0), Ask(9, "/thanks"), Ask(12, "/thanks"), Ask(15, "/thanks/42"), Ask(20, "/call-me")],
    ),
    "goal-twice": (
        Found(2, 1, 0, {"order": 2}),
        [Ask(0), Ask(9, "/thanks"), Ask(4000), Ask(4009, "/thanks/")],
    ),
    "goal-later": (Found(1, 1), [Ask(0), Ask(1900, "/thanks")]),
    "goal-redirect": (Found(1, 1), [Ask(0), Ask(9, "/thanks", status=302)]),
    "goal-post": (Found(1, 1), [Ask(0), Ask(9, "/thanks", method=POST)]),
    "no-goal": (Found(1, 1), [Ask(0), Ask(9, "/no-thanks")]),
}


def lines() -> list[str]:
    """Return the log of all cases: each has its own people, so that none meets another."""
    found = []
    for place, (name, (_, asks)) in enumerate(CASES.items()):
        for ask in asks:
            page = ask.page
            if page.startswith("@"):
                page = target(page[1:] or name)
            found.append(
                hit(
                    page,
                    after=ask.after,
                    agent=ask.agent or BROWSER.format(100 * place + ask.who),
                    method=ask.method,
                    status=ask.status,
                    network=f"{place + 1}.{ask.network}",
                )
            )
    return found


def counted(
    text: str, registry: Registry, folder: Path, *by: str, file: CampaignFile = FILE
) -> tuple[LogReading, Counts]:
    """Return what a log holds."""
    path = folder / "access.log"
    path.write_text(text)
    with open_database() as connection:
        reading = load(connection, [open_log(path)])
        days = period(None, None, UTC, reading.first_ts or 0, reading.last_ts or 0)
        return reading, count(DuckDBEngine(connection), registry, file, days, by)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """A registry with a link for each case."""
    registry = Registry.open(tmp_path_factory.mktemp("registry") / "registry.db")
    links = [
        make_link(
            f"https://shop.example/{name}", Tags("news", "email", "spring", name), channel="email"
        )
        for name in CASES
    ]
    issue(links, registry)
    return registry


@pytest.fixture(scope="module")
def counts(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Counts:
    """The counts of all cases."""
    return counted("".join(lines()), registry, tmp_path_factory.mktemp("log"), "content")[1]


@pytest.mark.parametrize("name", CASES)
def test_a_case(name: str, counts: Counts) -> None:
    """Visits, visitors, previews and goals of its link."""
    visits = counts.visits.get((name,))
    found = Found(
        visits.visits if visits else 0,
        visits.visitors if visits else 0,
        sum(counts.previews.get((name,), {}).values()),
        dict(counts.goals.get((name,), {})),
    )

    assert found == CASES[name][0]


def test_apps_of_previews(counts: Counts) -> None:
    """iMessage says that it is Facebook and Twitter."""
    assert set(counts.previews["preview-of-two-apps",]) == {"WhatsApp", "Telegram"}
    assert "iMessage" in next(iter(counts.previews["preview-imessage",]))


def test_a_visit_with_several_goals_converted_once(counts: Counts) -> None:
    """The rate is that of visits, not of goals."""
    assert counts.converted["goals",].visits == 1


def test_what_is_not_a_view_has_a_kind(counts: Counts) -> None:
    """Each is counted under its kind."""
    kinds: Counter[str] = Counter()
    for (kind, _), hits in counts.excluded.items():
        kinds[kind] += hits

    assert kinds == {
        "preview": sum(
            1 for _, asks in CASES.values() for ask in asks
            if ask.agent in {WHATSAPP, TELEGRAM, IMESSAGE} and ask.page != "/hero.jpg"
        ),
        "bot": 3,
        "probe": 3,
        "method": 2,
        "failed": 2,
        "scanner": 4,
        "asset": 1,
    }  # fmt: skip


PAGES = ("/", "/shop", "/x.css", "/robots.txt", "/feed.xml", "/app.js.map", "/api/v1", "/thanks")
AGENTS = (*(BROWSER.format(n) for n in range(3)), WHATSAPP, IMESSAGE, GOOGLEBOT, "-", "curl/8.5.0")


@settings(max_examples=12)
@given(
    asks=st.lists(
        st.tuples(
            st.integers(0, 30 * 3600) | st.integers(0, 20),
            st.sampled_from([*PAGES, *map(target, list(CASES)[:4]), "/?utm_source=x&utm_medium=y"]),
            st.sampled_from(AGENTS),
            st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "PUT"]),
            st.sampled_from([200, 200, 200, 206, 301, 302, 304, 404, 500, 101]),
        ),
        min_size=1,
        max_size=150,
    )
)
def test_each_used_line_is_a_view_a_redirect_or_excluded(
    asks: list[tuple[int, str, str, str, int]],
    registry: Registry,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Nothing is lost and nothing counted twice, whatever the log; also of a part of it."""
    text = "".join(
        hit(page, after=after, agent=agent, method=method, status=status)
        for after, page, agent, method, status in asks
    )
    path = tmp_path_factory.mktemp("log") / "access.log"
    path.write_text(text)
    day = START.date()
    for since, until in ((None, None), (day, day)):
        with open_database() as connection:
            reading = load(connection, [open_log(path)])
            rejected = sum(one.count for one in reading.rejected)
            assert reading.lines_read == reading.lines_used + rejected
            days = period(since, until, UTC, reading.first_ts or 0, reading.last_ts or 0)
            counts = count(DuckDBEngine(connection), registry, FILE, days, ("day",))
            excluded = sum(counts.excluded.values())
            assert reading.lines_used == counts.views + counts.redirects + excluded


def test_visits_are_the_same_whatever_they_are_counted_by(
    registry: Registry, tmp_path: Path
) -> None:
    """Sums by campaign, channel, content, link, page and day."""
    sums = set()
    for by in ("campaign", "channel", "content", "link", "page", "day"):
        _, counts = counted("".join(lines()), registry, tmp_path, by)
        goals = sum(sum(one.values()) for one in counts.goals.values())
        previews = sum(sum(one.values()) for one in counts.previews.values())
        sums.add((sum(one.visits for one in counts.visits.values()), goals, previews))

    expected = [found for found, _ in CASES.values()]
    assert sums == {
        (
            sum(one.visits for one in expected),
            sum(sum(one.goals.values()) for one in expected),
            sum(one.previews for one in expected),
        )
    }
