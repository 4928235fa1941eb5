"""A template's values can be built, told apart and filled in from a day."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from utmforge.naming.templates import FROM_A_DAY, PLACEHOLDERS, Template

LATER = date(2027, 11, 1)


@pytest.mark.parametrize(
    ("template", "message", "hint"),
    [
        ("{yeer}-{slug}", 'there is no placeholder "{yeer}"', 'did you mean "year"?'),
        (
            "{source}-{slug}",
            'there is no placeholder "{source}"',
            "known: {year}, {quarter}, {month}, {day}, {date}, {slug}, {word}, {number}",
        ),
        ("{year}-{slug", "a brace has no counterpart", 'such as "{year}-{slug}"'),
        ("{{year}}", "a brace has no counterpart", 'such as "{year}-{slug}"'),
        ("spring", "it has no placeholder", "for a list of values write allowed"),
        ("{slug}{year}", 'it is not clear where "{slug}" ends', "write - after it"),
        ("{word}x{number}", 'it is not clear where "{word}" ends', "write - after it"),
        (
            "{slug}-{slug}-{slug}-{word}",
            "it has too many slugs in a row",
            'write some of them as "{word}"',
        ),
    ],
)
def test_templates_nobody_could_use(template: str, message: str, hint: str) -> None:
    """What is wrong, and the next step."""
    assert Template(template, "-").problem() == (message, hint)


@pytest.mark.parametrize(
    "template",
    ["{year}{slug}", "{slug}_{slug}_{slug}", "{slug}-{slug}", "{word}-{number}", "x{date}"],
)
def test_templates_that_can_be_taken_apart(template: str) -> None:
    """Text between open parts, or one beside a part of a fixed length; their examples fit."""
    assert Template(template, "-").problem() is None
    assert Template(template, "-").fits(Template(template, "-").example(LATER))


PIECES = st.lists(
    st.sampled_from([*(f"{{{name}}}" for name in PLACEHOLDERS), "-", "_", "x"]),
    min_size=1,
    max_size=5,
).map("".join)


@given(PIECES, st.sampled_from("-_."), st.booleans(), st.dates(date(1990, 1, 1)))
def test_an_example_fits(text: str, separator: str, is_upper: bool, day: date) -> None:
    """Of every template that can be used, on every day that a year has four digits for."""
    template = Template(text, separator, is_upper=is_upper)
    assume(template.problem() is None)
    assume(day.year < 2100)

    assert template.fits(template.example(day))
    assert template.fits(template.example())
    assert template.is_from_a_day is any(f"{{{name}}}" in text for name in FROM_A_DAY)


@pytest.mark.parametrize(
    ("day", "filled"),
    [
        (date(2026, 1, 1), "2026-q1-01-01-20260101"),
        (date(2026, 3, 31), "2026-q1-03-31-20260331"),
        (date(2026, 4, 1), "2026-q2-04-01-20260401"),
        (date(2026, 12, 31), "2026-q4-12-31-20261231"),
    ],
)
def test_what_a_day_fills_in(day: date, filled: str) -> None:
    """Each part by that day, in as many digits as it always has."""
    template = Template("{year}-{quarter}-{month}-{day}-{date}-{word}", "-")

    assert template.completed("sale", day) == f"{filled}-sale"
    assert template.completed("sale", None) == "sale"
