"""Read TOML tables key by key and collect problems with their places."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from utmforge.campaigns.currencies import DECIMALS, decimals_of
from utmforge.campaigns.key_lines import KeyPath, key_lines, line_of
from utmforge.campaigns.toml_slips import day_of
from utmforge.errors import (
    CampaignFileInvalid,
    NotText,
    Problem,
    counted,
    did_you_mean,
    nearest,
    quoted,
)
from utmforge.files.header_words import field_of
from utmforge.files.toml_text import is_bare_key
from utmforge.texts import MAX_REASON, MAX_TEXT, refuse_unfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


_MAX_NUMBER = 10**15
"""An amount of money is less; a number in a message has fewer digits."""
_MAX_SHOWN = 3

_DEPTH_OF_NAMES = 2
"""How deep the tables are that have a name of the user's own: `[campaigns.NAME]`."""

_AMOUNT = re.compile(r"\d{1,15}(?:\.\d{1,9})?", re.ASCII)


class Problems:
    """The problems found so far, by key."""

    def __init__(self) -> None:
        self.found: dict[tuple[KeyPath, str], str | None] = {}

    def add(self, path: KeyPath, message: str, hint: str | None = None) -> None:
        """Add a problem with a key, unless it is already there."""
        self.found.setdefault((path, message), hint)

    def raise_any(self, file: Path, text: str) -> None:
        """Raise all problems at once, if there are any."""
        if self.found:
            raise CampaignFileInvalid(self._placed(file, text))

    def _placed(self, file: Path, text: str) -> list[Problem]:
        lines = key_lines(text)
        placed = [
            (line_of(path, lines), message, ".".join(map(str, path)), hint)
            for (path, message), hint in self.found.items()
        ]
        return [
            Problem(message, f"{file}:{line}", key or None, hint)
            for line, message, key, hint in sorted(placed, key=lambda row: row[0])
        ]


