"""The rule for the values of one tag."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

Case = Literal["lower", "upper", "keep"]


CASES = ("lower", "upper", "keep")


SEPARATORS = ("-", "_", ".")


MAX_TAG_CHARACTERS = 100
"""GA4 cuts a parameter's value here (https://support.google.com/analytics/answer/9267744)."""


MAX_SHOWN = 8
"""Values of a list that a message shows."""


class Values(tuple[str, ...]):  # noqa: SLOT001 - keeps its set beside it
    """Values in their order; looking one up is as fast among many as among few."""

    @cached_property
    def _each(self) -> frozenset[str]:
        return frozenset(self)

    def __contains__(self, value: object) -> bool:
        """Tell whether a value is one of them."""
        return value in self._each


class FieldRule(NamedTuple):
    """Which values one tag may have, and how it is written if that differs from the other tags."""

    allowed: tuple[str, ...] = ()
    """The only values allowed. Empty: any."""
    pattern: str | None = None
    """A regular expression that the whole value must match. None: any."""
    suggested: tuple[str, ...] = ()
    """The usual values; other values are accepted with a note. Empty: no suggestions."""
    prohibited: tuple[str, ...] = ()
    """Values refused, as the convention writes them."""
    aliases: Mapping[str, str] = MappingProxyType({})
    """The value to write instead, by the value as the convention writes it; no chains."""
    max_length: int | None = None
    """The maximum number of characters. None: as for the other tags."""
    template: str | None = None
    """How the value is built, such as `{year}-{slug}`. None: in any way."""
    case: Case | None = None
    """The letter case. None: as for the other tags."""
    separator: str | None = None
    """What spaces and slashes become. None: as for the other tags."""
    transliterate: bool | None = None
    """Write letters outside ASCII with ASCII letters. None: as for the other tags."""


NO_RULE = FieldRule()
