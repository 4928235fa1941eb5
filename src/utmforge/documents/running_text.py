"""Find addresses in running text and in programs, as mail programs do.

>>> [one.url for one in addresses_in("See (https://shop.example/a_(b)), or https://shop.example.")]
['https://shop.example/a_(b)', 'https://shop.example']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.documents.base import Span, is_link
from utmforge.documents.entities import in_attribute
from utmforge.documents.escapes import without_escapes
from utmforge.urls.address import read_address
from utmforge.urls.merge_tags import MERGE_TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

# Brackets belong to an address where both are in it, `[` only as in `?a[0]=1`. A backslash ends it,
# as in "https://shop.example/\n". So does `,https://`, but not in a parameter of addresses.
_ADDRESS = re.compile(
    rf"(?<!\w)(?<!\w[+-])https?://(?![()*^?])(?:{MERGE_TAG.pattern}|\[\w{{0,60}}\](?=[=&\[])"
    r"|\{[^\s{}\"'<>]{0,200}\}|=https?://[^\s<>\"'`\\|\[\]{}\u200b\ufeff]*"
    r"|[^\s<>\"'`\\|\[\]{},;\u200b\ufeff]|[,;](?!https?://))+",
    re.IGNORECASE,
)
_WITHOUT_SCHEME = re.compile(rf"(?:{MERGE_TAG.pattern}|[^\s<>\"'`\\|()\[\]{{}}])+", re.IGNORECASE)
_HOST_OR_PATH = re.compile(
    rf"(?:(?:[\w-]{{1,63}}\.)+[a-z]{{2,}}(?::\d+)?(?=[/?#])|\.{{0,2}}/(?!/)"
    rf"|(?:{MERGE_TAG.pattern})[/?])",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"(?:href|action)\s*=\s*\\?[\"']?\Z", re.IGNORECASE)
_PATTERN = re.compile(r"\\[.dDwWsS(]")
_ESCAPED = re.compile(r":\\/\\/|\\(?:u00|x)26\w+=", re.IGNORECASE)
_BEFORE_PATTERNS = frozenset("/^(|?:")
_AFTER_A_SENTENCE = ".,;:!?*_~»”“’›。，！？；："
_CLOSING = {")": "(", "}": "{"}
# References to characters that no address has.
_END = re.compile(
    r"&(?:quot|gt|lt|apos|nbsp|#0*(?:34|39|60|62|160)|#x0*(?:22|27|3[ce]|a0));", re.IGNORECASE
)


def addresses_in(text: str) -> Iterator[Span]:
    """Yield the addresses in a text, in their order.

    An address without a scheme must have tags. So must one that no browser can open: without
    tags it is an example, such as `https://…/`. Escapes of strings in programs are decoded.
    """
    if "\\" in text and _ESCAPED.search(text):
        found = without_escapes(text)
        for url, first, last in _addresses_in(found.text):
            start, end = found.places[first], found.places[last]
            is_escaped = end - start > last - first
            if not is_escaped or text[max(0, start - 1) : start] not in _BEFORE_PATTERNS:
                yield Span(url, start, end)
        return
    yield from _addresses_in(text)


def _addresses_in(text: str) -> Iterator[Span]:
    begun = 0
    for match in _ADDRESS.finditer(text):
        yield from _without_scheme(text, begun, match.start())
        url = without_what_follows(match[0])
        begun = match.start() + len(url)
        if is_meant(url) and not _is_pattern(text, url, match.end()):
            is_html = "&" in url and _ATTRIBUTE.search(
                text, max(0, match.start() - 20), match.start()
            )
            yield Span(in_attribute(url) if is_html else url, match.start(), begun)
    yield from _without_scheme(text, begun, len(text))


def _is_pattern(text: str, url: str, end: int) -> bool:
    r"""Tell whether an address begins a regular expression: `https://shop\.example/`."""
    return bool(_PATTERN.match(text, end)) and "/" not in url.partition("://")[2]


def _without_scheme(text: str, start: int, end: int) -> Iterator[Span]:
    if text.find("utm_", start, end) < 0:
        return
    for match in _WITHOUT_SCHEME.finditer(text, start, end):
        if "utm_" not in match[0] or "://" in match[0] or ".*" in match[0]:
            continue
        url = without_what_follows(match[0])
        if _HOST_OR_PATH.match(url) and is_link(url):
            yield Span(url, match.start(), match.start() + len(url))


def without_what_follows(url: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    url = _END.split(url, maxsplit=1)[0] if "&" in url else url
    while True:
        before = url
        url = url.rstrip(_AFTER_A_SENTENCE)
        while (opening := _CLOSING.get(url[-1:])) and url.count(url[-1]) > url.count(opening):
            url = url[:-1]
        if url == before:
            return url


def is_meant(url: str) -> bool:
    """Tell whether an address in a text is one: it has tags, or a browser can open it."""
    if "utm" in url.lower():
        return True
    if "{" in url or "%s" in url or "$" in url:
        return False
    address = read_address(url)
    return address is not None and "..." not in url
