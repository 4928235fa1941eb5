"""Compare links with each other: names that are nearly the same, one link for each recipient.

Links are a crowd when they lead to one page and differ only in the value of a tag:

    page   https://shop.example/p?
    shape  utm_source=news, utm_medium=email, utm_campaign=spring, utm_content      each hero-1 … hero-25
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from utmforge.lint.rules.privacy import MIN_RECIPIENTS, OnePersonId
from utmforge.lint.rules.values import LetterCase
from utmforge.model import FIELDS
from utmforge.naming.similar import NearNames

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from utmforge.lint.rules.base import Found, Settings
    from utmforge.lint.rules.workspace import NearDuplicate

Place = TypeVar("Place")

COMPARED = ("source", "medium", "campaign", "content")
"""The fields whose values are compared with each other."""

MAX_PAGES = 200_000
"""How many first places are kept; beyond that, those of links outside a crowd are dropped."""
_MAX_CONTENTS = 5_000
"""More names than this come from a program, and are not compared."""


class CrossLinkChecks(Generic[Place]):
    """Stores names and crowds of links, each with its first place."""

    def __init__(self, settings: Settings) -> None:
        self._letter_case = LetterCase(settings)
        self._seen: dict[str, dict[str, Place]] = {field: {} for field in COMPARED}
        self._crowds: dict[tuple[str, ...], dict[str, Place]] = {}
        """The first place of links that differ in one value, by shape and page."""
        self._counts: dict[tuple[str, tuple[str, ...]], int] = {}
        """The number of these links, if there are at least two."""
        self._pages = 0
        """The number of first places."""

    @property
    def names(self) -> Mapping[str, Collection[str]]:
        """The names seen so far, by field."""
        return self._seen

    def remember(self, tags: Mapping[str, str], place: Place) -> None:
        """Store the names in tags with their first places, to compare them later."""
        for field in COMPARED:
            if value := tags.get(field):
                self.remember_one(field, value, place)

    def remember_one(self, field: str, value: str, place: Place) -> None:
        """Store one name, if its field is compared."""
        seen = self._seen.get(field)
        if seen is not None and (field != "content" or len(seen) <= _MAX_CONTENTS):
            seen.setdefault(value, place)

    def count(self, page: str, shape: tuple[str, ...], place: Place) -> None:
        """Count a link that is not the same as an earlier one.

        Args:
            page: What comes before its tags.
            shape: Its tags and what comes after them, without the values of the tags in which the
                links of a crowd differ.
            place: Where it is.
        """
        crowd = self._crowds.get(shape)
        if crowd is None:
            crowd = self._crowds[shape] = {}
        if page in crowd:
            self._counts[page, shape] = self._counts.get((page, shape), 1) + 1
        else:
            crowd[page] = place
            self._pages += 1
            if self._pages >= MAX_PAGES:
                self._forget_incomplete_crowds()

    def _forget_incomplete_crowds(self) -> None:
        """Keep only the crowds that are complete."""
        crowds: dict[tuple[str, ...], dict[str, Place]] = {}
        counts = self._counts
        self._counts = {key: counts[key] for key in counts if counts[key] >= MIN_RECIPIENTS}
        for page, shape in self._counts:
            crowds.setdefault(shape, {})[page] = self._crowds[shape][page]
        self._crowds = crowds
        self._pages = len(self._counts)

    def near_names(
        self, rule: NearDuplicate, known: Mapping[str, Collection[str]]
    ) -> Iterator[tuple[Place, Found]]:
        """Yield names that are nearly the same as others.

        Args:
            rule: The rule that reports them.
            known: Names that count as correct, by field.
        """
        for field, seen in self._seen.items():
            if field != "content" or len(seen) <= _MAX_CONTENTS:
                yield from self._near(rule, field, seen, known.get(field, ()))

    def recipients(self, rule: OnePersonId) -> Iterator[tuple[Place, Found]]:
        """Yield the first link of each crowd that is large enough to be one link per recipient."""
        for (page, shape), count in self._counts.items():
            if count >= MIN_RECIPIENTS:
                fields = tuple(FIELDS[name] for name in shape if name in FIELDS)
                yield self._crowds[shape][page], rule.many(fields, count)

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
        """Tell whether a name is in the right letter case."""
        return not any(self._letter_case.check_value(field, name))
