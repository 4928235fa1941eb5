"""A link in pieces, as rules look at it: what is wrong stays in it until a rule says so."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from utmforge.urls.parameters import Parameter, parameter_of, parameters_of
from utmforge.urls.tag_names import looks_like_tag, without_entity

if TYPE_CHECKING:
    from collections.abc import Iterable


_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*:[/\\]{2}(?:[^/?#@]*@)?([^/?#:]*)", re.IGNORECASE)


class Link:
    """One address."""

    def __init__(self, url: str) -> None:
        self.url = url
        before, self._hash, self.fragment = url.partition("#")
        if without_entity("#" + self.fragment) != "#" + self.fragment:  # &#038; cuts the query
            before, self._hash, self.fragment = _before_entity(url)
        self.head, _, self.query = before.partition("?")
        self.parameters = parameters_of(self.query)

    @cached_property
    def host(self) -> str:
        """The host in lower case, without `www.`; empty where there is none."""
        match = _AUTHORITY.match(self.url)
        return match[1].lower().removeprefix("www.").rstrip(".") if match else ""

    @cached_property
    def in_fragment(self) -> tuple[Parameter, ...]:
        """The tags behind the `#`."""
        pieces = re.split("[?&]", self.fragment)
        return tuple(one for one in map(parameter_of, pieces) if one.meant)

    @cached_property
    def tags(self) -> dict[str, str]:
        """The tags by field as analytics tools read them, empty ones left out; the first counts."""
        tags: dict[str, str] = {}
        for one in self.parameters:
            if one.field and one.value:
                tags.setdefault(one.field, one.text)
        return tags

    @cached_property
    def meant(self) -> frozenset[str]:
        """The fields that somebody wanted to be there, in whatever spelling and place."""
        pieces = (*self.parameters, *self.in_fragment)
        return frozenset(one.meant for one in pieces if one.meant)

    @property
    def is_tagged(self) -> bool:
        """Whether there is a parameter that is a tag, or was meant to be one."""
        return bool(self.meant) or any(looks_like_tag(one.name) for one in self.parameters)

    def with_parameters(self, parameters: Iterable[Parameter]) -> str:
        """Return the address with other parameters in its query; none: without its `?`."""
        query = "&".join(map(str, parameters))
        mark = "?" if query else ""
        return f"{self.head}{mark}{query}{self._hash}{self.fragment}"

    def with_fragment(self, parameters: Iterable[Parameter], fragment: str) -> str:
        """Return the address with other parameters and another fragment."""
        query = "&".join(map(str, parameters))
        return f"{self.head}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"


def _before_entity(url: str) -> tuple[str, str, str]:
    """Split at the `#` that is no `&#038;`."""
    match = re.search(r"(?<!&)#|#(?!0?38;)", url)
    if not match:
        return url, "", ""
    return url[: match.start()], "#", url[match.end() :]
