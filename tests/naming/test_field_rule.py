"""The rule of one tag: how it is written, and what it refuses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import AgainstConvention
from utmforge.model import Tags
from utmforge.naming.convention import Convention
from utmforge.naming.field_rule import NO_RULE, FieldRule, Values

DAY = date(2026, 3, 20)


def ruled(name: str, rule: FieldRule, **common: object) -> Convention:
    """Return a convention with a rule for one tag."""
    return Convention(fields={name: rule})._replace(**common)  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    ("rule", "given_", "written"),
    [
        (FieldRule(case="upper"), "Été x", "ETE-X"),
        (FieldRule(case="keep", separator="_"), "Big Été", "Big_Ete"),
        (FieldRule(transliterate=False), "Été", "été"),
        (FieldRule(aliases={"fb": "facebook"}), " FB ", "facebook"),
        (FieldRule(aliases={"face-book": "facebook"}), "Face Book", "facebook"),
        (FieldRule(aliases={"fb": "facebook"}), "fb-ads", "fb-ads"),
        (FieldRule(aliases={"{kw}": "x"}), "{kw}", "{kw}"),
    ],
)
def test_a_tag_s_own_way_of_writing(rule: FieldRule, given_: str, written: str) -> None:
    """Case, separator, accents and aliases of one tag; the others stay as they are."""
    convention = ruled("content", rule)

    assert convention.written("content", given_) == written
    assert convention.written("campaign", "Big Été") == "big-ete"


def test_the_id_s_own_rule_changes_its_case() -> None:
    """Only that one does."""
    assert Convention(case="upper").written("id", "Spr 26") == "Spr-26"
    assert ruled("id", FieldRule(case="upper")).written("id", "Spr 26") == "SPR-26"


REFUSED = [
    (
        FieldRule(prohibited=("test",)),
        "Test",
        'campaign "test" is prohibited in the naming convention',
        "use another value, or remove it from prohibited in [convention.campaign]",
    ),
    (
        FieldRule(prohibited=("tests",), suggested=("fall", "tets")),
        "tests",
        'campaign "tests" is prohibited in the naming convention',
        'use "tets", or remove it from prohibited in [convention.campaign]',
    ),
    (
        FieldRule(prohibited=("test",), template="{year}-{slug}"),
        "test",
        'campaign "test" is prohibited in the naming convention',
        "use another value, or remove it from prohibited in [convention.campaign]",
    ),
    (
        FieldRule(prohibited=("2026-test",), template="{year}-{slug}"),
        "test",
        'campaign "2026-test" is prohibited in the naming convention',
        "use another value, or remove it from prohibited in [convention.campaign]",
    ),
    (
        FieldRule(template="{year}-{slug}"),
        "Spring 2026",
        'campaign "spring-2026" does not fit the naming convention\'s template {year}-{slug}',
        'write it like "2026-spring-sale", or change the template in [convention.campaign]',
    ),
    (
        FieldRule(template="{number}_{word}", separator="_"),
        "x",
        'campaign "x" does not fit the naming convention\'s template {number}_{word}',
        'write it like "12_spring", or change the template in [convention.campaign]',
    ),
    (
        FieldRule(max_length=5),
        "spring",
        'campaign "spring" has 6 characters, the naming convention allows 5',
        "shorten it, or raise max_length in [convention.campaign]",
    ),
    (
        FieldRule(allowed=tuple("abcdefghij")),
        "spring",
        'campaign "spring" is not in the naming convention',
        'use "a" or "b" or "c" or "d" or "e" or "f" or "g" or "h", or add it to '
        "[convention.campaign]",
    ),
    (
        FieldRule(allowed=("spring",), pattern="[0-9]+", template="{word}", max_length=3),
        "spring",
        'campaign "spring" has 6 characters, the naming convention allows 3',
        "shorten it, or raise max_length in [convention.campaign]",
    ),
]


@pytest.mark.parametrize(("rule", "value", "message", "hint"), REFUSED)
def test_each_refusal_has_its_sentence(
    rule: FieldRule, value: str, message: str, hint: str
) -> None:
    """What is the matter, the closest that is taken, and the key to change; in the one order."""
    with pytest.raises(AgainstConvention) as caught:
        ruled("campaign", rule).apply(Tags("a", "b", value), today=DAY)

    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_the_length_for_all_tags() -> None:
    """One tag's own limit comes before it, also where it is more."""
    convention = ruled("term", FieldRule(max_length=9), max_length=5)

    convention.check("term", "x" * 9)
    convention.check("source", "{creative_id}")
    with pytest.raises(AgainstConvention) as caught:
        convention.check("source", "x" * 6)
    assert caught.value.hint == "shorten it, or raise max_length in [convention]"


def test_a_long_list_of_values_is_looked_up_at_once() -> None:
    """Values keep their order, and a missing one is not among them."""
    values = Values(str(number) for number in range(1000))

    assert values[:2] == ("0", "1")
    assert "999" in values
    assert "1000" not in values


@given(st.lists(st.text(max_size=3)), st.text(max_size=3))
def test_values_hold_what_a_tuple_holds(values: list[str], value: str) -> None:
    """Looking up by hash says the same as looking one by one."""
    assert (value in Values(values)) == (value in tuple(values))


def test_a_rule_that_says_nothing_changes_nothing() -> None:
    """`[convention.campaign]` without a key is as if it were not there."""
    for value in ("Spring Sale", "Été", "a.b_c", "{keyword}"):
        assert ruled("campaign", NO_RULE).written("campaign", value) == Convention().written(
            "campaign", value
        )
