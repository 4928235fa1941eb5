"""Sites whose private sharing is known: who came how, drawn from a seed, as page-days or as a log.

A site has deep pages, some more popular than others. People come from the web, type or bookmark
addresses, start an app, or get a link from another person; programs without a name come too. A
link that is pasted in a messenger has its preview fetched, unless the sender has switched previews
off; then those who got it come, most of them within hours.

The settings make that harder than it usually is. In the last two the estimate fails.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import defaultdict
from datetime import UTC, datetime
from math import exp, sqrt
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.measure.dark_social.estimate import PageDay

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = 86_400
HOUR = 3_600
START = 1_788_220_800
"""2026-09-01, a Tuesday, 00:00 UTC."""
SATURDAY = 4
"""Days from the start to the first Saturday."""
_LOADS = 0.93
"""The chance that a person's browser loads a style; of those who come back it is lower."""
_CAME_BACK = 0.6
_PROGRAM = 0.08
_MOST_IN_A_GROUP = 300
_MANY = 200
"""From here on a Poisson number is drawn as a normal one."""
_VIRAL = 3
"""Times a day's known visits that one page has on its viral day."""

Kind = Literal["known", "typed", "bookmark", "app start", "bot", "newsletter", "app", "private"]


class Setting(NamedTuple):
    """How a site is."""

    name: str
    days: int = 28
    pages: int = 60
    known: float = 600
    """Visits from the web a day."""
    typed: float = 0.08
    """Typed visits for each visit from the web; it differs from page to page."""
    bookmarks: float = 0
    """Visits a day to each of eight pages that people have bookmarked."""
    app_starts: float = 0
    """Visits a day to the page that an app begins with."""
    bots: float = 20
    """Visits a day of programs that call themselves browsers; five times as many now and then."""
    shares: float = 8
    """Links that are pasted a day; each brings one visit or many."""
    off: float = 0.5
    """The share of senders who have switched previews off."""
    idle_previews: float = 2
    """Previews a day of links that are never opened."""
    has_weekends: bool = False
    """At weekends fewer come from the web, more is shared, and bookmarks rest."""
    has_viral_day: bool = False
    has_newsletters: bool = False
    """Once a week; its links lost their tags, and readers paste them."""
    hidden: float = 0
    """Posts a day in a public app that hides its referrers and fetches previews."""


_HARD = {
    "bots": 80.0,
    "typed": 0.2,
    "bookmarks": 5.0,
    "app_starts": 50.0,
    "has_weekends": True,
    "has_viral_day": True,
    "has_newsletters": True,
}
_NONE = {"shares": 0.0, "idle_previews": 4.0}
SETTINGS = (
    Setting("previews off for 0 %", off=0),
    Setting("previews off for 50 %"),
    Setting("previews off for 90 %", off=0.9),
    Setting("many bots without referrers", bots=150),
    Setting("much typed", typed=0.35),
    Setting("bookmarks", bookmarks=8),
    Setting("app starts", app_starts=120),
    Setting("weekends", has_weekends=True),
    Setting("a viral day", has_viral_day=True),
    Setting("newsletters without tags", has_newsletters=True),
    Setting("a small site", known=100, bots=8, shares=3),
    Setting("a large site", known=2500, bots=120, shares=30, pages=120),
    Setting("all of it, off for 50 %", **_HARD),  # type: ignore[arg-type] # fields
    Setting("all of it, off for 90 %", off=0.9, **_HARD),  # type: ignore[arg-type] # fields
    Setting("nothing shared", **_NONE),  # type: ignore[arg-type] # fields
    Setting("nothing shared, a viral day", has_viral_day=True, **_NONE),  # type: ignore[arg-type] # fields
    Setting("nothing shared, newsletters", has_newsletters=True, **_NONE),  # type: ignore[arg-type] # fields
    Setting("nothing shared, all of it", **(_HARD | _NONE)),  # type: ignore[arg-type] # fields
)
FAILING = (
    Setting("a public app hides referrers", hidden=2),
    Setting("nothing shared, a public app", hidden=2, **_NONE),  # type: ignore[arg-type] # fields
)
"""Posts in an app that sends no referrer look just like private messages."""


class Visit(NamedTuple):
    """A visit that begins on a deep page."""

    ts: float
    """Seconds from the start."""
    page: int
    kind: Kind
    is_loaded: bool
    """Whether the browser loads a style."""


