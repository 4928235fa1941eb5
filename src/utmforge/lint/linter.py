"""The linter: every rule for every link, and most links without asking a rule at all.

    https://shop.example/spring?ref=1& | utm_source=news&utm_medium=email&utm_campaign=spring
                 page                  |                      tags

Tags repeat from link to link, pages do not. What the rules say of tags is remembered by their
text, by each `name=value`, and by source, medium and campaign; a page passes one pattern. Only what
does not is read in full, and a test holds that both ways say the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, TypeVar

from utmforge.errors import BadLandingPage
from utmforge.lint.addresses import CHAT_INVITES, SHORTENERS, breaks
from utmforge.lint.agreed import NearDuplicate
from utmforge.lint.base import Found, Settings, ValueRule
from utmforge.lint.lengths import MAX_URL_CHARACTERS
from utmforge.lint.link import Link, decoded
from utmforge.lint.parameters import is_own, looks_like_tag
from utmforge.lint.private import LEAST_RECIPIENTS, OnePersonId, PersonalData
from utmforge.lint.rules import RULES
from utmforge.lint.writing import LetterCase
from utmforge.near_names import NearNames
from utmforge.private_data import find_private
from utmforge.private_data.keys import TELLING_KEYS
from utmforge.urls import FIELDS, SIGNATURES, read_landing_page

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

Place = TypeVar("Place")

COMPARED = ("source", "medium", "campaign", "content")
"""The fields whose values are compared with each other."""

_MOST_KEPT = 200_000
_MOST_CONTENTS = 5_000
"""More are a series, which somebody's program has made."""
_DECIDE = frozenset(("utm_source", "utm_medium", "utm_campaign", "utm_term"))
_ANYWHERE = "https://x.example/?"
_ORDINARY_PAGE = re.compile(
    r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/[a-z0-9/_-]*(?:\.html?|\.php)?)?"
    r"\?((?:[a-z0-9_-]{1,40}=[a-z0-9_-]*&)*)"
)
_POSSIBLE_PAGE = re.compile(
    r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/[A-Za-z0-9/_.~%:,+-]*)?"
    r"\?((?:[A-Za-z0-9_-]{1,40}=[A-Za-z0-9_.~%:,-]*&)*)"
)
_ORDINARY_PARAMETER = re.compile(r"([a-z0-9_-]{1,40})=([a-z0-9]{1,15}(?:[_-][a-z0-9]{1,15}){0,9})")
_ORDINARY_FRAGMENT = re.compile(r"[a-z0-9_/-]*[a-z0-9]")
_OTHER = "&"
# What may be a phone number, a card or an IBAN: `private_data` asks the same.
_LONG_NUMBER = re.compile(r"[0-9]{2}(?:[0-9.()-]{9}|[a-z0-9]{11})")
_SHORTER_THAN_AN_ID = 30


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
        self._values = [rule for rule in self.rules if isinstance(rule, ValueRule)]
        self._private = [rule for rule in self.rules if isinstance(rule, PersonalData)]
        self._others = [rule for rule in self.rules if not isinstance(rule, PersonalData)]
        self._tails: dict[str, tuple[Found, ...]] = {}
        self._tags: dict[str, str] = {}
        """What of a tag decides about a link: the whole, or its name. Empty: it is unusual."""
        self._shapes: dict[tuple[str, ...], tuple[Found, ...] | None] = {}
        self._hosts: dict[str, bool] = {}
        self._names: dict[str, bool] = {}
        self._seen: dict[str, dict[str, Place]] = {field: {} for field in COMPARED}
        self._crowds: dict[tuple[str, tuple[str, ...]], tuple[int, Place]] = {}

    def check(self, url: str, place: Place | None = None) -> tuple[Found, ...]:
        """Return what the rules have to say of one link.

        Args:
            url: As it was found.
            place: Where; for what is said of all links together. None: it is not remembered.
        """
        at = url.find("utm_")
        if at > 0 and len(url) <= MAX_URL_CHARACTERS:
            page, tail = url[:at], url[at:]
            found = self._tails.get(tail)
            if found is None:
                found = self._of_tail(tail, page, place)
            if self._is_ordinary(page):
                return found
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
        for field in COMPARED:
            if value := tags.get(field):
                self._seen[field].setdefault(value, place)

    @property
    def names(self) -> Mapping[str, Collection[str]]:
        """The names seen so far, by field."""
        return self._seen

    def finish(
        self, known: Mapping[str, Collection[str]] | None = None
    ) -> Iterator[tuple[Place, Found]]:
        """Yield what there is to say of all links together, with places.

        Args:
            known: Names that others have used before, by field: they are right.
        """
        for rule in self.rules:
            if isinstance(rule, NearDuplicate):
                for field, seen in self._seen.items():
                    if field == "content" and len(seen) > _MOST_CONTENTS:
                        continue
                    yield from self._near(rule, field, seen, (known or {}).get(field, ()))
            elif isinstance(rule, OnePersonId):
                for (_, shape), (count, place) in self._crowds.items():
                    if count >= LEAST_RECIPIENTS:
                        fields = tuple(FIELDS[name] for name in shape if name in FIELDS)
                        yield place, rule.many(fields, count)

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
        return not any(_LETTER_CASE.check_value(field, name, self.settings))

    def _of_tail(self, tail: str, page: str, place: Place | None) -> tuple[Found, ...]:
        """Return what there is to say of the tags of a link, and remember it."""
        shape = []
        tags = self._tags
        query, _, fragment = tail.partition("#")
        if fragment and (not _ORDINARY_FRAGMENT.fullmatch(fragment) or find_private(fragment)):
            query = tail
        for piece in query.split("&"):
            decides = tags.get(piece)
            if decides is None:
                decides = self._of_tag(piece, place)
            if not decides:
                found = self.thorough(_ANYWHERE + tail, place)
                break
            shape.append(decides)
        else:
            found = self._of_shape(tuple(shape), tail, page, place)
        if len(self._tails) >= _MOST_KEPT:
            self._tails.clear()
        self._tails[tail] = found
        return found

    def _of_shape(
        self, shape: tuple[str, ...], tail: str, page: str, place: Place | None
    ) -> tuple[Found, ...]:
        if shape not in self._shapes:
            names = [piece.partition("=")[0] for piece in shape]
            there = [name for name in names if name != _OTHER]
            is_once = len(set(there)) == len(there)
            self._shapes[shape] = self.thorough(_ANYWHERE + tail) if is_once else None
        found = self._shapes[shape]
        if found is None:
            return self.thorough(_ANYWHERE + tail)
        if place is not None and not all("=" in piece for piece in shape):
            count, first = self._crowds.get((page, shape), (0, place))
            if len(self._crowds) >= _MOST_KEPT:
                self._crowds = {
                    key: one for key, one in self._crowds.items() if one[0] >= LEAST_RECIPIENTS
                }
            self._crowds[page, shape] = (count + 1, first)
        return found

    def _of_tag(self, piece: str, place: Place | None) -> str:
        """Return what of a tag decides about a link; empty where a rule has something to say."""
        decides = self._decides(piece)
        if decides and place is not None:
            name, _, value = piece.partition("=")
            if name in FIELDS:
                self.remember({FIELDS[name]: decoded(value)}, place)
        if len(self._tags) >= _MOST_KEPT:
            self._tags.clear()
        self._tags[piece] = decides
        return decides

    def _decides(self, piece: str) -> str:
        match = _ORDINARY_PARAMETER.fullmatch(piece)
        if not match:
            name, _, value = piece.partition("=")
            is_a_tag = bool(value) and name in FIELDS and "#" not in value
            return piece if is_a_tag and not find_private(f"{_ANYWHERE}{piece}") else ""
        name, value = match.groups()
        if name not in FIELDS:
            is_ordinary = self._is_ordinary_name(name) and not _LONG_NUMBER.search(value)
            return _OTHER if is_ordinary else ""
        if find_private(f"{_ANYWHERE}{piece}"):
            return ""
        return name if name not in _DECIDE and self._is_plain(FIELDS[name], value) else piece

    def _is_plain(self, field: str, value: str) -> bool:
        """Tell whether no rule about values has anything to say."""
        convention = self.settings.convention
        if len(value) < _SHORTER_THAN_AN_ID and not (
            "_" in value or field in convention.fields or convention.max_length
        ):
            return convention.case != "upper"
        return not any(
            True for rule in self._values for _ in rule.check_raw(field, value, self.settings)
        )

    def _is_ordinary(self, page: str) -> bool:
        """Tell whether no rule can have anything to say of what stands before the tags."""
        match = _ORDINARY_PAGE.fullmatch(page)
        if not match or _LONG_NUMBER.search(page):
            match = _POSSIBLE_PAGE.fullmatch(page)
            if not match or find_private(page):
                return False
        host, query = match.groups()
        if not self._hosts.get(host) and not self._is_ordinary_host(host):
            return False
        if query:
            names = self._names
            for piece in query.split("&"):
                name = piece.partition("=")[0]
                if not names.get(name) and not self._is_ordinary_name(name):
                    return False
        return True

    def _is_ordinary_host(self, host: str) -> bool:
        if host in self._hosts:
            return self._hosts[host]
        bare = host.removeprefix("www.")
        is_ordinary = not (
            "xn--" in host
            or bare in SHORTENERS
            or bare in CHAT_INVITES
            or breaks(bare)
            or (self.settings.is_site and is_own(bare, self.settings.own_domains))
        )
        try:
            is_ordinary = is_ordinary and bool(read_landing_page(f"https://{host}/"))
        except BadLandingPage:
            is_ordinary = False
        if len(self._hosts) < _MOST_KEPT:
            self._hosts[host] = is_ordinary
        return is_ordinary

    def _is_ordinary_name(self, name: str) -> bool:
        if name in self._names:
            return self._names[name]
        plain = name.lower().replace("_", "").replace("-", "")
        is_ordinary = not (
            looks_like_tag(name) or SIGNATURES.search(f"{name}=") or plain in TELLING_KEYS
        )
        if len(self._names) < _MOST_KEPT:
            self._names[name] = is_ordinary
        return is_ordinary


_LETTER_CASE = LetterCase()
