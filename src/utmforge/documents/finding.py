"""Where links stand in texts: lists, CSV, HTML, Markdown.

    text → (url, line, column), …

Lines and columns begin with 1. Nothing is changed, and an address is as a browser would take it.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.lint.rules.destinations import is_one_address
from utmforge.lint.rules.suppressions import comment_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

_FIRST_LINES = 20
_QUOTED = re.compile('"[^"]*"')
_WEB = ("http://", "https://", "//")
_RELATIVE = ("/", "./", "../", "?")
_IN_MARKDOWN = re.compile(
    r"\]\(\s{0,9}<?([^)\s>]{1,8192})"
    r"|^\s{0,3}\[[^\]\n]{1,200}\]:\s{1,9}<?([^\s>]{1,8192})"
    r"|(https?://[^\s<>)\"'\]|]{1,8192})"
)
_AFTER_A_SENTENCE = ".,;:!?*_`"


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


def links_in(text: str, kind: Kind) -> Iterator[Located]:
    """Yield the links of a text, in their order."""
    return _READERS[kind](text)


def is_list_of_addresses(text: str) -> bool:
    """Tell whether each line is one whole address, a comment, or blank."""
    return all(
        one.url.lower().startswith(_WEB[:2]) and is_one_address(one.url) for one in _in_list(text)
    )


def _in_list(text: str) -> Iterator[Located]:
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1] == "#":
            continue
        comment = comment_in(line) if "utmforge:" in line else None
        given = (line[: comment[0]] if comment else line).strip()
        if given[:1] == given[-1:] == '"':
            given = given[1:-1]
        if given and given[0] != "#":
            yield Located(given, number, line.find(given) + 1)


def _in_csv(text: str) -> Iterator[Located]:
    """Yield the addresses in any column; a cell over several lines is no address."""
    lines = text.splitlines()
    delimiter, header = _header_of(lines)
    cell = _cells(delimiter)
    names = [(one[1] or one[2] or "").strip().lower() for one in cell.finditer(header)]
    pages = {at for at, name in enumerate(names) if name.replace(" ", "_") == "landing_page"}
    for number, line in enumerate(lines, 1):
        for at, match in enumerate(cell.finditer(line)):
            raw = match[1] if match[1] is not None else match[2]
            url = raw.strip()
            if url.lower().startswith(_WEB):
                start = match.start(1 if match[1] is not None else 2) + raw.find(url)
                yield Located(url.replace('""', '"'), number, start + 1, at in pages)


def _header_of(lines: list[str]) -> tuple[str, str]:
    """Return the delimiter that stands equally often in most of the first lines, and the header.

    >>> _header_of(["Links 2026", "Channel;Name, town, x", "News;https://shop.example/"])
    (';', 'Channel;Name, town, x')
    """
    begun = [line for line in lines[:_FIRST_LINES] if line.strip() and not line.startswith("sep=")]
    bare = [_QUOTED.sub("", line) for line in begun]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = Counter(line.count(delimiter) for line in bare if delimiter in line)
        return max(((lines, count) for count, lines in counts.items()), default=(0, 0))

    delimiter = max(",;\t", key=agreement)
    first = begun[0] if begun else ""
    headers = (line for line in begun if delimiter in line and "://" not in line)
    return delimiter, next(headers, first)


def _cells(delimiter: str) -> re.Pattern[str]:
    return re.compile(
        rf'(?:^|(?<={delimiter}))(?:"((?:[^"]|""){{0,8192}})"|([^{delimiter}"]{{0,8192}}))'
    )


def rows_to_leave(text: str) -> frozenset[int]:
    """Return the lines of a CSV on which a cell may be less than it seems.

    A cell that began on an earlier line holds more than this line. A row with more cells than the
    header has a delimiter that no quotes enclose.
    """
    lines = text.splitlines()
    delimiter, header = _header_of(lines)
    cell = _cells(delimiter)
    columns = sum(1 for _ in cell.finditer(header))
    left: set[int] = set()
    is_open = False
    for number, line in enumerate(lines, 1):
        opens = line.count('"') % 2 == 1
        if is_open or opens or sum(1 for _ in cell.finditer(line)) > columns:
            left.add(number)
        is_open ^= opens
    return frozenset(left)


class _Page(HTMLParser):
    """Collects the addresses that a page links to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Located] = []
        self.canonical: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take `href` of everything that can be clicked."""
        values = dict(attrs)
        url = (values.get("href") or "").strip()
        if tag in {"link", "base"}:
            if (values.get("rel") or "").lower() == "canonical":
                self.canonical = url
        elif url.lower().startswith(_WEB) or (url.startswith(_RELATIVE) and "utm" in url):
            self.links.append(Located(url, *self._place()))

    def _place(self) -> tuple[int, int]:
        line, column = self.getpos()
        text = self.get_starttag_text() or ""
        match = re.search(r"\shref\s{0,9}=\s{0,9}[\"']?\s{0,9}", text, re.IGNORECASE)
        before = text[: match.end()] if match else ""
        breaks = before.count("\n")
        return line + breaks, len(before) - before.rfind("\n") if breaks else column + len(
            before
        ) + 1


def _in_html(text: str) -> Iterator[Located]:
    page = _Page()
    page.feed(text)
    return iter(page.links)


def canonical_of(text: str) -> str | None:
    """Return the canonical address that a page names, or None."""
    if "canonical" not in text:
        return None
    page = _Page()
    page.feed(text)
    return page.canonical


def _in_markdown(text: str) -> Iterator[Located]:
    for number, line in enumerate(text.splitlines(), 1):
        for match in _IN_MARKDOWN.finditer(line):
            at = match.lastindex or 0
            url = match[at]
            if at == 3:  # noqa: PLR2004 - the bare one, in the middle of a sentence
                url = url.rstrip(_AFTER_A_SENTENCE)
            if url.lower().startswith(_WEB) or (url.startswith(_RELATIVE) and "utm" in url):
                yield Located(unescape(url), number, match.start(at) + 1)


_READERS: dict[str, Callable[[str], Iterator[Located]]] = {
    "list": _in_list,
    "csv": _in_csv,
    "html": _in_html,
    "markdown": _in_markdown,
}
