"""What rules say about tags, remembered by the parts of the tags that decide it.

    utm_source=news & utm_medium=email & utm_content=hero-12 & lang=de
    utm_source=news   utm_medium=email   utm_content           &           the shape

Rules about values say the same of `utm_source=News` wherever it stands: they are asked once for each
`name=value`. All other rules look at source, medium, campaign and term, and at which tags there are
besides: they are asked once for each shape, in which a content is only its name and a parameter of
the page only `&`. So a thousand links that differ in their content are a thousand look-ups.

It is fast (benchmarks/lint.py), and says what asking every rule says (tests/lint/test_linter.py).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple

from utmforge.lint.cross_link import CrossLinkChecks, Place
from utmforge.lint.fast_path.bounded_cache import BoundedCache
from utmforge.lint.fast_path.clean_pages import ANYWHERE, CleanPages
from utmforge.lint.rules.base import Found, LinkRule, Settings, ValueRule
from utmforge.model import FIELDS
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
_IN_A_SERIES = re.compile(
    "(utm_[a-z_]{1,20})=(?:[a-z]{1,15}+-){0,3}+(?:[a-z]{0,5}[0-9]{1,10}|[a-z]{1,15})"
)
"""`utm_content=hero-12`: no rule about values says anything, and no number in it is private."""
_OTHER = "&"


class Piece(NamedTuple):
    """What is known about one `name=value`."""

    decides: str
    """The part that decides about a link: the whole, the name, or `&`. Empty: it is unusual, and
    its link has to be read in full."""
    found: tuple[Found, ...] = ()
    """What the rules about values say."""


class TagCache(Generic[Place]):
    """Knows what rules said about tags."""

    def __init__(
        self,
        settings: Settings,
        rules: Sequence[LinkRule],
        pages: CleanPages,
        cross_link: CrossLinkChecks[Place],
    ) -> None:
        self._ranks = {rule.code: rank for rank, rule in enumerate(rules)}
        self._of_values = [rule for rule in rules if isinstance(rule, ValueRule)]
        self._of_links = [rule for rule in rules if not isinstance(rule, ValueRule)]
        self._plain = _plain_tags(settings)
        self._pages = pages
        self._cross_link = cross_link
        self._pieces = BoundedCache[str, Piece]()
        self._shapes = BoundedCache[tuple[str, ...], tuple[Found, ...] | None]()

    def found(
        self, query: str, fragment: str, page: str, place: Place | None
    ) -> tuple[Found, ...] | None:
        """Return what there is to say about tags; None: they are unusual, read the link in full.

        Args:
            query: The tags.
            fragment: What comes after them, with its `#`; there is nothing to say about it.
            page: What comes before them.
            place: Where the link is. None: it is not remembered.
        """
        written = query.split("&")
        known = self._pieces
        pieces = [known.get(each) or self._read(each, place) for each in written]
        shape = tuple([piece[0] for piece in pieces])
        if "" in shape:
            return None
        found = self._of_shape((*shape, fragment[:1]), query + fragment)
        if found is None:
            return None
        said = [one for piece in pieces for one in piece[1]]
        if said:
            # A value that a rule speaks about is not one that only a crowd makes suspicious.
            shape = tuple(
                each if piece.found else piece.decides
                for each, piece in zip(written, pieces, strict=True)
            )
            found = tuple(sorted((*said, *found), key=lambda one: self._ranks[one.rule.code]))
        if place is not None and not _FREE.isdisjoint(shape):
            if _OTHER in shape:  # links of a crowd have the page's own parameters in common
                shape = tuple(
                    each if decides == _OTHER else decides
                    for each, decides in zip(written, shape, strict=True)
                )
            self._cross_link.count(page, (*shape, fragment), place)
        return found

    def _of_shape(self, shape: tuple[str, ...], tail: str) -> tuple[Found, ...] | None:
        """Return what rules say that look at whole links; None where a tag is there twice."""
        if shape in self._shapes:
            return self._shapes[shape]
        names = [piece.partition("=")[0] for piece in shape if piece != _OTHER]
        found = None
        if len(set(names)) == len(names):
            link = Link(ANYWHERE + tail)
            found = tuple(one for rule in self._of_links for one in rule.check(link))
        self._shapes[shape] = found
        return found

    def _read(self, written: str, place: Place | None) -> Piece:
        """Return what is known about a `name=value` that is new."""
        series = _IN_A_SERIES.fullmatch(written)
        if series and (name := series[1]) in self._plain and name in _FREE:
            if place is not None:
                self._cross_link.remember_one(FIELDS[name], written[len(name) + 1 :], place)
            piece = Piece(name)
        else:
            piece = self._read_in_full(written, place)
        self._pieces[written] = piece
        return piece

    def _read_in_full(self, written: str, place: Place | None) -> Piece:
        is_usual = _PARAMETER.fullmatch(written)
        name, _, value = written.partition("=")
        if (not is_usual or has_signs(written)) and find_private(ANYWHERE + written):
            return Piece("")
        if name in FIELDS and value:
            text = decoded(value)
            if place is not None:
                self._cross_link.remember_one(FIELDS[name], text, place)
            decides = name if is_usual and name in _FREE and text.strip() else written
            return Piece(decides, self._of_value(name, value))
        is_other = is_usual and name not in FIELDS and self._pages.are_names([name])
        return Piece(_OTHER if is_other else "")

    def _of_value(self, name: str, value: str) -> tuple[Found, ...]:
        """Return what rules about values say; most values are too plain for any of them."""
        is_plain = _PLAIN_VALUE.fullmatch(value) and len(value) < _SHORTER_THAN_AN_ID
        if is_plain and name in self._plain:
            return ()
        field = FIELDS[name]
        return tuple(one for rule in self._of_values for one in rule.check_raw(field, value))


def _plain_tags(settings: Settings) -> frozenset[str]:
    """Return the tags that may have any short word in small letters as their value."""
    convention = settings.convention
    if convention.case == "upper" or convention.max_length:
        return frozenset()
    return frozenset(name for name, field in FIELDS.items() if field not in convention.fields)
