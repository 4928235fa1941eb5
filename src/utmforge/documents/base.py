"""The kinds of documents, and a link in a document."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal[
    "list",
    "csv",
    "html",
    "markup",
    "markdown",
    "json",
    "mail",
    "calendar",
    "escaped",
    "text",
    "campaigns",
]
"""`markup` is a template, SVG or XML: its text may have addresses beside those of its tags.
`calendar` has folded lines, `escaped` has backslashes before some characters. `text` is
anything else that has addresses in it, such as a plain-text mail or a program."""


WEB = ("http://", "https://", "//")


_HAS_TAGS = re.compile(r"[?&#;]\W?utm|utm_\w+=", re.IGNORECASE)
_OTHER_SCHEME = re.compile(
    r"(?!h[tx]{1,3}ps?:)(?:(?:tel|sms|fax|callto):|[a-z][a-z0-9+-]*:(?!\d))", re.IGNORECASE
)
# A browser looks for such a page beside this one: `shop.example/…` may be a host whose scheme is
# missing, but a name without a point, or with the ending of a page, is none.
_BESIDE = re.compile(
    r"(?!localhost\b|https?[/?])[\w-]+(?:[/?]|\.(?:x?html?|php\d?|aspx?|jsp|cgi)\?)", re.IGNORECASE
)


class Located(NamedTuple):
    """One link of a text."""

    url: str
    """The address as a browser would read it."""
    line: int
    """From 1."""
    column: int
    """From 1."""
    is_page: bool = False
    """Whether it is a landing page, which has no tags yet."""
    start: int = 0
    """Its start in the text, from 0: `text[start:end]` is the link as it is written there."""
    end: int = 0
    """Its end in the text."""
    is_whole: bool = True
    """Whether it fills a line or a cell, so that it can be fixed there."""


class Span(NamedTuple):
    """An address in a text, before its line is known."""

    url: str
    """The address as a browser would read it."""
    start: int
    """Its start, from 0."""
    end: int
    """Its end."""


def is_link(url: str) -> bool:
    """Tell whether an address is a web link: by its scheme, or by tags without another scheme.

    >>> is_link("https://shop.example/"), is_link("{{ site }}/x?utm_source=news"), is_link("a.html")
    (True, True, False)
    >>> is_link("mailto:a@b.example?subject=utm_source=x")
    False
    """
    if url[:8].lower().startswith(WEB):
        return True
    return "utm" in url.lower() and bool(_HAS_TAGS.search(url)) and not _OTHER_SCHEME.match(url)


def as_followed(url: str) -> str:
    """Return the address of a link in a page; that of a page beside it begins with `./`.

    >>> as_followed("spring?a=1"), as_followed("shop.example/spring")
    ('./spring?a=1', 'shop.example/spring')
    """
    return f"./{url}" if _BESIDE.match(url) else url
