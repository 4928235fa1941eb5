"""Find the issued link that a link as found is, even if it was changed on the way."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import UtmforgeError
from utmforge.explain.differences import Difference, differences
from utmforge.explain.missing_tag import (
    MAX_COUNTED,
    MIN_LEFT,
    OneOf,
    describe_change,
    lost_tag,
    one_of,
)
from utmforge.model import PARAMETERS, REQUIRED, Tags
from utmforge.naming.intended_tags import intended_tags
from utmforge.registry.queries import LinkQuery
from utmforge.registry.successors import successors
from utmforge.urls.link import Link
from utmforge.urls.link_forms import with_tag_names, without_click_ids
from utmforge.urls.link_ids import link_id
from utmforge.urls.parameters import tags_of
from utmforge.urls.reader_shares import without_visit
from utmforge.urls.sites import host_of
from utmforge.urls.tagging import read_landing_page

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from utmforge.model import Event, TaggedLink
    from utmforge.naming.convention import Convention
    from utmforge.registry import Registry
    from utmforge.registry.successors import Successor
    from utmforge.urls.unwrap.unwrap import FoundLink

_MAX_CANDIDATES = 500
_MIN_CUT_CHARACTERS = 20
_PATH_ENDS = ("?", "/?")
"""What follows the path of an issued link."""
_HOST = re.compile("https?://([^/?#]*)", re.IGNORECASE)
CUT = "its end was cut off"


class IssuedAs(NamedTuple):
    """The issued link that a link as found is."""

    link: TaggedLink
    """As the registry has it, with its state."""
    changes: tuple[str, ...] = ()
    """What happened to it on the way, such as `fbclid was added`. Empty: nothing."""
    retirement: Event | None = None
    """Why it must no longer be used. None: it is in use."""
    successor: Successor | None = None
    """The link that was named as its successor. None: it has none."""
    site: str | None = None
    """The domain whose share buttons issued it. None: it was issued as a link of its own."""


def issued_match(
    found: FoundLink,
    registry: Registry,
    convention: Convention,
    own_domains: Collection[str] = (),
) -> IssuedAs | OneOf | None:
    """Return the issued link that this is, or those that it may be. None: it was never issued.

    Args:
        found: The link as it was found.
        registry: The registry to look in.
        convention: The naming convention.
        own_domains: The domains that are your own: a successor may be on any of them.
    """
    match = _matched(found, registry, convention)
    if not isinstance(match, IssuedAs):
        return match
    retirement = registry.events.retirements([match.link.id]).get(match.link.id)
    events = [retirement] if retirement else []
    named = successors(match.link, events, registry.queries, own_domains)
    return match._replace(retirement=retirement, successor=next(iter(named.values()), None))


def _matched(
    found: FoundLink, registry: Registry, convention: Convention
) -> IssuedAs | OneOf | None:
    lookup = Lookup(found.link, convention)
    link = _by_id(lookup, registry) or _most_similar(lookup, registry)
    if link:
        return IssuedAs(link, lookup.changes(link))
    if by_pattern := _by_pattern(lookup, registry):
        return by_pattern
    if (found.cut or lookup.is_missing_a_tag) and (link := _by_beginning(found.url, registry)):
        return IssuedAs(link, (CUT,))
    links, left = _with_one_more_tag(lookup, registry)
    if len(links) != 1:
        return one_of(links, left) if links else None
    return IssuedAs(links[0], lookup.changes(links[0], describe_change))


class Lookup:
    """A link as found, and the forms in which it may have been issued."""

    def __init__(self, link: Link, convention: Convention) -> None:
        self.link = link
        self._convention = convention
        self._differences: dict[str, tuple[Difference, ...]] = {}

    @cached_property
    def readings(self) -> tuple[Tags, ...]:
        """The tags regardless of letter case and place, and the tags that the author meant."""
        in_any_case = tags_of(self.link.in_any_case)
        try:
            return tuple(dict.fromkeys((in_any_case, intended_tags(self.link, self._convention))))
        except UtmforgeError:
            return (in_any_case,)

    @property
    def is_missing_a_tag(self) -> bool:
        """Whether it has tags, but not all of those that every issued link has."""
        tags = self.link.in_any_case
        return bool(tags) and not all(name in tags for name in REQUIRED)

    def forms(self) -> Iterator[str]:
        """Yield the link as it is, and as it was issued if only its writing changed."""
        yield self.link.url
        bare = without_click_ids(self.link)
        bare_link = self.link if bare == self.link.url else Link(bare)
        for form in dict.fromkeys((with_tag_names(self.link), with_tag_names(bare_link))):
            try:
                page = read_landing_page(form)
            except UtmforgeError:
                continue
            for tags in self.readings:
                try:
                    yield page.with_tags(tags)
                except UtmforgeError:
                    continue

    def differences_from(self, issued: TaggedLink) -> tuple[Difference, ...]:
        """Return how it differs from an issued link."""
        if issued.id not in self._differences:
            other = self.link if issued.url == self.link.url else Link(issued.url)
            self._differences[issued.id] = differences(other, self.link)
        return self._differences[issued.id]

    def changes(
        self, issued: TaggedLink, describe: Callable[[Difference], str] = str
    ) -> tuple[str, ...]:
        """Describe what happened to an issued link on the way, each change once."""
        host = _HOST.match(self.link.url)
        is_case = host and host[1] != host[1].lower()
        case = ("the host changed its letter case",) if is_case else ()
        return (*case, *dict.fromkeys(map(describe, self.differences_from(issued))))


def _by_id(lookup: Lookup, registry: Registry) -> TaggedLink | None:
    """Look the link up as it is, and as it was issued if only its writing changed."""
    ids = [link_id(form) for form in lookup.forms()]
    known = registry.queries.known(ids)
    return next((known[one] for one in ids if one in known), None)


def _most_similar(lookup: Lookup, registry: Registry) -> TaggedLink | None:
    """Return the link with the same tags to the same page that has the fewest differences."""
    for tags in lookup.readings:
        if not tags.campaign:
            continue
        alike = [
            link
            for link in _with_tags(lookup, tags, registry)
            if link.tags == tags and are_harmless(lookup.differences_from(link))
        ]
        if alike:
            return min(alike, key=lambda link: len(lookup.differences_from(link)))
    return None


def _by_pattern(lookup: Lookup, registry: Registry) -> IssuedAs | None:
    """Return this very page as share buttons link to it, if their pattern was issued."""
    found = next(
        (
            pattern
            for tags in lookup.readings
            if (pattern := registry.queries.pattern(lookup.link.host, tags))
        ),
        None,
    )
    if found is None:
        return None
    link = _of_page(found, lookup.link.url)
    return IssuedAs(link, lookup.changes(link), site=host_of(found.landing_page))


def _of_page(pattern: TaggedLink, url: str) -> TaggedLink:
    """Return the link of a pattern to one page: the pattern's id and tags, the page's address.

    Args:
        pattern: The pattern.
        url: The page's address, which may be tagged.
    """
    try:
        page = read_landing_page(without_visit(url))
        return pattern._replace(url=page.with_tags(pattern.tags), landing_page=page.url)
    except UtmforgeError:
        return pattern


def _with_one_more_tag(lookup: Lookup, registry: Registry) -> tuple[list[TaggedLink], Tags]:
    """Return the links with one more tag to the same page that have the fewest differences."""
    for tags in lookup.readings:
        if sum(1 for _ in tags.items()) < MIN_LEFT:
            continue
        alike: dict[int, list[TaggedLink]] = {}
        # The page's whole path, with and without a slash: other pages may begin with it.
        for link in (one for end in _PATH_ENDS for one in _with_tags(lookup, tags, registry, end)):
            found = lookup.differences_from(link)
            if lost_tag(link.tags, tags) and are_harmless(found):
                alike.setdefault(len(found), []).append(link)
        if alike:
            return alike[min(alike)], tags
    return [], lookup.readings[0]


def _with_tags(
    lookup: Lookup, tags: Tags, registry: Registry, end: str = ""
) -> Iterator[TaggedLink]:
    """Yield the latest links that have at least these tags and a similar page."""
    address = lookup.link.address
    if address is None:
        return
    others = tuple((PARAMETERS[name], value) for name, value in tags.items())
    text = (address.path.rstrip("/") or address.host.removeprefix("www.")) + end
    limit = MAX_COUNTED + 1 if end else _MAX_CANDIDATES
    campaign = tags.campaign or None
    yield from registry.links(LinkQuery(campaign, text=text, tags=others, limit=limit))


def _by_beginning(url: str, registry: Registry) -> TaggedLink | None:
    """Return the only link that begins with an address."""
    whole = url.rstrip("%")
    if len(whole) < _MIN_CUT_CHARACTERS:
        return None
    begun = (one for one in registry.links(LinkQuery(text=whole)) if one.url.startswith(whole))
    some = list(islice(begun, 2))
    return some[0] if len(some) == 1 else None


def are_harmless(found: tuple[Difference, ...]) -> bool:
    """Tell whether servers, apps and people make such changes to a link that stays the same."""
    return all(_is_harmless(one) for one in found)


def _is_harmless(one: Difference) -> bool:
    first, second = one.first or "", one.second or ""
    match one.part:
        case "host":
            return first.removeprefix("www.") == second.removeprefix("www.")
        case "path":
            return first.rstrip("/") == second.rstrip("/")
        case "parameter":
            return one.first is None or one.second is None
    return True
