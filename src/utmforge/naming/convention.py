"""The naming convention: how tag values are written, and which are accepted.

The steps always have this order:

    trim, accents, separators, case, separators folded   words
      → alias → template                                 written
      → prohibited → template → length                   check
      → allowed or suggested → pattern                   check
      → required                                         require

The template does not complete a prohibited value, so that the value is refused. The result of a
template may be an alias.

A value that is a single macro, such as `{keyword}`, passes every step, also as the target of an
alias: its text is known only when a tool fills it in, so no template completes it and no length
limits it. In a value with other text, a macro counts as the characters it is written with.

>>> Convention().written("campaign", "Été à la Plage / 2026")
'ete-a-la-plage-2026'
>>> Convention().written("term", "{keyword}")
'{keyword}'
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from utmforge.errors import BadTag, did_you_mean, quoted
from utmforge.naming.field_rule import MAX_SHOWN, MAX_TAG_CHARACTERS, NO_RULE, Case, FieldRule
from utmforge.urls.merge_tags import in_value, is_merge_tag
from utmforge.urls.tagging import refuse_unwritable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from utmforge.model import Tags
    from utmforge.naming.templates import Template


_TOO_LONG_TO_READ = 2000

# utm_id must equal the id in uploaded cost data, letter for letter
# (https://support.google.com/analytics/answer/10917952): only its own rule changes its case.
CASE_KEPT = frozenset({"id"})

_SPACED_MACRO = r"(?a)\{\{\s+([\w.:|-]+)\s*\}\}|\{\{([\w.:|-]+)\s+\}\}"
# Characters between words, and those that messaging apps cut from the end of a link.
_TO_SEPARATE = re.compile(r"""[\s/\\'"`‘’“”«»!?,;]+""")


class Change(NamedTuple):
    """One value that was written differently than given."""

    name: str
    """The tag, such as `campaign`."""
    given: str
    """The value that was given."""
    written: str
    """What the link carries."""

    def __str__(self) -> str:
        return f"wrote {self.name} {quoted(self.given)} as {quoted(self.written)}"


class Unusual(NamedTuple):
    """One value that was accepted although it is not among the suggested ones."""

    name: str
    """The tag, such as `content`."""
    value: str
    """What the link carries."""
    suggested: tuple[str, ...]
    """The suggested values."""

    def __str__(self) -> str:
        shown = ", ".join(map(quoted, self.suggested[:MAX_SHOWN]))
        more = ", …" if len(self.suggested) > MAX_SHOWN else ""
        near = did_you_mean(self.value, self.suggested)
        return f"{self.name} {quoted(self.value)} is not among the suggested {shown}{more}" + (
            f"; {near}" if near else ""
        )


class Convention(NamedTuple):
    """The naming convention: by default lower case, `-` between words, no accents."""

    case: Case = "lower"
    """`lower`, `upper`, or `keep` as given. `id` keeps its case unless it has its own rule."""
    separator: str = "-"
    """What spaces and slashes become; it is never repeated."""
    transliterate: bool = True
    """Write letters outside ASCII with ASCII letters: é as e, ß as ss."""
    fields: Mapping[str, FieldRule] = MappingProxyType({})
    """The rules of single tags, by field name."""
    required: tuple[str, ...] = ()
    """The fields that every link must have, in addition to source, medium and campaign."""
    max_length: int | None = None
    """The maximum number of characters of a value. None: GA4's 100."""

    @property
    def needs_day(self) -> bool:
        """Whether a date fills in a template, so that `today` matters."""
        return any(
            (template := self.template(name)) is not None and template.is_from_a_day
            for name in self.fields
        )

    def of(self, name: str) -> Convention:
        """Return the case, separator and transliteration of one field."""
        rule = self.fields.get(name, NO_RULE)
        if rule is NO_RULE and name not in CASE_KEPT:
            return self
        return Convention(
            rule.case or ("keep" if name in CASE_KEPT else self.case),
            rule.separator or self.separator,
            self.transliterate if rule.transliterate is None else rule.transliterate,
        )

    def template(self, name: str) -> Template | None:
        """Return the template of one field. None: it has none."""
        text = self.fields.get(name, NO_RULE).template
        if text is None:
            return None
        from utmforge.naming.templates import Template

        own = self.of(name)
        return Template(text, own.separator, is_upper=own.case == "upper")

    def words(self, name: str, value: str) -> str:
        """Return a value with its words written by the convention, before aliases and templates.

        Raises:
            BadTag: It is empty (also after writing) or unwritable.
        """
        refuse_unwritable(name, value)
        if "\ufffd" in value:
            raise BadTag(
                f"{name} has a character that could not be read (U+FFFD)",
                hint="write it as it was meant, in UTF-8",
            )
        if len(value) > _TOO_LONG_TO_READ:
            raise _too_long(name, len(value))
        own = self.of(name)
        value = value.strip()
        if "{{" in value:
            value = re.sub(_SPACED_MACRO, r"{{\1\2}}", value)
        pieces = []
        position = 0
        for macro in in_value(value):
            pieces += [_between_macros(own, value[position : macro.start()]), macro[0]]
            position = macro.end()
        pieces.append(_between_macros(own, value[position:]))
        result = "".join(pieces).strip(own.separator)
        if not result:
            raise BadTag(
                f"the naming convention leaves nothing of {name} {quoted(value)}",
                hint="use at least one letter or digit",
            )
        return result

    def written(self, name: str, value: str, *, today: date | None = None) -> str:
        """Return a value as it is written: its words, then the alias's target, then the template.

        Macros such as `{keyword}` stay as they are. Writing a written value changes nothing, even
        on another day.

        Args:
            name: The tag, such as `campaign`.
            value: The value that was given.
            today: The date that fills in the template's `{year}` and the like. None: they are not
                filled in, and `check` refuses a value without them.

        Raises:
            BadTag: It is empty (also after writing), too long or unwritable.
        """
        result = self.words(name, value)
        rule = self.fields.get(name, NO_RULE)
        if not is_merge_tag(result):
            result = rule.aliases.get(result, result)
        template = self.template(name)
        if template and result not in rule.prohibited and not is_merge_tag(result):
            result = template.completed(result, today)
            result = rule.aliases.get(result, result)
        if len(result) > MAX_TAG_CHARACTERS:
            raise _too_long(name, len(result))
        return result

    def check(self, name: str, value: str, *, today: date | None = None) -> None:
        """Refuse a written value that breaks the convention.

        Raises:
            AgainstConvention: With the closest accepted value, and how to accept this one.
        """
        if (name not in self.fields and self.max_length is None) or is_merge_tag(value):
            return
        from utmforge.naming.checks import why_not

        if (refusal := why_not(self, name, value, today)) is not None:
            raise refusal

    def require(self, tags: Tags) -> None:
        """Refuse tags without a required one.

        Raises:
            AgainstConvention: With all missing tags.
        """
        if missing := [name for name in self.required if not getattr(tags, name)]:
            from utmforge.naming.checks import refuse_missing

            raise refuse_missing(missing)

    def accept(
        self, name: str, value: str, *, today: date | None = None
    ) -> tuple[str, tuple[Change | Unusual, ...]]:
        """Write and check one value; return it with notes for the user.

        Raises:
            BadTag: It cannot be written.
            AgainstConvention: It breaks the convention.
        """
        written = self.written(name, value, today=today)
        self.check(name, written, today=today)
        notes: list[Change | Unusual] = []
        if written != value:
            notes.append(Change(name, value, written))
        suggested = self.fields.get(name, NO_RULE).suggested
        if suggested and written not in suggested and not is_merge_tag(written):
            notes.append(Unusual(name, written, suggested))
        return written, tuple(notes)

    def apply(
        self, tags: Tags, *, today: date | None = None
    ) -> tuple[Tags, tuple[Change | Unusual, ...]]:
        """Write and check all tags; return them with notes for the user.

        Raises:
            BadTag: A value cannot be written.
            AgainstConvention: A value breaks the convention, or a required one is missing.
        """
        written = {}
        notes: list[Change | Unusual] = []
        for name, value in tags.items():
            written[name], more = self.accept(name, value, today=today)
            notes += more
        result = tags._replace(**written)
        self.require(result)
        return result, tuple(notes)


def _between_macros(own: Convention, text: str) -> str:
    if own.transliterate and not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    text = _TO_SEPARATE.sub(own.separator, text)
    text = {"lower": text.lower, "upper": text.upper, "keep": text.__str__}[own.case]()
    return re.sub(rf"{re.escape(own.separator)}{{2,}}", own.separator, text)


def _too_long(name: str, length: int) -> BadTag:
    return BadTag(
        f"{name} has {length:,} characters, GA4 cuts a tag at {MAX_TAG_CHARACTERS}",
        hint="shorten it",
    )
