"""Find personal data and secrets in a tag or an address: once published, they cannot be recalled.

>>> find_private("https://shop.example/?e=bob%2540acme.example")
(Private(kind='e-mail address', where='parameter "e"', is_secret=False),)

A finding names the kind and the place and never repeats the private text. Most addresses contain
nothing private: `prefilter.py` clears them without loading the rest of this package.
Signed addresses are refused elsewhere (`urls/tagging.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.model import PARAMETERS
from utmforge.privacy.prefilter import PLAIN_PAGES, is_suspect

if TYPE_CHECKING:
    from utmforge.model import Tags
    from utmforge.privacy.finding import Private

MAX_CHARACTERS = 32_768
"""Text after this is not read; no link is this long."""


def find_private(text: str, where: str = "value") -> tuple[Private, ...]:
    """Find what is private in an address, or in a single value, whose place is `where`.

    Percent-encoding is decoded up to three times, base64 and base64url once.
    """
    if text in PLAIN_PAGES:
        return ()
    text = text[:MAX_CHARACTERS]
    if not is_suspect(text):
        return ()
    from utmforge.privacy.scan import find

    return find(text, where)


def find_private_in_tags(tags: Tags) -> tuple[Private, ...]:
    """Find what is private in the values of tags."""
    return tuple(
        found for name, value in tags.items() for found in find_private(value, PARAMETERS[name])
    )
