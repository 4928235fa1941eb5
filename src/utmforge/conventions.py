"""How tag values are written: trim, accents, separators, case, then separators folded.

>>> Convention().written("campaign", "Été à la Plage / 2026")
'ete-a-la-plage-2026'
>>> Convention().written("term", "{keyword}")
'{keyword}'
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from utmforge.errors import AgainstConvention, BadTag, did_you_mean, quoted
from utmforge.urls import MACRO, refuse_unwritable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utmforge.model import Tags

Case = Literal["lower", "upper", "keep"]
CASES = ("lower", "upper", "keep")
SEPARATORS = ("-", "_", ".")

MAX_TAG_CHARACTERS = 100
"""GA4 cuts a parameter's value here (https://support.google.com/analytics/answer/9267744)."""

_TOO_LONG_TO_READ = 2000

# utm_id must equal the id in uploaded cost data, letter for letter
# (https://support.google.com/analytics/answer/10917952): its case is never changed.
CASE_KEPT = frozenset({"id"})

_SPACED_MACRO = re.compile(r"\{\{\s+([\w.:|-]+)\s*\}\}|\{\{([\w.:|-]+)\s+\}\}", re.ASCII)
# Between words, and what messaging apps cut from the end of a link.
_TO_SEPARATE = re.compile(r"""[\s/\\'"`‘’“”«»!?,;]+""")  # noqa: RUF001 - quotes on purpose


class FieldRule(NamedTuple):
    """What one tag may hold."""

    allowed: tuple[str, ...] = ()
    """The only values allowed. Empty: any."""
    pattern: str | None = None
    """A regular expression that the whole value matches. None: any."""


class Change(NamedTuple):
    """One value that was written otherwise than given."""

    name: str
    """The tag, such as `campaign`."""
    given: str
    """What was asked for."""
    written: str
    """What the link carries."""

    def __str__(self) -> str:
        return f"wrote {self.name} {quoted(self.given)} as {quoted(self.written)}"


class Convention(NamedTuple):
    """The naming convention: by default lower case, `-` between words, no accents."""

    case: Case = "lower"
    """`lower`, `upper`, or `keep` as given. The `id` keeps its case always."""
    separator: str = "-"
    """What spaces and slashes become, and what is not repeated."""
    transliterate: bool = True
    """Write letters outside ASCII with those inside: é as e, ß as ss."""
    fields: Mapping[str, FieldRule] = MappingProxyType({})
    """What single tags may hold, by field name."""

    def written(self, name: str, value: str) -> str:
        """Write one value; macros such as `{keyword}` stay as they are.

        Raises:
            BadTag: It is empty (also after writing), too long or unwritable.
        """
        refuse_unwritable(name, value)
        if len(value) > _TOO_LONG_TO_READ:
            raise _too_long(name, len(value))
        value = _SPACED_MACRO.sub(lambda match: f"{{{{{match[1] or match[2]}}}}}", value.strip())
        pieces = []
        position = 0
        for macro in MACRO.finditer(value):
            pieces += [self._words(name, value[position : macro.start()]), macro[0]]
            position = macro.end()
        pieces.append(self._words(name, value[position:]))
        result = "".join(pieces).strip(self.separator)
        if not result:
            raise BadTag(
                f"nothing is left of {name} {quoted(value)} in the naming convention",
                hint="use at least one letter or digit",
            )
        if len(result) > MAX_TAG_CHARACTERS:
            raise _too_long(name, len(result))
        return result

    def _words(self, name: str, text: str) -> str:
        if self.transliterate and not text.isascii():
            from anyascii import anyascii  # noqa: PLC0415 - most values are ASCII

            text = anyascii(text)
        text = _TO_SEPARATE.sub(self.separator, text)
        if name not in CASE_KEPT:
            text = {"lower": text.lower, "upper": text.upper, "keep": text.__str__}[self.case]()
        return re.sub(rf"{re.escape(self.separator)}{{2,}}", self.separator, text)

    def check(self, name: str, value: str) -> None:
        """Refuse a value, as written, that the convention does not allow.

        Raises:
            AgainstConvention: It is not one of the allowed values, or not of the pattern.
        """
        rule = self.fields.get(name)
        if rule is None or MACRO.fullmatch(value):
            return
        if rule.allowed and value not in rule.allowed:
            near = did_you_mean(value, rule.allowed)
            instead = (
                near[len("did you mean ") : -1]
                if near
                else " or ".join(quoted(allowed) for allowed in rule.allowed[:8])
            )
            raise AgainstConvention(
                f"{name} {quoted(value)} is not in the naming convention",
                hint=f"use {instead}, or add it to [convention.{name}]",
            )
        if rule.pattern is not None and not re.fullmatch(rule.pattern, value):
            raise AgainstConvention(
                f"{name} {quoted(value)} is not of the naming convention's pattern {rule.pattern}",
                hint=f"write it so, or change the pattern in [convention.{name}]",
            )

    def apply(self, tags: Tags) -> tuple[Tags, tuple[Change, ...]]:
        """Write all tags, and tell what was changed.

        Raises:
            BadTag: A value cannot be written.
            AgainstConvention: A value is not allowed.
        """
        written = {}
        changes = []
        for name, value in tags.items():
            written[name] = self.written(name, value)
            self.check(name, written[name])
            if written[name] != value:
                changes.append(Change(name, value, written[name]))
        return tags._replace(**written), tuple(changes)


def _too_long(name: str, length: int) -> BadTag:
    return BadTag(
        f"{name} has {length:,} characters, GA4 cuts a tag at {MAX_TAG_CHARACTERS}",
        hint="shorten it",
    )
