"""A shop's log, of any length and always the same; no real person is in it."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

START = 1_789_365_600  # 2026-09-14 06:00 UTC
SECONDS = 5 * 86_400
_CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 {}Safari/537.36"
_SYSTEMS = (
    ("Windows NT 10.0; Win64; x64", ""),
    ("Macintosh; Intel Mac OS X 10_15_7", ""),
    ("X11; Linux x86_64", ""),
    ("Linux; Android 10; K", "Mobile "),
    ("Linux; Android 14; SM-A546B", "Mobile "),
)
_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS {0}_{1} like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) "
)
PEOPLE = (
    *(
        _CHROME.format(system, version, mobile)
        for system, mobile in _SYSTEMS
        for version in range(100, 141)
    ),
    *(
        _IPHONE.format(major, minor) + f"Version/{major}.{minor} Mobile/15E148 Safari/604.1"
        for major in range(15, 19)
        for minor in range(7)
    ),
    *(
        _IPHONE.format(17, minor) + f"Mobile/15E148 Instagram 3{minor}1.0.0.2{build}"
        for minor in range(6)
        for build in range(10, 40)
    ),
)
PREVIEWS = (
    "WhatsApp/2.23.20.0 A",
    "WhatsApp/2",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
)
BOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "python-requests/2.32.3",
    "curl/8.9.1",
    "-",
)
REFERRERS = (
    "https://www.google.com/",
    "https://duckduckgo.com/",
    "https://l.facebook.com/",
    "https://web.whatsapp.com/",
    "android-app://com.google.android.gm/",
    "https://t.co/AbCdEf",
)
SCANS = (
    '"GET /wp-login.php HTTP/1.1" 404',
    '"GET /.env HTTP/1.1" 404',
    r'"\x16\x03\x01\x02\x00\x01\x00" 400',
    '"-" 408',
    '"HEAD / HTTP/1.1" 200',
)
SITE = "https://www.example.org"


def log_lines(count: int, seed: int = 1) -> Iterator[str]:
    """Return the lines of a shop's log, in the order of their times."""
    chance = random.Random(seed)  # noqa: S311 - a log, not a secret
    pages = [f"/guide/{word}-{number}" for number in range(150) for word in ("stove", "roof")]
    assets = [
        f"/assets/{kind}"
        for number in range(60)
        for kind in (f"app-{number:04x}.css", f"chunk-{number:04x}.js", f"photo-{number}.webp")
    ]
    tagged = [
        f"{page}?utm_source={source}&utm_medium={medium}&utm_campaign=autumn_{week}&utm_id=c{week}"
        for week in range(1, 9)
        for source, medium in (("whatsapp", "message"), ("newsletter", "email"), ("qr", "poster"))
        for page in chance.sample(pages, 6)
    ]
    for number in range(count):
        when = time.gmtime(START + number * SECONDS // count)
        stamp = time.strftime("%d/%b/%Y:%H:%M:%S +0000", when)
        kind = chance.random()
        agent, referrer, status = chance.choice(PEOPLE), "-", 200
        if kind < 0.62:
            target, referrer = chance.choice(assets), SITE + chance.choice(pages)
        elif kind < 0.84:
            target, referrer = chance.choice(pages), SITE + chance.choice(pages)
        elif kind < 0.90:
            target, referrer = chance.choice(pages), chance.choice(REFERRERS)
        elif kind < 0.93:
            target = chance.choice(tagged)
        elif kind < 0.945:
            click_id = f"fbclid=IwAR{chance.getrandbits(128):032x}"
            target = f"{chance.choice(tagged)}&{click_id}"
            referrer = "https://l.facebook.com/"
        elif kind < 0.955:
            target, agent, status = chance.choice(tagged), chance.choice(PREVIEWS), 200
        elif kind < 0.985:
            target, agent = chance.choice(pages), chance.choice(BOTS)
        else:
            agent = chance.choice(BOTS)
        request = f'"GET {target} HTTP/2.0" {status}' if kind < 0.985 else chance.choice(SCANS)
        network = chance.randrange(1 << 16)
        host = chance.randrange(1 << 14)
        if number % 4:
            ip = f"{11 + network % 180}.{network >> 8}.{host >> 8}.{host & 255}"
        else:
            ip = f"2001:db8:{network:x}::{host:x}"
        yield (f'{ip} - - [{stamp}] {request} {chance.randrange(90_000)} "{referrer}" "{agent}"\n')
