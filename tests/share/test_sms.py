"""SMS: alphabet, units, segments, what makes a message expensive, what it costs."""

import json
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from utmforge.share.gsm7 import BASIC, EXTENSION, GSM7, REPLACEMENTS
from utmforge.share.sms import Price, cheaper_by_one, extra_segment, in_gsm7, measure_sms

DATA = json.loads((ROOT / "tests/data/share/gsm7.json").read_text(encoding="utf-8"))
TEXTS = st.text(st.sampled_from([*DATA["basic"], *DATA["extension"]])) | st.text(
    st.sampled_from("aé€[êÀ’😀👩🏽\u200d你\u0301\n")
)


def naive(text: str) -> tuple[str, int, int]:
    """Count by writing the units one by one and cutting them, as a phone does."""
    basic, extension = DATA["basic"], DATA["extension"]
    if all(character in basic or character in extension for character in text):
        units = "".join(f"\x1b{c}" if c in extension else c for c in text)
        encoding, single, several, half = "GSM-7", 160, 153, {"\x1b"}
    else:
        raw = text.encode("utf-16-be")
        units = "".join(chr(raw[at] * 256 + raw[at + 1]) for at in range(0, len(raw), 2))
        encoding, single, several = "UCS-2", 70, 67
        half = {chr(number) for number in range(0xD800, 0xDC00)}
    parts, rest = 0, units
    while len(units) > single and rest:
        size = several - 1 if rest[several - 1 : several] in half else several
        parts, rest = parts + 1, rest[size:]
    return encoding, len(units), parts or bool(units)


def test_the_alphabet_is_that_of_the_standard() -> None:
    """The same characters as in the published tables, and no other."""
    assert set(DATA["basic"]) == BASIC
    assert set(DATA["extension"]) == EXTENSION
    assert len(BASIC) == 127
    assert all(set(one) <= GSM7 for one in REPLACEMENTS.values())


@pytest.mark.parametrize("row", DATA["vectors"], ids=lambda row: row["text"][:12] or "empty")
def test_counted_messages(row: dict[str, object]) -> None:
    """Published examples, at each edge."""
    sms = measure_sms(str(row["text"]))

    assert [sms.encoding, sms.units, sms.segments] == [
        row["encoding"],
        row["units"],
        row["segments"],
    ]


@given(TEXTS.map(lambda text: text * 9) | TEXTS)
def test_segments_are_those_of_a_naive_count(text: str) -> None:
    """Two-unit characters are never split, in either alphabet."""
    sms = measure_sms(text)

    assert (sms.encoding, sms.units, sms.segments) == naive(text)


@given(st.text())
def test_replacing_the_culprits_gives_the_alphabet(text: str) -> None:
    """Each is named at its place; what has a replacement is in the alphabet afterwards."""
    sms = measure_sms(text)
    assert all(text[one.at] == one.character for one in sms.culprits)
    assert [one.at for one in sms.culprits] == [
        at for at, character in enumerate(text) if character not in GSM7
    ]
    replaced = in_gsm7(text)

    assert in_gsm7(replaced) == replaced
    if all(one.replacement is not None for one in sms.culprits):
        assert set(replaced) <= GSM7
    written = list(text)
    for one in sms.culprits:
        if one.replacement is not None:
            written[one.at] = one.replacement
    assert "".join(written) == replaced


@pytest.mark.parametrize(
    ("text", "name", "index", "replacement"),
    [
        ("L’été", "RIGHT SINGLE QUOTATION MARK", 1, "'"),
        ("a\u202fb", "NARROW NO-BREAK SPACE", 1, " "),
        ("cœur", "LATIN SMALL LIGATURE OE", 1, "oe"),
        ("e\u0301", "COMBINING ACUTE ACCENT", 1, ""),
        ("a\tb", "TAB", 1, " "),
        ("ok 😀", "GRINNING FACE", 3, None),
        ("سلام", "ARABIC LETTER SEEN", 0, None),
        ("a\u200db", "ZERO WIDTH JOINER", 1, ""),
        ("\ue000", "U+E000", 0, None),
    ],
)
def test_a_culprit_is_named(text: str, name: str, index: int, replacement: str | None) -> None:
    """With its place and what to write instead."""
    culprit = measure_sms(text).culprits[0]

    assert culprit[1:] == (name, index, replacement)


def test_the_parts_of_an_emoji_stay_together() -> None:
    """A joiner between emoji is kept: without it they would be others."""
    assert in_gsm7("👩\u200d🚀’") == "👩\u200d🚀'"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a" * 160, None),
        ("a" * 161, (1, "")),
        ("a" * 162, None),
        ("a" * 160 + "€", (1, "")),
        ("a" * 159 + "€", (1, "")),
        ("a" * 307, (2, "")),
        ("ê" * 71, (1, "")),
        ("’" + "a" * 70, (1, "")),
        ("’" + "a" * 120, (1, "’")),
        ("’ê" + "a" * 120, None),
        ("😀" + "a" * 120, (1, "😀")),
        ("", None),
    ],
)
def test_one_character_that_costs_a_segment(text: str, found: tuple[int, str] | None) -> None:
    """Too long by one, or in the larger alphabet because of one."""
    assert cheaper_by_one(text) == found


def test_the_warning_names_the_character_and_what_to_write() -> None:
    """A sentence and the next step."""
    assert extra_segment("’" + "a" * 120) == (
        'the SMS has the character "’" (RIGHT SINGLE QUOTATION MARK), which makes it 2 segments '
        "instead of 1",
        'write "\'" for it',
    )


def test_costs_are_exact() -> None:
    """No binary fractions."""
    assert Price(Decimal("0.1"), 3).of(1) == Decimal("0.3")
    assert Price(Decimal("0.0415")).of(2) == Decimal("0.0830")


def test_a_long_message_of_marks_takes_no_longer() -> None:
    """Each character is looked at once."""
    text = "\u0301" * 100_000
    start = perf_counter()
    sms = measure_sms(text)

    assert perf_counter() - start < 5
    assert len(sms.culprits) == len(text)
