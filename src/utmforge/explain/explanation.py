"""A link as found → what it is, who issued it, how analytics tools read it, what is wrong with it.

    text ─► found link ─► issued as … · read as … · problems · repaired

The link is parsed once. Nothing is fetched. Personal data and secrets in the link are never
repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge.analytics.readings import Readings, readings_of
from utmforge.documents.running_text import addresses_in
from utmforge.errors import AmbiguousLink, NotALink, UnknownLink
from utmforge.explain.differences import Difference, differences
from utmforge.explain.issued_match import IssuedAs, issued_match
from utmforge.explain.missing_tag import OneOf
from utmforge.explain.problems import LinkProblem, problems_of
from utmforge.lint import Settings
from utmforge.lint.repair import Repair, repair
from utmforge.privacy.find import find_private
from utmforge.texts import is_utf8
from utmforge.urls.address import holds_several, is_file_name
from utmforge.urls.link import Link
from utmforge.urls.other_tools import other_tools
from utmforge.urls.unwrap.unwrap import FoundLink, unwrap

if TYPE_CHECKING:
    from utmforge.privacy.finding import Private
    from utmforge.registry import Registry
    from utmforge.urls.other_tools import OtherTool

_USUAL = Settings()


class Explanation(NamedTuple):
    """Everything that is known about one link."""

    found: FoundLink
    """The address, and how it was reached."""
    readings: Readings
    """What each analytics tool records for a visit through it."""
    issued: IssuedAs | None
    """The issued link that it is. None: it was not issued here, or it is `one_of` several."""
    problems: tuple[LinkProblem, ...]
    """What is wrong with it."""
    repair: Repair
    """The link to use instead."""
    private: tuple[Private, ...]
    """What must not be repeated. Empty: the address may be shown."""
    one_of: OneOf | None = None
    """The issued links that it may be: it has all of their tags but one. None: there are none."""
    other_tools: tuple[OtherTool, ...] = ()
    """Its parameters that other tools read."""

    @property
    def url(self) -> str | None:
        """The address, if it may be shown."""
        return None if self.private else self.found.url

    @property
    def best(self) -> str | None:
        """The address to use: the link repaired as far as possible, or the link itself.

        None: it must not be repeated, or it was retired and there is no link to use instead.
        """
        is_retired = self.issued is not None and self.issued.retirement is not None
        return self.repair.url or self.repair.partly or (None if is_retired else self.url)


def found_link(text: str) -> FoundLink:
    """Read a text as a link.

    Raises:
        NotALink: The text contains no web address.
    """
    if not is_utf8(text):
        raise NotALink("the link is not UTF-8 text", hint="copy it again from where you found it")
    found = unwrap(text)
    is_first_of_several = not found.steps and holds_several(text.strip())
    if (found.link.address is None or is_first_of_several) and (
        first := next(addresses_in(text), None)
    ):
        found = unwrap(first.url)
    address = found.link.address
    if address is None or address.scheme not in {"http", "https"}:
        if is_file_name(text.strip()):
            raise NotALink(
                "this is the name of a file, not a link",
                hint="utmforge lint FILE checks the links in a file",
            )
        raise NotALink(
            "there is no web address in this text",
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
    """Explain a link as found.

    Args:
        text: The link as it was copied: perhaps wrapped, escaped, or with text around it.
        registry: The registry to look in.
        settings: The naming convention, and what else the rules need to know.

    Raises:
        NotALink: The text contains no web address.
        RegistryError: The registry cannot be read.
    """
    found = found_link(text)
    match = issued_match(found, registry, settings.convention, settings.own_domains)
    issued = match if isinstance(match, IssuedAs) else None
    return Explanation(
        found,
        readings_of(found.link),
        issued,
        problems_of(found, settings),
        _link_to_use(found.link, issued, settings),
        find_private(found.url),
        match if isinstance(match, OneOf) else None,
        other_tools(found.link),
    )


def compare_links(first: str, second: str) -> tuple[Difference, ...]:
    """Return how the second link as found differs from the first.

    Raises:
        NotALink: One of them contains no web address.
    """
    return differences(found_link(first).link, found_link(second).link)


def text_of_id(text: str, registry: Registry) -> str:
    """Return the address of an issued link by its id; any other text as it is.

    Raises:
        NotALink: The text is one word, and it is not the id of a link.
        RegistryError: The registry cannot be read.
    """
    if not text.isalnum():
        return text
    try:
        return registry.get(text).url
    except (UnknownLink, AmbiguousLink) as error:
        raise NotALink(
            "this is neither a web address nor the id of one link", hint=error.hint
        ) from None


def _link_to_use(link: Link, issued: IssuedAs | None, settings: Settings) -> Repair:
    """Return the link to use: for an issued link, the link itself or its successor."""
    if issued is None:
        return repair(link, settings)
    if issued.successor and not issued.successor.to_use:
        return Repair(None, f"it was retired, and {issued.successor.description}")
    instead = (issued.successor and issued.successor.to_use) or issued.link
    if instead.state == "retired":
        return Repair(None, "the link was retired and has no successor")
    if find_private(instead.url):
        return repair(Link(instead.url), settings)
    return Repair(instead.url)
