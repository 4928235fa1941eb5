"""What a rule is, what it looks at, and what it says.

A rule's docstring is its page: a sentence, why it matters, then `Instead of:` and `Write:`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from utmforge.naming.convention import Convention
from utmforge.urls.quoting import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from utmforge.urls.link import Link
    from utmforge.urls.parameters import Parameter

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Settings(NamedTuple):
    """What rules have to know of the workspace."""

    convention: Convention = Convention()
    """How tag values are written."""
    own_domains: frozenset[str] = frozenset()
    """Hosts that are one's own, lower case."""
    periods: Mapping[str, tuple[date | None, date | None]] = MappingProxyType({})
    """First and last day of the campaigns of the file, by `utm_campaign`."""
    today: date | None = None
    """The day. None: no campaign is outside its dates."""
    is_site: bool = False
    """What is linted are pages of one's own site."""


class Found(NamedTuple):
    """One thing a rule has to say of a link."""

    rule: Rule
    """Which rule."""
    message: str
    """What is wrong: lower case, no full stop, the thing quoted."""
    hint: str | None = None
    """The next step."""


class Rule:
    """One check. A subclass says what it looks at by which method it has."""

    code: ClassVar[str]
    """Stable, such as `UTM101`."""
    name: ClassVar[str]
    """Its kind, such as `letter-case`."""
    severity: ClassVar[Severity] = "warning"
    """How bad it is; a note fails nothing."""
    is_fixable: ClassVar[bool] = False
    """Whether `mended` mends it."""

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Yield what is wrong with a link."""
        del link, settings
        yield from ()

    def mended(self, link: Link, settings: Settings) -> str:
        """Return the address without what this rule finds, where that is safe; else as it is."""
        del settings
        return link.url

    def found(self, message: str, hint: str | None = None) -> Found:
        """Say one thing."""
        return Found(self, message, hint)


class ValueRule(Rule):
    """A rule that looks at single values of tags, whatever stands around them."""

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Yield what is wrong with each value."""
        for parameter in link.parameters:
            if parameter.field and parameter.value:
                yield from self.check_raw(parameter.field, parameter.value, settings)

    def check_raw(self, field: str, raw: str, settings: Settings) -> Iterator[Found]:
        """Yield what is wrong with a value as it stands in an address."""
        return self.check_value(field, decoded(raw), settings)

    def check_value(self, field: str, value: str, settings: Settings) -> Iterator[Found]:
        """Yield what is wrong with a value, decoded."""
        del field, value, settings
        yield from ()

    def mended(self, link: Link, settings: Settings) -> str:
        """Return the address with each value mended."""
        return link.with_parameters(self._mended(one, settings) for one in link.parameters)

    def _mended(self, parameter: Parameter, settings: Settings) -> Parameter:
        if not (self.is_fixable and parameter.field and parameter.value):
            return parameter
        if next(self.check_raw(parameter.field, parameter.value, settings), None) is None:
            return parameter
        return parameter._replace(value=self.mended_raw(parameter.field, parameter.value, settings))

    def mended_raw(self, field: str, raw: str, settings: Settings) -> str:
        """Return a value as it is to stand in an address."""
        value = decoded(raw)
        mended = self.mended_value(field, value, settings)
        return raw if mended == value else encoded(mended)

    def mended_value(self, field: str, value: str, settings: Settings) -> str:
        """Return a decoded value without what this rule finds."""
        del field, settings
        return value


class RunRule(Rule):
    """A rule that looks at all links of a run together; the linter asks it when it is asked."""


class FileRule(Rule):
    """A rule about the files themselves; who reads them says what it found."""
