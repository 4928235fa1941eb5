"""Days as people type them."""

import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from utmforge.cli.days import days_of
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.registry import Registry
from utmforge.registry.location import registry_place

TODAY = date(2026, 3, 31)  # a Tuesday

DAYS = {
    "2026-03-20": ("2026-03-20", "2026-03-20"),
    "2026/03/20": ("2026-03-20", "2026-03-20"),
    "2026-02": ("2026-02-01", "2026-02-28"),
    "10/2026": ("2026-10-01", "2026-10-31"),
    "2024": ("2024-01-01", "2024-12-31"),
    "2026-W14": ("2026-03-30", "2026-04-05"),
    "today": ("2026-03-31", "2026-03-31"),
    "Yesterday": ("2026-03-30", "2026-03-30"),
    "hier": ("2026-03-30", "2026-03-30"),
    "this week": ("2026-03-30", "2026-04-05"),
    "last week": ("2026-03-23", "2026-03-29"),
    "last-month": ("2026-02-01", "2026-02-28"),
    "this  month": ("2026-03-01", "2026-03-31"),
    "last year": ("2025-01-01", "2025-12-31"),
    "7 days ago": ("2026-03-24", "2026-03-24"),
    "7d": ("2026-03-24", "2026-03-24"),
    "2 weeks": ("2026-03-17", "2026-03-17"),
    "1 month ago": ("2026-02-28", "2026-02-28"),
    "2 years ago": ("2024-03-31", "2024-03-31"),
    "20/03/2026": ("2026-03-20", "2026-03-20"),
    "01/10/2026": ("2026-10-01", "2026-10-01"),
    "03/20/2026": ("2026-03-20", "2026-03-20"),
    "01.10.2026": ("2026-10-01", "2026-10-01"),
    "2026.03.20": ("2026-03-20", "2026-03-20"),
    "2026-03-20T10:00": ("2026-03-20", "2026-03-20"),
    "2026-03-20 10:00:00": ("2026-03-20", "2026-03-20"),
    "Oct 2025": ("2025-10-01", "2025-10-31"),
    "october": ("2025-10-01", "2025-10-31"),
    "February": ("2026-02-01", "2026-02-28"),
    "1 Oct": ("2025-10-01", "2025-10-01"),
    "March 5, 2026": ("2026-03-05", "2026-03-05"),
    "5th march": ("2026-03-05", "2026-03-05"),
    "sept 2025": ("2025-09-01", "2025-09-30"),
    "2026-Q1": ("2026-01-01", "2026-03-31"),
    "Q4 2025": ("2025-10-01", "2025-12-31"),
    "last quarter": ("2025-10-01", "2025-12-31"),
    "this quarter": ("2026-01-01", "2026-03-31"),
    "last 7 days": ("2026-03-24", "2026-03-31"),
    "past 2 weeks": ("2026-03-17", "2026-03-31"),
    "tuesday": ("2026-03-24", "2026-03-24"),
    "last monday": ("2026-03-30", "2026-03-30"),
    "gestern": ("2026-03-30", "2026-03-30"),
    "now": ("2026-03-31", "2026-03-31"),
}


@pytest.mark.parametrize(("text", "days"), DAYS.items())
def test_what_a_text_means(text: str, days: tuple[str, str]) -> None:
    """The first day and the last one."""
    found = days_of(text, TODAY)

    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat()) == days


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2026-02-30", "2026-13", "31/31/2026", "2026-W60", "20263", "next month"),
        *("9999 years ago", "0000", "1/2", "29/02/2026", "2026-3-5"),
        *("feb 30", "mon", "last", "5 march 6", "q5 2026", "last soon", "mayday 2026"),
    ],
)
def test_what_means_nothing(text: str) -> None:
    """Days that no calendar has, and other words."""
    assert days_of(text, TODAY) is None


@given(st.text(alphabet="0123456789-/. dwmyago", max_size=14), st.dates())
def test_any_text_is_days_or_none(text: str, today: date) -> None:
    """The first is never after the last."""
    found = days_of(text, today)

    assert found is None or found.first <= found.last


@pytest.mark.parametrize(
    ("zone", "until", "links"),
    [
        ("America/Chicago", "01/10/2026", 0),
        ("Europe/Paris", "01/10/2026", 1),
        (None, "1/10/2026", 1),
    ],
)
def test_the_order_of_the_workspace(run: Run, zone: str | None, until: str, links: int) -> None:
    """The month comes first in the time zones of the United States, the day elsewhere."""
    issue(["2026-03-20T12:00:00Z"])
    if zone:
        Path("campaigns.toml").write_text(f"[workspace]\ntimezone = '{zone}'\n")

    assert run("list", "--until", until).stdout.count("\n") == links


def issue(moments: Iterable[str]) -> None:
    """Issue a link at each of these moments."""
    with Registry.open(registry_place(None, os.environ), create=True) as registry:
        for number, moment in enumerate(moments):
            link = make_link(f"https://x.example/{number}", Tags("a", "b", "c"))
            registry.add([link], now=datetime.fromisoformat(moment))


ISSUED = {
    "2026-11-26T10:59:59Z": "26",  # in Auckland, 13 hours east
    "2026-11-26T11:00:00Z": "27",
    "2026-11-27T10:59:59Z": "27",
    "2026-11-27T11:00:00Z": "28",
}


def test_days_are_those_of_the_workspace(run: Run) -> None:
    """A link is listed on the day on which it was issued where its people are."""
    issue(ISSUED)
    every = run("list", "--since", "2026-11-27", "--until", "2026-11-27")
    assert every.stdout.count("\n") == 2
    Path("campaigns.toml").write_text("[workspace]\ntimezone = 'Pacific/Auckland'\n")
    for day in ("26", "27", "28"):
        listed = run("list", "--since", f"2026-11-{day}", "--until", f"2026-11-{day}")
        expected = [number for number, at in enumerate(ISSUED) if ISSUED[at] == day]
        assert [int(line.split("?")[0][-1]) for line in listed.stdout.splitlines()] == expected


def test_a_word_for_a_channel_filters_too(run: Run) -> None:
    """Unless links have that word as their channel."""
    new = ("new", "https://x.example/", "-c", "spring")
    run(*new, "-C", "facebook,sms")
    assert run("list", "-C", "fb").stdout.count("utm_source=facebook") == 1
    with Registry.open(registry_place(None, os.environ), create=True) as registry:
        registry.add([make_link("https://x.example/", Tags("a", "b", "c"), channel="fb")])
    assert "utm_source=a" in run("list", "-C", "fb").stdout
    assert run("list", "-C", "fb").stdout.count("\n") == 1
