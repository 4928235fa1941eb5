"""User agents: a person, a link preview or a bot."""

import csv
import re
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import MeasuringError
from utmforge.measure.classify import crawlers
from utmforge.measure.classify.bots import FALSE_CRAWLER_PATTERNS
from utmforge.measure.classify.inapp_browsers import IN_APP_BROWSERS
from utmforge.measure.classify.preview_fetchers import PREVIEW_FETCHERS
from utmforge.measure.classify.user_agents import Agent, classify_agent

with (Path(__file__).parents[2] / "data/user_agents.csv").open(
    encoding="utf-8", newline=""
) as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['agent'][:40]}…{row['agent'][-30:]}")
def test_the_labelled_table(row: dict[str, str]) -> None:
    """Every user agent of the table has its kind, its app and its device."""
    found = classify_agent(row["agent"])

    assert (found.kind, found.app or "", found.device) == (row["kind"], row["app"], row["device"])


def test_the_table_has_some_of_everything() -> None:
    """Hundreds of rows, no two the same, and nearly every app."""
    kinds = Counter(row["kind"] for row in ROWS)
    apps = {row["app"] for row in ROWS}

    assert len({row["agent"] for row in ROWS}) == len(ROWS)
    assert min(kinds["human"], kinds["preview"], kinds["bot"]) > 50
    assert {fetcher.app for fetcher in PREVIEW_FETCHERS} - apps == {
        *("XING", "Medium", "Buffer", "Coda", "Gadu-Gadu"),
    }
    assert {browser.app for browser in IN_APP_BROWSERS} - apps == {"QQ", "Alipay"}


@pytest.mark.parametrize(
    ("agent", "rule"),
    [
        (None, "no user agent"),
        (" ", "no user agent"),
        ("-", "no user agent"),
        ("WhatsApp/2.23.20.0 A", "link preview"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605 Mobile/15E148 [FBAN/FBIOS]", "in-app browser"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:125.0) Gecko/20100101 Firefox/125.0", "browser"),
        ("YahooMailProxy; https://help.yahoo.com/kb/", "mail proxy"),
        ("Barracuda Sentinel (EE)", "mail scanner"),
        ("Microsoft Office/16.0 (Windows NT 10.0; Pro)", "mail or office program"),
        ("curl/8.5.0", "HTTP library"),
        (
            "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
            "search engine",
        ),
        ("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "SEO crawler"),
        ("GPTBot/1.2", "AI crawler"),
        ("Feedbin feed-id:2005098 - 2 subscribers", "feed reader"),
        ("Mozilla/5.0 (compatible; SomeNewBot/0.1)", "other bot"),
        ("Hexometer", "not a browser"),
        ("Mozilla/5.0", "not a browser"),
    ],
)
def test_each_kind_has_its_rule(agent: str | None, rule: str) -> None:
    """The words by which a report counts what it leaves out."""
    assert classify_agent(agent).rule == rule


def test_the_crawlers_own_examples_are_not_people() -> None:
    """Except four of the list's own, which are people's browsers."""
    people = [
        entry["pattern"]
        for entry in CRAWLER_USER_AGENTS_DATA
        for example in entry["instances"]
        if classify_agent(example).kind == "human"
    ]

    assert sorted(people) == [r"AP3A\.240617\.008", r"Code\/1\.", "Fluid", "MetaIAB Facebook"]


def test_the_false_patterns_are_in_the_list() -> None:
    """When the list drops one of them, so can we."""
    assert {entry["pattern"] for entry in CRAWLER_USER_AGENTS_DATA} >= FALSE_CRAWLER_PATTERNS


@pytest.mark.parametrize(
    "piece",
    ["x", "Mozilla/5.0 (", "a@", "Sogou ", "bot", "-", "facebookexternalhit", "Viber ", "("],
)
def test_a_long_user_agent_takes_no_time(piece: str) -> None:
    """Nothing is quadratic, and what is too long is not read."""
    classify_agent("warm up")
    start = time.perf_counter()

    classify_agent("Mozilla/5.0 (Macintosh " + piece * 300_000)

    assert time.perf_counter() - start < 0.5


def test_many_agents_are_fast() -> None:
    """Five thousand take 0.4 s on an idle machine; the limit is for a busy one."""
    agents = [
        f"Mozilla/5.0 (Linux; Android {at % 9 + 6}; SM-G{at}B) AppleWebKit/537.36"
        f" Chrome/{at % 60 + 80}.0.{at}.0 Mobile Safari/537.36"
        for at in range(5_000)
    ]
    classify_agent("warm up")
    start = time.process_time()

    kinds = {classify_agent(agent) for agent in agents}

    assert time.process_time() - start < 2
    assert kinds == {Agent("human", "browser", None, "mobile")}


@given(st.text() | st.sampled_from([row["agent"] for row in ROWS]))
def test_any_text_has_one_answer(text: str) -> None:
    """The same each time; an app only for previews and people."""
    found = classify_agent(text)

    assert found == classify_agent(text)
    assert found.rule
    assert found.app is None or found.kind in {"human", "preview"}
    assert found.device == "other" or found.kind == "human"


def test_without_the_list_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install."""
    monkeypatch.setitem(sys.modules, "crawleruseragents", None)
    crawlers._crawlers.cache_clear()
    try:
        with pytest.raises(MeasuringError) as caught:
            classify_agent("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/125.0")
    finally:
        crawlers._crawlers.cache_clear()

    assert str(caught.value) == "telling bots from people needs crawler-user-agents"
    assert caught.value.hint == "pip install 'utmforge[measure]'"


def test_the_list_of_crawlers_finds_what_its_patterns_find() -> None:
    """RE2 reads them as Python does, for whom the list is made."""
    listed = [
        (re.compile(entry["pattern"]), agent)
        for entry in CRAWLER_USER_AGENTS_DATA
        if entry["pattern"] not in FALSE_CRAWLER_PATTERNS
        for agent in entry["instances"]
    ]
    found = [agent for pattern, agent in listed if pattern.search(agent)]

    assert len(found) > 2000
    assert [agent for agent in found if crawlers.crawler_kind(agent) is None] == []
