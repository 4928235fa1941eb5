"""UTM1xx: how values are written."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from utmforge.errors import UtmforgeError, quoted
from utmforge.lint.rules.base import Found, LinkRule, Rule, ValueRule
from utmforge.naming.convention import CASE_KEPT
from utmforge.urls.merge_tags import MERGE_TAG
from utmforge.urls.parameters import without_entity
from utmforge.urls.quoting import decoded, encoded, once_encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utmforge.naming.convention import Convention
    from utmforge.urls.link import Link

_SPACE = re.compile(r"\s")
_MONTH = "(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]{0,6}"
_PERIOD = rf"(?:q[1-4]|h[12]|s[12]|t[1-4]|w[0-9]{{1,2}}|kw[0-9]{{1,2}}|{_MONTH})"
# 2026-10, 2026-10-31, 31-10, 1_2_0, v1-2, 2026-q4, may-2026.
_DATES_AND_VERSIONS = re.compile(
    rf"(?<![^\W_])(?:v?[0-9]+(?:[-_][0-9]+)+|[0-9]{{2,4}}[-_]{_PERIOD}(?:[-_][0-9]{{1,2}})?"
    rf"|{_PERIOD}[-_][0-9]{{2,4}}|[0-9]{{1,2}}[-_]{_MONTH}(?:[-_][0-9]{{2,4}})?)(?![^\W_])",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"(?<=[^\W_])[-_.](?=[^\W_])")
# Characters that messaging apps cut off the end of a link. An empty value has a rule of its own.
_LAST = re.compile(r"[^A-Za-z0-9/=&?#]$")
_MAX_MACRO_CHARACTERS = 210
_ENDS_IN_MACRO = re.compile(rf"(?:{MERGE_TAG.pattern})$")
_KEPT_AS_IT_IS = re.compile(rf"{MERGE_TAG.pattern}|%[0-9A-Fa-f]{{2}}")
_UNRESERVED = ("-", "_", "~")
"""What a value may well end with; a full stop, as a rule, ends the sentence around the link."""
_CHARACTERS = re.compile(r"(?:%[0-9A-Fa-f]{2})+|.", re.DOTALL)


def words(convention: Convention, field: str, value: str) -> str:
    """Return a value as the naming convention writes its words; unchanged if that fails."""
    try:
        return convention.words(field, value)
    except UtmforgeError:
        return value


class LetterCase(ValueRule):
    """Write tag values in one letter case.

    GA4 and most other tools report `Facebook` and `facebook` as two rows, so the visits of one
    campaign are split. The naming convention says which case to use (`case` in `[convention]`;
    lowercase by default). `utm_id` keeps its case, because it must match the id in cost data.

    Instead of:
        https://shop.example/?utm_source=Facebook&utm_medium=social&utm_campaign=spring

    Write:
        https://shop.example/?utm_source=facebook&utm_medium=social&utm_campaign=spring
    """

    code = "UTM101"
    name = "letter-case"
    is_fixable = True

    def check_value(self, field: str, value: str) -> Iterator[Found]:
        """Compare with the convention's case."""
        cased = self.fixed_value(field, value)
        if cased != value:
            own = self.settings.convention.of(field)
            what = "uppercase" if own.case == "lower" else "lowercase"
            yield self.found(
                f"{field} {quoted(value)} has {what} letters: reports show it as a separate row",
                f"write {quoted(cased)}",
            )

    def fixed_raw(self, field: str, raw: str) -> str:
        """Change letters only; every other character stays as it is written."""
        value = decoded(raw)
        if "\ufffd" in value:  # its bytes are not UTF-8: another rule says so
            return raw
        return _with_other_letters(raw, value, self.fixed_value(field, value))

    def fixed_value(self, field: str, value: str) -> str:
        """Change the case of everything except merge tags and percent-encoded bytes."""
        own = self.settings.convention.of(field)
        if own.case == "keep" or (
            field in CASE_KEPT and field not in self.settings.convention.fields
        ):
            return value
        change = str.lower if own.case == "lower" else str.upper
        pieces, position = [], 0
        for macro in _KEPT_AS_IT_IS.finditer(value):
            pieces += [change(value[position : macro.start()]), macro[0]]
            position = macro.end()
        return "".join((*pieces, change(value[position:])))


