r"""Find links in XML that is data: feeds, site maps, lists of subscriptions, product feeds.

    <link href="https://shop.example/a"/>                       any attribute with an address
    <loc>https://shop.example/b</loc>                           an address in a text
    <description>&lt;a href="https://shop.example/c"&gt;…       HTML in a text, even if escaped

Names of namespaces and of schemas are no links, and pictures are not followed.

>>> [one.url for one in in_xml('<feed><link href="https://shop.example/?a=1&amp;b=2"/></feed>')]
['https://shop.example/?a=1&b=2']
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from utmforge.documents.encoded import links_of
from utmforge.documents.escapes import Decoded, decoded
from utmforge.documents.html_tokens import StartTag, tokens
from utmforge.documents.places import located

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.documents.base import Located, Span
    from utmforge.documents.html_tokens import Attribute

_PROLOG = re.compile(r"[\s\ufeff]*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*", re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z][\w.:-]*)([^<>]{0,5000})")
_OTHER_ROOTS = frozenset(("html", "svg", "mjml", "xsl:stylesheet", "xsl:transform"))
_PARTS_OF_PAGES = frozenset(
    ("head", "body", "table", "tbody", "tr", "td", "div", "center", "a", "p")
)
_DATA_ROOTS = frozenset(("feed", "rss", "opml", "urlset", "sitemapindex", "rdf:rdf"))
"""What is XML data even without `<?xml`."""
_REFERENCE = re.compile(r"&(?:#(?:[0-9]{1,9}|[xX][0-9a-fA-F]{1,8})|[A-Za-z][A-Za-z0-9]{0,40});")
_NAMES = re.compile(
    r"xmlns\b|(?:.*:)?(?:\w*schemalocation|rel|type|scheme|profile|about|resource|datatype|src|srcset"
    r"|icon|image|logo|generator|uri|ns|namespace)$"
)
"""Attributes that name something, or that are shown."""
_SHOWN = re.compile(r"(?:.*:)?(?:img|image|icon|logo|thumbnail|script|style|base|generator)$")
_LOADED = frozenset(("stylesheet", "icon", "preload", "preconnect", "dns-prefetch", "hub"))


def is_xml_data(text: str) -> bool:
    """Tell whether a text is XML, but not a page, a drawing or a template.

    >>> is_xml_data('<?xml version="1.0"?><urlset>'), is_xml_data('<?xml version="1.0"?><svg>')
    (True, False)
    """
    prolog = _PROLOG.match(text)
    begun = prolog.end() if prolog else 0
    root = _ROOT.match(text, begun)
    if root is None or root[1].lower() in _OTHER_ROOTS:
        return False
    name = root[1].lower()
    has_namespace = "xmlns" in root[2] and name not in _PARTS_OF_PAGES
    return name in _DATA_ROOTS or has_namespace or "<?xml" in text[:begun]


def in_xml(text: str) -> Iterator[Located]:
    """Yield the links of XML: of its attributes, and of its texts."""
    return located(text, _in_xml(text))


def _in_xml(text: str) -> Iterator[Span]:
    for token in tokens(text, is_template=True):
        if isinstance(token, StartTag):
            if _SHOWN.match(token.name) or _is_loaded(token, text):
                continue
            for one in token.attributes:
                if not _NAMES.match(one.name) and _may_have_address(text, one.start, one.end):
                    yield from links_of(_meant(text, one.start, one.end))
        elif _may_have_address(text, token.start, token.end) and not _is_instruction(
            text, token.start
        ):
            if text.endswith("<![CDATA[", 0, token.start):
                written = text[token.start : token.end]
                yield from links_of(Decoded(written, list(range(token.start, token.end + 1))))
            else:
                yield from links_of(_meant(text, token.start, token.end))


def _is_instruction(text: str, start: int) -> bool:
    """Tell whether a text is for programs: `<?xml-stylesheet href="…"?>`."""
    return text.endswith("<?", 0, start)


def _may_have_address(text: str, start: int, end: int) -> bool:
    return text.find("//", start, end) >= 0 or text.find("utm", start, end) >= 0


def _meant(text: str, start: int, end: int) -> Decoded:
    return decoded(text[start:end], start, _REFERENCE, lambda match: unescape(match[0]))


def _is_loaded(tag: StartTag, text: str) -> bool:
    """Tell whether a `<link>` is loaded with its document, instead of followed."""
    rel: Attribute | None = tag.first("rel") if tag.name.endswith("link") else None
    return rel is not None and not _LOADED.isdisjoint(text[rel.start : rel.end].lower().split())
