"""Find names that were probably meant to be the same: they split a campaign in reports.

>>> similar_names("Spring_Sale", ["spring-sale", "autumn-sale", "2027-spring-sale"])
(Near(name='spring-sale', differs=('case', 'separator')),)

Names are compared without case, accents and separators. A typo is one edit (a letter added, missing
or changed, or two neighbours exchanged), or two edits if both names have at least 12 letters and
digits; names under 5 have no typos. Digits are never a typo: `hero-1` and `hero-2`, `q1` and `q2`
are meant to differ. Nor are words of up to three letters, which are codes: `sale-fr` and `sale-de`,
`hero-a` and `hero-b`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SEPARATORS = "-_. "
MIN_LENGTH = 5
"""Shorter names look too much alike to find typos in them."""
TWO_EDITS_FROM = 12
_MAX_EDITS = 2

_SEPARATORS = re.compile(rf"[{re.escape(SEPARATORS)}]+")
_BETWEEN_WORDS = re.compile(rf"(?<!\d)[{re.escape(SEPARATORS)}]+|[{re.escape(SEPARATORS)}]+(?!\d)")
_DIGITS = re.compile(r"\d+")
_CODE = 3
"""Words of up to this many letters are codes: languages, sizes, variants, months."""

_WHOLE = 40
"""Longer names are looked up by their beginning and end: one edit leaves one of them intact."""
_PART = 18

_SERIES = 32
"""If more names than this share a variant, they are a series, and only this many are compared."""

_HASH = 0x7FFF_FFFF
_Table = tuple[tuple[str, ...], int]


class Near(NamedTuple):
    """A name that looks like another one."""

    name: str
    """As it is written."""
    differs: tuple[str, ...]
    """How they differ: `typo`, or one or more of `case`, `separator` and `accents`."""


class _Key(NamedTuple):
    """The parts of a name that are compared."""

    text: str
    """In lower case, without accents, without separators except between digits."""
    digits: tuple[str, ...]
    """Its numbers, which must be the same."""
    words: tuple[str, ...]
    """Its words, without those that are codes."""


def similar_names(name: str, names: Iterable[str]) -> tuple[Near, ...]:
    """Return those of `names` that look like `name`; `names` is read once and not stored."""
    key = _key(name)
    length = len(key.text)
    found = set()
    for other in names:
        # A key is never longer than its name, unless that is written in another script.
        if other == name or (len(other) < length - _MAX_EDITS and other.isascii()):
            continue
        candidate = _key(other)
        if _alike(key, candidate):
            found.add(Near(other, _differs(name, other, key, candidate)))
    return _in_order(found)


def near_any(names: Iterable[str], others: Iterable[str]) -> set[str]:
    """Return those of `others` that look like one of a few names, or are one of them."""
    keys: dict[tuple[str, ...], list[_Key]] = {}
    for key in map(_key, names):
        keys.setdefault(key.digits, []).append(key)
    found = set()
    for other in others:
        key = _key(other)
        length = len(key.text)
        for name in keys.get(key.digits, ()):
            if abs(len(name.text) - length) <= _MAX_EDITS and _alike(name, key):
                found.add(other)
                break
    return found


def names_alike(seen: Iterable[str], others: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return groups of names that look like each other, each with one of those that were seen.

    >>> names_alike(["News"], ["news", "sms", "smss"])
    (('News', 'news'),)
    """
    seen = set(seen)
    clusters = NearNames((*sorted(seen), *others)).clusters()
    return tuple(one for one in clusters if not seen.isdisjoint(one))


class NearNames:
    """Many names, indexed once, so that the time of a lookup does not grow with their number.

    Names within one edit have the same text when one letter is deleted from each; names within two
    edits, when two letters are deleted (the symmetric deletion method, https://github.com/wolfgarbe/SymSpell).
    """

    def __init__(self, names: Iterable[str]) -> None:
        keys: dict[str, _Key] = {}
        self._names: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            key = _key(name)
            keys.setdefault(key.text, key)
            self._names.setdefault(key.text, []).append(name)
        self._keys = sorted(keys.values(), key=lambda key: (key.digits, len(key.text)))
        self._variants = _Variants([key.text for key in self._keys])

    def near(self, name: str) -> tuple[Near, ...]:
        """Return the names that look like `name`, those without a typo first; without itself."""
        key = _key(name)
        same = [key] if key.text in self._names else []
        typos = [self._keys[one] for one in self._typos(key, self._variants.sharing(key.text))]
        return _in_order(
            Near(other, _differs(name, other, key, candidate))
            for candidate in (*same, *typos)
            for other in self._names[candidate.text]
            if other != name
        )

    def clusters(self) -> tuple[tuple[str, ...], ...]:
        """Return groups of names, in each of which every name looks like another one."""
        leaders = list(range(len(self._keys)))
        for number, shared in self._variants.shared.items():
            apart = (one for one in shared if _leader(leaders, one) != _leader(leaders, number))
            for typo in self._typos(self._keys[number], apart):
                leaders[_leader(leaders, typo)] = _leader(leaders, number)
        clusters: dict[int, list[str]] = {}
        for number, key in enumerate(self._keys):
            clusters.setdefault(_leader(leaders, number), []).extend(self._names[key.text])
        return tuple(sorted(tuple(sorted(near)) for near in clusters.values() if len(near) > 1))

    def _typos(self, key: _Key, candidates: Iterable[int]) -> Iterator[int]:
        for number in candidates:
            candidate = self._keys[number]
            if candidate.text != key.text and _alike(key, candidate):
                yield number


def _leader(leaders: list[int], number: int) -> int:
    while (above := leaders[number]) != number:
        leaders[number] = leaders[above]
        number = above
    return number