def _with_other_letters(raw: str, before: str, after: str) -> str:
    """Write a changed value in the way its unchanged characters were written.

    >>> _with_other_letters("Caf%C3%89)", "CafÉ)", "café)")
    'caf%C3%A9)'
    """
    written = []
    for run in _CHARACTERS.findall(raw):
        if run[0] != "%" or len(run) == 1:
            written.append(run)
            continue
        at = 0
        for character in decoded(run):
            length = 3 * len(character.encode())
            written.append(run[at : at + length])
            at += length
    if not len(written) == len(before) == len(after):
        return encoded(after)
    return "".join(
        piece if old == new else encoded(new)
        for piece, old, new in zip(written, before, after, strict=True)
    )


class Space(ValueRule):
    """Separate words with the separator of the naming convention, not with a space.

    A space in a link is written as `%20` or `+`. Apps cut links at spaces, people copy only half of
    the link, and reports show two spellings of one name.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring%20sale

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring-sale
    """

    code = "UTM102"
    name = "space"
    is_fixable = True

    def check_raw(self, field: str, raw: str) -> Iterator[Found]:
        """Leave a `+` to its own rule."""
        if "+" in raw:
            return iter(())
        return self.check_value(field, decoded(raw))

    def check_value(self, field: str, value: str) -> Iterator[Found]:
        """Look for white space outside merge tags."""
        if _SPACE.search(MERGE_TAG.sub("", value)):
            yield self.found(
                f"{field} {quoted(value)} has a space",
                f"write {quoted(self.fixed_value(field, value))}",
            )

    def fixed_value(self, field: str, value: str) -> str:
        """Write it as the convention does, with a tab and a line break as a space."""
        return words(self.settings.convention, field, re.sub(r"[\t\n\r\f\v]", " ", value))


class MixedSeparators(ValueRule):
    """Use one separator in a value.

    Sooner or later someone else writes `spring_sale-2026` as `spring-sale-2026`, and reports show
    two rows. The separator is `separator` in `[convention]`, `-` by default. Dates and versions in
    a name (`spring_sale_2026-10`, `launch-v1_2`) are not reported, and neither are names of several
    parts whose words have the other separator (`summer-sale_de-berlin`).

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring_sale-2026

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring-sale-2026
    """

    code = "UTM103"
    name = "mixed-separators"

    def check_value(self, field: str, value: str) -> Iterator[Found]:
        """Look between letters and digits; a dot may belong to a host or a version."""
        text = _DATES_AND_VERSIONS.sub("", MERGE_TAG.sub("", value))
        used = sorted(set(_SEPARATORS.findall(text)) - {"."})
        if len(used) > 1 and not _has_parts(text, "_", "-") and not _has_parts(text, "-", "_"):
            separator = self.settings.convention.of(field).separator
            one = re.sub("[-_]+", separator, value)
            yield self.found(f"{field} {quoted(value)} mixes - and _", f"write {quoted(one)}")


def _has_parts(value: str, between: str, within: str) -> bool:
    """Tell whether several parts of a value have a separator of their own, as in `a-b_c-d`."""
    return sum(within in part.strip(within) for part in value.split(between)) > 1


class PlusForSpace(ValueRule):
    """Do not write a space as `+`.

    Some tools read `+` as a space, others as a plus sign, and redirects turn it into `%2B`: three
    rows for one name.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring+sale

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring-sale
    """

    code = "UTM104"
    name = "plus-for-space"
    is_fixable = True

    def check_raw(self, field: str, raw: str) -> Iterator[Found]:
        """Look at the value as it is written: decoded, it has a space."""
        if "+" in raw:
            fixed = words(self.settings.convention, field, decoded(raw))
            yield self.found(
                f"{field} {quoted(raw)} has a + in place of a space", f"write {quoted(fixed)}"
            )

    def fixed_value(self, field: str, value: str) -> str:
        """Write it as the convention does."""
        return words(self.settings.convention, field, value)


