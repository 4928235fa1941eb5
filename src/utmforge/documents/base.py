"""What a document is by its name, and a link in it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["list", "csv", "html", "markdown", "campaigns"]


KINDS: dict[str, Kind] = {
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mjml"), "html"),
    **dict.fromkeys((".md", ".markdown", ".mdown"), "markdown"),
    ".toml": "campaigns",
}
"""What a file is by its name; every other is a list, one address a line."""


LIST_ENDINGS = frozenset((".txt", ".urls", ".list", ""))
"""Names of files that are meant to be lists of addresses."""


WEB = ("http://", "https://", "//")


RELATIVE = ("/", "./", "../", "?")


class Located(NamedTuple):
    """One link of a text."""

    url: str
    """As a browser would take it."""
    line: int
    """From 1."""
    column: int
    """From 1."""
    is_page: bool = False
    """It is a landing page by itself, which has no tags yet."""
    start: int = 0
    """Where it begins in the text, from 0: `text[start:end]` is the link as it is written there."""
    end: int = 0
    """Where it ends."""