class _Variants:
    """Which texts share a variant: hash tables in arrays, a tenth of the memory of a dict.

    There is a table for each length of variants with the same digits; adding texts in this order
    works on small tables.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.shared: dict[int, set[int]] = {}
        """By number of a text: the earlier texts that share a variant with it."""
        self._starts: list[int] = []
        """Where the entries of each text begin."""
        self._hashes = array("i")
        self._before = array("i")
        """The entry before it in the same slot. -1: it is the first."""
        self._tables = {
            table: array("i", [-1]) * (2 << count.bit_length())
            for table, count in _counts(texts).items()
        }
        """The last entry of each slot."""
        for number, text in enumerate(texts):
            if shared := self._add(text):
                self.shared[number] = shared

    def _add(self, text: str) -> set[int]:
        """Add the variants of a text; return the earlier texts that have one of them."""
        hashes, before = self._hashes, self._before
        self._starts.append(len(hashes))
        shared: set[int] = set()
        for table, values in _hashes(text):
            last = self._tables[table]
            mask = len(last) - 1
            hashes.extend(values)
            append = before.append
            for entry, value in enumerate(values, len(before)):
                slot = value & mask
                earlier = last[slot]
                if earlier >= 0 and (hashes[earlier] == value or before[earlier] >= 0):
                    self._follow(earlier, value, shared)
                append(earlier)
                last[slot] = entry
        return shared

    def sharing(self, text: str) -> set[int]:
        """Return the numbers of the texts that share a variant with this one."""
        shared: set[int] = set()
        for table, values in _hashes(text):
            if last := self._tables.get(table):
                for value in values:
                    self._follow(last[value & (len(last) - 1)], value, shared)
        return shared

    def _follow(self, entry: int, value: int, shared: set[int]) -> None:
        hashes = self._hashes
        found = 0
        while entry >= 0 and found < _SERIES:
            if hashes[entry] == value:
                shared.add(bisect_right(self._starts, entry) - 1)
                found += 1
            entry = self._before[entry]


def _hashes(text: str) -> Iterator[tuple[_Table, list[int]]]:
    """Yield each table and its hashes of the text with some letters deleted."""
    letters = _DIGITS.sub("", text)
    for table, part, left in _tables(text, len(letters)):
        shorter = combinations(letters[part], left)
        yield table, [hash(one) & _HASH for one in map("".join, shorter)]


def _tables(text: str, letters: int) -> Iterator[tuple[_Table, slice, int]]:
    """Yield each table for a text, the letters that it covers, and how many letters remain."""
    edits = _edits(text, text)
    if not edits:
        return
    digits = tuple(_DIGITS.findall(text))
    if letters <= _WHOLE:
        for left in range(max(letters - edits, 0), letters + 1):
            yield (digits, left), slice(None), left
    if letters > _WHOLE - 2:  # including those that a typo makes longer
        for left in (_PART - 1, _PART):
            yield (digits, -2 * left), slice(_PART), left
            yield (digits, -2 * left - 1), slice(-_PART, None), left


def _counts(texts: Iterable[str]) -> dict[_Table, int]:
    """Return how many hashes each table will hold."""
    counts: dict[_Table, int] = {}
    for text in texts:
        letters = len(_DIGITS.sub("", text))
        for table, part, left in _tables(text, letters):
            of = _PART if part.start or part.stop else letters
            counts[table] = counts.get(table, 0) + comb(of, left)
    return counts


def _edits(first: str, second: str) -> int:
    shortest = min(len(first), len(second))
    return 0 if shortest < MIN_LENGTH else 1 if shortest < TWO_EDITS_FROM else 2


def _alike(first: _Key, second: _Key) -> bool:
    """Tell whether two keys are the same, or a typo of each other."""
    if first.text == second.text:
        return True
    return (
        first.digits == second.digits
        and first.words != second.words
        and _within(first.text, second.text, _edits(first.text, second.text))
    )


def _within(first: str, second: str, edits: int) -> bool:
    """Tell whether at most `edits` edits turn one text into the other."""
    if abs(len(first) - len(second)) > edits:
        return False
    start = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        start += 1
    first, second = first[start:], second[start:]
    if not first or not second or not edits:
        return len(first) + len(second) <= edits
    return (
        _within(first[1:], second[1:], edits - 1)
        or _within(first[1:], second, edits - 1)
        or _within(first, second[1:], edits - 1)
        or (first[:2] == second[1::-1] and _within(first[2:], second[2:], edits - 1))
    )


def _key(name: str) -> _Key:
    plain = _plain(name).lower()
    text = _SEPARATORS.sub("-", _BETWEEN_WORDS.sub("", plain).strip(SEPARATORS))
    words = tuple(word for word in _SEPARATORS.split(plain) if len(word) > _CODE or word.isdigit())
    return _Key(text, tuple(_DIGITS.findall(text)), words)


def _plain(name: str) -> str:
    if name.isascii():
        return name
    from anyascii import anyascii

    return anyascii(name)


def _differs(name: str, other: str, key: _Key, candidate: _Key) -> tuple[str, ...]:
    if key.text != candidate.text:
        return ("typo",)
    plain, other_plain = _plain(name), _plain(other)
    bare, other_bare = _SEPARATORS.sub("", plain), _SEPARATORS.sub("", other_plain)
    differs = []
    if bare != other_bare:
        differs.append("case")
    if plain.lower() != other_plain.lower():
        differs.append("separator")
    if _SEPARATORS.sub("", name).casefold() != _SEPARATORS.sub("", other).casefold():
        differs.append("accents")
    return tuple(differs) or ("accents",)


def _in_order(found: Iterable[Near]) -> tuple[Near, ...]:
    return tuple(sorted(found, key=lambda near: (near.differs == ("typo",), near.name)))
