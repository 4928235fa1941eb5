"""Both languages say the same things."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from utmforge.measure.money.amounts import Amount
from utmforge.measure.result import KEYS
from utmforge.output.html_report import english, french
from utmforge.output.html_report.language import Language

if TYPE_CHECKING:
    from utmforge.output.formats import PageLanguage

_OF_SOME_FIGURES = re.compile(r"\.(?:no|one)-\w+$")
"""The end of a wording for when a figure is missing or one."""
EN, FR = Language("en"), Language("fr")
NARROW = "\N{NARROW NO-BREAK SPACE}"


def fields(text: str) -> set[str]:
    """Return the names of the figures in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    """And the same figures in each."""
    assert list(english.WORDS) == list(french.WORDS)
    for key, text in english.WORDS.items():
        assert fields(text) == fields(french.WORDS[key]), key


def test_every_word_is_used() -> None:
    """A key that no module names is dead; the ends of some are terms of the measurement."""
    folder = ROOT / "src" / "utmforge" / "output" / "html_report"
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("*.py"))
        if path.name not in {"english.py", "french.py"}
    )
    terms = ("source", "excluded", "origin", "depth", "left-out", "evidence", "place", "app")
    counted = (".one", ".more")
    unused = [
        key
        for key in english.WORDS
        if f'"{key}"' not in code
        and key.split(".")[0] not in terms
        and key not in KEYS
        and not key.endswith(counted)
        and not key.endswith(".none")
    ]
    assert unused == []


def test_whatever_rows_are_counted_by_has_words() -> None:
    """A title for its column, and what stands for a row without it."""
    assert {name for key in KEYS for name in (key, f"{key}.none")} <= english.WORDS.keys()


def test_french_is_set_as_french() -> None:
    """A narrow space before `:`, `;`, `?`, `!` and `%`, and no straight apostrophe."""
    for text in (*french.WORDS.values(), *french.SENTENCES.values()):
        assert not re.search(r"[^\u202f\d/][:;?!%]", text), text
        assert "'" not in text, text


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["1,234,567", "0.5", "\N{MINUS SIGN}3", "\N{EN DASH}"]),
        ("fr", [f"1{NARROW}234{NARROW}567", "0,5", "\N{MINUS SIGN}3", "\N{EN DASH}"]),
    ],
)
def test_numbers(language: PageLanguage, expected: list[str]) -> None:
    """Thousands apart, a real minus sign, a dash where nothing is known."""
    say = Language(language)

    assert [say.number(each) for each in (1234567, 0.5, -3, None)] == expected


def test_shares() -> None:
    """One decimal where a share is small; both ends of a range alike."""
    assert [EN.percent(each) for each in (0, 0.0781, 0.2292, 1.0)] == ["0%", "7.8%", "23%", "100%"]
    assert EN.percent(0.875, signed=True) == "+88%"
    assert FR.percent(-0.7357, signed=True) == f"\N{MINUS SIGN}74{NARROW}%"
    assert EN.percents(0.0929, 0.2009) == "9.3\N{EN DASH}20.1%"
    assert FR.percents(0.12, 0.31) == f"12\N{EN DASH}31{NARROW}%"
    assert EN.percents(0.121, 0.122) == "12%"


def test_money() -> None:
    """With the currency's decimals, and its name where it has one."""
    assert EN.money(Amount(123450, "EUR")) == "1,234.50\xa0EUR"
    assert FR.money(Amount(123450, "EUR")) == f"1{NARROW}234,50\xa0EUR"
    assert EN.money(Amount(1234, "JPY")) == "1,234\xa0JPY"
    assert EN.money(Amount(1234, "")) == "12.34"


@pytest.mark.parametrize(
    ("first", "last", "english_days", "french_days"),
    [
        ((2026, 3, 1), (2026, 3, 1), "1 March 2026", "1er mars 2026"),
        ((2026, 3, 1), (2026, 3, 9), "1\N{EN DASH}9 March 2026", "1er\N{EN DASH}9 mars 2026"),
        (
            (2026, 3, 28),
            (2026, 4, 3),
            "28 March \N{EN DASH} 3 April 2026",
            "28 mars \N{EN DASH} 3 avril 2026",
        ),
        (
            (2025, 12, 30),
            (2026, 1, 2),
            "30 December 2025 \N{EN DASH} 2 January 2026",
            "30 décembre 2025 \N{EN DASH} 2 janvier 2026",
        ),
    ],
)
def test_days(
    first: tuple[int, int, int], last: tuple[int, int, int], english_days: str, french_days: str
) -> None:
    """What both days have in common stands once."""
    days = date(*first), date(*last)

    assert (EN.days(*days), FR.days(*days)) == (english_days, french_days)


def test_one_and_many() -> None:
    """In French, none is one."""
    assert [EN.counted(number, "visits") for number in (0, 1, 2)] == [
        "0 visits",
        "1 visit",
        "2 visits",
    ]
    assert [FR.counted(number, "visits") for number in (0, 1, 2)] == [
        "0 visite",
        "1 visite",
        "2 visites",
    ]


KINDS = re.compile(r'\b(?:Sentence|Advice)\(\s*"([a-z-]+)"')


def test_every_sentence_of_the_measurement_is_worded_in_french() -> None:
    """Each kind that the code makes; a wording without a sentence is dead."""
    folder = ROOT / "src" / "utmforge" / "measure"
    made = {
        kind
        for path in sorted(folder.rglob("*.py"))
        for kind in KINDS.findall(path.read_text(encoding="utf-8"))
    }

    assert len(made) > 10
    worded = {key for key in french.SENTENCES if not _OF_SOME_FIGURES.search(key)}
    assert made == worded


def test_a_wording_uses_figures_that_are_documented() -> None:
    """A figure that a sentence does not have would break the page."""
    page = (ROOT / "docs" / "reference" / "measure.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \|.*\|([^|]*)\|$", page, re.MULTILINE)
    figures = {kind: set(re.findall("`([a-z_]+)`", names)) for kind, names in rows}

    for kind in figures.keys() & french.SENTENCES.keys():
        assert fields(french.SENTENCES[kind]) <= figures[kind] | {"campaign"}, kind
    assert len(figures.keys() & french.SENTENCES.keys()) > 10