class Site(NamedTuple):
    """What happened on a site."""

    visits: tuple[Visit, ...]
    previews: tuple[tuple[float, int], ...]
    """Second and page."""

    @property
    def truth(self) -> int:
        """Return the visits that private sharing brought."""
        return sum(visit.kind == "private" for visit in self.visits)


def draw(setting: Setting, seed: int) -> Site:
    """Return a site as it is in a setting."""
    return _Drawing(setting, seed).site()


class _Drawing:
    def __init__(self, setting: Setting, seed: int) -> None:
        self._random = random.Random(f"{setting.name} {seed}")  # noqa: S311 - not a secret
        self._setting = setting
        self._pages = range(setting.pages)
        weights = [(at + 1) ** -0.8 for at in self._pages]
        self._weights = [weight / sum(weights) for weight in weights]
        self._typed = [setting.typed * exp(self._random.gauss(0, 0.6)) for _ in self._pages]
        self._bookmarked = [self._random.choice(self._pages) for _ in range(8)]
        self._viral_day = self._random.randrange(5, setting.days - 3)
        self._viral_page = self._random.randrange(setting.pages // 2)
        self._mailed = self._random.randrange(7)
        self._visits: list[Visit] = []
        self._previews: list[tuple[float, int]] = []

    def site(self) -> Site:
        for day in range(self._setting.days):
            self._web(day)
            self._habits(day)
            self._programs(day)
            self._sharing(day)
            if self._setting.has_newsletters and day % 7 == self._mailed:
                self._newsletter(day)
            for _ in range(self._poisson(self._setting.hidden)):
                self._post(day)
        end = self._setting.days * DAY
        return Site(
            tuple(visit for visit in self._visits if visit.ts < end),
            tuple(preview for preview in self._previews if preview[0] < end),
        )

    def _is_weekend(self, day: int) -> bool:
        return self._setting.has_weekends and (day - SATURDAY) % 7 in {0, 1}

    def _web(self, day: int) -> None:
        """Add visits from the web, and typed ones: about as many for each of them."""
        usual = (0.55 if self._is_weekend(day) else 1) * exp(self._random.gauss(0, 0.1))
        for page, weight in enumerate(self._weights):
            known = self._poisson(
                self._setting.known * weight * usual * exp(self._random.gauss(0, 0.35))
            )
            if self._setting.has_viral_day and page == self._viral_page:
                part = {0: 1.0, 1: 1 / 3}.get(day - self._viral_day, 0)
                known += self._poisson(part * _VIRAL * self._setting.known)
            for _ in range(known):
                self._visit(day, page, "known")
            more = 1.3 if self._is_weekend(day) else 1
            for _ in range(self._poisson(self._typed[page] * known * more)):
                self._visit(day, page, "typed")

    def _habits(self, day: int) -> None:
        rest = 0.3 if self._is_weekend(day) else 1
        for page in self._bookmarked:
            for _ in range(self._poisson(self._setting.bookmarks * rest)):
                self._visit(day, page, "bookmark", _CAME_BACK)
        for _ in range(self._poisson(self._setting.app_starts)):
            self._visit(day, self._setting.pages - 1, "app start", _CAME_BACK)

    def _programs(self, day: int) -> None:
        is_burst = not self._random.randrange(10)
        for _ in range(self._poisson(self._setting.bots) * (5 if is_burst else 1)):
            self._visit(day, self._random.choice(self._pages), "bot", _PROGRAM)

    def _sharing(self, day: int) -> None:
        shares = self._setting.shares * (1.5 if self._is_weekend(day) else 1)
        for _ in range(self._poisson(shares)):
            self._share(day, self._some_page())
        for _ in range(self._poisson(self._setting.idle_previews)):
            self._previews.append((self._time(day, 20), self._some_page()))
        if self._setting.has_viral_day and day == self._viral_day:
            for _ in range(20 if self._setting.shares else 0):
                self._share(day, self._viral_page)
            self._previews += [(self._time(day, 15), self._viral_page) for _ in range(15)]

    def _share(self, day: int, page: int) -> None:
        """Paste a link: perhaps its preview, then the visits of those who got it."""
        at = self._time(day, 20)
        if self._random.random() >= self._setting.off:
            self._previews.append((at, page))
        for _ in range(min(_MOST_IN_A_GROUP, int(exp(self._random.gauss(1, 1))))):
            self._visit_at(at + self._random.expovariate(1 / (9 * HOUR)), page, "private")

    def _newsletter(self, day: int) -> None:
        for page in self._random.choices(self._pages, k=2):
            for _ in range(self._poisson(120)):
                at = day * DAY + 8 * HOUR + self._random.expovariate(1 / (10 * HOUR))
                self._visit_at(at, page, "newsletter")
            for _ in range(self._poisson(2)):
                if self._setting.shares:
                    self._share(day, page)
                else:
                    self._previews.append((day * DAY + 15 * HOUR, page))

    def _post(self, day: int) -> None:
        """Post a link in a public app that sends no referrer."""
        at, page = self._time(day, 15), self._some_page()
        self._previews.append((at, page))
        for _ in range(self._poisson(15)):
            self._visit_at(at + self._random.expovariate(1 / (6 * HOUR)), page, "app")

    def _some_page(self) -> int:
        return self._random.choices(self._pages, self._weights)[0]

    def _time(self, day: int, hour: float) -> float:
        """Return a second of a day, most likely in an hour."""
        return day * DAY + self._random.triangular(6 * HOUR, DAY - 1, hour * HOUR)

    def _visit(self, day: int, page: int, kind: Kind, loads: float = _LOADS) -> None:
        self._visit_at(self._time(day, 19), page, kind, loads)

    def _visit_at(self, ts: float, page: int, kind: Kind, loads: float = _LOADS) -> None:
        self._visits.append(Visit(ts, page, kind, self._random.random() < loads))

    def _poisson(self, mean: float) -> int:
        if mean <= 0:
            return 0
        if mean > _MANY:
            return max(0, round(self._random.gauss(mean, sqrt(mean))))
        count, left, least = -1, 1.0, exp(-mean)
        while left > least:
            left *= self._random.random()
            count += 1
        return count


def page_days(site: Site) -> list[PageDay]:
    """Return what the statements of `measure/sql` would count of a site."""
    pasted: dict[int, list[float]] = defaultdict(list)
    for ts, page in sorted(site.previews):
        pasted[page].append(ts)
    table: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * 7)
    for ts, page, kind, is_loaded in site.visits:
        at = bisect_right(pasted.get(page, []), ts) - 1
        is_after = at >= 0 and ts - pasted[page][at] <= DAY
        row = table[page, int(ts // DAY)]
        if kind == "known":
            row[2] += 1
            row[3] += is_loaded
            row[5] += is_after
        else:
            row[0] += 1
            row[1] += is_loaded
            row[4] += is_loaded and is_after
    for ts, page in site.previews:
        table[page, int(ts // DAY)][6] += 1
    return [
        PageDay._make((path_of(page), day, *row, int(row[2] > 0)))
        for (page, day), row in table.items()
    ]


def path_of(page: int) -> str:
    """Return the path of a page: no one types it."""
    return f"/guide/how-to-care-for-garden-plant-number-{page}"


_BROWSER = (
    "Mozilla/5.0 ({0}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{1}.0.{2}.0 {3}Safari/537.36"
)
_DEVICES = (("Linux; Android 10; K", "Mobile "), ("Windows NT 10.0; Win64; x64", ""))
_PHONE = {"known": 0.5, "private": 0.8}
"""The chance that a visit is on a phone; of all others it is 0.4."""


def log_lines(site: Site, seed: int) -> Iterator[str]:
    """Yield the site's log in the combined format; no two visitors share an agent and a network."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    lines: list[tuple[float, str]] = []
    for number, (ts, page, kind, is_loaded) in enumerate(site.visits):
        system, mobile = _DEVICES[chance.random() >= _PHONE.get(kind, 0.4)]
        agent = _BROWSER.format(system, 100 + number % 40, number // 40, mobile)
        ip = f"10.{number % 251}.{number % 241}.{number % 239}"
        referrer = "https://www.google.com/" if kind == "known" else "-"
        lines.append((ts, _line(ts, ip, path_of(page), referrer, agent)))
        if is_loaded:
            own = f"https://garden.example{path_of(page)}"
            lines.append((ts + 1, _line(ts + 1, ip, "/style.css", own, agent)))
    for number, (ts, page) in enumerate(site.previews):
        ip = f"172.{16 + number % 16}.{number % 256}.7"
        lines.append((ts, _line(ts, ip, path_of(page), "-", "WhatsApp/2.24.20.89 A")))
    for _, line in sorted(lines):
        yield line


def _line(ts: float, ip: str, target: str, referrer: str, agent: str) -> str:
    at = datetime.fromtimestamp(START + int(ts), UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
    return f'{ip} - - [{at}] "GET {target} HTTP/1.1" 200 512 "{referrer}" "{agent}"\n'
