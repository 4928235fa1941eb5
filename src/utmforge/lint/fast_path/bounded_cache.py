"""What is remembered, up to a bound: the one cache of the linter."""

from __future__ import annotations

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

MAX_ENTRIES = 200_000
"""Entries of one cache. A list of that many links is read with some 100 MB."""


class BoundedCache(dict[Key, Value]):
    """A dictionary that forgets everything when it is full.

    Forgetting the oldest would cost time at each look-up; what comes again is soon there again.

    >>> cache = BoundedCache[str, int](max_entries=2)
    >>> for number, name in enumerate("abc"):
    ...     cache[name] = number
    >>> cache
    {'c': 2}
    """

    __slots__ = ("_max_entries",)

    def __init__(self, max_entries: int | None = None) -> None:
        super().__init__()
        self._max_entries = MAX_ENTRIES if max_entries is None else max_entries

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= self._max_entries:
            self.clear()
        super().__setitem__(key, value)
