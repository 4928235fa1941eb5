"""One language of the page: its sentences, numbers, dates and amounts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from utmforge.output.html_report import english, french

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from utmforge.measure.dark_social.result import Advice, Sentence
    from utmforge.measure.money.amounts import Amount
    from utmforge.output.formats import PageLanguage

_NARROW = "\N{NARROW NO-BREAK SPACE}"
_DASH = "\N{EN DASH}"
_MINUS = "\N{MINUS SIGN}"
_LONGEST = 60
_PERCENT_OF_FEW = 0.1
_AMOUNTS = frozenset(
    ("cost_per_conversion", "low", "high", "other_cost_per_conversion", "other_low", "other_high")
)
"""Figures of sentences that are decimal texts."""


class Language:
    """Says everything in one language."""

    def __init__(self, code: PageLanguage) -> None:
        self.code = code
        module = french if code == "fr" else english
        self._words: Mapping[str, str] = module.WORDS
        self._sentences: Mapping[str, str] = module.SENTENCES
        self._months = module.MONTHS

    def __call__(self, key: str, **figures: object) -> str:
        """Return a word or a sentence; numbers in it are written as the language writes them."""
        return self._words[key].format(
            **{name: self._written(one) for name, one in figures.items()}
        )

    def knows(self, key: str) -> bool:
        """Tell whether there is a word."""
        return key in self._words

    def counted(self, number: int, key: str) -> str:
        """Return a number with its noun, such as `1 visit` and `2 visits`."""
        is_one = number == 1 or (self.code == "fr" and number == 0)
        return self(f"{key}.one" if is_one else f"{key}.more", number=number)

    def sentence(self, one: Sentence | Advice) -> str:
        """Return a sentence of the measurement; in English where there is no other wording."""
        wording = self._wording(one)
        if wording is None:
            return one.sentence[:1].upper() + one.sentence[1:]
        return wording.format(
            **{
                name: self.number(Decimal(value))
                if isinstance(value, str) and name in _AMOUNTS
                else self._written(value)
                for name, value in one.figures.items()
            }
        )

    def _wording(self, one: Sentence | Advice) -> str | None:
        """Return how a sentence is said: `kind.no-NAME` or `kind.one-NAME` come first."""
        for name, figure in one.figures.items():
            which = "one" if figure == 1 and not isinstance(figure, float) else "no"
            if which == "no" and figure:
                continue
            if special := self._sentences.get(f"{one.kind}.{which}-{name}"):
                return special
        return self._sentences.get(one.kind)

    def has_wording(self, kind: str) -> bool:
        """Tell whether a sentence is said in this language and not in English."""
        return self.code == "en" or kind in self._sentences

    def number(self, value: float | Decimal | None) -> str:
        """Return a number with its thousands apart; a dash where it is not known."""
        if value is None:
            return _DASH
        written = f"{value:,}".replace("-", _MINUS)
        if self.code == "fr":
            written = written.replace(",", _NARROW).replace(".", ",")
        return written

    def change(self, value: int) -> str:
        """Return a whole number with its sign; nothing changed where it is 0."""
        return self.number(value) if value <= 0 else f"+{self.number(value)}"

    def signed(self, value: float) -> str:
        """Return a number with its sign and one decimal, such as `+11.2`."""
        written = f"{value:+,.1f}".replace("-", _MINUS)
        return written if self.code == "en" else written.replace(",", _NARROW).replace(".", ",")

    def percent(self, share: float, *, decimals: int | None = None, signed: bool = False) -> str:
        """Return a share as a percentage; one decimal where it is small, unless it is said."""
        if decimals is None:
            decimals = 1 if abs(share) < _PERCENT_OF_FEW and round(share, 3) else 0
        written = f"{share * 100:{'+' if signed else ''},.{decimals}f}".replace("-", _MINUS)
        if self.code == "fr":
            return written.replace(",", _NARROW).replace(".", ",") + _NARROW + "%"
        return written + "%"

    def percents(self, low: float, high: float, *, decimals: int | None = None) -> str:
        """Return a range of shares, both ends with as many decimals, such as `9.3-20.4%`."""
        if decimals is None:
            decimals = 1 if low < _PERCENT_OF_FEW else 0
        begin, end = (self.percent(one, decimals=decimals) for one in (low, high))
        return end if begin == end else f"{begin.rstrip(f'{_NARROW}%')}{_DASH}{end}"

    def numbers(self, low: int, high: int) -> str:
        """Return a range of numbers."""
        if low == high:
            return self.number(low)
        return f"{self.number(low)}{_DASH}{self.number(high)}"

    def money(self, amount: Amount | None) -> str:
        """Return an amount with its currency; a dash where there is none."""
        if amount is None:
            return _DASH
        return f"{self.number(amount.value)} {amount.currency}".rstrip().replace(" ", "\u00a0")

    def amount(self, value: str, currency: str) -> str:
        """Return a decimal text with its currency."""
        return f"{self.number(Decimal(value))}\u00a0{currency}".rstrip()

    def day(self, day: date, *, with_year: bool = True, short: bool = False) -> str:
        """Return a date, such as `20 March 2026`."""
        number = "1er" if self.code == "fr" and day.day == 1 else str(day.day)
        name = self._months[day.month - 1]
        if short:
            name = self._words["months.short"].split()[day.month - 1]
        return f"{number} {name}" + (f" {day.year}" if with_year else "")

    def days(self, first: date, last: date, *, with_year: bool = True, short: bool = False) -> str:
        """Return a range of dates, what both have in common once."""
        if first == last:
            return self.day(first, with_year=with_year, short=short)
        end = self.day(last, with_year=with_year, short=short)
        if (first.year, first.month) == (last.year, last.month):
            number = "1er" if self.code == "fr" and first.day == 1 else str(first.day)
            return f"{number}{_DASH}{end}"
        is_same_year = first.year == last.year
        begin = self.day(first, with_year=with_year and not is_same_year, short=short)
        return f"{begin} {_DASH} {end}"

    def name(self, value: str | None, key: str = "none") -> str:
        """Return a name as the log or a campaign has it, not too long; a word where it has none."""
        if value is None or not value:
            return self(key)
        return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"

    def term(self, prefix: str, value: str | None) -> str:
        """Return the word for one of a few terms; the term itself if there is no word."""
        if value is None:
            return self(f"{prefix}.none") if self.knows(f"{prefix}.none") else _DASH
        return self(f"{prefix}.{value}") if self.knows(f"{prefix}.{value}") else self.name(value)

    def _written(self, value: object) -> str:
        if value is None:
            return _DASH
        if isinstance(value, float):
            return self.percent(value)
        if isinstance(value, int):
            return self.number(value)
        return str(value)
