"""Page-days → the probable range of private sharing: pure arithmetic, always the same.

    high    candidates, less those that no browser made
    low     candidates within a day of a preview, beyond what the page gets otherwise; less chance

Within a day of a preview the page's candidates are compared with a forecast: the page's own ratio
of candidates to known visits at all other times, and its own ordinary day. What exceeds the
forecast came with the preview. Three things are taken off: an excess that began before the
preview; what exceeds a limit for each preview, so that one burst does not decide; and 1.96 standard
errors, by days. docs/explanation/dark-social.md has how well that holds.
"""

from __future__ import annotations

from collections import defaultdict
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING, NamedTuple

from utmforge.measure.intervals import Z_95, wilson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SHRINKAGE = 10
"""Known visits' worth of the site's ratio that is mixed into that of each page."""
_FEWEST_QUIET_DAYS = 3
"""A page with fewer days without previews has nothing to compare with."""
_SURGE = 1.5
"""From so many times the most known visits of a quiet day on, the larger forecast counts."""
_UNUSUAL = 3.0
"""Standard deviations from which candidates before a preview are a burst of their own."""
_MOST_PREVIEWS = 0.9
_LIMIT = 2.0
"""An excess counts up to twice the excess for each preview that nine in ten do not pass."""
_MOST_WEIGHT = 3.0


class PageDay(NamedTuple):
    """One deep page on one day; or all pages together that are not looked at one by one."""

    path: str | None
    """None: all other pages."""
    day: int
    candidates: int
    """Untagged visits without any sign of where they came from."""
    loaded: int
    """Those of them whose visitor loaded pictures, styles or scripts."""
    known: int
    """Visits from the public web."""
    known_loaded: int
    loaded_after: int
    """`loaded` within a day of a preview of this page."""
    known_after: int
    previews: int
    page_days: int = 1
    """Pages with known visits."""


class Range(NamedTuple):
    """From at least to at most."""

    low: int
    high: int


class Estimate(NamedTuple):
    """The range of the site and of each page, and what it stands on."""

    low: int
    high: int
    pages: Mapping[str, Range]
    loaded_share: float
    """Known visits whose visitor loaded pictures, styles or scripts, as a share."""
    known: int
    quiet_page_days: int
    """Page-days with known visits and without a preview on the day or the day before."""
    page_days: int
    """All page-days with known visits, or with a preview."""


def estimate(page_days: Sequence[PageDay]) -> Estimate:
    """Return the probable range."""
    known = sum(each.known for each in page_days)
    known_loaded = sum(each.known_loaded for each in page_days)
    browsers = wilson(known_loaded, known)
    site = _Site(page_days)
    excess, pages = site.excess()

    def at_least(by_day: Mapping[int, float]) -> int:
        low = _lower_end([by_day.get(day, 0.0) for day in site.days])
        return max(0, floor(low / browsers.high)) if browsers.high else 0

    def at_most(days: Iterable[PageDay]) -> int:
        days = list(days)
        loaded = sum(each.loaded for each in days)
        most = ceil(loaded / browsers.low) if browsers.low else loaded
        return min(sum(each.candidates for each in days), most)

    def range_of(days: Iterable[PageDay], by_day: Mapping[int, float]) -> Range:
        high = at_most(days)
        return Range(min(at_least(by_day), high), high)

    whole = range_of(page_days, excess)
    return Estimate(
        whole.low,
        whole.high,
        {path: range_of(days, pages.get(path, {})) for path, days in site.pages.items()},
        known_loaded / known if known else 0.0,
        known,
        site.quiet_page_days,
        site.page_days,
    )


def _lower_end(by_day: Sequence[float]) -> float:
    """Return a sum over days, less 1.96 of its standard errors."""
    count = len(by_day)
    if count <= 1:
        return 0.0
    total = sum(by_day)
    squares = sum((value - total / count) ** 2 for value in by_day)
    return total - Z_95 * sqrt(squares * count / (count - 1))


class _Forecast(NamedTuple):
    """What one page gets without previews."""

    ratio: float
    """Candidates for each known visit."""
    ordinary: float
    """Candidates on an ordinary day."""
    weight: float
    """How much the ratio counts against the ordinary day: whichever told quiet days better."""
    most_known: int
    quiet_known: int

    def after(self, day: PageDay) -> float:
        """Return the candidates to be expected after a preview, on the rest of its day."""
        if not day.known_after and not day.loaded_after:
            return 0.0
        by_ratio = self.ratio * day.known_after
        by_day = max(0.0, self.ordinary - (day.loaded - day.loaded_after))
        if day.known > _SURGE * self.most_known:
            return max(by_ratio, by_day)
        return self.weight * by_ratio + (1 - self.weight) * by_day

    def is_burst_before(self, day: PageDay) -> bool:
        """Tell whether the page had unusually many candidates before the preview."""
        before = day.loaded - day.loaded_after
        expected = self.ratio * (day.known - day.known_after)
        return before > expected + _UNUSUAL * sqrt(max(expected, self.ordinary) + 1)


