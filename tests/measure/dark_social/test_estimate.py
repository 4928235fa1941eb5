"""The range: its ends, what is taken off the lower one, and what it does not depend on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.dark_social.estimate import PageDay, estimate

PAGE = "/guide/how-to-prune-roses"


def page_day(
    day: int,
    loaded: int = 2,
    *,
    path: str | None = PAGE,
    known: int = 10,
    candidates: int | None = None,
    before: int = 0,
    known_loaded: int | None = None,
    previews: int = 0,
) -> PageDay:
    """Return a page-day; with previews, all but `before` came after them."""
    return PageDay(
        path,
        day,
        loaded if candidates is None else candidates,
        loaded,
        known,
        known if known_loaded is None else known_loaded,
        loaded - before if previews else 0,
        known if previews else 0,
        previews,
    )


def site(*days: PageDay, length: int = 60) -> list[PageDay]:
    """Return these days, and ordinary ones between them."""
    given_days = {each.day for each in days}
    return [*days, *(page_day(day) for day in range(length) if day not in given_days)]


def bursts(loaded: int, *, before: int = 0, known: int = 10) -> list[PageDay]:
    """Return page-days with three previews each, every fifth day."""
    return [
        page_day(day, loaded, before=before, known=known, previews=3) for day in range(2, 60, 5)
    ]


def test_nothing_at_all() -> None:
    """No visits, no range."""
    found = estimate([])

    assert (found.low, found.high, found.pages, found.quiet_page_days) == (0, 0, {}, 0)


def test_without_previews_the_lower_end_is_zero() -> None:
    """However many candidates there are."""
    found = estimate([page_day(day, 500) for day in range(60)])

    assert found.low == 0
    assert found.high == 60 * 500


def test_bursts_after_previews_are_in_the_range() -> None:
    """Twelve days on which twelve more came."""
    found = estimate(site(*bursts(14)))

    assert 0 < found.low <= 12 * 12 <= found.high
    assert found.pages[PAGE] == (found.low, found.high)


def test_as_many_after_previews_as_at_other_times_show_nothing() -> None:
    """Previews that nobody follows."""
    assert estimate(site(*bursts(2))).low == 0


def test_what_the_web_brings_more_of_is_expected() -> None:
    """Ten times the visits from the web, and ten times the typed ones."""
    assert estimate(site(*bursts(20, known=100))).low == 0


def test_a_burst_that_began_before_the_preview_does_not_count() -> None:
    """A mailing, of which someone then pasted the link."""
    assert estimate(site(*bursts(60, before=40))).low == 0


def test_one_burst_does_not_decide() -> None:
    """A thousand visits after one preview count as a few."""
    usual = bursts(14)
    sure = estimate(site(*usual)).low
    large = estimate(site(*usual[1:], page_day(2, 1_000, previews=3))).low

    assert sure / 2 < large < sure + 50


def test_one_day_is_no_proof() -> None:
    """Twelve more after one preview may be chance: days differ."""
    found = estimate(site(page_day(9, 14, previews=3)))

    assert found.low == 0
    assert found.high == 60 * 2 + 12


def test_a_page_without_quiet_days_is_not_compared() -> None:
    """A preview every day: there is nothing to compare with."""
    found = estimate([page_day(day, 50, previews=2) for day in range(60)])

    assert (found.low, found.high, found.quiet_page_days) == (0, 3_000, 0)


@pytest.mark.parametrize(
    ("candidates", "loaded", "known_loaded", "high"),
    [
        (10, 10, 10, 600),  # everybody loads styles
        (10, 5, 10, 302),  # half of the candidates are programs
        (10, 5, 5, 600),  # half of the people have styles kept: all may be people
        (10, 0, 10, 0),  # all are programs
    ],
)
def test_programs_are_taken_off_the_upper_end(
    candidates: int, loaded: int, known_loaded: int, high: int
) -> None:
    """By what browsers load and programs do not."""
    days = [
        page_day(day, loaded, candidates=candidates, known_loaded=known_loaded) for day in range(60)
    ]

    assert estimate(days).high == pytest.approx(high, abs=0)


def test_other_pages_count_for_the_upper_end_and_the_quiet_days() -> None:
    """Pages that are not looked at one by one come as one row a day."""
    others = [page_day(day, 30, path=None, known=500)._replace(page_days=40) for day in range(60)]
    found = estimate([*site(*bursts(14)), *others])

    assert found.high == 60 * 2 + 12 * 12 + 60 * 30
    assert found.quiet_page_days == 60 * 40 + 60 - 24


PAGE_DAYS = st.builds(
    page_day,
    st.integers(0, 30),
    st.integers(0, 40),
    path=st.sampled_from((None, "/one-deep-page", "/another-deep-page")),
    known=st.integers(0, 50),
    previews=st.integers(0, 3),
).map(lambda one: one if one.path else one._replace(previews=0, loaded_after=0, known_after=0))
TABLES = st.lists(PAGE_DAYS, max_size=60, unique_by=lambda one: (one.path, one.day))


@given(TABLES, st.randoms())
def test_it_is_a_range_whatever_the_order(days: list[PageDay], chance: object) -> None:
    """0 ≤ low ≤ high ≤ candidates, for the site and each page; rows in any order."""
    shuffled = list(days)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random
    found = estimate(days)

    assert estimate(shuffled).high == found.high
    assert abs(estimate(shuffled).low - found.low) <= 1  # sums of floats
    assert 0 <= found.low <= found.high <= sum(each.candidates for each in days)
    for path, (low, high) in found.pages.items():
        assert 0 <= low <= high <= sum(each.candidates for each in days if each.path == path)
