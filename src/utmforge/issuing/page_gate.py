"""Refuse to issue links to faulty landing pages, and warn of doubtful ones.

The faults are those that `lint` and `explain` report, see `urls/landing_faults.py`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import BadLandingPage, PrivateData, quoted
from utmforge.privacy.find import find_private
from utmforge.privacy.prefilter import PLAIN_PAGES
from utmforge.urls.landing_prefilter import is_ordinary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.model import TaggedLink
    from utmforge.urls.landing_faults import LandingFault


class PageWarning(NamedTuple):
    """A doubtful landing page."""

    message: str
    """What may be wrong."""
    hint: str | None
    """The next step. None: there is none."""


def refuse_faulty_pages(links: Iterable[TaggedLink], *, allow_personal: bool = False) -> None:
    """Refuse links to faulty landing pages.

    Args:
        links: Links that are to be issued.
        allow_personal: Allow the ids that mailers give to one recipient.

    Raises:
        BadLandingPage: A landing page has a fault; the hint has the address that was meant.
        PrivateData: It has the id of one recipient.
    """
    for page in dict.fromkeys(link.landing_page for link in links if not link.pages):
        refuse_faulty_page(page, allow_personal=allow_personal)


def refuse_faulty_page(page: str, *, allow_personal: bool = False) -> None:
    """Refuse one landing page, see `refuse_faulty_pages`.

    Raises:
        BadLandingPage: It has a fault.
        PrivateData: It has the id of one recipient.
    """
    if page.endswith("/*") and _is_pattern(page):
        raise BadLandingPage(
            f"{quoted(page)} stands for every page of the site, and is not a page itself",
            hint="utmforge buttons issues what share buttons use",
        )
    for fault in faults_of(page):
        if not fault.is_certain:
            continue
        if fault.kind != "person-id":
            raise BadLandingPage(fault.message, hint=fault.hint or _instead(page))
        if not allow_personal:
            hint = f"{_instead(page)}; --allow-private issues it as it is"
            raise PrivateData(fault.message, hint=hint)


def _is_pattern(page: str) -> bool:
    """Tell whether a page stands for every page of its site."""
    from utmforge.urls.page_patterns import is_pattern_page  # hardly any page needs it

    return is_pattern_page(page)


def page_warnings(links: Iterable[TaggedLink]) -> tuple[PageWarning, ...]:
    """Return what is doubtful about the landing pages of links, each once."""
    pages = dict.fromkeys(link.landing_page for link in links)
    return tuple(
        dict.fromkeys(
            PageWarning(fault.message, fault.hint or _instead(page))
            for page in pages
            for fault in faults_of(page)
            if not fault.is_certain
        )
    )


def faults_of(page: str) -> tuple[LandingFault, ...]:
    """Return what is wrong with a landing page."""
    return () if page in PLAIN_PAGES else _faults_of(page)


@lru_cache(maxsize=16_384)  # more than a batch, which is looked at twice
def _faults_of(page: str) -> tuple[LandingFault, ...]:
    if is_ordinary(page):
        return ()
    from utmforge.urls.landing_faults import landing_faults
    from utmforge.urls.link import Link

    return landing_faults(Link(page))


def _instead(page: str) -> str:
    """Name the intended address, unless it contains private data."""
    from utmforge.urls.landing_faults import usable_page
    from utmforge.urls.link import Link

    meant = usable_page(Link(page))
    is_shown = meant and meant != page and not find_private(meant)
    return f"use {meant}" if is_shown else "copy the address from the page itself"