class Table:
    """One table, read key by key; a value of the wrong type becomes a problem."""

    def __init__(self, raw: dict[str, Any], path: KeyPath, problems: Problems) -> None:
        self.raw = raw
        self.path = path
        self.problems = problems

    def wrong(self, key: str | None, message: str, hint: str | None = None) -> None:
        """Add a problem with a key of this table, or (None) with the table itself."""
        self.problems.add(self.path if key is None else (*self.path, key), message, hint)

    def only(self, known: Iterable[str]) -> None:
        """Add a problem for every key that is not among the known ones."""
        known = tuple(known)
        for key in self.raw:
            if key not in known:
                meant = did_you_mean(key, known) or did_you_mean(_other_word(key), known)
                hint = meant or f"known here: {', '.join(known)}"
                if not meant and not self.path and _is_campaign(self.raw[key]):
                    hint = f"write it as [campaigns.{key if is_bare_key(key) else quoted(key)}]"
                if isinstance(self.raw[key], dict) and len(self.path) == _DEPTH_OF_NAMES:
                    kind, name = map(str, self.path)
                    hint = did_you_mean(key, known) or (
                        f'a name with a point needs quotes: [{kind}."{name}.{key}"]'
                    )
                self.wrong(key, f"unknown key {quoted(key)}", hint)

    def may_mean(self, key: str) -> bool:
        """Tell whether a key that is missing stands here under a misspelt name."""
        if len(self.path) == _DEPTH_OF_NAMES and any(map(_is_campaign, self.raw.values())):
            return True  # a name with a point was read as two
        return any(
            nearest(one, (key,)) or _other_word(one) == key for one in self.raw if one != key
        )

    def text(self, key: str, *, allowed: str = "") -> str | None:
        """Return a text of one line that is not empty; None where it is missing or wrong.

        Args:
            key: Where it stands.
            allowed: Characters that it may have beside those of one line, such as line ends.
        """
        value = self.unchecked(key)
        return value if value is None or self.is_fit(key, value, MAX_TEXT, allowed) else None

    def unchecked(self, key: str) -> str | None:
        """Return a text that is not empty, and whose characters its reader checks."""
        value = self.raw.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        if isinstance(value, str):
            self.wrong(key, f"{key} is empty", "remove the line, or give it a value")
        else:
            self.wrong(key, f"{key} is {_kind(value)}, not text", 'write it "in quotes"')
        return None

    def is_fit(self, key: str, value: str, limit: int, allowed: str = "") -> bool:
        """Tell whether a text can be shown and stored; if not, note the problem."""
        try:
            refuse_unfit(key, value, limit, allowed=allowed)
        except NotText as error:
            self.wrong(key, error.message, error.hint)
            return False
        return True

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, each once."""
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong(key, f"{key} is not a list of texts", f'write it {key} = ["one", "two"]')
            return ()
        if any(not item.strip() for item in value):
            self.wrong(key, f"{key} has an empty text", "remove it")
        for item, times in Counter(value).items():
            if times > 1:
                self.wrong(key, f"{key} has {quoted(item)} twice", "remove one")
        return tuple(dict.fromkeys(item for item in value if item.strip()))

    def picks(self, key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        """Return a list of texts, each of them one of `choices`."""
        values = self.texts(key)
        for value in values:
            if value not in choices:
                hint = did_you_mean(value, choices) or f"known here: {', '.join(choices)}"
                self.wrong(key, f"{key} has the unknown {quoted(value)}", hint)
        return values

    def named_texts(self) -> Iterator[tuple[str, str]]:
        """Yield the texts in this table, by name."""
        for key in self.raw:
            if self._is_name(key) and (value := self.text(key)):
                yield key, value

    def whole(self, key: str, least: int, most: int) -> int | None:
        """Return a whole number within limits; None where it is missing or wrong."""
        value = self.raw.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        is_short = type(value) is int and abs(value) < _MAX_NUMBER
        shown = f"{value}" if is_short else _kind(value)
        self.wrong(key, f"{key} is {shown}", f"a whole number from {least} to {most}")
        return None

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.raw.get(key, default)
        if not isinstance(value, bool):
            self.wrong(key, f"{key} is {_kind(value)}, not true or false")
            return default
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """Return one of `choices`; the first where the value is missing or wrong."""
        value = self.raw.get(key, choices[0])
        if value not in choices:
            near = did_you_mean(value, choices) if isinstance(value, str) else None
            known = ", ".join(quoted(choice) for choice in choices)
            shown = quoted(value) if isinstance(value, str) else _kind(value)
            self.wrong(key, f"{key} is {shown}", near or f"one of {known}")
            return choices[0]
        return cast("str", value)

    def day(self, key: str) -> date | None:
        """Return a day without a time; None where it is missing or wrong."""
        value = self.raw.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        hint = f"write a day without quotes, such as {day_of(value) or '2026-03-20'}"
        self.wrong(key, f"{key} is {_kind(value)}, not a date", hint)
        return None

    def currency(self, key: str) -> str | None:
        """Return a currency of ISO 4217; None where it is missing or wrong."""
        currency = self.text(key)
        if currency is None or currency in DECIMALS:
            return currency
        if re.fullmatch("[A-Z]{3}", currency):
            hint = did_you_mean(currency, DECIMALS) or "such as EUR"
            self.wrong(key, f"no currency is called {quoted(currency)}", hint)
        else:
            self.wrong(
                key, f"currency {quoted(currency)} is not three capital letters", "such as EUR"
            )
        return None

    def money(
        self, key: str, currency: str | None = None, *, as_text: bool = False
    ) -> Decimal | None:
        """Return an amount that is not negative; None where it is missing or wrong.

        Args:
            key: Where it stands.
            currency: Its currency, which says how many decimals it may have.
            as_text: Whether it may be written as text, too.
        """
        value = self.raw.get(key)
        if as_text and isinstance(value, str) and _AMOUNT.fullmatch(value):
            value = Decimal(value)
        if isinstance(value, bool) or not isinstance(value, int | Decimal | None):
            self.wrong(key, f"{key} is {_kind(value)}, not an amount", "write it as 120.00")
        elif value is not None:
            amount = Decimal(value)
            if amount.is_finite() and 0 <= amount < _MAX_NUMBER:
                return self._in_whole_units(key, amount, currency)
            self.wrong(key, f"{key} is not an amount of money", "write it as 120.00")
        return None

    def _in_whole_units(self, key: str, amount: Decimal, currency: str | None) -> Decimal | None:
        decimals = decimals_of(currency)
        if currency and amount != round(amount, decimals):
            allowed = counted(decimals, "decimal")
            self.wrong(key, f"{key} has more than the {allowed} of {currency}", "round it")
            return None
        return amount

    def _as_table(self, key: str, value: object) -> str:
        """Return how to write a table that is something else."""
        if self.path not in {("campaigns",), ("channels",)}:
            return f"write it as [{key}]"
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return f"write it as [{self.path[0]}.{key}]"
        name = "spring" if self.path == ("campaigns",) else "newsletter"
        return f"write it below a table with a name, such as [{self.path[0]}.{name}]"

    def table(self, key: str) -> Table:
        """Return a table; an empty one where it is missing or wrong."""
        value = self.raw.get(key, {})
        if not isinstance(value, dict):
            self.wrong(key, f"{key} is {_kind(value)}, not a table", self._as_table(key, value))
            value = {}
        return Table(value, (*self.path, key), self.problems)

    def tables(self, known: Iterable[str] | None = None) -> Iterator[tuple[str, Table]]:
        """Yield the tables in this one, by name."""
        for key in self.raw:
            if self._is_name(key) and (known is None or key in known):
                table = self.table(key)
                if isinstance(self.raw[key], dict):
                    yield key, table

    def _is_name(self, key: str) -> bool:
        if not key.strip():
            self.wrong(key, "a name is empty", "give it one")
        elif not key.isprintable():
            self.wrong(key, "a name has an invisible character", "write it again")
        return bool(key.strip()) and key.isprintable()

    def ignored(self) -> dict[str, str]:
        """Return the rules that `lint.ignore` suppresses, by code; a reason may be empty."""
        lint = self.table("lint")
        lint.only(("ignore",))
        table = lint.table("ignore")
        for code, reason in table.raw.items():
            if not isinstance(reason, str):
                table.wrong(
                    code, f"{code} is {_kind(reason)}, not a reason", 'write why "in quotes"'
                )
            else:
                table.is_fit(code, reason, MAX_REASON)
        texts = {code: reason for code, reason in table.raw.items() if isinstance(reason, str)}
        return {code: reason.strip() for code, reason in texts.items()}

    def entries(self, key: str) -> Iterator[Table]:
        """Yield the entries of an array of tables."""
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            dotted = ".".join(map(str, (*self.path, key)))
            self.wrong(key, f"{key} is not a list of tables", f"write each as [[{dotted}]]")
            return
        for index, item in enumerate(value):
            yield Table(item, (*self.path, key, index), self.problems)


def _is_campaign(value: object) -> bool:
    """Tell whether a table is a campaign, by its keys."""
    return isinstance(value, dict) and bool({"landing_page", "channels"} & value.keys())


def _other_word(key: str) -> str:
    """Return the key that another word for it means, such as `url` for `landing_page`."""
    field = field_of(key)
    return "landing_page" if field == "url" else field or key


def _kind(value: object) -> str:
    """Name a TOML value's type for a message."""
    names = {bool: "true or false", str: "text", dict: "a table", list: "a list"}
    names |= {int: "a number", Decimal: "a number", datetime: "a date with a time", date: "a date"}
    return names.get(type(value), "something else")


def way_round(name: str, extends: str, chain: Sequence[str]) -> str:
    """Name the other tables through which a table extends itself."""
    others = [one for one in chain[chain.index(extends) :] if one != name]
    shown = ", ".join(map(quoted, others[:_MAX_SHOWN]))
    more = f" and {len(others) - _MAX_SHOWN:,} more" if len(others) > _MAX_SHOWN else ""
    return f" through {shown}{more}" if others else ""
