"""The kinds of documents by file name, and a link in a document."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["list", "csv", "html", "markdown", "campaigns"]


KINDS: dict[str, Kind] = {
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mjml"), "html"),
    **dict.fromkeys((".md", ".markdown", ".mdown"), "markdown"),
    ".toml": "campaigns",
}
"""The kind of a file by its name; every other file is a list with one address on each line."""


LIST_ENDINGS = frozenset((".txt", ".urls", ".list", ""))
"""File endings of lists of addresses."""


WEB = ("http://", "https://", "//")


RELATIVE = ("/", "./", "../", "?")


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
