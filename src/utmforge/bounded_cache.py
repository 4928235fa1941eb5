"""A cache that holds a bounded number of entries."""

from __future__ import annotations

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

MAX_ENTRIES = 200_000
"""The default bound. Linting a list of that many links takes about 100 MB."""


class BoundedCache(dict[Key, Value]):
    """A dictionary that forgets everything when it is full.

    Forgetting only the oldest entry would slow down every lookup; what is needed is soon back.

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
