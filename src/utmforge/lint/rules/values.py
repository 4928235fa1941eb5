"""UTM1xx: how values are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utmforge.errors import UtmforgeError, quoted
from utmforge.lint.rules.base import Found, Rule, Settings, ValueRule
from utmforge.naming.convention import CASE_KEPT
from utmforge.urls.merge_tags import MERGE_TAG
from utmforge.urls.parameters import without_entity
from utmforge.urls.quoting import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.urls.link import Link

_SPACE = re.compile(r"\s")
_SEPARATORS = re.compile(r"(?<=[^\W_])[-_.](?=[^\W_])")
_TWICE_ENCODED = re.compile(r"%25(?=[0-9A-Fa-f]{2})")
# What messaging apps leave out of a link when it stands last. An empty value has its own rule.
_LAST = re.compile(r"[^A-Za-z0-9/=&?#]$")
_LONGEST_MACRO = 210
_ENDS_IN_MACRO = re.compile(rf"(?:{MERGE_TAG.pattern})$")
_KEPT_AS_IT_IS = re.compile(rf"{MERGE_TAG.pattern}|%[0-9A-Fa-f]{{2}}")
_UNRESERVED = "-._~"


def words(settings: Settings, field: str, value: str) -> str:
    """Return a value as the naming convention writes its words; as it is where it cannot."""
    try:
        return settings.convention.words(field, value)
    except UtmforgeError:
        return value


class LetterCase(ValueRule):
    """Write tag values in one letter case.

    GA4 and most other tools report `Facebook` and `facebook` as two rows: the visits of one
    campaign are split. The naming convention says which case (`case` in `[convention]`; lower case
    where nothing is said). `utm_id` keeps its own, because it must equal the id in cost data.

    Instead of:
        https://shop.example/?utm_source=Facebook&utm_medium=social&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=facebook&utm_medium=social&utm_campaign=spring
    """

    code = "UTM101"
    name = "letter-case"
    is_fixable = True

    def check_value(self, field: str, value: str, settings: Settings) -> Iterator[Found]:
        """Compare with the convention's case."""
        cased = self.mended_value(field, value, settings)
        if cased != value:
            own = settings.convention.of(field)
            what = "capitals" if own.case == "lower" else "small letters"
            yield self.found(
                f"{field} {quoted(value)} has {what}: reports make another row of it",
                f"write {quoted(cased)}",
            )

    def mended_value(self, field: str, value: str, settings: Settings) -> str:
        """Change the case of everything but macros and what was percent-encoded twice."""
        own = settings.convention.of(field)
        if own.case == "keep" or (field in CASE_KEPT and field not in settings.convention.fields):
            return value
        change = str.lower if own.case == "lower" else str.upper
        pieces, position = [], 0
        for macro in _KEPT_AS_IT_IS.finditer(value):
            pieces += [change(value[position : macro.start()]), macro[0]]
            position = macro.end()
        return "".join((*pieces, change(value[position:])))


class Space(ValueRule):
    """Put the separator of the naming convention between words, not a space.

    A space in a link is written `%20` or `+`; apps cut links at it, people copy half of it, and
    reports show two spellings of one name.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring%20sale

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring-sale
    """

    code = "UTM102"
    name = "space"
    is_fixable = True

    def check_raw(self, field: str, raw: str, settings: Settings) -> Iterator[Found]:
        """Leave a `+` to its own rule."""
        if "+" in raw:
            return iter(())
        return self.check_value(field, decoded(raw), settings)

    def check_value(self, field: str, value: str, settings: Settings) -> Iterator[Found]:
        """Look for white space outside macros."""
        if _SPACE.search(MERGE_TAG.sub("", value)):
            yield self.found(
                f"{field} {quoted(value)} has a space",
                f"write {quoted(words(settings, field, value))}",
            )

    def mended_value(self, field: str, value: str, settings: Settings) -> str:
        """Write it as the convention does."""
        return words(settings, field, value)


class MixedSeparators(ValueRule):
    """Use one separator in a value.

    `spring_sale-2026` is soon written `spring-sale-2026` by somebody else, and reports have two
    rows. The separator is `separator` in `[convention]`, `-` where nothing is said.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring_sale-2026

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring-sale-2026
    """

    code = "UTM103"
    name = "mixed-separators"

    def check_value(self, field: str, value: str, settings: Settings) -> Iterator[Found]:
        """Look at what stands between letters and digits; a dot may be a host's or a version's."""
        used = sorted(set(_SEPARATORS.findall(MERGE_TAG.sub("", value))) - {"."})
        if len(used) > 1:
            separator = settings.convention.of(field).separator
            one = re.sub("[-_]+", separator, value)
            yield self.found(f"{field} {quoted(value)} mixes - and _", f"write {quoted(one)}")


