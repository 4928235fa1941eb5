"""Which issued link a link as found is, also when it was changed on the way."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import UtmforgeError
from utmforge.explain.differences import Difference, differences
from utmforge.explain.missing_tag import MAX_COUNTED, MIN_LEFT, OneOf, lost_tag, one_of, told
from utmforge.lint.repair import intended_tags, with_tag_names, without_click_ids
from utmforge.model import PARAMETERS, REQUIRED, Tags
from utmforge.registry.queries import LinkQuery
from utmforge.urls.link import Link
from utmforge.urls.link_ids import link_id
from utmforge.urls.parameters import tags_of
from utmforge.urls.tagging import read_landing_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from utmforge.model import Event, TaggedLink
    from utmforge.naming.convention import Convention
    from utmforge.registry import Registry
    from utmforge.urls.unwrap.unwrap import FoundLink

_MAX_CANDIDATES = 500
_MIN_OF_A_CUT_LINK = 20
_ENDS = ("?", "/?")
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
    """Why it is no longer to be used. None: it is."""
    successor: TaggedLink | None = None
    """The link to use instead. None: none was named."""


def issued_match(
    found: FoundLink, registry: Registry, convention: Convention
) -> IssuedAs | OneOf | None:
    """Return the issued link that this is, or those of which it is one. None: never issued."""
    sought = Sought(found.link, convention)
    link = _by_id(sought, registry) or _most_alike(sought, registry)
    if link:
        return _with_what_became_of_it(link, sought.changes(link), registry)
    if (found.cut or sought.lacks_a_tag) and (link := _begun_by(found.url, registry)):
        return _with_what_became_of_it(link, (CUT,), registry)
    links, left = _with_one_more_tag(sought, registry)
    if len(links) != 1:
        return one_of(links, left) if links else None
    return _with_what_became_of_it(links[0], sought.changes(links[0], told), registry)


class Sought:
    """A link as found, and as what it may have been issued."""

    def __init__(self, link: Link, convention: Convention) -> None:
        self.link = link
        self._convention = convention
        self._apart: dict[str, tuple[Difference, ...]] = {}

    @cached_property
    def readings(self) -> tuple[Tags, ...]:
        """The tags but for their letter case and place, and as the author meant them."""
        in_any_case = tags_of(self.link.in_any_case)
        try:
            return tuple(dict.fromkeys((in_any_case, intended_tags(self.link, self._convention))))
        except UtmforgeError:
            return (in_any_case,)

    @property
    def lacks_a_tag(self) -> bool:
        """Whether there are tags, without all of those that every issued link has."""
        tags = self.link.in_any_case
        return bool(tags) and not all(name in tags for name in REQUIRED)

    def forms(self) -> Iterator[str]:
        """Yield it as it is, and as it was issued if only its writing changed."""
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

    def apart(self, issued: TaggedLink) -> tuple[Difference, ...]:
        """Return in what it is not as an issued link."""
        if issued.id not in self._apart:
            other = self.link if issued.url == self.link.url else Link(issued.url)
            self._apart[issued.id] = differences(other, self.link)
        return self._apart[issued.id]

    def changes(
        self, issued: TaggedLink, said: Callable[[Difference], str] = str
    ) -> tuple[str, ...]:
        """Say what happened to an issued link on the way; each thing once."""
        host = _HOST.match(self.link.url)
        is_case = host and host[1] != host[1].lower()
        case = ("the host changed its letter case",) if is_case else ()
        return (*case, *dict.fromkeys(map(said, self.apart(issued))))


def _with_what_became_of_it(
    link: TaggedLink, changes: tuple[str, ...], registry: Registry
) -> IssuedAs:
    retirement = registry.events.retirements([link.id]).get(link.id)
    named = retirement.successor if retirement else None
    successor = registry.queries.known([named]).get(named) if named else None
    return IssuedAs(link, changes, retirement, successor)


def _by_id(sought: Sought, registry: Registry) -> TaggedLink | None:
    """Look the link up as it is, and as it was issued if only its writing changed."""
    ids = [link_id(form) for form in sought.forms()]
    known = registry.queries.known(ids)
    return next((known[one] for one in ids if one in known), None)


def _most_alike(sought: Sought, registry: Registry) -> TaggedLink | None:
    """Return the link with the same tags to the same page that differs in the fewest things."""
    for tags in sought.readings:
        if not tags.campaign:
            continue
        alike = [
            link
            for link in _with_tags(sought, tags, registry)
            if link.tags == tags and may_happen(sought.apart(link))
        ]
        if alike:
            return min(alike, key=lambda link: len(sought.apart(link)))
    return None


def _with_one_more_tag(sought: Sought, registry: Registry) -> tuple[list[TaggedLink], Tags]:
    """Return the links with one tag more to the same page that differ in the fewest things."""
    for tags in sought.readings:
        if sum(1 for _ in tags.items()) < MIN_LEFT:
            continue
        alike: dict[int, list[TaggedLink]] = {}
        # The page's whole path, with and without a slash: other pages may begin as it does.
        for link in (one for end in _ENDS for one in _with_tags(sought, tags, registry, end)):
            apart = sought.apart(link)
            if lost_tag(link.tags, tags) and may_happen(apart):
                alike.setdefault(len(apart), []).append(link)
        if alike:
            return alike[min(alike)], tags
    return [], sought.readings[0]


def _with_tags(
    sought: Sought, tags: Tags, registry: Registry, end: str = ""
) -> Iterator[TaggedLink]:
    """Yield the latest links that have these tags, whatever else, and a page such as this."""
    address = sought.link.address
    if address is None:
        return
    others = tuple((PARAMETERS[name], value) for name, value in tags.items())
    text = (address.path.rstrip("/") or address.host.removeprefix("www.")) + end
    limit = MAX_COUNTED + 1 if end else _MAX_CANDIDATES
    campaign = tags.campaign or None
    yield from registry.links(LinkQuery(campaign, text=text, tags=others, limit=limit))


def _begun_by(url: str, registry: Registry) -> TaggedLink | None:
    """Return the only link that begins so."""
    whole = url.rstrip("%")
    if len(whole) < _MIN_OF_A_CUT_LINK:
        return None
    begun = (one for one in registry.links(LinkQuery(text=whole)) if one.url.startswith(whole))
    some = list(islice(begun, 2))
    return some[0] if len(some) == 1 else None


def may_happen(apart: tuple[Difference, ...]) -> bool:
    """Tell whether servers, apps and people change a link so without making it another's."""
    return all(_may_be_changed(one) for one in apart)


def _may_be_changed(one: Difference) -> bool:
    first, second = one.first or "", one.second or ""
    match one.part:
        case "host":
            return first.removeprefix("www.") == second.removeprefix("www.")
        case "path":
            return first.rstrip("/") == second.rstrip("/")
        case "parameter":
            return one.first is None or one.second is None
    return True
