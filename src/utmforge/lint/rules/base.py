"""What a rule is, what it looks at, and what it says.

    Rule ─┬─ LinkRule ── ValueRule    looks at one link, or at each tag value in it
          ├─ RunRule                  looks at all links of a run together
          └─ FileRule                 is about a file; the code that reads the file asks it

A rule is made with the settings it needs. Its docstring is its documentation page: a sentence, why
it matters, then `Instead of:` and `Write:`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from utmforge.naming.convention import Convention
from utmforge.urls.quoting import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from utmforge.urls.link import Link
    from utmforge.urls.parameters import Parameter

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Settings(NamedTuple):
    """What rules need to know about the workspace."""

    convention: Convention = Convention()
    """How tag values are written."""
    own_domains: frozenset[str] = frozenset()
    """Your own hosts, in lower case."""
    periods: Mapping[str, tuple[date | None, date | None]] = MappingProxyType({})
    """First and last day of the campaigns in the campaign file, by `utm_campaign`."""
    today: date | None = None
    """The current day. None: dates are not checked."""
    is_site: bool = False
    """Whether the linted files are pages of your own site."""


DEFAULT_SETTINGS = Settings()


class Found(NamedTuple):
    """One thing that a rule reports about a link."""

    rule: Rule
    """The rule."""
    message: str
    """What is wrong: lower case, no full stop, the thing quoted."""
    hint: str | None = None
    """The next step."""


class Rule:
    """One check."""

    code: ClassVar[str]
    """Stable, such as `UTM101`."""
    name: ClassVar[str]
    """Its kind, such as `letter-case`."""
    severity: ClassVar[Severity] = "warning"
    """How serious it is; notes do not fail a run."""
    is_fixable: ClassVar[bool] = False
    """Whether `fixed` removes what the rule finds."""

    def __init__(self, settings: Settings = DEFAULT_SETTINGS) -> None:
        self.settings = settings

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rule) and self.code == other.code

    def __hash__(self) -> int:
        return hash(self.code)

    def found(self, message: str, hint: str | None = None) -> Found:
        """Return one finding of this rule."""
        return Found(self, message, hint)


class LinkRule(Rule, ABC):
    """A rule that looks at one link."""

    @abstractmethod
    def check(self, link: Link) -> Iterable[Found]:
        """Return what is wrong with a link."""

    def fixed(self, link: Link) -> str:
        """Return the address without what this rule finds, or unchanged if that is not safe."""
        return link.url


class ValueRule(LinkRule):
    """A rule that looks at single tag values, whatever else is in the link."""

    def check(self, link: Link) -> Iterator[Found]:
        """Yield what is wrong with each value."""
        for parameter in link.parameters:
            if parameter.field and parameter.value:
                yield from self.check_raw(parameter.field, parameter.value)

    def check_raw(self, field: str, raw: str) -> Iterable[Found]:
        """Return what is wrong with a value as it is written in an address."""
        return self.check_value(field, decoded(raw))

    def check_value(self, _field: str, _value: str, /) -> Iterable[Found]:
        """Return what is wrong with a decoded value."""
        return ()

    def fixed(self, link: Link) -> str:
        """Return the address with each value fixed."""
        return link.with_parameters(map(self._fixed, link.parameters))

    def _fixed(self, parameter: Parameter) -> Parameter:
        if not (self.is_fixable and parameter.field and parameter.value):
            return parameter
        if not any(True for _ in self.check_raw(parameter.field, parameter.value)):
            return parameter
        return parameter._replace(value=self.fixed_raw(parameter.field, parameter.value))

    def fixed_raw(self, field: str, raw: str, /) -> str:
        """Return a value as it should be written in an address."""
        value = decoded(raw)
        fixed = self.fixed_value(field, value)
        return raw if fixed == value else encoded(fixed)

    def fixed_value(self, _field: str, value: str, /) -> str:
        """Return a decoded value without what this rule finds."""
        return value


class RunRule(Rule):
    """A rule that looks at all links of a run together; see `cross_link.py`."""


class FileRule(Rule):
    """A rule about the files themselves; the code that reads them reports what it found."""
