"""Which issued link a link as found is, also when it was changed on the way."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import UtmforgeError
from utmforge.explain.differences import Difference, differences
from utmforge.explain.missing_tag import LEAST_LEFT, MOST_COUNTED, OneOf, lost_tag, one_of, told
from utmforge.explain.repair import meant_tags, with_names_mended, without_click_ids
from utmforge.model import PARAMETERS, REQUIRED, Tags
from utmforge.registry.queries import LinkQuery
from utmforge.urls.address import read_address
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import read_landing_page, read_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from utmforge.model import Event, TaggedLink
    from utmforge.naming.convention import Convention
    from utmforge.registry import Registry
    from utmforge.urls.unwrap.unwrap import FoundLink

_MOST_LIKE_IT = 500
_LEAST_OF_A_CUT_LINK = 20
_ENDS = ("?", "/?")
"""What stands behind the path of an issued link."""
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


def issued_as(
    found: FoundLink, registry: Registry, convention: Convention
) -> IssuedAs | OneOf | None:
    """Return the issued link that this is, or of which it is one; None: it was never issued."""
    url = found.url
    link = _by_id(url, registry, convention) or _like_it(url, registry, convention)
    changes = _changes(link.url, url) if link else ()
    if link is None and (found.is_cut or _lacks_its_end(url)):
        link, changes = _begun_by(url, registry), (CUT,)
    if link is None:
        links, left = _with_a_tag_more(url, registry, convention)
        if len(links) != 1:
            return one_of(links, left) if links else None
        link = links[0]
        changes = _changes(link.url, url, told)
    return _with_what_became_of_it(link, changes, registry)


def _with_what_became_of_it(
    link: TaggedLink, changes: tuple[str, ...], registry: Registry
) -> IssuedAs:
    retirement = registry.events.retirements([link.id]).get(link.id)
    named = retirement.successor if retirement else None
    successor = registry.queries.known([named]).get(named) if named else None
    return IssuedAs(link, changes, retirement, successor)


def _changes(issued: str, url: str, said: Callable[[Difference], str] = str) -> tuple[str, ...]:
    """Say what happened to an issued link on the way; each thing once."""
    host = _HOST.match(url)
    case = ("the host changed its letter case",) if host and host[1] != host[1].lower() else ()
    return (*case, *dict.fromkeys(map(said, differences(issued, url))))


def _lacks_its_end(url: str) -> bool:
    """Tell whether there are tags, without all of those that every issued link has."""
    tags = read_tags(url)
    return bool(tags) and not all(getattr(tags, name) for name in REQUIRED)


def _by_id(url: str, registry: Registry, convention: Convention) -> TaggedLink | None:
    """Look the link up as it is, and as it was issued if it was only written otherwise."""
    ids = [link_id(form) for form in _forms(url, convention)]
    known = registry.queries.known(ids)
    return next((known[one] for one in ids if one in known), None)


def _forms(url: str, convention: Convention) -> Iterator[str]:
    yield url
    for form in (url, without_click_ids(url)):
        for tags in _readings(url, convention):
            try:
                yield read_landing_page(with_names_mended(form)).with_tags(tags)
            except UtmforgeError:
                continue


def _readings(url: str, convention: Convention) -> tuple[Tags, ...]:
    """Return the tags as written, and as meant."""
    try:
        return tuple(dict.fromkeys((read_tags(url), meant_tags(url, convention))))
    except UtmforgeError:
        return (read_tags(url),)


def _like_it(url: str, registry: Registry, convention: Convention) -> TaggedLink | None:
    """Return the link with the same tags to the same page that differs in the fewest things."""
    for tags in _readings(url, convention):
        if not tags.campaign:
            continue
        like_it = [
            (len(apart), link)
            for link in _with_tags(url, tags, registry)
            if link.tags == tags and _may_happen(apart := differences(link.url, url))
        ]
        if like_it:
            return min(like_it, key=lambda pair: pair[0])[1]
    return None


def _with_a_tag_more(
    url: str, registry: Registry, convention: Convention
) -> tuple[list[TaggedLink], Tags]:
    """Return the links with one tag more to the same page that differ in the fewest things."""
    for tags in _readings(url, convention):
        if sum(1 for _ in tags.items()) < LEAST_LEFT:
            continue
        like_it: dict[int, list[TaggedLink]] = {}
        # The page's whole path, with and without a slash: other pages may begin as it does.
        for link in (one for end in _ENDS for one in _with_tags(url, tags, registry, end)):
            apart = differences(link.url, url)
            if lost_tag(link.tags, tags) and _may_happen(apart):
                like_it.setdefault(len(apart), []).append(link)
        if like_it:
            return like_it[min(like_it)], tags
    return [], read_tags(url)


def _with_tags(url: str, tags: Tags, registry: Registry, end: str = "") -> Iterator[TaggedLink]:
    """Yield the latest links that have these tags, whatever else, and a page such as this."""
    address = read_address(url)
    if address is None:
        return
    others = tuple((PARAMETERS[name], value) for name, value in tags.items())
    text = (address.path.rstrip("/") or address.host.removeprefix("www.")) + end
    limit = MOST_COUNTED + 1 if end else _MOST_LIKE_IT
    campaign = tags.campaign or None
    yield from registry.links(LinkQuery(campaign, text=text, tags=others, limit=limit))


def _begun_by(url: str, registry: Registry) -> TaggedLink | None:
    """Return the only link that begins so."""
    whole = url.rstrip("%")
    if len(whole) < _LEAST_OF_A_CUT_LINK:
        return None
    begun = (one for one in registry.links(LinkQuery(text=whole)) if one.url.startswith(whole))
    some = list(islice(begun, 2))
    return some[0] if len(some) == 1 else None


def _may_happen(apart: tuple[Difference, ...]) -> bool:
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
