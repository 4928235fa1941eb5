"""What is written in an address after `?` and `#`, as analytics tools take it apart."""

from __future__ import annotations

from urllib.parse import unquote_plus

from utmforge.urls.tagging import MAX_URL_BYTES


def of_query(url: str) -> dict[str, str]:
    """Return the query's parameters; of a repeated one, the last counts."""
    return _parsed(_cut(url)[0])


def of_fragment(url: str) -> dict[str, str]:
    """Return the parameters of a fragment such as `#a=1`, or `#/path?a=1`."""
    fragment = _cut(url)[1]
    return _parsed(fragment.partition("?")[2] if fragment.startswith("/") else fragment)


def _cut(url: str) -> tuple[str, str]:
    before, _, fragment = url[:MAX_URL_BYTES].partition("#")
    return before.partition("?")[2], fragment


def _parsed(text: str) -> dict[str, str]:
    pairs = (piece.partition("=") for piece in text.split("&") if piece)
    return {unquote_plus(name): unquote_plus(value) for name, _, value in pairs}
