"""Links in HTML."""

from __future__ import annotations

import re
from bisect import bisect_right
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from utmforge.documents.base import RELATIVE, WEB, Located
from utmforge.documents.entities import in_attribute

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG_NAME = re.compile(r"<[^\s/>]*")
_ATTRIBUTE = re.compile(
    r"""[\s/]*([^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""", re.DOTALL
)


class _Page(HTMLParser):
    """Collects the addresses that a page links to."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.links: list[Located] = []
        self.canonical: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the `href` of everything that can be clicked."""
        found = _href(self.get_starttag_text() or "")
        raw, at = found or ("", 0)
        url = in_attribute(raw)
        if tag in {"link", "base"}:
            if (dict(attrs).get("rel") or "").lower() == "canonical":
                self.canonical = url
        elif url.lower().startswith(WEB) or (url.startswith(RELATIVE) and "utm" in url):
            line, column = self.getpos()
            start = self._line_starts[line - 1] + column + at
            line = bisect_right(self._line_starts, start)
            column = start - self._line_starts[line - 1] + 1
            self.links.append(Located(url, line, column, start=start, end=start + len(raw)))


def _href(tag: str) -> tuple[str, int] | None:
    """Return a tag's first `href` as written, without surrounding white space, and its place."""
    name = _TAG_NAME.match(tag)
    for match in _ATTRIBUTE.finditer(tag, name.end() if name else 0):
        if match[1].lower() == "href":
            group = next((group for group in (2, 3, 4) if match[group] is not None), 0)
            value = match[group] if group else ""
            return value.strip(), match.start(group) + len(value) - len(value.lstrip())
    return None


def in_html(text: str) -> Iterator[Located]:
    """Yield the links of a page."""
    return iter(_Page(text).links)


def canonical_of(text: str) -> str | None:
    """Return the canonical address of a page, or None if it names none."""
    return _Page(text).canonical if "canonical" in text else None
