"""Find the links in texts of every kind.

    text → (url, line, column, start, end), …

Lines and columns count from 1, start and end from 0. An address is as a browser would read it;
`text[start:end]` is the link as written, which can be replaced.

>>> text = '<a href="https://shop.example/?a=1&amp;b=2">Shop</a>'
>>> link = next(links_in(text, "html"))
>>> link.url, text[link.start : link.end]
('https://shop.example/?a=1&b=2', 'https://shop.example/?a=1&amp;b=2')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.documents.cells import in_csv
from utmforge.documents.encoded import in_calendar, in_escaped, in_json, in_mail
from utmforge.documents.html import in_html, in_markup
from utmforge.documents.markdown import in_markdown
from utmforge.documents.text import in_list, in_text
from utmforge.documents.xml import in_xml, is_xml_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from utmforge.documents.base import Kind, Located


def links_in(text: str, kind: Kind) -> Iterator[Located]:
    """Yield the links of a text, in their order."""
    return _READERS[kind](text)


def _in_markup(text: str) -> Iterator[Located]:
    """Yield the links of a template, SVG or XML; of one that is broken, the addresses in it."""
    found = tuple(in_xml(text) if is_xml_data(text) else in_markup(text))
    yield from found or in_text(text)


_READERS: dict[str, Callable[[str], Iterator[Located]]] = {
    "list": in_list,
    "csv": in_csv,
    "html": in_html,
    "markup": _in_markup,
    "markdown": in_markdown,
    "json": in_json,
    "mail": in_mail,
    "calendar": in_calendar,
    "escaped": in_escaped,
    "text": in_text,
}
