"""Read and check `[convention]` of campaigns.toml: every value it accepts can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from utmforge.errors import UtmforgeError, quoted
from utmforge.model import PARAMETERS
from utmforge.naming.convention import Convention
from utmforge.naming.field_rule import (
    CASES,
    MAX_TAG_CHARACTERS,
    SEPARATORS,
    Case,
    FieldRule,
    Values,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utmforge.campaigns.toml_tables import Table
    from utmforge.naming.templates import Template

_KEYS = ("case", "separator", "transliterate", "required", "max_length")
_FIELD_KEYS = (
    *("allowed", "suggested", "prohibited", "aliases", "template", "pattern", "max_length"),
    *("required", "case", "separator", "transliterate"),
)


def read_convention(table: Table) -> Convention:
    """Return the naming convention; what is wrong with it is among the table's problems."""
    table.only((*_KEYS, *PARAMETERS))
    convention = Convention(
        cast("Case", table.choice("case", CASES)),
        table.choice("separator", SEPARATORS),
        table.flag("transliterate", default=True),
        max_length=table.whole("max_length", 1, MAX_TAG_CHARACTERS),
    )
    required = table.picks("required", tuple(PARAMETERS))
    fields = {}
    for name, rule in table.tables(PARAMETERS):
        fields[name] = FieldReader(name, rule, convention).read()
        if rule.flag("required", default=False):
            required = (*required, name)
        elif "required" in rule.raw and name in required:
            rule.wrong("required", f"{name} is required in [convention]", "remove one of the two")
    return convention._replace(
        fields=fields, required=tuple(name for name in PARAMETERS if name in required)
    )


