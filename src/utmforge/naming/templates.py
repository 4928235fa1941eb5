"""Templates: how the values of one tag are built, and which parts a date fills in.

>>> from datetime import date
>>> template = Template("{year}-{slug}", "-")
>>> template.completed("spring-sale", date(2026, 3, 20))
'2026-spring-sale'
>>> template.completed("2026-spring-sale", date(2027, 1, 1))
'2026-spring-sale'

There is no `{source}`, `{medium}` or `{channel}`: each has its own tag, and with one of them in its
name a campaign would be several campaigns in every report.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from utmforge.errors import did_you_mean, quoted
from utmforge.urls.merge_tags import MACRO

_YEAR, _MONTH, _DAY = "(?:19|20)[0-9]{2}", "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"

FROM_A_DAY = {
    "year": _YEAR,
    "quarter": "[qQ][1-4]",
    "month": _MONTH,
    "day": _DAY,
    "date": _YEAR + _MONTH + _DAY,
}
"""What a date fills in. `date` has no separators; with them, write `{year}-{month}-{day}`."""

OPEN = ("slug", "word", "number")
"""What a user fills in: words joined by separators, one word, digits."""

PLACEHOLDERS = (*FROM_A_DAY, *OPEN)

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LETTERS = rf"(?:[^\W_]|{MACRO})+"  # a macro stands for letters
_MAX_SLUGS = 2

# What shows that a value already has a part, perhaps in another place: 2026, 202603 and 20260320
# all have a year; q3 is a quarter, faq3 is not.
_PRESENT = {
    "year": rf"(?<![0-9]){_YEAR}(?:[0-9]{{2}}){{0,2}}(?![0-9])",
    "quarter": r"(?<![^\W_])[qQ][1-4](?![^\W_])",
    "month": rf"(?<![0-9]){_MONTH}(?![0-9])",
    "day": rf"(?<![0-9]){_DAY}(?![0-9])",
}

_ANY_DAY = date(2026, 3, 20)  # for examples without a date


class Template(NamedTuple):
    """How the values of one tag are built."""

    text: str
    """Text and placeholders, such as `{year}-{slug}`."""
    separator: str
    """The separator between the words of a `{slug}`."""
    is_upper: bool = False
    """A quarter is written Q1, not q1."""

    @property
    def is_from_a_day(self) -> bool:
        """Whether a date fills in any part of it."""
        return any(name in FROM_A_DAY for name in _names(self.text))

    def fits(self, value: str) -> bool:
        """Tell whether a value fits the template."""
        return _compiled(self).fullmatch(value) is not None

    def completed(self, value: str, today: date | None) -> str:
        """Return the value with the parts that a date fills in, or unchanged if in doubt.

        It stays unchanged if it already fits, if it has one of these parts itself (2026 in
        `spring-2026`), if the template has more than one part for a person to fill in, and without
        a date.
        """
        if today is None or self.fits(value) or _present(self.text).search(value):
            return value
        asked = [name for name in _names(self.text) if name in OPEN]
        if len(asked) != 1:
            return value
        result = self._filled(today, dict.fromkeys(asked, value))
        return result if self.fits(result) and _fits_placeholder(self, asked[0], value) else value

    def example(self, today: date | None = None) -> str:
        """Return a value that fits."""
        words = ("spring", "sale")
        if self.is_upper:
            words = ("SPRING", "SALE")
        given = {"slug": self.separator.join(words), "word": words[0], "number": "12"}
        return self._filled(today or _ANY_DAY, given)

    def problem(self) -> tuple[str, str] | None:
        """Return what is wrong with the template, and the next step."""
        names = _names(self.text)
        for name in names:
            if name not in PLACEHOLDERS:
                known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
                hint = did_you_mean(name, PLACEHOLDERS) or f"known: {known}"
                return f"there is no placeholder {quoted(f'{{{name}}}')}", hint
        if re.search("[{}]", _PLACEHOLDER.sub("", self.text)):
            return "a brace has no counterpart", 'such as "{year}-{slug}"'
        if not names:
            return "it has no placeholder", "for a list of values write allowed"
        return self._ambiguity()

    def _ambiguity(self) -> tuple[str, str] | None:
        """Return why values cannot be split into parts again, or why it would take too long."""
        pieces = _PLACEHOLDER.split(self.text)
        slugs = 0
        for name, after, following in zip(
            pieces[1::2], pieces[2::2], [*pieces[3::2], ""], strict=True
        ):
            if name in OPEN and (after[:1].isalnum() or (following and not after)):
                part = quoted(f"{{{name}}}")
                return f"it is not clear where {part} ends", f"write {self.separator} after it"
            slugs += name == "slug" and after.startswith(self.separator)
        if slugs > _MAX_SLUGS:
            return "it has too many slugs in a row", 'write some of them as "{word}"'
        return None

    def _filled(self, today: date, given: dict[str, str]) -> str:
        quarter = f"{'Q' if self.is_upper else 'q'}{(today.month + 2) // 3}"
        values = given | {
            "year": f"{today.year:04}",
            "quarter": quarter,
            "month": f"{today.month:02}",
            "day": f"{today.day:02}",
            "date": f"{today.year:04}{today.month:02}{today.day:02}",
        }
        return _PLACEHOLDER.sub(lambda match: values[match[1]], self.text)


def _names(text: str) -> list[str]:
    return _PLACEHOLDER.findall(text)


@cache
def _compiled(template: Template) -> re.Pattern[str]:
    pieces = _PLACEHOLDER.split(template.text)
    pieces[0::2] = map(re.escape, pieces[0::2])
    pieces[1::2] = [_placeholder_pattern(name, template.separator) for name in pieces[1::2]]
    return re.compile("".join(pieces))


def _placeholder_pattern(name: str, separator: str) -> str:
    slug = f"{_LETTERS}(?:{re.escape(separator)}{_LETTERS})*"
    return (FROM_A_DAY | {"slug": slug, "word": _LETTERS, "number": "[0-9]+"})[name]


def _fits_placeholder(template: Template, name: str, value: str) -> bool:
    return re.fullmatch(_placeholder_pattern(name, template.separator), value) is not None


@cache
def _present(text: str) -> re.Pattern[str]:
    """Return the pattern that finds parts of the template that a value already has."""
    names = {"year" if name == "date" else name for name in _names(text) if name in FROM_A_DAY}
    # An empty pattern matches every value: nothing is filled in.
    return re.compile("|".join(_PRESENT[name] for name in sorted(names)))
