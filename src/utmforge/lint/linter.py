"""The linter: checks links with every rule, most of them without running a single one.

    https://shop.example/spring?ref=1& | utm_source=news&utm_medium=email&utm_campaign=spring
                 page                  |                      tail

Tags repeat from link to link, pages do not. One pattern says whether a page is clean
(`fast_path/clean_pages.py`); what rules report about a tail is cached, and a new tail is looked up
in parts (`fast_path/tag_cache.py`). Only unusual links are read in full, by `thorough`, and a test
proves that both ways report the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from utmforge.bounded_cache import BoundedCache
from utmforge.lint.cross_link import CrossLinkChecks, Place
from utmforge.lint.fast_path.clean_pages import (
    ANYWHERE,
    CleanPages,
    click_ids_in,
    is_clean_fragment,
)
from utmforge.lint.fast_path.tag_cache import TagCache
from utmforge.lint.rules import rules_for
from utmforge.lint.rules.base import DEFAULT_SETTINGS, Found, LinkRule, Settings, ValueRule
from utmforge.lint.rules.destinations import NotAnAddress
from utmforge.lint.rules.lengths import MAX_URL_CHARACTERS
from utmforge.lint.rules.parameters import ClickId, MisplacedTag
from utmforge.lint.rules.privacy import OnePersonId, PersonalData
from utmforge.lint.rules.workspace import NearDuplicate
from utmforge.privacy.find import find_private
from utmforge.texts import is_utf8
from utmforge.urls.link import Link
from utmforge.urls.misplaced_tags import misplaced_tags, with_tags_apart

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


class Linter(Generic[Place]):
    """Checks links one by one, then compares them with each other."""

    def __init__(
        self, settings: Settings = DEFAULT_SETTINGS, codes: Collection[str] | None = None
    ) -> None:
        """Choose the rules.

        Args:
            settings: What they need to know.
            codes: Which rules. None: all.
        """
        self.settings = settings
        self.rules = rules_for(settings, codes)
        link_rules = [rule for rule in self.rules if isinstance(rule, LinkRule)]
        self._private = [rule for rule in link_rules if isinstance(rule, PersonalData)]
        self._values = [rule for rule in link_rules if isinstance(rule, ValueRule)]
        self._others = [rule for rule in link_rules if not isinstance(rule, PersonalData)]
        self._pages = CleanPages(settings)
        self._cross_link = CrossLinkChecks[Place](settings)
        self._tags = TagCache[Place](settings, self._others, self._cross_link)
        self._ranks = {rule.code: rank for rank, rule in enumerate(self._others)}
        self._click_ids = BoundedCache[tuple[str, ...], tuple[Found, ...]]()
        """What was said about click ids, by their names."""
        self._tails = BoundedCache[str, tuple[Found, ...]]()
        """What rules reported about tags, with the fragment after them."""
        self._untagged = BoundedCache[str, tuple[Found, ...]]()
        """What rules reported about links without tags, by site."""

    def check(self, url: str, place: Place | None = None) -> tuple[Found, ...]:
        """Return what the rules find in one link.

        Args:
            url: As it was found.
            place: Where it is, to be compared with other links. None: it is not compared.
        """
        if not url.isascii() and not is_utf8(url):
            return self.thorough(url)
        at = url.find("utm_")
        if at > 0 and len(url) <= MAX_URL_CHARACTERS:
            page = url[:at]
            if self._pages.is_clean(page):
                tail = url[at:]
                found = self._tails.get(tail)
                if found is None:
                    found = self._check_tail(tail, page, place)
                ids = click_ids_in(page) if page[-1] == "&" else ()
                return self._with_click_ids(found, ids) if ids else found
        elif at < 0:
            found = self._check_untagged(url)
            if found is not None:
                return found
        return self.thorough(url, place)

    def thorough(self, url: str | Link, place: Place | None = None) -> tuple[Found, ...]:
        """Return the same by running every rule.

        Only the privacy rules report a link with private data, so that no message repeats it.
        Where tags are misplaced, one rule says so, and the others read the link as it was meant.
        """
        link = url if isinstance(url, Link) else Link(url)
        url = link.url
        if not is_utf8(url):  # no other rule can decode it
            rules = (rule for rule in self._others if isinstance(rule, NotAnAddress))
            return tuple(found for rule in rules for found in rule.check(link))
        if find_private(url):
            return tuple(found for rule in self._private for found in rule.check(link))
        meant = link
        if misplaced_tags(link):
            meant = Link(with_tags_apart(link))
        if place is not None:
            self.remember(meant.as_written, place)
        return tuple(
            found
            for rule in self._others
            for found in rule.check(link if isinstance(rule, MisplacedTag) else meant)
        )

    def check_value(self, field: str, value: str) -> tuple[Found, ...]:
        """Return what the rules find in the value of a tag that is not in a link yet."""
        if find_private(value):
            return tuple(f for rule in self._private for f in rule.check_value(field, value))
        return tuple(found for rule in self._values for found in rule.check_value(field, value))

    def remember(self, tags: Mapping[str, str], place: Place) -> None:
        """Store the names in tags with their first places, to compare them later."""
        self._cross_link.remember(tags, place)

    @property
    def names(self) -> Mapping[str, Collection[str]]:
        """The names seen so far, by field."""
        return self._cross_link.names

    def finish(
        self, known: Mapping[str, Collection[str]] | None = None
    ) -> Iterator[tuple[Place, Found]]:
        """Yield what is found by comparing the links with each other, with places.

        Args:
            known: Names that count as correct, by field.
        """
        for rule in self.rules:
            if isinstance(rule, NearDuplicate):
                yield from self._cross_link.near_names(rule, known or {})
            elif isinstance(rule, OnePersonId):
                yield from self._cross_link.recipients(rule)

    def _with_click_ids(
        self, found: tuple[Found, ...], names: tuple[str, ...]
    ) -> tuple[Found, ...]:
        """Return also what a rule says of click ids before the tags, in the order of the rules."""
        of_ids = self._click_ids.get(names)
        if of_ids is None:
            link = Link(f"{ANYWHERE}{''.join(f'{name}=1&' for name in names)}utm_source=a")
            rules = (rule for rule in self._others if isinstance(rule, ClickId))
            of_ids = tuple(one for rule in rules for one in rule.check(link))
            self._click_ids[names] = of_ids
        codes = self._ranks
        if any(one.rule.code not in codes for one in found):  # private: only these rules report it
            return found
        return tuple(sorted((*found, *of_ids), key=lambda one: codes[one.rule.code]))

    def _check_tail(self, tail: str, page: str, place: Place | None) -> tuple[Found, ...]:
        """Return what rules find in a tail, and store it."""
        found = self._tags.found(tail, page, place)
        if found is None:
            found = self.thorough(ANYWHERE + tail, place)
        self._tails[tail] = found
        return found

    def _check_untagged(self, url: str) -> tuple[Found, ...] | None:
        """Return what rules find in a usual link without tags, which only depends on its site.

        None: it is unusual, or something in it may be meant as a tag.
        """
        page, _, fragment = url.partition("#")
        site = page[: page.find("/", len("https://")) + 1]
        page += "&" if "?" in page else "?"
        if (
            not site
            or "utm" in url.lower()
            or not self._pages.is_clean(page)
            or (fragment and not is_clean_fragment(fragment))
        ):
            return None
        found = self._untagged.get(site)
        if found is None:
            found = self._untagged[site] = self.thorough(site)
        return found
