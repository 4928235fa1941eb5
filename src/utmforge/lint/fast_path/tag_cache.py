"""Cache what rules report about tags, by the parts of the tags that decide it.

    utm_source=news & utm_medium=email & utm_content=hero-12 & lang=de
    utm_source=news   utm_medium=email   utm_content           &           the shape

Rules about values report the same for `utm_source=News` in every link: they run once for each
`name=value`. All other rules depend on source, medium, campaign and term, and on which other tags
there are: they run once for each shape, which has only the name of a content, and only `&` for a
parameter of the page. If links differ only in a content such as `hero-12`, one lookup is enough.

This is fast (benchmarks/lint.py), and reports what all rules report (tests/lint/test_linter.py).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple

from utmforge.bounded_cache import BoundedCache
from utmforge.lint.cross_link import CrossLinkChecks, Place
from utmforge.lint.fast_path.clean_pages import ANYWHERE, is_clean_fragment, is_clean_name
from utmforge.lint.rules.base import Found, LinkRule, Settings, ValueRule
from utmforge.model import FIELDS
from utmforge.privacy.find import find_private
from utmforge.privacy.prefilter import has_signs
from utmforge.urls.click_ids import is_click_id
from utmforge.urls.link import Link
from utmforge.urls.quoting import decoded

if TYPE_CHECKING:
    from collections.abc import Sequence

_FREE = frozenset(FIELDS) - {"utm_source", "utm_medium", "utm_campaign", "utm_term"}
"""Tags whose values no rule compares with the rest of a link, and which are not keywords."""
_PARAMETER = re.compile("([A-Za-z0-9_-]{1,40})=((?:[A-Za-z0-9_.~%:,-]*[A-Za-z0-9])?)")
_PLAIN_VALUE = re.compile("[a-z0-9]{1,15}(?:-[a-z0-9]{1,15}){0,9}")
_SHORTER_THAN_AN_ID = 30
_SERIES = re.compile(
    "((?:[^#]*&)?utm_content=)"
    "((?:[a-z]{1,15}+-){0,3}+(?:[a-z]{0,5}[0-9]{1,10}|[a-z]{1,15}))((?:[&#].*)?)"
)
"""`utm_source=news&utm_content=` `hero-12` `#top`: if links differ only in such a content, the text
before and after it decides, because no rule reports a plain word with a short number, and it cannot
be private."""
_OTHER = "&"
_CONTENT = "utm_content"


class Piece(NamedTuple):
    """What is known about one `name=value`."""

    decides: str
    """The part that decides about a link: all of it, the name, or `&`. Empty: it is unusual, and
    its link has to be read in full."""
    found: tuple[Found, ...] = ()
    """What the rules about values report."""


class Series(NamedTuple):
    """What is known about all links that differ only in their content."""

    found: tuple[Found, ...]
    """What the rules report."""
    in_crowd: tuple[str, ...]
    """What such links have in common."""


class TagCache(Generic[Place]):
    """Caches what rules reported about tags."""

    def __init__(
        self,
        settings: Settings,
        rules: Sequence[LinkRule],
        cross_link: CrossLinkChecks[Place],
    ) -> None:
        self._ranks = {rule.code: rank for rank, rule in enumerate(rules)}
        self._value_rules = [rule for rule in rules if isinstance(rule, ValueRule)]
        self._link_rules = [rule for rule in rules if not isinstance(rule, ValueRule)]
        self._plain = _plain_tags(settings)
        self._cross_link = cross_link
        self._series = BoundedCache[tuple[str, str], Series]()
        self._pieces = BoundedCache[str, Piece]()
        self._shapes = BoundedCache[tuple[str, ...], tuple[Found, ...] | None]()

    def found(self, tail: str, page: str, place: Place | None) -> tuple[Found, ...] | None:
        """Return what rules report about tags. None: they are unusual, so read the link in full.

        Args:
            tail: The tags, with the fragment after them.
            page: What comes before them.
            place: Where the link is. None: it is not stored.
        """
        series = stem = None
        if match := _SERIES.fullmatch(tail):
            before, content, after = match.groups()
            stem = before, after
            series = self._series.get(stem)
        if series is None:
            query, hash_mark, fragment = tail.partition("#")
            if fragment and not is_clean_fragment(fragment):
                return None
            series = self._read_tags(query, hash_mark + fragment, place)
            if series is None:
                return None
            if stem and _CONTENT in series.in_crowd and _CONTENT in self._plain:
                self._series[stem] = series
        elif place is not None:
            self._cross_link.remember_one("content", content, place)
        found, in_crowd = series
        if place is not None and in_crowd:
            self._cross_link.count(page, in_crowd, place)
        return found

    def _read_tags(self, query: str, fragment: str, place: Place | None) -> Series | None:
        """Look up every part of the tags."""
        written = query.split("&")
        known = self._pieces
        pieces = [known.get(each) or self._read(each, place) for each in written]
        decides = tuple([piece[0] for piece in pieces])
        key = (*decides, fragment[:1])
        if key not in self._shapes:
            self._shapes[key] = self._check_shape(key, query + fragment)
        found = self._shapes[key]
        if found is None:
            return None
        found, decides = self._with_values(found, written, pieces)
        if _FREE.isdisjoint(decides):
            return Series(found, ())
        in_crowd = [  # links of a crowd have the page's own parameters in common
            each if part == _OTHER else part for each, part in zip(written, decides, strict=True)
        ]
        return Series(found, (*in_crowd, fragment))

    def _with_values(
        self, found: tuple[Found, ...], written: Sequence[str], pieces: Sequence[Piece]
    ) -> tuple[tuple[Found, ...], tuple[str, ...]]:
        """Return also what rules report about values, in the order of the rules, and the shape.

        A value that a rule reports needs no crowd to be suspicious: the shape contains the value
        itself.
        """
        of_values = [one for piece in pieces for one in piece.found]
        if of_values:
            found = tuple(sorted((*of_values, *found), key=lambda one: self._ranks[one.rule.code]))
        return found, tuple(
            each if piece.found else piece.decides
            for each, piece in zip(written, pieces, strict=True)
        )

    def _check_shape(self, key: tuple[str, ...], tail: str) -> tuple[Found, ...] | None:
        """Run the rules about links. None: a part is unusual, or a tag appears twice."""
        names = [piece.partition("=")[0] for piece in key if piece != _OTHER]
        if "" in key[:-1] or len(set(names)) < len(names):
            return None
        link = Link(ANYWHERE + tail)
        return tuple(one for rule in self._link_rules for one in rule.check(link))

    def _read(self, written: str, place: Place | None) -> Piece:
        """Return what is known about a `name=value`, and store it."""
        piece = self._pieces[written] = self._new_piece(written, place)
        return piece

    def _new_piece(self, written: str, place: Place | None) -> Piece:
        if written.lower().rfind("utm_") > 0:  # a tag in another one
            return Piece("")
        is_usual = _PARAMETER.fullmatch(written)
        name, _, value = written.partition("=")
        if (not is_usual or has_signs(written)) and find_private(ANYWHERE + written):
            return Piece("")
        if name in FIELDS and value:
            text = decoded(value)
            if place is not None:
                self._cross_link.remember_one(FIELDS[name], text, place)
            decides = name if is_usual and name in _FREE and text.strip() else written
            return Piece(decides, self._check_value(name, value))
        is_other = is_usual and name not in FIELDS and is_clean_name(name) and not is_click_id(name)
        return Piece(_OTHER if is_other else "")

    def _check_value(self, name: str, value: str) -> tuple[Found, ...]:
        """Return what rules about values report; most values are too plain for any of them."""
        is_plain = _PLAIN_VALUE.fullmatch(value) and len(value) < _SHORTER_THAN_AN_ID
        if is_plain and name in self._plain:
            return ()
        field = FIELDS[name]
        return tuple(one for rule in self._value_rules for one in rule.check_raw(field, value))


def _plain_tags(settings: Settings) -> frozenset[str]:
    """Return the tags that may have any short lower-case word as their value."""
    convention = settings.convention
    if convention.case == "upper" or convention.max_length:
        return frozenset()
    return frozenset(name for name, field in FIELDS.items() if field not in convention.fields)
