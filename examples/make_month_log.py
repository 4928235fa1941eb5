"""Write four weeks of the invented shop's log: enough to estimate what was shared in private.

    python examples/make_month_log.py > month.log

One page has an issued link for WhatsApp; others are passed on without tags. No person is in it: see
make_access_log.py, which it stands on.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from make_access_log import Shop

FIRST_DAY = datetime(2026, 3, 2, tzinfo=UTC)
DAYS = 28
ROSES = "/garden/how-to-prune-roses"
TAGS = "?utm_source=whatsapp&utm_medium=message&utm_campaign=2026-roses"
PAGES = (
    ROSES,
    "/garden/watering-cans-compared",
    *(f"/garden/what-to-plant-with-{name}" for name in ("peas", "leeks", "beans", "tomatoes")),
    *(f"/garden/how-to-store-{name}-in-winter" for name in ("dahlias", "apples", "tools")),
)
SEARCHED, TYPED, SHARED, PROGRAMS = 160, 10, 5, 8
"""Visits from search engines, typed or bookmarked, links passed on, and programs, each day."""
WITH_PREVIEW = 0.7
LOADS = 0.95
"""The chance that a browser loads the style, and has it not kept."""
_WHATSAPP = "WhatsApp/2.24.20.89 A"


class Drawn(NamedTuple):
    """Who asks for a page."""

    address: str
    agent: str


class Month(Shop):
    """Draws the requests of four weeks."""

    def write(self) -> None:
        """Draw all of them."""
        for day in range(DAYS):
            start = FIRST_DAY + timedelta(days=day)
            for _ in range(SEARCHED):
                self.come(self.at(start), self.page(), "any", "https://www.google.com/")
            for _ in range(TYPED):
                self.come(self.at(start), self.page(), "any")
            for _ in range(PROGRAMS):
                self.hit(self.at(start), self.address(), self.page(), self.agent("desktop"))
            for _ in range(SHARED):
                self.pass_on(self.at(start), self.page())
            self.pass_on(self.at(start), ROSES + TAGS)

    def at(self, day: datetime) -> datetime:
        """Return a time of a day, most likely in the evening."""
        return day + timedelta(hours=self.random.triangular(6, 23.9, 19))

    def page(self) -> str:
        """Return a page; the first ones are more popular."""
        return PAGES[min(int(self.random.expovariate(0.3)), len(PAGES) - 1)]

    def pass_on(self, time: datetime, target: str) -> None:
        """Log a pasted link: mostly its preview, then those who got it."""
        if self.random.random() < WITH_PREVIEW:
            self.hit(time, self.address(), target, _WHATSAPP)
        for _ in range(min(60, int(self.random.lognormvariate(1.2, 0.9)))):
            later = time + timedelta(hours=self.random.expovariate(1 / 8))
            self.come(later, target, "phone")

    def come(self, time: datetime, target: str, kind: str, referrer: str = "-") -> None:
        """Log a visit: the page, and mostly its style."""
        visitor = Drawn(self.address(), self.agent(kind))
        self.hit(time, visitor.address, target, visitor.agent, referrer)
        if self.random.random() < LOADS:
            time += timedelta(seconds=1)
            self.hit(time, visitor.address, "/style.css", visitor.agent, "https://shop.example/")


def main() -> None:
    """Write the log in the order of its times."""
    month = Month(7)
    month.write()
    sys.stdout.writelines(f"{line}\n" for _, line in sorted(month.lines))


if __name__ == "__main__":
    main()
