"""A link, parsed once, with two readings of its tags.

>>> link = Link("https://shop.example/?utm_source=news&UTM_Medium=email#utm_campaign=spring")
>>> link.as_written
{'source': 'news'}
>>> link.as_intended
{'source': 'news', 'medium': 'email', 'campaign': 'spring'}

Code that reads tags chooses a reading: `as_written` is what analytics tools read, `as_intended` is
what the author meant. Mistakes in a link stay in it; the linter's rules report them.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from utmforge.urls.address import read_address
from utmforge.urls.merge_tags import masked
from utmforge.urls.parameters import (
    Parameter,
    certain_field,
    field_in_any_case,
    looks_like_tag,
    parameter_of,
    parameters_of,
    without_entity,
)
from utmforge.urls.quoting import intended_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.urls.address import Address


_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*:[/\\]{2}(?:[^/?#@]*@)?([^/?#:]*)", re.IGNORECASE)
_HASH_OF_NO_ENTITY = re.compile(r"(?<!&)#|#(?!0*38;|x0*26;)", re.IGNORECASE)


class Link:
    """One address."""

    def __init__(self, url: str) -> None:
        self.url = url
        mask = masked(url)
        self._browser_hash = mask.find("#")
        at = self._browser_hash
        if at >= 0 and without_entity(url[at:]) != url[at:]:  # &#038; cuts the query
            match = _HASH_OF_NO_ENTITY.search(mask)
            at = match.start() if match else -1
        end = len(url) if at < 0 else at
        self._hash = url[end : end + 1]
        self.fragment = url[end + 1 :]
        question = mask.find("?", 0, end)
        self.head = url[: end if question < 0 else question]
        self.query = "" if question < 0 else url[question + 1 : end]
        self._query_mask = "" if question < 0 else mask[question + 1 : end]
        self.parameters = parameters_of(self.query, self._query_mask)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Link) and self.url == other.url

    def __hash__(self) -> int:
        return hash(self.url)

    def __repr__(self) -> str:
        return f"Link({self.url!r})"

    @cached_property
    def address(self) -> Address | None:
        """The address in pieces, as browsers read it. None: it is not one."""
        return read_address(self.url)

    @cached_property
    def host(self) -> str:
        """The host in lower case, without `www.`; empty if there is none."""
        match = _AUTHORITY.match(self.url)
        return match[1].lower().removeprefix("www.").rstrip(".") if match else ""

    @cached_property
    def sent_parameters(self) -> tuple[Parameter, ...]:
        """The parameters before the `#` at which a browser cuts, even the one in `&#038;`."""
        end = self._browser_hash - len(self.head) - 1
        if self._browser_hash < 0 or end >= len(self.query):
            return self.parameters
        end = max(end, 0)
        return parameters_of(self.query[:end], self._query_mask[:end])

    @cached_property
    def sent_fragment(self) -> str:
        """The text after the `#` at which a browser cuts."""
        return self.url[self._browser_hash + 1 :] if self._browser_hash >= 0 else ""

    @cached_property
    def fragment_parameters(self) -> tuple[Parameter, ...]:
        """The pieces of the fragment, whether they are parameters or not."""
        return tuple(map(parameter_of, re.split("[?&]", self.fragment))) if self.fragment else ()

    @cached_property
    def in_fragment(self) -> tuple[Parameter, ...]:
        """The tags after the `#`."""
        return tuple(one for one in self.fragment_parameters if one.meant)

    @cached_property
    def as_written(self) -> dict[str, str]:
        """The tags by field as analytics tools read them.

        Exact names in lower case, in the query before the `#`; the first value that is not empty.
        """
        tags: dict[str, str] = {}
        for one in self.sent_parameters:
            if one.value and (field := one.field):
                tags.setdefault(field, one.text)
        return tags

    @cached_property
    def as_intended(self) -> dict[str, str]:
        """The tags by field that the author meant, in their order in the address.

        In any letter case, also after the `#`, with the rest of an HTML entity before the name,
        with one typo in the name, and with a value that was percent-encoded several times.
        """
        tags: dict[str, str] = {}
        for one in (*self.parameters, *self.fragment_parameters):
            if one.value and (field := certain_field(one.name)):
                tags.setdefault(field, intended_text(one.value))
        return tags

    @cached_property
    def in_any_case(self) -> dict[str, str]:
        """The tags of `as_intended` whose names are correct except for their letter case.

        `tag` replaces them and `strip_tags` removes them; values are decoded once.
        """
        tags: dict[str, str] = {}
        for one in (*self.parameters, *self.fragment_parameters):
            if one.value and (field := field_in_any_case(one.name)):
                tags.setdefault(field, one.text)
        return tags

    @cached_property
    def meant(self) -> frozenset[str]:
        """The fields that have a tag, in any spelling and place."""
        pieces = (*self.parameters, *self.in_fragment)
        return frozenset(one.meant for one in pieces if one.meant)

    @property
    def is_tagged(self) -> bool:
        """Whether there is a parameter that is a tag, or was meant to be one."""
        return bool(self.meant) or any(looks_like_tag(one.name) for one in self.parameters)

    def with_parameters(
        self, parameters: Iterable[Parameter], head: str | None = None, fragment: str | None = None
    ) -> str:
        """Return the address with other parameters in its query; if the last one goes, no `?`.

        Args:
            parameters: All that the query has.
            head: What comes before the query. None: as it is.
            fragment: What comes after the `#`; empty: no `#`. None: as it is.
        """
        query = "&".join(map(str, parameters))
        is_bare = not self.query and self.url.startswith("?", len(self.head))
        mark = "?" if query or is_bare else ""
        before = self.head if head is None else head
        after = self.fragment if fragment is None else fragment
        hash_mark = self._hash if after or fragment is None else ""
        return f"{before}{mark}{query}{hash_mark}{after}"

    def with_fragment(self, parameters: Iterable[Parameter], fragment: str) -> str:
        """Return the address with other parameters and another fragment."""
        query = "&".join(map(str, parameters))
        return f"{self.head}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"