class DoubleEncoding(ValueRule):
    """Percent-encode values only once.

    `%2520` is a space that was encoded twice, usually by a tool that was given a link that was
    already encoded. Reports show `spring%20sale`.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=caf%25C3%25A9

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=caf%C3%A9
    """

    code = "UTM105"
    name = "double-encoding"
    is_fixable = True

    def check_raw(self, field: str, raw: str) -> Iterator[Found]:
        """Look at the value as it is written."""
        if once_encoded(raw) != raw:
            yield self.found(
                f"{field} {quoted(raw)} is percent-encoded twice",
                f"write {quoted(self.fixed_raw(field, raw))}",
            )

    def fixed_raw(self, _field: str, raw: str, /) -> str:
        """Remove all encodings but one."""
        return once_encoded(raw)


class StrayEntity(LinkRule):
    """Separate parameters with `&`, not with `&amp;`.

    HTML writes `&` as `&amp;`. When a link is copied out of HTML source, or escaped twice, the tag's
    name becomes `amp;utm_medium`, which no analytics tool reads.

    Instead of:
        https://shop.example/?utm_source=news&amp;utm_medium=email&amp;utm_campaign=spring

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring
    """

    code = "UTM106"
    name = "stray-entity"
    severity = "error"
    is_fixable = True

    def check(self, link: Link) -> Iterator[Found]:
        """Look at the names."""
        names = [one.name for one in link.parameters if without_entity(one.name) != one.name]
        if names:
            yield self.found(
                f"&amp; from HTML is left in {', '.join(quoted(name, 40) for name in names)}",
                "write & instead of &amp;",
            )

    def fixed(self, link: Link) -> str:
        """Remove it from the names."""
        return link.with_parameters(
            one._replace(name=without_entity(one.name)) for one in link.parameters
        )


class LastCharacter(LinkRule):
    """End a link with a letter or a digit.

    Messaging apps and mail programs take a final `)`, `.`, `,`, `-`, `_` or `=` for part of the
    sentence and leave it out of the link; GA4 has recorded values such as `utm_campaign=cx)`.
    utmforge percent-encodes such a character at the end of a link.

    Instead of:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring_

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring%5F
    """

    code = "UTM107"
    name = "last-character"
    is_fixable = True

    def check(self, link: Link) -> Iterator[Found]:
        """Look at the end of the address; an empty tag has a rule of its own."""
        match = _LAST.search(link.url)
        if (
            match
            and link.is_tagged
            and not _ENDS_IN_MACRO.search(link.url[-_MAX_MACRO_CHARACTERS:])
        ):
            yield self.found(
                f"the link ends with {match[0]}, which messaging apps cut off",
                f"write it as {_percent(match[0])}, or remove it",
            )

    def fixed(self, link: Link) -> str:
        """Encode what a value may well end with; you decide whether punctuation belongs to it."""
        if link.is_tagged and link.url[-1:] in _UNRESERVED:
            return link.url[:-1] + _percent(link.url[-1])
        return link.url


class UnreadableCharacter(ValueRule):
    """Leave out characters that cannot be seen or read.

    A zero-width space or a byte order mark, copied along with a name, makes a second row in reports
    that looks like the first. `%E9` is a letter in another encoding than UTF-8: reports show a
    replacement character for it.

    Instead of:
        https://shop.example/?utm_source=news%E2%80%8B&utm_medium=email&utm_campaign=caf%E9

    Write:
        https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=cafe
    """

    code = "UTM108"
    name = "unreadable-character"
    is_fixable = True

    def check_value(self, field: str, value: str) -> Iterator[Found]:
        """Look for what a name is refused for when a link is issued."""
        if "\ufffd" in value:
            yield self.found(
                f"{field} {quoted(value)} has a character that could not be read (U+FFFD)",
                "write it as it was meant, in UTF-8",
            )
        elif hidden := next(filter(_is_invisible, value), None):
            visible = self.fixed_value(field, value)
            yield self.found(
                f"{field} has an invisible character (U+{ord(hidden):04X})",
                f"write {quoted(visible)}" if visible else "remove it",
            )

    def fixed_value(self, _field: str, value: str, /) -> str:
        """Remove invisible characters; which letter could not be read is not known."""
        if "\ufffd" in value:
            return value
        return "".join(one for one in value if not _is_invisible(one))


def _is_invisible(character: str) -> bool:
    """Tell whether a character is a control or format character; white space has its own rule."""
    return (
        not character.isprintable()
        and not character.isspace()
        and unicodedata.category(character) in {"Cc", "Cf"}
    )


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
    UnreadableCharacter(),
)
