"""Decode character references as browsers and Markdown do.

In an attribute, a browser does not decode a reference without its `;` before a letter, a digit or
`=` (https://html.spec.whatwg.org/#named-character-reference-state); CommonMark always requires the
`;` (https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references).

>>> in_attribute("?a=1&amp;b=2&currency=EUR&region=eu")
'?a=1&b=2&currency=EUR&region=eu'
>>> in_attribute("Q&A&copy"), in_markdown_text("&copy &copy; &amp;x")
('Q&A©', '&copy © &x')
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

_REFERENCE = re.compile(r"&(?:#(?:[0-9]{1,9}|[xX][0-9a-fA-F]{1,8})|([A-Za-z][A-Za-z0-9]{0,40}));?")


def in_attribute(raw: str) -> str:
    """Return the decoded value of an HTML attribute."""
    return _REFERENCE.sub(_of_attribute, raw) if "&" in raw else raw


def in_markdown_text(raw: str) -> str:
    """Return an address in Markdown, decoded."""
    return _REFERENCE.sub(_of_markdown, raw) if "&" in raw else raw


def _of_attribute(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return unescape(match[0])
    if match[0].endswith(";"):
        return html5.get(f"{name};", match[0])
    is_followed = match.string[match.end() : match.end() + 1] == "="
    return match[0] if is_followed else html5.get(name, match[0])


def _of_markdown(match: re.Match[str]) -> str:
    if not match[0].endswith(";"):
        return match[0]
    return unescape(match[0]) if match[1] is None else html5.get(f"{match[1]};", match[0])
