"""Logs whose truth is known: who came by which link, drawn from a seed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

START = datetime(2026, 3, 23, tzinfo=UTC)
GOAL = "/thank-you"
_BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.{0}.0 Safari/537.36"
)
_MESSENGER = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Mobile/15E148 [FBAN/MessengerForiOS;FBAV/{0}.0.0]"
)
_BOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "-",
)
_PREVIEWS = {
    "WhatsApp": "WhatsApp/2.24.20.89 A",
    "Telegram": "TelegramBot (like TwitterBot)",
    "Slack": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
}
_PAGES = ("/", "/garden", "/garden/how-to-prune-roses", "/shop/watering-can-5-litres")


@dataclass
class Log:
    """A log, and what is true of it."""

    lines: list[str]
    visits: Counter[str] = field(default_factory=Counter)
    """Visits of people by a link's address."""
    conversions: Counter[str] = field(default_factory=Counter)
    previews: Counter[str] = field(default_factory=Counter)
    scanned: int = 0
    """Page requests by scanners of mail."""
    bots: int = 0
    untagged: int = 0
    """Visits of people without tags."""


def draw(seed: int, urls: Sequence[str]) -> Log:
    """Return a log of two days with visits by some of these links."""
    return _Drawing(seed, urls).log()


class _Drawing:
    def __init__(self, seed: int, urls: Sequence[str]) -> None:
        self._random = random.Random(seed)  # noqa: S311 - not a secret
        self._urls = urls
        self._lines: list[tuple[datetime, int, str]] = []
        self._agents = 0
        self._log = Log([])

    def log(self) -> Log:
        for url in self._urls:
            for _ in range(self._random.randrange(25)):
                self._visit(url)
            for _ in range(self._random.randrange(6)):
                self._preview(url)
        for _ in range(self._random.randrange(5, 40)):
            self._untagged_visit()
        for _ in range(self._random.randrange(5, 40)):
            self._bot()
        for _ in range(self._random.randrange(4)):
            self._scanner()
        for _ in range(self._random.randrange(4)):
            self._probing_scanner()
        self._lines.sort()
        self._log.lines = [line for _, _, line in self._lines]
        return self._log

    def _visit(self, url: str) -> None:
        """Log a visit: perhaps a redirect first, pages, an order, a reload of the order's page."""
        self._log.visits[url] += 1
        time, address, agent = self._time(), self._address(), self._agent()
        target = self._as_it_arrives(_target(url))
        if self._random.random() < 0.1:
            self._hit(time, address, target, agent, status=301)
            target = target.replace("?", "/?", 1)
        self._hit(time, address, target, agent)
        self._hit(time, address, "/style.css", agent, referrer="https://shop.example/")
        for _ in range(self._random.randrange(4)):
            time += timedelta(seconds=self._random.randrange(5, 1500))
            self._hit(time, address, self._random.choice(_PAGES), agent, "https://shop.example/")
        if self._random.random() < 0.2:
            self._log.conversions[url] += 1
            for _ in range(self._random.randrange(1, 3)):
                time += timedelta(seconds=self._random.randrange(5, 600))
                self._hit(time, address, GOAL, agent, "https://shop.example/")
        if self._random.random() < 0.1:
            self._log.visits[url] += 1  # the same link again, an hour later
            self._hit(time + timedelta(seconds=3600), address, target, agent)

    def _as_it_arrives(self, target: str) -> str:
        """Change a link as apps and people do."""
        match self._random.randrange(8):
            case 0:
                return target + "&fbclid=IwAR" + str(self._random.random())[2:]
            case 1:
                return target.replace("&utm_", "&amp;utm_")
            case 2:
                return target.replace("utm_source", "UTM_Source")
        return target

    def _preview(self, url: str) -> None:
        app = self._random.choice(tuple(_PREVIEWS))
        time, address = self._time(), self._address()
        self._log.previews[url] += 1
        for second in range(self._random.randrange(1, 4)):
            self._hit(time + timedelta(seconds=second), address, _target(url), _PREVIEWS[app])
        self._hit(time + timedelta(seconds=3), address, "/picture.jpg", _PREVIEWS[app])

    def _untagged_visit(self) -> None:
        self._log.untagged += 1
        referrer = self._random.choice(("-", "-", "https://www.google.com/", "https://t.co/"))
        time, address, agent = self._time(), self._address(), self._agent()
        self._hit(time, address, self._random.choice(_PAGES), agent, referrer)
        self._hit(time, address, "/style.css", agent, "https://shop.example/")

    def _bot(self) -> None:
        self._log.bots += 1
        page = self._random.choice((*_PAGES, *map(_target, self._urls)))
        agent = self._random.choice(_BOTS)
        self._hit(self._time(), self._address(), page, agent)

    def _scanner(self) -> None:
        """Log all links of a mailing opened within two seconds by an ordinary agent."""
        time, address, agent = self._time(), self._address(), self._agent()
        for number, url in enumerate(self._urls):
            self._log.scanned += 1
            self._hit(time + timedelta(seconds=number % 3), address, _target(url), agent)

    def _probing_scanner(self) -> None:
        """Log a link that is asked for with HEAD, then fetched, by an ordinary agent."""
        self._log.scanned += 1
        time, address, agent = self._time(), self._address(), self._agent()
        target = _target(self._random.choice(self._urls))
        self._hit(time, address, target, agent, method="HEAD")
        self._hit(time + timedelta(seconds=2), address, target, agent)

    def _time(self) -> datetime:
        """Return a time from which no visit reaches the next day, at which visitors are new."""
        day = timedelta(days=self._random.randrange(2))
        return START + day + timedelta(seconds=self._random.randrange(14 * 3600))

    def _address(self) -> str:
        return f"10.{self._random.randrange(256)}.{self._random.randrange(256)}.9"

    def _agent(self) -> str:
        """Return a browser that no other visitor has: whole addresses are not kept."""
        self._agents += 1
        return self._random.choice((_BROWSER, _MESSENGER)).format(self._agents)

    def _hit(
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
        at = time.strftime("%d/%b/%Y:%H:%M:%S +0000")
        line = (
            f'{address} - - [{at}] "{method} {target} HTTP/1.1" {status} 512 "{referrer}" "{agent}"'
        )
        self._lines.append((time, len(self._lines), line))


def _target(url: str) -> str:
    """Return what a browser asks the host for: no fragment."""
    return "/" + url.split("/", 3)[3].split("#", 1)[0]
