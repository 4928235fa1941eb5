"""A link as it was found in the wild → what it is.

>>> unwrap("<https://l.facebook.com/l.php?u=https%3A%2F%2Fshop.example%2F%3Fa%3D1>.").url
'https://shop.example/?a=1'

Nothing is fetched: what only another's server knows stays closed, and is said to be.
"""

from __future__ import annotations

from typing import NamedTuple

from utmforge.urls.address import read_address
from utmforge.urls.unwrap.copied_text import ELLIPSIS, MENDS
from utmforge.urls.unwrap.truncation import why_cut
from utmforge.urls.unwrap.wrappers import sealed_by, unwrapped

MAX_CHARACTERS = 32_768
"""A longer text is no link: it is left as it is."""

MAX_STEPS = 40
"""What needs more steps was made to be a riddle: it is left as it is."""


class FoundLink(NamedTuple):
    """What a text that was found as a link is."""

    url: str
    """The innermost address; the text itself when there is no web address in it."""
    steps: tuple[str, ...] = ()
    """What was done to reach it, in words. Empty: `url` is the text as it was given."""
    cut: str | None = None
    """Why it seems to lack its end. None: it seems whole."""
    sealed_by: str | None = None
    """Whose address it still is, when only they know where it leads. None: nobody's."""

    @property
    def is_cut(self) -> bool:
        """Tell whether it seems to lack its end."""
        return self.cut is not None


def unwrap(text: str) -> FoundLink:
    """Undo what mail gateways, apps, editors and clipboards did to a link.

    An ordinary link comes back as it is, without steps. Unwrapping twice is unwrapping once.
    """
    if len(text) > MAX_CHARACTERS:
        return FoundLink(text)
    url, cut = text, None
    steps: list[str] = []
    while moved := _next(url):
        url = moved[0]
        steps.append(moved[1])
        cut = cut or moved[2]
        if len(steps) > MAX_STEPS:
            return FoundLink(text)
    address = read_address(url)
    if address is None or address.scheme not in {"http", "https"}:
        return FoundLink(text)
    return FoundLink(url, tuple(steps), cut or why_cut(url, address), sealed_by(address))


def _next(text: str) -> tuple[str, str, str | None] | None:
    """Return the text after one more step, the step, and why it is cut, if it is."""
    for mend in MENDS:
        if mended := mend(text):
            return *mended, "it ends with …" if mended[1] == ELLIPSIS else None
    return unwrapped(text)
