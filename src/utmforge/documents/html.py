"""Links in HTML, and in templates, SVG and XML.

Everything that can be followed: `href`, the buttons of Outlook, forms, `<meta http-equiv=refresh>`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.documents.base import Located, Span, as_followed, is_link
from utmforge.documents.entities import in_attribute
from utmforge.documents.html_tokens import StartTag, tags_in, tokens
from utmforge.documents.places import located
from utmforge.documents.running_text import addresses_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.documents.html_tokens import Attribute

_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]?\s*(?:url\s*=\s*)?[\"']?", re.IGNORECASE)
_LOADED = frozenset(
    (
        *("link", "base", "mj-font", "mj-include"),
        *("image", "use", "script", "feimage", "lineargradient", "radialgradient", "pattern"),
        *("filter", "mpath", "textpath", "animate", "set"),
    )
)
"""Elements whose `href` is loaded, not followed; the last two lines are SVG's."""
_FOLLOWED = {"form": "action", "button": "formaction", "input": "formaction"}
# Parsers of addresses trim what is before the first of these and drop the second everywhere.
_TRIMMED = "".join(map(chr, range(0x21)))
_DROPPED = re.compile("[\t\n\r]")


def in_html(text: str) -> Iterator[Located]:
    """Yield the links of a page."""
    return located(text, links_in_page(text))


def links_in_page(text: str) -> Iterator[Span]:
    """Yield the links of a page, without their lines."""
    return (one for tag in tags_in(text) if (one := link_of(tag, text)))


def in_markup(text: str) -> Iterator[Located]:
    """Yield the links of a template, SVG or XML: of its tags, and the addresses in its text."""
    return located(text, _in_markup(text))


def _in_markup(text: str) -> Iterator[Span]:
    for token in tokens(text, is_template=True):
        if isinstance(token, StartTag):
            if link := link_of(token, text):
                yield link
        else:
            written = text[token.start : token.end]
            for url, start, end in addresses_in(written):
                yield Span(in_attribute(url), token.start + start, token.start + end)


def link_of(tag: StartTag, text: str) -> Span | None:
    """Return the link of a tag; None if it has no web address."""
    found = _followed(tag, text)
    if found is None:
        return None
    start, end = found.start, found.end
    if tag.name == "meta":
        match = _REFRESH.match(text, start, end)
        start = match.end() if match else end
        end -= text[end - 1 : end] in {'"', "'"} and end > start
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip(_TRIMMED))
    raw = raw.strip(_TRIMMED)
    url = _DROPPED.sub("", in_attribute(raw))
    if not is_link(url):
        return None
    return Span(as_followed(url), start, start + len(raw))


def _followed(tag: StartTag, text: str) -> Attribute | None:
    """Return the attribute with the address that a tag leads to."""
    if tag.name in _FOLLOWED:
        return tag.first(_FOLLOWED[tag.name])
    if tag.name == "meta":
        what = tag.first("http-equiv")
        is_refresh = what and text[what.start : what.end].strip().lower() == "refresh"
        return tag.first("content") if is_refresh else None
    if tag.name in _LOADED:
        return None
    return tag.first("href") or (tag.first("xlink:href") if tag.name == "a" else None)


def canonical_of(text: str) -> str | None:
    """Return the canonical address of a page, or None if it names none."""
    if "canonical" not in text:
        return None
    for tag in tags_in(text):
        rel, href = tag.first("rel"), tag.first("href")
        if tag.name == "link" and rel and href:
            names = text[rel.start : rel.end].lower().split()
            if "canonical" in names:
                return in_attribute(text[href.start : href.end]).strip(_TRIMMED)
    return None
