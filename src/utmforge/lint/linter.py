"""The linter: every rule for every link, and most links without asking a rule at all.

    https://shop.example/spring?ref=1& | utm_source=news&utm_medium=email&utm_campaign=spring
                 page                  |                      tail

Tags repeat from link to link, pages do not. Of a page one pattern says whether it is ordinary. What
there is to say of tags is remembered: of the whole tail by its text; else what rules about values
say, by each `name=value`; and what all others say, by source, medium, campaign and the names of the
rest, which is a tail's shape. Only what is not ordinary is read in full, and a test holds that both
ways say the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic

from utmforge.lint.agreed import NearDuplicate
from utmforge.lint.base import Found, Settings, ValueRule
from utmforge.lint.lengths import MAX_URL_CHARACTERS
from utmforge.lint.link import Link, decoded
from utmforge.lint.ordinary import ANYWHERE, Ordinary
from utmforge.lint.private import OnePersonId, PersonalData
from utmforge.lint.rules import RULES
from utmforge.lint.together import COMPARED, MOST_KEPT, Place, Together
from utmforge.model import PARAMETERS
from utmforge.private_data import find_private
from utmforge.private_data.quick_look import has_signs
from utmforge.urls import FIELDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = ["COMPARED", "Linter"]

_FREE = frozenset(FIELDS) - {"utm_source", "utm_medium", "utm_campaign", "utm_term"}
"""Tags whose values no rule compares with the rest of a link; keywords differ in crowds as well."""
_PARAMETER = re.compile("([A-Za-z0-9_-]{1,40})=((?:[A-Za-z0-9_.~%:,-]*[A-Za-z0-9])?)")
_PLAIN_VALUE = re.compile("[a-z0-9]{1,15}(?:-[a-z0-9]{1,15}){0,9}")
_SHORTER_THAN_AN_ID = 30
_IN_A_SERIES = re.compile("(?:[a-z]{1,15}+-){0,3}+(?:[a-z]{0,5}[0-9]{1,10}|[a-z]{1,15})")
"""Such as `hero-12`: no rule about values has anything to say, and no number is private."""
_OTHER = "&"
_CONTENT = "utm_content="

_USUAL = Settings()


class Linter(Generic[Place]):
    """Asks the rules about links one by one, then about all of them together."""

    def __init__(self, settings: Settings = _USUAL, codes: Collection[str] | None = None) -> None:
        """Choose the rules.

        Args:
            settings: What they have to know.
            codes: Which rules speak. None: all.
        """
        self.settings = settings
        self.rules = [rule for rule in RULES if codes is None or rule.code in codes]
        self._ranks = {rule.code: rank for rank, rule in enumerate(self.rules)}
        self._private = [rule for rule in self.rules if isinstance(rule, PersonalData)]
        self._values = [rule for rule in self.rules if isinstance(rule, ValueRule)]
        self._others = [rule for rule in self.rules if not isinstance(rule, PersonalData)]
        self._wholes = [rule for rule in self._others if not isinstance(rule, ValueRule)]
        self._plain = _plain_tags(settings)
        self._ordinary = Ordinary(settings)
        self._together: Together[Place] = Together(settings)
        self._tails: dict[str, tuple[Found, ...]] = {}
        self._pieces: dict[str, str] = {}
        """What of a `name=value` decides about a link: the whole, or its name. Empty: unusual."""
        self._said: dict[str, tuple[Found, ...]] = {}
        """What rules about values say of a `name=value`, where they say anything."""
        self._shapes: dict[tuple[str, ...], tuple[Found, ...] | None] = {}
        self._series: dict[str, tuple[tuple[Found, ...], tuple[str, ...]]] = {}
        """What there is to say of all tags with the same text around their content; their shape."""

    def check(self, url: str, place: Place | None = None) -> tuple[Found, ...]:
        """Return what the rules have to say of one link.

        Args:
            url: As it was found.
            place: Where; for what is said of all links together. None: it is not remembered.
        """
        at = url.find("utm_")
        if at > 0 and len(url) <= MAX_URL_CHARACTERS:
            page = url[:at]
            if self._ordinary.is_page(page):
                tail = url[at:]
                found = self._tails.get(tail)
                return self._of_tail(tail, page, place) if found is None else found
        return self.thorough(url, place)

    def thorough(self, url: str, place: Place | None = None) -> tuple[Found, ...]:
        """Return the same, every rule asked.

        Nothing else is said of a link with something private, so that nothing repeats it.
        """
        link = Link(url)
        if find_private(url):
            return tuple(
                found for rule in self._private for found in rule.check(link, self.settings)
            )
        if place is not None:
            self.remember(link.tags, place)
        return tuple(found for rule in self._others for found in rule.check(link, self.settings))

    def check_value(self, field: str, value: str) -> tuple[Found, ...]:
        """Return what the rules have to say of a tag's value that is in no link yet."""
        if find_private(value):
            return tuple(
                found
                for rule in self._private
                for found in rule.check_value(field, value, self.settings)
            )
        return tuple(
            found
            for rule in self._values
            for found in rule.check_value(field, value, self.settings)
        )

    def mended(self, url: str, codes: Collection[str]) -> str:
        """Return a link without what some rules find, as far as that is safe to mend.

        A link with something private is left alone, so that no difference shows it.
        """
        if find_private(url):
            return url
        for rule in self.rules:
            if rule.is_fixable and rule.code in codes:
                url = rule.mended(Link(url), self.settings)
        return url

    def remember(self, tags: Mapping[str, str], place: Place) -> None:
        """Keep names to compare; the first place of each."""
        self._together.remember(tags, place)

    def finish(
        self, known: Mapping[str, Collection[str]] | None = None
    ) -> Iterator[tuple[Place, Found]]:
        """Yield what there is to say of all links together, with places.

        Args:
            known: Names that others have used before, by field: they are right.
        """
        for rule in self.rules:
            if isinstance(rule, NearDuplicate):
                yield from self._together.near_names(rule, known or {})
            elif isinstance(rule, OnePersonId):
                yield from self._together.recipients(rule)

    def _of_tail(self, tail: str, page: str, place: Place | None) -> tuple[Found, ...]:
        """Return what there is to say of a tail, and remember it."""
        found = None
        query, _, fragment = tail.partition("#")
        if not fragment or self._ordinary.is_fragment(fragment):
            page += fragment
            found = self._of_series(query, page, place)
            if found is None:
                found = self._of_pieces(query, tail, page, place)
        if found is None:
            found = self.thorough(ANYWHERE + tail, place)
        if len(self._tails) >= MOST_KEPT:
            self._tails.clear()
        self._tails[tail] = found
        return found

    def _of_series(self, query: str, page: str, place: Place | None) -> tuple[Found, ...] | None:
        """Return what was said of tags that differ in their content only; None: there are none."""
        start = query.find(_CONTENT)
        if start < 0:
            return None
        start += len(_CONTENT)
        end = query.find("&", start)
        if end < 0:
            end = len(query)
        series = self._series.get(query[:start] + query[end:])
        if series is None:
            return None
        value = query[start:end]
        if not _IN_A_SERIES.fullmatch(value):
            return None
        found, shape = series
        if place is not None:
            self._together.count(page, shape, place, value)
        return found

    def _of_pieces(
        self, query: str, tail: str, page: str, place: Place | None
    ) -> tuple[Found, ...] | None:
        """Return what there is to say of tags, piece by piece; None: they are not ordinary."""
        pieces = query.split("&")
        shape = self._shape(pieces, place)
        found = self._of_shape((*shape, tail[len(query) :][:1]), tail) if shape else None
        if found is None:
            return None
        if self._said:
            found, shape = self._with_values(found, shape, pieces)
        if "utm_content" in shape and "utm_content" in self._plain:
            if len(self._series) >= MOST_KEPT:
                self._series.clear()
            before, _, behind = query.partition(_CONTENT)
            _, joint, behind = behind.partition("&")
            self._series[before + _CONTENT + joint + behind] = found, shape
        if place is not None and not _FREE.isdisjoint(shape):
            self._together.count(page, shape, place)
        return found

    def _shape(self, pieces: list[str], place: Place | None) -> tuple[str, ...]:
        """Return what of tags decides about a link; empty where one is not ordinary."""
        shape = []
        known = self._pieces
        for piece in pieces:
            decides = known.get(piece)
            if decides is None:
                decides = self._of_piece(piece, place)
            if not decides:
                return ()
            shape.append(decides)
        return tuple(shape)

    def _of_shape(self, shape: tuple[str, ...], tail: str) -> tuple[Found, ...] | None:
        """Return what rules say that look at whole links; None where a tag is there twice."""
        if shape in self._shapes:
            return self._shapes[shape]
        names = [piece.partition("=")[0] for piece in shape if piece != _OTHER]
        found = None
        if len(set(names)) == len(names):
            link = Link(ANYWHERE + tail)
            found = tuple(one for rule in self._wholes for one in rule.check(link, self.settings))
        if len(self._shapes) >= MOST_KEPT:
            self._shapes.clear()
        self._shapes[shape] = found
        return found

    def _with_values(
        self, found: tuple[Found, ...], shape: tuple[str, ...], pieces: list[str]
    ) -> tuple[tuple[Found, ...], tuple[str, ...]]:
        """Return also what rules say of values, and the shape with those values in it."""
        said = [one for piece in pieces for one in self._said.get(piece, ())]
        if not said:
            return found, shape
        shape = tuple(
            piece if piece in self._said else decides
            for piece, decides in zip(pieces, shape, strict=True)
        )
        return tuple(sorted((*said, *found), key=lambda one: self._ranks[one.rule.code])), shape

    def _of_piece(self, piece: str, place: Place | None) -> str:
        """Return what of a `name=value` decides about a link; empty where it is not ordinary."""
        if len(self._pieces) >= MOST_KEPT:
            self._pieces.clear()
            self._said.clear()
        is_usual = _PARAMETER.fullmatch(piece)
        name, _, value = piece.partition("=")
        decides = ""
        if (not is_usual or has_signs(piece)) and find_private(ANYWHERE + piece):
            pass
        elif name in FIELDS and value:
            text = decoded(value)
            self._look_at_value(piece, FIELDS[name], value)
            if place is not None:
                self._together.remember_one(FIELDS[name], text, place)
            decides = name if is_usual and name in _FREE and text.strip() else piece
        elif is_usual and name not in FIELDS and self._ordinary.are_names([name]):
            decides = _OTHER
        self._pieces[piece] = decides
        return decides

    def _look_at_value(self, piece: str, field: str, value: str) -> None:
        """Remember what rules about values say; most values are too plain for any of them."""
        is_plain = _PLAIN_VALUE.fullmatch(value) and len(value) < _SHORTER_THAN_AN_ID
        if is_plain and PARAMETERS[field] in self._plain:
            return
        found = tuple(
            one for rule in self._values for one in rule.check_raw(field, value, self.settings)
        )
        if found:
            self._said[piece] = found


def _plain_tags(settings: Settings) -> frozenset[str]:
    """Return the tags that are free to have any short word in small letters as value."""
    convention = settings.convention
    if convention.case == "upper" or convention.max_length:
        return frozenset()
    return frozenset(name for name, field in FIELDS.items() if field not in convention.fields)
