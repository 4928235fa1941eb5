"""Many regular expressions searched at once, fast.

RE2 compiles the 1,500 patterns of the list of crawlers in 5 ms and searches all of them at once;
Python takes ten times as long for both.

>>> PatternSet(["Slack|Slurp", "^curl"]).found_in("curl/8 Slackbot")
[0, 1]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import re2

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_MEMORY = 1 << 26


class PatternSet:
    """Regular expressions by their place."""

    def __init__(self, patterns: Iterable[str]) -> None:
        options = re2.Options()
        options.log_errors = False
        options.max_mem = _MAX_MEMORY
        self._set = re2.Set.SearchSet(options)
        self._places: list[int] = []
        self._others: list[tuple[int, re.Pattern[str]]] = []
        for place, pattern in enumerate(patterns):
            try:
                self._set.Add(pattern)
            except re2.error:  # such as a lookahead
                self._others.append((place, re.compile(pattern)))
            else:
                self._places.append(place)
        self._set.Compile()

    def found_in(self, text: str) -> list[int]:
        """Return the places of the patterns that are found in a text, in order."""
        found = [self._places[at] for at in self._set.Match(text) or ()] if self._places else []
        return sorted(found + [place for place, other in self._others if other.search(text)])
