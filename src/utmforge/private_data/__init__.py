"""Personal data and secrets in a tag or an address: who finds them there can never take them back.

>>> find_private("https://shop.example/?e=bob%2540acme.example")
(Private(kind='e-mail address', where='parameter "e"', is_secret=False),)

What is found is never repeated: a finding names its kind and its place. Most addresses hold nothing
that could be private; one search says so, and the rest of this package is not even loaded.
Signed addresses are `urls.py`'s to refuse.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from utmforge.model import PARAMETERS

if TYPE_CHECKING:
    from utmforge.model import Tags

MAX_CHARACTERS = 32_768
"""What is longer is read up to here: no link is."""


class Private(NamedTuple):
    """One thing that should not be there; never the thing itself."""

    kind: str
    """What it is, such as `e-mail address` or `GitHub token`."""
    where: str
    """Where it stands, such as `utm_content`, `parameter "e"`, `path` or `fragment`."""
    is_secret: bool
    """Whether it opens something (a token, a password). False: it tells of a person."""


def find_private(text: str, where: str = "value") -> tuple[Private, ...]:
    """Find what is private in an address, or in a single value, which is then said to be `where`.

    Percent-encoding is undone up to three times, base64 and base64url once.
    """
    text = text[:MAX_CHARACTERS]
    if not _suspicion().search(text):
        return ()
    from utmforge.private_data.places import find  # noqa: PLC0415 - few links need it

    return find(text, where)


def find_private_in_tags(tags: Tags) -> tuple[Private, ...]:
    """Find what is private in the values of tags."""
    return tuple(
        found for name, value in tags.items() for found in find_private(value, PARAMETERS[name])
    )


@cache
def _suspicion() -> re.Pattern[str]:
    """Return what every private thing has something of; ordinary links seldom do.

    In this order: signs of e-mail addresses, merge tags and what is encoded; numbers; words of
    names; base64 (an `@`, and all that is no ASCII letter, makes a capital letter of it; lower
    case then shows that it is no constant); keys; the beginnings of tokens.
    """
    return re.compile(
        r"[@{}|\[\]<+$ ]|%(?:[2357][0-9A-Fa-f]|[46][0-9A-F])|%%|\d(?:[ .-]?\d){13}|00[1-9][\d().-]{8}"
        r"|[A-Z]{2}\d\d|\b[a-z]{2}\d\d[a-z0-9]{11}"
        r"|(?:^|[=/])[^\W\d_]{2,}[._][^\W\d_]{3,}(?:$|[&#._])"
        r"|[A-Q][A-Za-z0-9+/_-]{4}|[A-Za-z0-9+/_-]{4}[A-Q]"
        r"|(?i:name|nom|mail|tel|phone|mobil|msisdn|whatsapp|gsm|pass|pwd|secret|token|key|auth|sess|otp|user|login|recip|contact|customer|kunde)[\w.-]{0,20}="
        r"|(?:gh[pousr]|xox|sk|rk|glpat|npm|github)[_-]"
    )
