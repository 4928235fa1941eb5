"""The most similar one of any number of words.

`difflib` compares a word with each known one. A file with thousands of names and as many misspelt
ones would keep it busy for minutes, so that only those that share rare parts are compared.
"""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from functools import lru_cache

MAX_WORDS = 100
"""Up to this many words are all compared letter by letter."""
_MAX_COMPARED = 20  # of more words
_MAX_LETTERS = 200
_MAX_WORDS_A_PART = 200
_MAX_PARTS = 12


@lru_cache(maxsize=256)  # a value is checked several times on its way
def most_similar(word: str, known: tuple[str, ...], cutoff: float) -> str | None:
    """Return the known word that is most similar to a word, or the only one that begins with it.

    The work for one word does not grow with the number of known words, which are indexed once.

    Args:
        word: Any word.
        known: The known words.
        cutoff: How similar they must be, from 0 to 1. None is returned if no word is.
    """
    compared = known if len(known) <= MAX_WORDS else _worth_comparing(word, known)
    lowered = {name.lower(): name for name in compared}
    begun = [name for name in lowered if len(word) > 1 and name.startswith(word.lower())]
    start = word[:_MAX_LETTERS].lower()
    near = begun if len(begun) == 1 else get_close_matches(start, lowered, 1, cutoff)
    return lowered[near[0]] if near else None


def _worth_comparing(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the few known words that share the most rare parts with a word."""
    index = _indexed(known)
    parts = [part for part in _parts(word) if part in index]
    rare = [part for part in parts if len(index[part]) < _MAX_WORDS_A_PART] or parts
    rarest = sorted(rare, key=lambda part: (len(index[part]), part))[:_MAX_PARTS]
    shared = Counter(at for part in rarest for at in index[part])
    return tuple(known[at] for at, _ in shared.most_common(_MAX_COMPARED))


@lru_cache(maxsize=4)
def _indexed(known: tuple[str, ...]) -> dict[str, list[int]]:
    """Return which words have a part, by their places; of a common part, only the first words."""
    index: dict[str, list[int]] = {}
    for at, word in enumerate(known):
        for part in _parts(word):
            places = index.setdefault(part, [])
            if len(places) < _MAX_WORDS_A_PART:
                places.append(at)
    return index


def _parts(word: str) -> set[str]:
    """Return each three neighbouring letters, with a sign for the beginning and one for the end."""
    text = f"\x00{word[:_MAX_LETTERS].lower()}\x00"
    return {text[at : at + 3] for at in range(max(len(text) - 2, 1))}
