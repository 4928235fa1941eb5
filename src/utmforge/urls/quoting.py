"""Percent-encoding and decoding of tag values."""

from __future__ import annotations

from urllib.parse import quote, unquote_plus

from utmforge.urls.merge_tags import MACRO


def encoded(value: str) -> str:
    """Percent-encode all but RFC 3986's unreserved characters and whole macros."""
    if "{" not in value and "*|" not in value:
        return quote(value, safe="")
    written = ""
    position = 0
    for macro in MACRO.finditer(value):
        written += quote(value[position : macro.start()], safe="") + macro[0]
        position = macro.end()
    return written + quote(value[position:], safe="")


def decoded(raw: str) -> str:
    """Return what a value says."""
    return unquote_plus(raw) if "%" in raw or "+" in raw else raw
