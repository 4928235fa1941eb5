"""Links in HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from utmforge.documents.base import RELATIVE, WEB, Located

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        elif url.lower().startswith(WEB) or (url.startswith(RELATIVE) and "utm" in url):
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


def in_html(text: str) -> Iterator[Located]:
    """Yield the links of a page."""
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
