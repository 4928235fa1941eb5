"""Any link as found → what it is, who issued it, what tools read in it, what is wrong with it.

    text ─► found link ─► issued as … · read as … · problems · mended

Nothing is fetched. What is personal or a secret in the link is never repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.readings import Readings, readings_of
from utmforge.errors import NotALink
from utmforge.explain.issued_match import IssuedAs, issued_as
from utmforge.explain.lint_check import check_by
from utmforge.explain.missing_tag import OneOf
from utmforge.explain.problems import Problem, problems_of
from utmforge.lint import Settings
from utmforge.lint.repair import Repair, repair
from utmforge.naming.convention import Convention
from utmforge.privacy.find import find_private
from utmforge.urls.address import SURROGATE, read_address
from utmforge.urls.unwrap.unwrap import FoundLink, unwrap

if TYPE_CHECKING:
    from utmforge.explain.problems import Check
    from utmforge.privacy.finding import Private
    from utmforge.registry import Registry


class Explanation(NamedTuple):
    """All there is to say of one link."""

    found: FoundLink
    """The address, and how it was reached."""
    readings: Readings
    """What each analytics tool records of a visit by it."""
    issued: IssuedAs | None
    """The issued link it is. None: this registry did not issue it, or it is `one_of` several."""
    problems: tuple[Problem, ...]
    """What is wrong with it."""
    mended: Repair
    """The link to use instead."""
    private: tuple[Private, ...]
    """What must not be repeated. Empty: the address may be shown."""
    one_of: OneOf | None = None
    """The issued links of which it is one, for it lacks a tag of theirs. None: it is none."""

    @property
    def url(self) -> str | None:
        """The address, if it may be shown."""
        return None if self.private else self.found.url

    @property
    def best(self) -> str | None:
        """The address to hand out: the mended one, or the link itself where it cannot be mended."""
        return self.mended.url or self.url


def found_link(text: str) -> FoundLink:
    """Read a text as a link.

    Raises:
        NotALink: There is no web address in it.
    """
    if SURROGATE.search(text):
        raise NotALink("the link is not UTF-8 text", hint="copy it again from where you found it")
    found = unwrap(text)
    address = read_address(found.url)
    if address is None or address.scheme not in {"http", "https"}:
        raise NotALink(
            "there is no web address in it",
            hint="put the link in quotes: utmforge explain 'https://shop.example/?a=1&b=2'",
        )
    return found


def explain(
    text: str, registry: Registry, convention: Convention | None = None, check: Check | None = None
) -> Explanation:
    """Say what a link as found is.

    Args:
        text: The link as it was copied: wrapped, escaped, with words around it.
        registry: Where it may have been issued.
        convention: How its tags should be written. None: as by default.
        check: Says what is wrong with an address.

    Raises:
        NotALink: There is no web address in it.
        RegistryError: The registry cannot be asked.
    """
    found = found_link(text)
    convention = convention or Convention()
    known = issued_as(found, registry, convention)
    issued = known if isinstance(known, IssuedAs) else None
    return Explanation(
        found,
        readings_of(found.url),
        issued,
        problems_of(found, check or check_by()),
        _mended(found.url, issued, convention),
        find_private(found.url),
        known if isinstance(known, OneOf) else None,
    )


def _mended(url: str, issued: IssuedAs | None, convention: Convention) -> Repair:
    """Return the link to use: of an issued one itself, or what has taken its place."""
    if issued is None:
        return repair(url, Settings(convention))
    link = issued.successor or issued.link
    if link.state == "retired":
        return Repair(None, "it was retired, and there is no link to use instead")
    if find_private(link.url):
        return repair(link.url)
    return Repair(link.url)
