"""What there is to say of all links together: names nearly the same, one link for each recipient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from utmforge.lint.private import LEAST_RECIPIENTS, OnePersonId
from utmforge.lint.writing import LetterCase
from utmforge.near_names import NearNames
from utmforge.urls import FIELDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from utmforge.lint.agreed import NearDuplicate
    from utmforge.lint.base import Found, Settings

Place = TypeVar("Place")

COMPARED = ("source", "medium", "campaign", "content")
"""The fields whose values are compared with each other."""

MOST_KEPT = 200_000
_MOST_CONTENTS = 5_000
"""More are a series, which somebody's program has made."""


class Together(Generic[Place]):
    """Remembers names and crowds of links that differ in one value, each with its first place."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seen: dict[str, dict[str, Place]] = {field: {} for field in COMPARED}
        self._crowds: dict[tuple[str, tuple[str, ...]], tuple[int, Place]] = {}

    def remember(self, tags: Mapping[str, str], place: Place) -> None:
        """Keep names to compare; the first place of each."""
        for field in COMPARED:
            if value := tags.get(field):
                self.remember_one(field, value, place)

    def remember_one(self, field: str, value: str, place: Place) -> None:
        """Keep one name to compare, where the field is compared at all."""
        seen = self._seen.get(field)
        if seen is not None and (field != "content" or len(seen) <= _MOST_CONTENTS):
            seen.setdefault(value, place)

    def count(self, page: str, shape: tuple[str, ...], place: Place) -> None:
        """Count a link that no other has been the same as.

        Args:
            page: What stands before its tags.
            shape: Its tags; of those in which the links of a crowd differ, only the names.
            place: Where it is.
        """
        key = (page, shape)
        count, first = self._crowds.get(key, (0, place))
        if len(self._crowds) >= MOST_KEPT:
            self._crowds = {
                one: crowd for one, crowd in self._crowds.items() if crowd[0] >= LEAST_RECIPIENTS
            }
        self._crowds[key] = (count + 1, first)

    def near_names(
        self, rule: NearDuplicate, known: Mapping[str, Collection[str]]
    ) -> Iterator[tuple[Place, Found]]:
        """Yield names that are nearly others.

        Args:
            rule: Who says it.
            known: Names that others have used before, by field: they are right.
        """
        for field, seen in self._seen.items():
            if field != "content" or len(seen) <= _MOST_CONTENTS:
                yield from self._near(rule, field, seen, known.get(field, ()))

    def recipients(self, rule: OnePersonId) -> Iterator[tuple[Place, Found]]:
        """Yield the first of so many links that there must be one for each recipient."""
        for (_, shape), (count, place) in self._crowds.items():
            if count >= LEAST_RECIPIENTS:
                yield place, rule.many(tuple(FIELDS[n] for n in shape if n in FIELDS), count)

    def _near(
        self, rule: NearDuplicate, field: str, seen: Mapping[str, Place], known: Collection[str]
    ) -> Iterator[tuple[Place, Found]]:
        for cluster in NearNames((*seen, *known)).clusters():
            cased = [name for name in cluster if self._is_cased(field, name)]
            first = [name for name in cased if name in known]
            first = first or sorted(set(cased) & seen.keys(), key=list(seen).index)
            for name in cased:
                if name != first[0] and name in seen and name not in known:
                    yield seen[name], rule.near(field, name, first[0])

    def _is_cased(self, field: str, name: str) -> bool:
        """Tell whether the rule about letter case has nothing to say of a name."""
        return not any(_LETTER_CASE.check_value(field, name, self._settings))


_LETTER_CASE = LetterCase()