class _Event(NamedTuple):
    """What came after previews on one page-day, beyond the forecast."""

    path: str
    day: int
    excess: float
    previews: int


class _Site:
    """The page-days of a log, by page and by day."""

    def __init__(self, page_days: Sequence[PageDay]) -> None:
        self.pages: dict[str, list[PageDay]] = defaultdict(list)
        pasted: dict[tuple[str, int], int] = defaultdict(int)
        for each in page_days:
            if each.path is not None:
                self.pages[each.path].append(each)
                if each.previews:
                    pasted[each.path, each.day] += each.previews
                    pasted[each.path, each.day + 1] += each.previews
        self.pasted = dict(pasted)
        self.days = sorted({each.day for each in page_days})
        quiet = [each for each in page_days if (each.path, each.day) not in pasted]
        self.quiet_page_days = sum(each.page_days for each in quiet)
        self.page_days = sum(each.page_days for each in page_days)
        loaded = sum(each.loaded - each.loaded_after for each in page_days)
        known = sum(each.known - each.known_after for each in page_days)
        self.ratio = loaded / max(known, 1)

    def excess(self) -> tuple[dict[int, float], dict[str, dict[int, float]]]:
        """Return the excess by day, and by page and day: its sum, and what its error stands on."""
        forecasts = {path: self._forecast(path, days) for path, days in self.pages.items()}
        events = list(self._events(forecasts))
        by_page: dict[str, dict[int, float]] = {}
        if events:
            sizes = sorted(each.excess / each.previews for each in events)
            usual = sizes[min(len(sizes) - 1, int(_MOST_PREVIEWS * len(sizes)))]
            limit = max(_LIMIT * usual, 1.0)
            for each in events:
                most = limit * each.previews
                days = by_page.setdefault(each.path, defaultdict(float))
                days[each.day] += max(-most, min(each.excess, most))
        for path, days in by_page.items():
            self._spread_error(path, forecasts[path], days)
        by_day: dict[int, float] = defaultdict(float)
        for days in by_page.values():
            for day, value in days.items():
                by_day[day] += value
        return by_day, by_page

    def _forecast(self, path: str, days: Sequence[PageDay]) -> _Forecast | None:
        """Return what a page gets without previews. None: there are too few quiet days to tell."""
        quiet = len(self.days) - sum((path, day) in self.pasted for day in self.days)
        if quiet < _FEWEST_QUIET_DAYS:
            return None
        known = sum(each.known - each.known_after for each in days)
        loaded = sum(each.loaded - each.loaded_after for each in days)
        ratio = (loaded + _SHRINKAGE * self.ratio) / (known + _SHRINKAGE)
        seen = [each for each in days if (path, each.day) not in self.pasted]
        ordinary = sum(each.loaded for each in seen) / quiet
        unseen = quiet - len(seen)
        by_ratio = 1 + sum((each.loaded - ratio * each.known) ** 2 for each in seen)
        by_day = 1 + sum((each.loaded - ordinary) ** 2 for each in seen) + unseen * ordinary**2
        most_known = max((each.known for each in seen), default=0)
        return _Forecast(ratio, ordinary, by_day / (by_ratio + by_day), most_known, known)

    def _events(self, forecasts: Mapping[str, _Forecast | None]) -> Iterable[_Event]:
        """Yield what came after previews, but not where the burst began before."""
        for path, days in self.pages.items():
            forecast = forecasts[path]
            if forecast is None:
                continue
            pasted = [each for each in days if (path, each.day) in self.pasted]
            bursts = {each.day for each in pasted if forecast.is_burst_before(each)}
            for each in pasted:
                if each.day not in bursts and each.day - 1 not in bursts:
                    excess = each.loaded_after - forecast.after(each)
                    yield _Event(path, each.day, excess, self.pasted[path, each.day])

    def _spread_error(self, path: str, forecast: _Forecast | None, days: dict[int, float]) -> None:
        """Subtract from each day what its quiet visits did to the page's forecast.

        Over all days that sums to nothing; it makes the error of the forecast part of the days'.
        """
        if forecast is None:
            return
        known_after = sum(each.known_after for each in self.pages[path] if each.day in days)
        weight = min(_MOST_WEIGHT, known_after / (forecast.quiet_known + _SHRINKAGE))
        for each in self.pages[path]:
            quiet = each.known - each.known_after
            unexplained = (each.loaded - each.loaded_after) - forecast.ratio * quiet
            days[each.day] = days.get(each.day, 0.0) - weight * unexplained
