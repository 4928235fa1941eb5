"""The linter: every rule for every link, and most links without asking a rule at all.

    https://shop.example/spring?ref=1& | utm_source=news&utm_medium=email&utm_campaign=spring
                 page                  |                      tail

Tags repeat from link to link, pages do not. Of a page one pattern says whether it is ordinary; what
there is to say of a tail is remembered (see `tags.py` for tails that are new). Only what is not
ordinary is read in full, and a test holds that both ways say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from utmforge.lint.cross_link import MOST_KEPT, Place, Together
from utmforge.lint.fast_path.clean_pages import ANYWHERE, Ordinary
from utmforge.lint.fast_path.tag_cache import Tags
from utmforge.lint.rules import RULES
from utmforge.lint.rules.base import Found, Settings, ValueRule
from utmforge.lint.rules.destinations import NotAnAddress
from utmforge.lint.rules.lengths import MAX_URL_CHARACTERS
from utmforge.lint.rules.privacy import OnePersonId, PersonalData
from utmforge.lint.rules.workspace import NearDuplicate
from utmforge.privacy.find import find_private
from utmforge.urls.address import SURROGATE
from utmforge.urls.link import Link
from utmforge.urls.tagging import is_one_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


_USUAL = Settings()
_MOST_ROUNDS = 5
"""What one rule mends may be for another to mend: a tag that has its name has a value to check."""


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
        self._private = [rule for rule in self.rules if isinstance(rule, PersonalData)]
        self._values = [rule for rule in self.rules if isinstance(rule, ValueRule)]
        self._others = [rule for rule in self.rules if not isinstance(rule, PersonalData)]
        self._ordinary = Ordinary(settings)
        self._together: Together[Place] = Together(settings)
        self._tags: Tags[Place] = Tags(settings, self._others, self._ordinary, self._together)
        self._tails: dict[str, tuple[Found, ...]] = {}
        self._untagged: dict[str, tuple[Found, ...]] = {}
        """What there is to say of links without tags, by site."""

    def check(self, url: str, place: Place | None = None) -> tuple[Found, ...]:
        """Return what the rules have to say of one link.

        Args:
            url: As it was found.
            place: Where; for what is said of all links together. None: it is not remembered.
        """
        if not url.isascii() and SURROGATE.search(url):
            return self.thorough(url)
        at = url.find("utm_")
        if at > 0 and len(url) <= MAX_URL_CHARACTERS:
            page = url[:at]
            if self._ordinary.is_page(page):
                tail = url[at:]
                found = self._tails.get(tail)
                return self._of_tail(tail, page, place) if found is None else found
        elif at < 0:
            found = self._of_untagged(url)
            if found is not None:
                return found
        return self.thorough(url, place)

    def thorough(self, url: str | Link, place: Place | None = None) -> tuple[Found, ...]:
        """Return the same, every rule asked; of a link that is parsed already, or of its text.

        Nothing else is said of a link with something private, so that nothing repeats it.
        """
        link = url if isinstance(url, Link) else Link(url)
        url = link.url
        if SURROGATE.search(url):  # no other rule can decode it
            rules = (rule for rule in self._others if isinstance(rule, NotAnAddress))
            return tuple(found for rule in rules for found in rule.check(link, self.settings))
        if find_private(url):
            return tuple(
                found for rule in self._private for found in rule.check(link, self.settings)
            )
        if place is not None:
            self.remember(link.as_written, place)
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

        A link with something private is left alone, so that no difference shows it, and so is a
        text that is not one address.
        """
        if not is_one_address(url) or find_private(url):
            return url
        fixing = [rule for rule in self.rules if rule.is_fixable and rule.code in codes]
        for _ in range(_MOST_ROUNDS):
            before = url
            for rule in fixing:
                url = rule.mended(Link(url), self.settings)
            if url == before:
                break
        return url

    def remember(self, tags: Mapping[str, str], place: Place) -> None:
        """Keep names to compare; the first place of each."""
        self._together.remember(tags, place)

    @property
    def names(self) -> Mapping[str, Collection[str]]:
        """The names seen so far, by field."""
        return self._together.names

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
        found = self._tags.of_series(tail, page, place)
        if found is None:
            query, hash_mark, fragment = tail.partition("#")
            if not fragment or self._ordinary.is_fragment(fragment):
                found = self._tags.of_pieces(query, hash_mark + fragment, page, place)
        if found is None:
            found = self.thorough(ANYWHERE + tail, place)
        if len(self._tails) >= MOST_KEPT:
            self._tails.clear()
        self._tails[tail] = found
        return found

    def _of_untagged(self, url: str) -> tuple[Found, ...] | None:
        """Return what there is to say of an ordinary link without tags: its site decides it.

        None: it is not ordinary, or may have something that was to be a tag.
        """
        page, _, fragment = url.partition("#")
        site = page[: page.find("/", len("https://")) + 1]
        page += "&" if "?" in page else "?"
        if (
            not site
            or "utm" in url.lower()
            or not self._ordinary.is_page(page)
            or (fragment and not self._ordinary.is_fragment(fragment))
        ):
            return None
        found = self._untagged.get(site)
        if found is None:
            if len(self._untagged) >= MOST_KEPT:
                self._untagged.clear()
            found = self._untagged[site] = self.thorough(site)
        return found
