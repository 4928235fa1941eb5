"""What rules say of tags, remembered by what of them decides about it.

Rules about values say the same of each `name=value` wherever it stands. All others look at source,
medium, campaign and which tags there are besides, which is the shape of a link's tags. Where only
the content differs from link to link, what stands around it says all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic

from utmforge.lint.cross_link import MOST_KEPT, Place, Together
from utmforge.lint.fast_path.clean_pages import ANYWHERE, Ordinary
from utmforge.lint.rules.base import Found, LinkRule, Settings, ValueRule
from utmforge.model import FIELDS, PARAMETERS
from utmforge.privacy.find import find_private
from utmforge.privacy.prefilter import has_signs
from utmforge.urls.link import Link
from utmforge.urls.quoting import decoded

if TYPE_CHECKING:
    from collections.abc import Sequence

_FREE = frozenset(FIELDS) - {"utm_source", "utm_medium", "utm_campaign", "utm_term"}
"""Tags whose values no rule compares with the rest of a link; keywords differ in crowds as well."""
_PARAMETER = re.compile("([A-Za-z0-9_-]{1,40})=((?:[A-Za-z0-9_.~%:,-]*[A-Za-z0-9])?)")
_PLAIN_VALUE = re.compile("[a-z0-9]{1,15}(?:-[a-z0-9]{1,15}){0,9}")
_SHORTER_THAN_AN_ID = 30
_IN_A_SERIES = re.compile("(?:[a-z]{1,15}+-){0,3}+(?:[a-z]{0,5}[0-9]{1,10}|[a-z]{1,15})")
"""Such as `hero-12`: no rule about values has anything to say, and no number is private."""
_OTHER = "&"
_CONTENT_NAME = "utm_content"
_CONTENT = f"{_CONTENT_NAME}="


class Tags(Generic[Place]):
    """Knows what rules said of tags."""

    def __init__(
        self,
        settings: Settings,
        rules: Sequence[LinkRule],
        ordinary: Ordinary,
        together: Together[Place],
    ) -> None:
        self._ranks = {rule.code: rank for rank, rule in enumerate(rules)}
        self._values = [rule for rule in rules if isinstance(rule, ValueRule)]
        self._wholes = [rule for rule in rules if not isinstance(rule, ValueRule)]
        self._plain = _plain_tags(settings)
        self._ordinary = ordinary
        self._together = together
        self._pieces: dict[str, str] = {}
        """What of a `name=value` decides about a link: the whole, or its name. Empty: unusual."""
        self._said: dict[str, tuple[Found, ...]] = {}
        """What rules about values say of a `name=value`, where they say anything."""
        self._shapes: dict[tuple[str, ...], tuple[Found, ...] | None] = {}
        self._series: dict[str, tuple[tuple[Found, ...], tuple[str, ...]]] = {}
        """What there is to say of tails with the same text around their content; their crowd."""

    def of_series(self, tail: str, page: str, place: Place | None) -> tuple[Found, ...] | None:
        """Return what was said of tails that differ in their content only; None: there are none.

        Args:
            tail: The tags, and the fragment behind them.
            page: What stands before the tags.
            place: Where the link is. None: it is not remembered.
        """
        stem, content = _around_content(tail)
        series = self._series.get(stem)
        if series is None or not _IN_A_SERIES.fullmatch(content):
            return None
        found, crowd = series
        if place is not None:
            self._together.count(page, crowd, place, content)
        return found

    def of_pieces(
        self, query: str, fragment: str, page: str, place: Place | None
    ) -> tuple[Found, ...] | None:
        """Return what there is to say of tags, piece by piece; None: they are not ordinary.

        Args:
            query: The tags.
            fragment: What stands behind them, with its `#`; nothing is to be said of it.
            page: What stands before them.
            place: Where the link is. None: it is not remembered.
        """
        if len(self._pieces) >= MOST_KEPT:
            self._pieces.clear()
            self._said.clear()
        pieces = query.split("&")
        shape = self._shape(pieces, place)
        found = self._of_shape((*shape, fragment[:1]), query + fragment) if shape else None
        if found is None:
            return None
        if self._said:
            found = self._with_values(found, pieces)
        crowd = (*self._in_crowds(shape, pieces), fragment)
        if _CONTENT_NAME in crowd and _CONTENT_NAME in self._plain:
            if len(self._series) >= MOST_KEPT:
                self._series.clear()
            self._series[_around_content(query + fragment)[0]] = found, crowd
        if place is not None and not _FREE.isdisjoint(crowd):
            self._together.count(page, crowd, place)
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
            found = tuple(one for rule in self._wholes for one in rule.check(link))
        if len(self._shapes) >= MOST_KEPT:
            self._shapes.clear()
        self._shapes[shape] = found
        return found

    def _with_values(self, found: tuple[Found, ...], pieces: list[str]) -> tuple[Found, ...]:
        """Return also what rules say of values, in the order of the rules."""
        said = [one for piece in pieces for one in self._said.get(piece, ())]
        if not said:
            return found
        return tuple(sorted((*said, *found), key=lambda one: self._ranks[one.rule.code]))

    def _in_crowds(self, shape: tuple[str, ...], pieces: list[str]) -> tuple[str, ...]:
        """Return a shape with all of the tags in it that links of a crowd have in common.

        What rules speak of is no value that only a crowd makes suspicious.
        """
        return tuple(
            decides if decides in _FREE and piece not in self._said else piece
            for piece, decides in zip(pieces, shape, strict=True)
        )

    def _of_piece(self, piece: str, place: Place | None) -> str:
        """Return what of a `name=value` decides about a link; empty where it is not ordinary."""
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
        found = tuple(one for rule in self._values for one in rule.check_raw(field, value))
        if found:
            self._said[piece] = found


def _around_content(tail: str) -> tuple[str, str]:
    """Return a tail without its content, and the content; both empty where there is none."""
    start = tail.find(_CONTENT)
    if start < 0:
        return "", ""
    start += len(_CONTENT)
    end = tail.find("&", start)
    if end < 0:
        end = tail.find("#", start)
    if end < 0:
        return tail[:start], tail[start:]
    return tail[:start] + tail[end:], tail[start:end]


def _plain_tags(settings: Settings) -> frozenset[str]:
    """Return the tags that are free to have any short word in small letters as value."""
    convention = settings.convention
    if convention.case == "upper" or convention.max_length:
        return frozenset()
    return frozenset(name for name, field in FIELDS.items() if field not in convention.fields)
