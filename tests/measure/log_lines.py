"""Lines of a log in the combined format, by people who differ in their browsers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 23, 10, tzinfo=UTC)
BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.{0}.0 Safari/537.36"
)
WHATSAPP = "WhatsApp/2.24.20.89 A"
TELEGRAM = "TelegramBot (like TwitterBot)"
IMESSAGE = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) "
    "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def hit(  # noqa: PLR0913 - one for each field of a line
    target: str,
    *,
    who: int = 0,
    after: float = 0,
    start: datetime = START,
    referrer: str = "-",
    agent: str | None = None,
    method: str = "GET",
    status: int = 200,
    network: str = "10.1",
) -> str:
    """Return a line.

    Args:
        target: What is asked for.
        who: The number of a person, who has a browser of their own.
        after: Seconds after `start`.
        start: When the log begins.
        referrer: Where the person was before.
        agent: Instead of the person's browser.
        method: How it is asked for.
        status: How the server answered.
        network: The first half of the address.
    """
    time = (start + timedelta(seconds=after)).strftime("%d/%b/%Y:%H:%M:%S +0000")
    agent = BROWSER.format(who) if agent is None else agent
    return (
        f'{network}.7.9 - - [{time}] "{method} {target} HTTP/1.1" {status} 512 "{referrer}" '
        f'"{agent}"\n'
    )


def visitors(target: str, number: int, *, first: int = 0, referrer: str = "-") -> list[str]:
    """Return a hit by each of so many people.

    Args:
        target: What they ask for.
        number: How many they are.
        first: The number of the first of them.
        referrer: Where they were before.
    """
    return [hit(target, who=first + at, after=60 * at, referrer=referrer) for at in range(number)]
