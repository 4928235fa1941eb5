"""A link's id, derived from the link itself."""

from __future__ import annotations

from functools import cache

from utmforge.files.digests import blake2b

ID_ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
"""The letters and digits of ids."""

ID_LENGTH = 12


_IDS = len(ID_ALPHABET) ** ID_LENGTH
_PAIRS = len(ID_ALPHABET) ** 2
_TRIPLE = _PAIRS**3  # half of an id: numbers of this size are divided quickly


def link_id(url: str) -> str:
    """Derive a link's id from the link itself: 12 letters and digits, 57 bits of BLAKE2b.

    The alphabet has no look-alikes (0 o, 1 l i, u v …) and no vowels, so that no id spells a word.
    In a registry of a million links, the chance that two share an id is about 1 in 500,000; the
    registry refuses such a pair.
    """
    number = int.from_bytes(blake2b(url.encode(), digest_size=16).digest(), "big") % _IDS
    pairs = _pairs()
    second, first = divmod(number, _TRIPLE)
    return (
        f"{pairs[first % _PAIRS]}{pairs[first // _PAIRS % _PAIRS]}{pairs[first // _PAIRS**2]}"
        f"{pairs[second % _PAIRS]}{pairs[second // _PAIRS % _PAIRS]}{pairs[second // _PAIRS**2]}"
    )


def is_link_id(text: str) -> bool:
    """Tell whether a text has the form of a link's id.

    >>> is_link_id("k7m2xq9rtw4b"), is_link_id("k7m2"), is_link_id("spring-sale-1")
    (True, False, False)
    """
    return len(text) == ID_LENGTH and set(text) <= set(ID_ALPHABET)


@cache
def _pairs() -> list[str]:
    """Return every pair of letters, so that an id takes half as many divisions."""
    return [first + second for second in ID_ALPHABET for first in ID_ALPHABET]
