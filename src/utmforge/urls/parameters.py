"""Which tag a parameter of an address is, and which it was meant to be."""

from __future__ import annotations

from typing import NamedTuple

from utmforge.model import FIELDS
from utmforge.urls.quoting import decoded
from utmforge.urls.tag_names import meant


class Parameter(NamedTuple):
    """One `name=value` of an address, as it is written."""

    name: str
    """Before the `=`."""
    joint: str
    """The `=`, or nothing where there is none."""
    value: str
    """Behind the `=`, percent-encoded."""

    @property
    def field(self) -> str | None:
        """The tag it is, such as `source`; None: another parameter, or a name nobody reads."""
        return FIELDS.get(self.name)

    @property
    def meant(self) -> str | None:
        """The tag that is meant, whatever case, separators or HTML are in the name."""
        return meant(self.name)

    @property
    def text(self) -> str:
        """The value, decoded."""
        return decoded(self.value)

    def __str__(self) -> str:
        return f"{self.name}{self.joint}{self.value}"


def parameters_of(query: str) -> tuple[Parameter, ...]:
    """Take a query apart; an empty one has no parameters."""
    return tuple(map(parameter_of, query.split("&"))) if query else ()


def parameter_of(piece: str) -> Parameter:
    """Take one `name=value` apart."""
    return Parameter(*piece.partition("="))
