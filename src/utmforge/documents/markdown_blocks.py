"""The blocks of Markdown in which there may be links: everything but code.

Containers are read as far as code needs it: how far the text of a list item is indented.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from utmforge.documents.places import lines_of

_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_QUOTE = re.compile(r"[ ]{0,3}>[ \t]?")
_ITEM = re.compile(r"([-+*]|\d{1,9}[.)])(?=[ \t]|$)[ \t]*")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_RULE = re.compile(r"(?:([-*_])[ \t]*)(?:\1[ \t]*){2,}$|=+[ \t]*$")
_CODE_INDENT = 4
_HTML_BLOCKS = (
    *("address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center"),
    *("col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "frame", "frameset", "h[1-6]", "head", "header"),
    *("hr", "html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav"),
    *("noframes", "ol", "optgroup", "option", "p", "param", "search", "section", "summary"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul"),
)
_NAMED_BLOCK = re.compile(rf"</?(?:{'|'.join(_HTML_BLOCKS)})(?:[ \t>]|/>|$)", re.IGNORECASE)
_WHOLE_TAG = re.compile(
    r"(?:<[a-z][a-z0-9-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>"
    r"|</[a-z][a-z0-9-]*\s*>)\s*$",
    re.IGNORECASE,
)
_BEGIN_TO_END = (
    (re.compile(r"<(?:script|pre|style|textarea)(?:[\s>]|$)", re.IGNORECASE),
     re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)),
    (re.compile("<!--"), re.compile("-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r"<![A-Za-z]"), re.compile(">")),
)  # fmt: skip
"""How the blocks of HTML begin and end that blank lines do not end."""


class Block(NamedTuple):
    """A piece of a document: `text[start:end]`."""

    kind: Literal["paragraph", "html", "plain"]
    """`plain` is front matter."""
    start: int
    end: int


def blocks_in(text: str) -> list[Block]:
    """Return the blocks of a document without its code."""
    begun = _front_matter(text)
    reader = _Reader()
    for line, at in lines_of(text[begun:]):
        reader.read(line, begun + at)
    reader.close(len(text))
    return [Block("plain", 0, begun), *reader.blocks] if begun else reader.blocks


def _front_matter(text: str) -> int:
    match = re.match(r"---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text)
    return match.end() if match else 0


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        """Those that are closed."""
        self.kind: Literal["paragraph", "html"] | None = None
        """The block that is open."""
        self.start = 0
        self.fence: tuple[str, int, int] | None = None
        """The sign, its number and the depth of quotes of the code that is open."""
        self.until: re.Pattern[str] | None = None
        """What ends the HTML that is open. None: a blank line."""
        self.items: list[int] = []
        """How far the text of each list item that is open is indented."""

    def read(self, line: str, at: int) -> None:
        """Read the next line, which begins at a place."""
        body, depth = line, 0
        while match := _QUOTE.match(body):
            body, depth = body[match.end() :], depth + 1
        bare = body.lstrip(" \t")
        if self.fence:
            self._in_fence(bare, _indent(body), depth)
        elif self.kind == "html" and self.until:
            if self.until.search(body):
                self.close(at + len(line))
        elif not bare:
            self.close(at)
        elif self.kind != "html":
            self._in_text(bare, _indent(body), depth, at + len(line))

    def close(self, at: int) -> None:
        """Close the block that is open."""
        if self.kind and self.start < at:
            self.blocks.append(Block(self.kind, self.start, at))
        self.kind = self.until = None

    def _in_fence(self, bare: str, indent: int, depth: int) -> None:
        sign, length, quotes = self.fence or ("", 0, 0)
        run = bare.rstrip()
        is_end = len(run) >= length and run == sign * len(run)
        is_after = bool(bare and self.items and indent < self.items[-1])
        if is_end or depth < quotes or is_after:
            self.fence = None

    def _in_text(self, bare: str, indent: int, depth: int, end: int) -> None:
        """Read a line that is not blank, outside of code and HTML; `bare` ends at `end`."""
        while (
            self.items
            and indent < self.items[-1]
            and not (
                self.kind and not _ITEM.match(bare)  # a paragraph goes on, whatever its indent
            )
        ):
            self.items.pop()
        relative = indent - (self.items[-1] if self.items else 0)
        if relative >= _CODE_INDENT and self.kind is None:
            return  # code
        while relative < _CODE_INDENT and (item := _ITEM.match(bare)) and not _RULE.match(bare):
            self.close(end - len(bare))
            width = len(item[0].expandtabs(4))
            is_code = width > len(item[1]) + _CODE_INDENT
            if is_code or item.end() == len(bare):
                width = len(item[1]) + 1
            indent += width
            self.items.append(indent)
            bare = bare[item.end() :]
            if is_code or not bare:
                return
        if fence := _FENCE.match(bare):
            self.close(end - len(bare))
            while self.items and indent < self.items[-1]:
                self.items.pop()
            sign = fence[1] or fence[2]
            self.fence = sign[0], len(sign), depth
            return
        self._begin(bare, end)

    def _begin(self, bare: str, end: int) -> None:
        """Begin a block, or go on with the paragraph that is open."""
        start = end - len(bare)
        if bare[0] == "<" and self._begins_html(bare):
            self._html(bare, end)
        elif _HEADING.match(bare) or _RULE.match(bare):
            self.close(start)
            self.kind, self.start = "paragraph", start
            self.close(end)
        elif self.kind is None:
            self.kind, self.start = "paragraph", start

    def _begins_html(self, bare: str) -> bool:
        if any(begin.match(bare) for begin, _ in _BEGIN_TO_END) or _NAMED_BLOCK.match(bare):
            return True
        return self.kind is None and bool(_WHOLE_TAG.match(bare))

    def _html(self, bare: str, end: int) -> None:
        start = end - len(bare)
        self.close(start)
        self.kind, self.start = "html", start
        self.until = next((until for begin, until in _BEGIN_TO_END if begin.match(bare)), None)
        if self.until and self.until.search(bare, 2):
            self.close(end)


def _indent(line: str) -> int:
    """Return how far a line is indented, in columns."""
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4))