class PlusForSpace(ValueRule):
    """Do not write a space as `+`.

    Some tools read `+` as a space and some as itself, and redirects turn it into `%2B`: three
    rows for one name.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring+sale

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring-sale
    """

    code = "UTM104"
    name = "plus-for-space"
    is_fixable = True

    def check_raw(self, field: str, raw: str, settings: Settings) -> Iterator[Found]:
        """Look at the value as it is written: decoded, it has a space."""
        if "+" in raw:
            mended = words(settings, field, decoded(raw))
            yield self.found(
                f"{field} {quoted(raw)} has a + for a space", f"write {quoted(mended)}"
            )

    def mended_value(self, field: str, value: str, settings: Settings) -> str:
        """Write it as the convention does."""
        return words(settings, field, value)


class DoubleEncoding(ValueRule):
    """Percent-encode once.

    `%2520` is a space that was encoded twice, mostly by a tool that was given an encoded link.
    Reports show `spring%20sale`.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=caf%25C3%25A9

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=caf%C3%A9
    """

    code = "UTM105"
    name = "double-encoding"
    is_fixable = True

    def check_raw(self, field: str, raw: str, settings: Settings) -> Iterator[Found]:
        """Look at the value as it is written."""
        if _TWICE_ENCODED.search(raw):
            yield self.found(
                f"{field} {quoted(raw)} is percent-encoded twice",
                f"write {quoted(self.mended_raw(field, raw, settings))}",
            )

    def mended_raw(self, field: str, raw: str, settings: Settings) -> str:
        """Take one encoding off, again and again."""
        del field, settings
        while _TWICE_ENCODED.search(raw):
            raw = _TWICE_ENCODED.sub("%", raw)
        return raw


class StrayEntity(Rule):
    """Write `&` between parameters, not what is left of `&amp;`.

    In HTML an `&` is written `&amp;`. Where a link is taken out of HTML as it stands there, or is
    escaped twice, the tag's name becomes `amp;utm_medium` and nobody reads it.

    Instead of:
        https://shop.example/?utm_source=news&amp;utm_medium=email&amp;utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM106"
    name = "stray-entity"
    severity = "error"
    is_fixable = True

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Look at the names."""
        del settings
        names = [one.name for one in link.parameters if without_entity(one.name) != one.name]
        if names:
            yield self.found(
                f"HTML's &amp; is left in {', '.join(quoted(name, 40) for name in names)}",
                "write & alone",
            )

    def mended(self, link: Link, settings: Settings) -> str:
        """Take it off the names."""
        del settings
        return link.with_parameters(
            one._replace(name=without_entity(one.name)) for one in link.parameters
        )


class LastCharacter(Rule):
    """End a link with a letter or a digit.

    Messaging apps and mail programs take the last `)`, `.`, `,`, `-`, `_` or `=` for a part of the
    sentence and leave it out of the link: GA4 has recorded `utm_campaign=cx)` and its like.
    utmforge encodes such a character where it ends a link.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring_

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring%5F
    """

    code = "UTM107"
    name = "last-character"
    is_fixable = True

    def check(self, link: Link, settings: Settings) -> Iterator[Found]:
        """Look at the end of the address; an empty tag has a rule of its own."""
        del settings
        match = _LAST.search(link.url)
        if match and link.is_tagged and not _ENDS_IN_MACRO.search(link.url[-_LONGEST_MACRO:]):
            yield self.found(
                f"the link ends with {match[0]}, which messaging apps cut off",
                f"write it as {_percent(match[0])}, or take it off",
            )

    def mended(self, link: Link, settings: Settings) -> str:
        """Encode what a value may well end with; punctuation is somebody's to take off."""
        del settings
        if link.is_tagged and link.url[-1:] in tuple(_UNRESERVED):
            return link.url[:-1] + _percent(link.url[-1])
        return link.url


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


RULES: tuple[Rule, ...] = (
    LetterCase(),
    Space(),
    MixedSeparators(),
    PlusForSpace(),
    DoubleEncoding(),
    StrayEntity(),
    LastCharacter(),
)
