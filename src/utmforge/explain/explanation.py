"""Any link as found → what it is, who issued it, what tools read in it, what is wrong with it.

    text ─► found link ─► issued as … · read as … · problems · repaired

The link is parsed once, when it is found, and handed on. Nothing is fetched. What is personal or a
secret in the link is never repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.readings import Readings, readings_of
from utmforge.documents.running_text import addresses_in
from utmforge.errors import AmbiguousLink, NotALink, UnknownLink
from utmforge.explain.differences import Difference, differences
from utmforge.explain.issued_match import IssuedAs, issued_match
from utmforge.explain.missing_tag import OneOf
from utmforge.explain.problems import Problem, problems_of
from utmforge.lint import Settings
from utmforge.lint.repair import Repair, repair
from utmforge.privacy.find import find_private
from utmforge.urls.address import SURROGATE
from utmforge.urls.link import Link
from utmforge.urls.unwrap.unwrap import FoundLink, unwrap

if TYPE_CHECKING:
    from utmforge.privacy.finding import Private
    from utmforge.registry import Registry

_USUAL = Settings()


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
    repair: Repair
    """The link to use instead."""
    private: tuple[Private, ...]
    """What must not be repeated. Empty: the address may be shown."""
    one_of: OneOf | None = None
    """The issued links that it may be, of which it has all tags but one. None: there are none."""

    @property
    def url(self) -> str | None:
        """The address, if it may be shown."""
        return None if self.private else self.found.url

    @property
    def best(self) -> str | None:
        """The address to hand out: repaired, or the link itself where it cannot be repaired."""
        return self.repair.url or self.url


def found_link(text: str) -> FoundLink:
    """Read a text as a link.

    Raises:
        NotALink: There is no web address in it.
    """
    if SURROGATE.search(text):
        raise NotALink("the link is not UTF-8 text", hint="copy it again from where you found it")
    found = unwrap(text)
    address = found.link.address
    if address is None or address.scheme not in {"http", "https"}:
        raise NotALink(
            "there is no web address in it",
            hint="put the link in quotes: utmforge explain 'https://shop.example/?a=1&b=2'",
        )
    return found


def links_listed(text: str) -> tuple[str, ...]:
    r"""Return the lines of a text in which each is a link of its own; empty for any other text.

    >>> links_listed("https://a.example/\nhttps://b.example/\n")
    ('https://a.example/', 'https://b.example/')
    """
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    are_links = all(line.lower().startswith(("http://", "https://")) for line in lines)
    return lines if len(lines) > 1 and are_links else ()


def other_links(text: str) -> int:
    """Return how many addresses there are in a text besides the one that is explained."""
    return max(0, sum(1 for _ in addresses_in(text)) - 1)


def explain(text: str, registry: Registry, settings: Settings = _USUAL) -> Explanation:
    """Say what a link as found is.

    Args:
        text: The link as it was copied: wrapped, escaped, with words around it.
        registry: Where it may have been issued.
        settings: How its tags should be written, and what else rules have to know.

    Raises:
        NotALink: There is no web address in it.
        RegistryError: The registry cannot be asked.
    """
    found = found_link(text)
    match = issued_match(found, registry, settings.convention)
    issued = match if isinstance(match, IssuedAs) else None
    return Explanation(
        found,
        readings_of(found.link),
        issued,
        problems_of(found, settings),
        _link_to_use(found.link, issued, settings),
        find_private(found.url),
        match if isinstance(match, OneOf) else None,
    )


def compare(first: str, second: str) -> tuple[Difference, ...]:
    """Return in what the second link as found is not as the first.

    Raises:
        NotALink: There is no web address in one of them.
    """
    return differences(found_link(first).link, found_link(second).link)


def text_of_id(text: str, registry: Registry) -> str:
    """Return the address of an issued link by its id; any other text as it is.

    Raises:
        NotALink: It is one word, and no link has it as its id.
        RegistryError: The registry cannot be asked.
    """
    if not text.isalnum():
        return text
    try:
        return registry.get(text).url
    except (UnknownLink, AmbiguousLink) as error:
        raise NotALink(
            "that is neither a web address nor the id of one link", hint=error.hint
        ) from None


def _link_to_use(link: Link, issued: IssuedAs | None, settings: Settings) -> Repair:
    """Return the link to use: of an issued one itself, or what has taken its place."""
    if issued is None:
        return repair(link, settings)
    instead = issued.successor or issued.link
    if instead.state == "retired":
        return Repair(None, "it was retired, and there is no link to use instead")
    if find_private(instead.url):
        return repair(Link(instead.url), settings)
    return Repair(instead.url)
