"""What is pasted and opened to share a link: its message, its share links, its limits, its SMS.

    link + message ─► ready ─► ReadyLink

>>> from utmforge.issuing.make import make_link
>>> from utmforge.model import Tags
>>> link = make_link("https://shop.example/", Tags("sms", "sms", "spring"), channel="sms")
>>> ready(link, "20 % off: {link}", app="sms").deep_links["ios"][:44]
'sms:&body=20%20%25%20off%3A%20https%3A%2F%2F'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import PublicShortener, quoted
from utmforge.share.apps import ADDRESS, App, Platform, app_of
from utmforge.share.message import message_faults, place_link, shorteners_in, words_without_link
from utmforge.share.sms import Price, Sms, in_gsm7, measure_sms
from utmforge.urls.sites import host_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from utmforge.model import TaggedLink

SMS = "sms"


class Limit(NamedTuple):
    """How much of what an app takes is used."""

    name: str
    """What is limited, such as `WhatsApp message`."""
    used: int
    """The characters used."""
    most: int
    """The characters that are possible."""


class ReadyLink(NamedTuple):
    """A link with all that is needed to share it."""

    link: TaggedLink
    """The link."""
    app: App
    """The app that it is shared with."""
    message: str
    """The message with the link in its place."""
    deep_links: Mapping[Platform, str | None]
    """The share link of each platform. None: the platform has none."""
    limits: tuple[Limit, ...] = ()
    """What the app limits."""
    sms: Sms | None = None
    """How it is sent by SMS. None: it is not."""
    cost: Decimal | None = None
    """What sending it by SMS costs. None: no price is given."""
    faults: tuple[tuple[str, str], ...] = ()
    """What may be wrong with the message's `{link}`, each with the next step."""
    subject: str | None = None
    """The subject of the mail. None: there is none, or the app takes none."""

    @property
    def exceeded(self) -> list[Limit]:
        """The limits that it exceeds."""
        return [one for one in self.limits if one.used > one.most]

    def deep_link(self, platform: Platform | None = None) -> str | None:
        """Return the share link of a platform. None: there is none.

        Args:
            platform: The platform. None: any, the web first.
        """
        if platform is not None:
            return self.deep_links[platform]
        return next(filter(None, (self.deep_links[one] for one in ("web", "ios", "android"))), None)

    def for_phone(self, platform: Platform | None = None) -> str | None:
        """Return the share link for a code that people scan with a phone. None: there is none.

        Args:
            platform: The platform. None: any phone; where they differ, the form that both accept.
        """
        if platform is not None:
            return self.deep_links[platform]
        ios, android = self.deep_links["ios"], self.deep_links["android"]
        return ios if ios == android else self.deep_link()


def ready(
    link: TaggedLink,
    message: str | None,
    *,
    app: str | None,
    price: Price | None = None,
    ascii_only: bool = False,
    subject: str | None = None,
) -> ReadyLink:
    """Return a link with all that is needed to share it.

    Args:
        link: The link.
        message: The words to send with it, which may contain `{link}`. None: the link alone.
        app: The built-in channel of the app. None: there is none.
        price: The price of an SMS. None: not known.
        ascii_only: Replace the characters of an SMS that are not in its usual alphabet.
        subject: The subject, for an app that takes one. None: there is none.

    Raises:
        PublicShortener: It is for SMS, and contains a link of a public shortener.
    """
    is_sms = app == SMS
    if is_sms:
        refuse_shorteners(link, message)
        if ascii_only and message:
            message = in_gsm7(message)
    faults = tuple(message_faults(message or ""))
    text = place_link(message, link.url)
    words = words_without_link(message)
    how = app_of(app)
    subject = subject if how.with_subject else None
    deep_links = how.deep_links(text, text if words is None else words, link.url, subject)
    sms = measure_sms(text) if is_sms else None
    cost = price.of(sms.segments) if sms and price else None
    limits = _limits(how, text, deep_links)
    return ReadyLink(link, how, text, deep_links, limits, sms, cost, faults, subject)


def _limits(app: App, text: str, deep_links: Mapping[Platform, str | None]) -> tuple[Limit, ...]:
    longest = max((len(one) for one in deep_links.values() if one), default=0)
    return tuple(
        Limit(name, longest, most)
        if name == ADDRESS
        else Limit(f"{app.title} {name}", len(text), most)
        for name, most in app.limits.items()
    )


def refuse_shorteners(link: TaggedLink, message: str | None) -> None:
    """Refuse an SMS with a link of a public shortener.

    Raises:
        PublicShortener: It has one.
    """
    found = shorteners_in(f"https://{host_of(link.url)}/ {message or ''}")
    if found:
        raise PublicShortener(
            f"the SMS for link {link.id} contains {quoted(found[0])}, a public link shortener: "
            "carriers block such messages, because most of them are spam",
            hint="use the landing page itself, or a short address on your own domain",
        )
