"""Find the link in a text that was copied from a mail, an app or a document.

>>> unwrap("<https://l.facebook.com/l.php?u=https%3A%2F%2Fshop.example%2F%3Fa%3D1>.").url
'https://shop.example/?a=1'

Nothing is fetched. If only a server knows the destination, `sealed_by` names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.urls.link import Link
from utmforge.urls.unwrap.copied_text import UNDO
from utmforge.urls.unwrap.truncation import why_cut
from utmforge.urls.unwrap.wrappers import sealed_by, unwrapped

if TYPE_CHECKING:
    from utmforge.urls.unwrap.copied_text import Step

MAX_CHARACTERS = 32_768
"""A longer text is not a link and stays as it is."""

MAX_STEPS = 40
"""A text that needs more steps stays as it is."""


class FoundLink(NamedTuple):
    """The link in a text, and how it was reached."""

    link: Link
    """The innermost address, or the text itself if it contains no web address."""
    steps: tuple[str, ...] = ()
    """The steps that led to it, in words. Empty: the link is the text as it was given."""
    cut: str | None = None
    """Why its end seems to be missing. None: it seems complete."""
    sealed_by: str | None = None
    """The service that alone knows where it leads, such as a link shortener. None: none."""

    @property
    def url(self) -> str:
        """The link's text."""
        return self.link.url


def unwrap(text: str) -> FoundLink:
    """Undo what mail gateways, apps, editors and clipboards did to a link.

    An ordinary link comes back as it is, without steps. Unwrapping twice is unwrapping once.
    """
    link = given = Link(text)
    if len(text) > MAX_CHARACTERS:
        return FoundLink(given)
    steps: list[Step] = []
    while step := _next(link):
        link = Link(step.text)
        steps.append(step)
        if len(steps) > MAX_STEPS:
            return FoundLink(given)
    address = link.address
    if address is None or address.scheme not in {"http", "https"}:
        return FoundLink(given)
    cut = next((step.cut for step in steps if step.cut), None) or why_cut(link.url, address)
    return FoundLink(link, tuple(step.said for step in steps), cut, sealed_by(address))


def _with_spaces(text: str) -> Step | None:
    """Unwrap a share link whose text was not percent-encoded, up to the first `&` in it."""
    before, space, _ = text.strip().partition(" ")
    if not space or "\n" in text or unwrapped(Link(before)):
        return None
    return unwrapped(Link(text.strip().replace(" ", "%20")))


def _next(link: Link) -> Step | None:
    if step := _with_spaces(link.url):
        return step
    for undo in UNDO:
        if step := undo(link.url):
            return step
    return unwrapped(link)
