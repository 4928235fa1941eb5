"""Write examples/access.log: three weeks of an invented shop, as its web server logged them.

    python examples/make_access_log.py > examples/access.log

Run `utmforge build --file examples/campaigns.toml` first if you want to measure it. No person is in
it: the addresses are private ones (10.0.0.0/8), the visits are drawn from a fixed random seed.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 20, 5, 0, tzinfo=UTC)
"""When the campaign begins."""
DAYS = 14
"""How long its links are opened."""
BEFORE = 7
AFTER = 14
"""Days of the log before the campaign, and from its beginning on."""
GOES_ON = 0.3
"""The share of visits with a second page."""

CAMPAIGN = "utm_campaign=2026-spring-sale&utm_id=spr26"
LINKS = {
    # channel: (query, agents, visits, share that orders)
    "newsletter": ("utm_source=weekly-newsletter&utm_medium=email", "any", 64, 0.11),
    "sms": ("utm_source=sms&utm_medium=sms", "phone", 21, 0.05),
    "whatsapp": ("utm_source=whatsapp&utm_medium=message", "phone", 48, 0.21),
    "messenger": ("utm_source=messenger&utm_medium=message", "messenger", 26, 0.08),
}
PAGES = ("/", "/spring", "/garden/watering-cans", "/garden/how-to-prune-roses")
GUIDES = (
    # page, visits by searchers a day, days on which people pass it on in private
    ("/garden/watering-cans", 4.0, (2, 3, 8, 10, 14, 18)),
    ("/garden/how-to-prune-roses", 3.5, (1, 5, 9, 10, 13, 17, 19)),
    ("/garden/soil-for-tomatoes", 3.0, (7, 15)),
    ("/garden/lawn-in-march", 3.0, ()),
    ("/garden/raised-beds-step-by-step", 2.5, ()),
)
TYPED = 0.12
"""Visits to guides by bookmarks and typed addresses, for each by a searcher."""
PASSED_ON = (6, 15)
"""People who open a guide on a day on which it is passed on, at least and at most."""

_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS {0}_{1} like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/{0}.{1} Mobile/15E148 Safari/604.1"
)
_ANDROID = (
    "Mozilla/5.0 (Linux; Android {0}; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{1}.0.0.0 Mobile Safari/537.36"
)
_DESKTOP = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{1}.0.0.0 Safari/537.36"
)
_MESSENGER = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS {0}_{1} like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Mobile/15E148 [FBAN/MessengerForiOS;FBAV/{1}2.0.0.30.110]"
)
_CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


class Shop:
    """Draws the requests of a week."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - not a secret
        self.lines: list[tuple[datetime, str]] = []

    def hit(
        self,
        time: datetime,
        address: str,
        target: str,
        agent: str,
        referrer: str = "-",
        *,
        method: str = "GET",
        status: int = 200,
    ) -> None:
        """Log one request."""
        at = time.strftime("%d/%b/%Y:%H:%M:%S +0000")
        size = self.random.randrange(900, 40_000) if method == "GET" else 0
        request = f'"{method} {target} HTTP/2.0" {status} {size}'
        self.lines.append((time, f'{address} - - [{at}] {request} "{referrer}" "{agent}"'))

    def some_time(self) -> datetime:
        """Return a time of the campaign; more in the first days."""
        day = min(int(self.random.expovariate(0.28)), DAYS - 1)
        return START + timedelta(days=day, seconds=self.random.randrange(17 * 3600))

    def address(self) -> str:
        """Return a private address."""
        return "10." + ".".join(str(self.random.randrange(1, 255)) for _ in range(3))

    def agent(self, kind: str) -> str:
        """Return a browser."""
        if kind == "any":
            kind = self.random.choice(("phone", "desktop"))
        text = {
            "phone": self.random.choice((_IPHONE, _ANDROID)),
            "desktop": _DESKTOP,
            "messenger": _MESSENGER,
        }[kind]
        return text.format(self.random.randrange(15, 19), self.random.randrange(120, 144))

    def visit(
        self,
        target: str,
        agent: str,
        referrer: str = "-",
        *,
        orders: bool = False,
        time: datetime | None = None,
    ) -> None:
        """Log a visit: the page, its style, perhaps another page, perhaps an order."""
        time, address = time or self.some_time(), self.address()
        site = "https://shop.example/"
        self.hit(time, address, target, agent, referrer)
        self.hit(time + timedelta(seconds=1), address, "/style.css", agent, site)
        if orders or self.random.random() < GOES_ON:
            time += timedelta(seconds=self.random.randrange(20, 300))
            self.hit(time, address, "/basket", agent, site)
        if orders:
            time += timedelta(seconds=self.random.randrange(60, 400))
            self.hit(time, address, "/thank-you", agent, site)

    def campaign(self) -> None:
        """Log the visits and previews of the issued links."""
        for channel, (query, kind, visits, rate) in LINKS.items():
            target = f"/spring?ref=mail&{query}&{CAMPAIGN}"
            if channel == "whatsapp":
                target += "&utm_content=story"
            for number in range(visits):
                page = target
                if channel == "messenger" and number % 4 == 0:
                    page += "&fbclid=IwAR" + "".join(self.random.choices("abcdef012345", k=20))
                orders = self.random.random() < rate
                self.visit(page, self.agent(kind), orders=orders)
            if channel in {"whatsapp", "messenger"}:
                self.previews(channel, target, visits // 3)
        misspelt = "utm_source=weekly-newsletter&utm_medium=email&utm_campaign=2026-spring-slae"
        for _ in range(13):
            self.visit(f"/spring?{misspelt}", self.agent("any"))

    def previews(self, channel: str, target: str, shares: int) -> None:
        """Log the preview that an app fetches when a link is pasted, and its picture."""
        agent = {
            "whatsapp": "WhatsApp/2.24.20.89 A",
            "messenger": "facebookexternalhit/1.1 "
            "(+http://www.facebook.com/externalhit_uatext.php)",
        }[channel]
        for _ in range(shares):
            time, address = self.some_time(), self.address()
            self.hit(time, address, target, agent)
            self.hit(time + timedelta(seconds=1), address, "/spring.jpg", agent)

    def everyday(self) -> None:
        """Log ordinary days: searchers, the home page typed, guides, and who passes them on."""
        google = "https://www.google.com/"
        for day in range(BEFORE + AFTER):
            begins = START + timedelta(days=day - BEFORE)

            def some_time(begins: datetime = begins) -> datetime:
                return begins + timedelta(seconds=self.random.randrange(16 * 3600))

            for _ in range(self.random.randrange(4, 9)):
                self.visit("/", self.agent("any"), google, time=some_time())
            for _ in range(self.random.randrange(3, 7)):
                self.visit("/", self.agent("any"), time=some_time())
            for page, visits, passed_on in GUIDES:
                for _ in range(round(self.random.gauss(visits, 1))):
                    self.visit(page, self.agent("any"), google, time=some_time())
                    if self.random.random() < TYPED:
                        self.visit(page, self.agent("any"), time=some_time())
                if day in passed_on:
                    self.pass_on(page, begins + timedelta(hours=self.random.randrange(2, 8)))
            for _ in range(2):
                self.hit(some_time(), "10.66.0.1", self.random.choice(PAGES), _CRAWLER)

    def pass_on(self, page: str, time: datetime) -> None:
        """Log a guide that is pasted in a chat without tags, and the people who open it there."""
        address = self.address()
        self.hit(time, address, page, "WhatsApp/2.24.20.89 A")
        self.hit(time + timedelta(seconds=1), address, "/garden/guide.jpg", "WhatsApp/2.24.20.89 A")
        for _ in range(self.random.randrange(*PASSED_ON)):
            opened = time + timedelta(seconds=self.random.randrange(60, 8 * 3600))
            self.visit(page, self.agent("phone"), time=opened)
        for _ in range(2):
            opened = time + timedelta(seconds=self.random.randrange(60, 8 * 3600))
            self.visit(page, self.agent("desktop"), "https://web.whatsapp.com/", time=opened)

    def scanners(self) -> None:
        """Log three mail scanners that open every link, and a probe."""
        for _ in range(3):
            time, address = self.some_time(), self.address()
            agent = self.agent("desktop")
            for number in range(4):
                query = f"{LINKS['newsletter'][0]}&{CAMPAIGN}&utm_content=part-{number}"
                self.hit(time + timedelta(seconds=number % 2), address, f"/spring?{query}", agent)
        self.hit(self.some_time(), "10.9.8.7", "/wp-login.php", "curl/8.5.0", status=404)


def main() -> None:
    """Write the log."""
    shop = Shop(20)
    shop.campaign()
    shop.scanners()
    shop.everyday()
    shop.lines.sort()
    sys.stdout.writelines(f"{line}\n" for _, line in shop.lines)


if __name__ == "__main__":
    main()
