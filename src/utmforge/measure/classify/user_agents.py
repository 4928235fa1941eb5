"""A user agent → a person, a link preview or a bot; which app, and on what kind of device.

    none → known bots of mail and libraries, link previews → in-app browsers (people)
         → the public list of crawlers → words that bots use of themselves → a person

In-app browsers come before the crawler list, which takes some of them for crawlers.

>>> classify_agent("WhatsApp/2.23.20.0 A")
Agent(kind='preview', rule='link preview', app='WhatsApp', device='other')
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.measure.classify.bots import (
    BOT_WORDS,
    BROWSER_WORDS,
    INCOMPLETE_AGENT,
    KNOWN_BOTS,
    NOT_A_BROWSER,
    OTHER_BOT,
)
from utmforge.measure.classify.crawlers import crawler_kind
from utmforge.measure.classify.inapp_browsers import IN_APP_BROWSERS
from utmforge.measure.classify.pattern_set import PatternSet
from utmforge.measure.classify.preview_fetchers import PREVIEW_FETCHERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = Literal["human", "preview", "bot"]
Device = Literal["mobile", "tablet", "desktop", "other"]

MAX_AGENT = 2_000
"""Characters of a user agent that are read; servers accept 8,000, and browsers send about 200."""

_TABLET = re.compile(r"iPad|Tablet|PlayBook|Silk/|Kindle|Nexus (?:7|9|10)|SM-[TX]\d")
_PHONE = re.compile(
    r"iPhone|iPod|Mobile|Android|Phone|BlackBerry|BB10|Opera M|UCWEB|Symbian|Series60|MIDP|^Nokia"
    r"|^SonyEricsson|^SAMSUNG|^DoCoMo|webOS/"
)
_OTHER_DEVICE = re.compile(
    r"SMART-?TV|SmartTV|Web0S|AppleTV|Apple TV|HbbTV|BRAVIA|Roku|CrKey|PlayStation|Xbox|Nintendo"
    r"|AFT[A-Z]|GoogleTV|Android TV|Tesla"
)
_DESKTOP = re.compile(r"Windows|Macintosh|Mac OS X|X11|CrOS|Linux|BSD|SunOS|Amiga|Haiku")


class Agent(NamedTuple):
    """What a user agent says."""

    kind: Kind
    """`human`: a browser. `preview`: it fetched a pasted link. `bot`: any other program."""
    rule: str
    """Why, in the words of a report, such as `search engine`."""
    app: str | None = None
    """The app whose preview or in-app browser it is. None: not known."""
    device: Device = "other"
    """The kind of device of a person; `other` for programs."""


UNTOLD = Agent("human", "not in the log")
"""Of a log that has no user agents: who came is not known, and visits would all be missing."""
_NONE = Agent("bot", "no user agent")
_OF_BOTS, _OF_BROWSERS = range(2)
"""The places of their words."""


def classify_agent(text: str | None) -> Agent:
    """Return what a user agent is; None, empty and `-` are bots.

    Raises:
        MeasuringError: The package with the list of crawlers is not installed.
    """
    agent = (text or "").strip()[:MAX_AGENT]
    if agent in {"", "-"}:
        return _NONE
    previews, people, bots = _tables()
    lowered = agent.lower()
    if app := previews.first(lowered):
        return Agent("preview", "link preview", app)
    # A bot that imitates an app says so with its address; no app has one.
    if "://" not in agent and (app := people.first(agent)):
        return Agent("human", "in-app browser", app, device_of(agent))
    kind = bots.first(lowered) or crawler_kind(agent) or _kind_by_words(lowered)
    return Agent("bot", kind) if kind else Agent("human", "browser", None, device_of(agent))


def load_patterns() -> None:
    """Compile all patterns, to be done while there is nothing else to do.

    Raises:
        MeasuringError: The package with the list of crawlers is not installed.
    """
    _tables()
    _words()
    crawler_kind("")


def device_of(agent: str) -> Device:
    """Return the kind of device that a browser runs on."""
    if _OTHER_DEVICE.search(agent):
        return "other"
    if _TABLET.search(agent) or ("Android" in agent and "Mobile" not in agent):
        return "tablet"
    if _PHONE.search(agent):
        return "mobile"
    return "desktop" if _DESKTOP.search(agent) else "other"


def _kind_by_words(lowered: str) -> str | None:
    words, incomplete = _words()
    found = words.found_in(lowered)
    if _OF_BOTS in found:
        return OTHER_BOT
    if incomplete.fullmatch(lowered) or _OF_BROWSERS not in found:
        return NOT_A_BROWSER
    return None


class _Named:
    """Patterns with a name each."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._names, patterns = zip(*rows, strict=True)
        self._patterns = PatternSet(patterns)

    def first(self, text: str) -> str | None:
        """Return the name of the first pattern that is found in a text."""
        found = self._patterns.found_in(text)
        return self._names[found[0]] if found else None


def _in_lower_case(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield patterns for texts in lower case: faster than to ignore the letter case."""
    for name, pattern in rows:
        yield name, pattern.lower()


@cache
def _tables() -> tuple[_Named, _Named, _Named]:
    """Return the tables of previews, of in-app browsers and of bots, compiled when first used."""
    return (
        _Named(_in_lower_case(PREVIEW_FETCHERS)),
        _Named(IN_APP_BROWSERS),
        _Named(_in_lower_case(KNOWN_BOTS)),
    )


@cache
def _words() -> tuple[PatternSet, re.Pattern[str]]:
    """Return the words of bots and those of browsers, and the pattern of incomplete user agents."""
    return PatternSet((BOT_WORDS.lower(), BROWSER_WORDS)), re.compile(INCOMPLETE_AGENT)
