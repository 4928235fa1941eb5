"""What is wrong with an address as a landing page, and the address to use instead.

    new, build, --from, issue() ─┐
                                 ├─► landing_faults ─► what is certain, what is doubtful
    lint, explain (UTM5xx, 6xx) ─┘

A certain fault is a reason to refuse the page; a doubtful one is a warning. Most pages have none:
`landing_prefilter.py` clears them without loading this module.

>>> from utmforge.urls.link import Link
>>> link = Link("https://shop.example/?size=4&amp;mc_eid=12&colour=red")
>>> [(fault.kind, fault.is_certain) for fault in landing_faults(link)]
[('entity', True), ('person-id', True)]
>>> usable_page(link)
'https://shop.example/?size=4&colour=red'
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.errors import BadLandingPage, quoted
from utmforge.model import PARAMETERS
from utmforge.urls.click_ids import CLICK_IDS, is_click_id, is_person_id
from utmforge.urls.link import Link
from utmforge.urls.misplaced_tags import misplaced_tags, with_tags_apart
from utmforge.urls.parameters import (
    certain_field,
    field_in_any_case,
    looks_like_tag,
    near_field,
    without_entity,
)
from utmforge.urls.quoting import name_text
from utmforge.urls.scripts import ascii_host, mixed_scripts
from utmforge.urls.special_hosts import APP_STORES, breaks, special_host, tracker_of
from utmforge.urls.tagging import strip_tags
from utmforge.urls.unwrap.unwrap import unwrap
from utmforge.urls.unwrap.wrappers import is_affiliate_link, wrapper_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FaultKind = Literal[
    "doubled-scheme",
    "wrapped",
    "sealed",
    "affiliate",
    "entity",
    "misplaced-tag",
    "misspelt-tag",
    "unknown-tag",
    "person-id",
    "click-id",
    "look-alike",
    "app-store",
    "shortener",
    "messenger",
    "invitation",
    "breaks",
]

_DOUBLED_SCHEME = re.compile(r"\A(?:https?(?::/*|/+))+(https?)(?::/*|//+)(?=[^/])", re.IGNORECASE)
_ENTITY_FIRST = re.compile(r"(?<!&)#(?:0*38|x0*26);", re.IGNORECASE)


class LandingFault(NamedTuple):
    """One thing wrong with a landing page."""

    kind: FaultKind
    """What kind of fault it is."""
    message: str
    """What is wrong: lower case, no full stop, the thing quoted; no value of a parameter."""
    is_certain: bool
    """Whether the page must not be tagged unchanged. False: it may be intended."""
    hint: str | None = None
    """The next step. None: use another address, see `usable_page`."""


@lru_cache(maxsize=1024)
def landing_faults(link: Link) -> tuple[LandingFault, ...]:
    """Return what is wrong with an address that is to be tagged, the worst first."""
    if _DOUBLED_SCHEME.match(link.url):
        message = "the address begins with two schemes"
        return (LandingFault("doubled-scheme", message, is_certain=True),)
    return tuple(fault for look in _LOOKS for fault in look(link))


def usable_page(link: Link) -> str | None:
    """Return the intended landing page, without tags. None: the address needs no change."""
    url = _ENTITY_FIRST.sub("?", _DOUBLED_SCHEME.sub(r"\1://", link.url))
    wrapper = wrapper_of(Link(url))
    if wrapper and not is_affiliate_link(wrapper):
        url = unwrap(url).url
    link = Link(with_tags_apart(Link(url)))
    named = ((one, name_text(without_entity(one.name))) for one in link.parameters)
    kept = [
        one._replace(name=without_entity(one.name))
        for one, name in named
        if not (certain_field(name) or is_click_id(name))
    ]
    if kept != list(link.parameters):
        link = Link(link.with_parameters(kept))
    try:
        page = strip_tags(link.url)
    except BadLandingPage:
        return None
    return None if any(fault.is_certain for fault in landing_faults(Link(page))) else page


def _wrapped(link: Link) -> Iterator[LandingFault]:
    wrapper = wrapper_of(link)
    if wrapper and is_affiliate_link(wrapper):
        yield LandingFault(
            "affiliate",
            f"the address is {wrapper}, which may forward without the tags",
            is_certain=False,
            hint="add the tags to the address inside it, percent-encoded",
        )
    elif wrapper:
        message = f"the address is {wrapper}, which forwards to another one without the tags"
        yield LandingFault("wrapped", message, is_certain=True)
    elif tracker := _tracker(link):
        yield LandingFault(
            "sealed",
            f"the address is a click tracker of {tracker}, which forwards without the tags",
            is_certain=True,
            hint="open it, and use the address of the page that it leads to",
        )


def _tracker(link: Link) -> str | None:
    """Return whose click tracker an address is, if only they know where it leads."""
    path = link.head.partition("://")[2].partition("/")[2]
    return tracker_of(link.host, f"/{path}", link.query)


def _entity(link: Link) -> Iterator[LandingFault]:
    names = [one.name for one in link.parameters if without_entity(one.name) != one.name]
    begun = f"#{link.fragment.partition('=')[0]}"
    if without_entity(begun) != begun:  # the parameter before it was a tag
        names.append(begun)
    if names:
        shown = ", ".join(quoted(name, 40) for name in names)
        message = f"&amp; from HTML is left in {shown}"
        yield LandingFault("entity", message, is_certain=True)


def _misplaced(link: Link) -> Iterator[LandingFault]:
    for one in misplaced_tags(link):
        place = f"the value of {quoted(one.parameter, 40)}" if one.place == "value" else one.place
        place = place.replace("name", "the name of a parameter") if one.place == "name" else place
        place = f"the {place}" if one.place in {"host", "path"} else place
        verb = "is" if len(one.names) == 1 else "are"
        message = f"{' and '.join(one.names)} {verb} in {place}: a ? or & is missing or wrong"
        yield LandingFault("misplaced-tag", message, is_certain=True)


def _misspelt(link: Link) -> Iterator[LandingFault]:
    for one in link.parameters:
        name = without_entity(one.name)
        if field_in_any_case(name) or not looks_like_tag(name):
            continue
        is_certain = certain_field(name) is not None
        near = near_field(name)
        meant = f', and seems to mean "{PARAMETERS[near]}"' if near else ""
        yield LandingFault(
            "misspelt-tag" if is_certain else "unknown-tag",
            f"{quoted(name, 40)} in the landing page is not a UTM parameter{meant}",
            is_certain,
            None if is_certain else "remove it, unless the page itself reads it",
        )


def _ids(link: Link) -> Iterator[LandingFault]:
    names = [name_text(without_entity(one.name)) for one in link.parameters]
    for name in dict.fromkeys(name for name in names if is_click_id(name)):
        tool = CLICK_IDS[name.lower()]
        if is_person_id(name):
            message = f"{name} in the landing page is {tool}'s id of one recipient"
            yield LandingFault("person-id", message, is_certain=True)
        else:
            message = f"{name} in the landing page is an id of one click by {tool}"
            yield LandingFault("click-id", message, is_certain=False)


def _look_alike(link: Link) -> Iterator[LandingFault]:
    if scripts := mixed_scripts(link.host):
        yield LandingFault(
            "look-alike",
            f"the host mixes {' and '.join(scripts)} letters: {quoted(ascii_host(link.host))}",
            is_certain=False,
            hint="type it again by hand",
        )


def _host(link: Link) -> Iterator[LandingFault]:
    host = link.host
    match special_host(host):
        case "shortener":
            yield LandingFault(
                "shortener",
                f"{host} is a link shortener: it may forward without the tags",
                is_certain=False,
                hint="tag the address that it leads to, and shorten the tagged link",
            )
        case "messenger":
            yield LandingFault(
                "messenger",
                f"{host} is not a site of yours: your analytics never sees the tags",
                is_certain=False,
                hint="link to a page of yours that leads there",
            )
        case "app-store":
            store = APP_STORES[host]
            yield LandingFault(
                "app-store",
                f"{store.name} does not read tags: it reads {store.is_called}",
                is_certain=False,
                hint=store.step,
            )
        case "invitation":
            yield LandingFault(
                "invitation",
                f"{host} invitations stop working with tags",
                is_certain=False,
                hint="send the invitation without tags",
            )
        case "breaks":
            yield LandingFault(
                "breaks",
                f"{host} breaks with tags: {breaks(host)}",
                is_certain=False,
                hint="send the address without tags",
            )


_LOOKS: tuple[Callable[[Link], Iterator[LandingFault]], ...] = (
    _wrapped,
    _entity,
    _misplaced,
    _misspelt,
    _ids,
    _look_alike,
    _host,
)