class FieldReader:
    """Read what one tag may hold."""

    def __init__(self, name: str, table: Table, convention: Convention) -> None:
        self.name = name
        self.table = table
        self.convention = convention
        self.alias_keys: dict[str, str] = {}
        """The aliases as the file has them, by their written form."""

    def read(self) -> FieldRule:
        """Return the rule; what is wrong with it is among the table's problems."""
        table = self.table
        table.only(_FIELD_KEYS)
        self._use(self._writing())
        if "allowed" in table.raw and "suggested" in table.raw:
            hint = "allowed accepts nothing else, suggested accepts other values with a note"
            table.wrong("suggested", "suggested and allowed cannot be used together", hint)
            table.raw = {key: value for key, value in table.raw.items() if key != "suggested"}
        aliases = self._aliases()
        rule = self._use(
            self._rule._replace(
                allowed=self._as_written("allowed"),
                suggested=self._as_written("suggested"),
                prohibited=Values(self._prohibited()),
                aliases=aliases,
                template=self._template(),
                pattern=self._pattern(),
                max_length=table.whole("max_length", 1, MAX_TAG_CHARACTERS),
            )
        )
        self._refuse_useless("allowed", rule.allowed)
        self._refuse_useless("suggested", rule.suggested)
        return rule._replace(aliases=self._useful(aliases))

    @property
    def _rule(self) -> FieldRule:
        return self.convention.fields[self.name]

    def _use(self, rule: FieldRule) -> FieldRule:
        self.convention = self.convention._replace(fields={self.name: rule})
        return rule

    def _writing(self) -> FieldRule:
        """Return the settings in which this tag differs from the others."""
        table = self.table
        has = table.raw.keys()
        return FieldRule(
            case=cast("Case", table.choice("case", CASES)) if "case" in has else None,
            separator=table.choice("separator", SEPARATORS) if "separator" in has else None,
            transliterate=table.flag("transliterate", default=True)
            if "transliterate" in has
            else None,
        )

    def _as_written(self, key: str) -> tuple[str, ...]:
        """Return a list of values, each of which has to be as the convention writes it."""
        values = Values(self.table.texts(key))
        for value in values:
            self._refuse_unwritten(self.table, key, f"{key} value", value)
        return values

    def _refuse_unwritten(self, table: Table, key: str, what: str, value: str) -> bool:
        written = self._words(table, key, value)
        if written is None or written == value:
            return written is None
        table.wrong(
            key,
            f"{what} {quoted(value)} can never be written: the convention's case, separator and "
            f"accents make it {quoted(written)}",
            f"write {quoted(written)}",
        )
        return True

    def _words(self, table: Table, key: str, value: str) -> str | None:
        """Return a value as the convention writes it; None if it cannot, which is a problem."""
        try:
            return self.convention.words(self.name, value)
        except UtmforgeError as error:
            table.wrong(key, error.message, error.hint)
            return None

    def _prohibited(self) -> Iterable[str]:
        for value in self.table.texts("prohibited"):
            written = self._words(self.table, "prohibited", value)
            if written is not None:
                yield written

    def _aliases(self) -> dict[str, str]:
        """Return the aliases by their written form; none is its own target."""
        table = self.table.table("aliases")
        aliases: dict[str, str] = {}
        for alias, target in table.named_texts():
            written = self._words(table, alias, alias)
            if written is None or self._refuse_unwritten(table, alias, "alias target", target):
                continue
            self.alias_keys.setdefault(written, alias)
            if aliases.setdefault(written, target) != target:
                message = f"alias {quoted(written)} is defined twice, with different values"
                table.wrong(alias, message, "remove one")
        return {alias: target for alias, target in aliases.items() if alias != target}

    def _useful(self, aliases: dict[str, str]) -> dict[str, str]:
        """Return the aliases that can be used; each of the others is a problem."""
        table = self.table.table("aliases")
        keys = self.alias_keys
        useful = {}
        for alias, target in aliases.items():
            if alias in self._rule.prohibited:
                message = f"{quoted(alias)} is both an alias and prohibited"
                table.wrong(keys[alias], message, "remove one")
            elif target in aliases:
                message = f"alias {quoted(alias)} leads to {quoted(target)}, an alias itself"
                table.wrong(keys[alias], message, f"write {quoted(aliases[target])}")
            elif error := self._refusal(target):
                message = f"alias {quoted(alias)} can never be used: {error.message}"
                table.wrong(keys[alias], message, error.hint)
            else:
                useful[alias] = target
        return useful

    def _refuse_useless(self, key: str, values: Iterable[str]) -> None:
        for value in values:
            if value in self._rule.aliases:
                message = f"{key} value {quoted(value)} is an alias too, and never written"
                self.table.wrong(key, message, "remove one")
            elif error := self._refusal(value):
                message = f"{key} value {quoted(value)} can never be used: {error.message}"
                self.table.wrong(key, message, error.hint)

    def _refusal(self, value: str) -> UtmforgeError | None:
        try:
            self.convention.check(self.name, value)
        except UtmforgeError as error:
            return error
        return None

    def _template(self) -> str | None:
        text = self.table.unchecked("template")
        if text is None:
            return None
        template = cast("Template", self._with_template(text).template(self.name))
        if problem := template.problem():
            message, hint = problem
            self.table.wrong("template", f"template: {message}", hint)
            return None
        example = template.example()
        written = self._words(self.table, "template", example)
        if written != example and written is not None:
            message = (
                f"template makes {quoted(example)}, which can never be written: the convention's "
                f"case, separator and accents make it {quoted(written)}"
            )
            self.table.wrong("template", message, "write the template's own text that way")
        return text if written == example else None

    def _with_template(self, text: str) -> Convention:
        fields = {self.name: self._rule._replace(template=text)}
        return self.convention._replace(fields=fields)

    def _pattern(self) -> str | None:
        pattern = self.table.unchecked("pattern")
        if pattern is None:
            return None
        from utmforge.naming.patterns import why_unusable

        if wrong := why_unusable(pattern):
            self.table.wrong("pattern", wrong.message, wrong.hint)
            return None
        return pattern
