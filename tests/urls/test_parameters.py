"""Which tag a parameter is, and which one it was meant to be."""

import pytest

from utmforge.model import PARAMETERS
from utmforge.urls.parameters import (
    certain_field,
    field_in_any_case,
    looks_like_tag,
    meant,
    near_field,
    parameter_of,
    parameters_of,
    tags_of,
)


@pytest.mark.parametrize(
    ("name", "exact", "any_case", "said", "certain", "near"),
    [
        ("utm_source", *["source"] * 5),
        ("utm%5Fsource", *["source"] * 5),
        ("UTM_Source", None, *["source"] * 4),
        ("utm-source", None, None, *["source"] * 3),
        ("utm source", None, None, *["source"] * 3),
        ("utmsource", None, None, *["source"] * 3),
        ("amp;utm_source", None, None, *["source"] * 3),
        ("#038;utm_source", None, None, *["source"] * 3),
        ("utm_surce", None, None, None, "source", "source"),
        ("um_source", None, None, None, "source", "source"),
        ("utm_sorc", None, None, None, None, "source"),
        ("utm_ad", None, None, None, None, "id"),
        ("source", *[None] * 5),
        ("mtm_source", *[None] * 5),
        ("product_id", *[None] * 5),
        ("", *[None] * 5),
    ],
)
def test_which_tag_a_name_is(
    name: str,
    exact: str | None,
    any_case: str | None,
    said: str | None,
    certain: str | None,
    near: str | None,
) -> None:
    """From the exact name to the nearest."""
    assert parameter_of(f"{name}=1").field == exact
    assert field_in_any_case(name) == any_case
    assert meant(name) == said
    assert certain_field(name) == certain
    assert near_field(name) == near
    assert looks_like_tag(name) is (near is not None or name.startswith("utm"))


@pytest.mark.parametrize("field", PARAMETERS)
def test_every_tag_is_itself(field: str) -> None:
    """By each way of asking."""
    name = PARAMETERS[field]
    assert {
        parameter_of(name).field,
        field_in_any_case(name),
        meant(name),
        certain_field(name),
    } == {field}


def test_a_query_taken_apart() -> None:
    """Each piece as it is written; put together again it is the query."""
    query = "a=1&b&=c&&d=e=f%20g"
    parameters = parameters_of(query)

    assert [tuple(one) for one in parameters] == [
        ("a", "=", "1"), ("b", "", ""), ("", "=", "c"), ("", "", ""), ("d", "=", "e=f%20g")
    ]  # fmt: skip
    assert parameters[-1].text == "e=f g"
    assert "&".join(map(str, parameters)) == query
    assert parameters_of("") == ()


def test_tags_of_values() -> None:
    """Source, medium and campaign are empty where they are missing, others None."""
    assert tuple(tags_of({"medium": "email", "term": "x"}))[:5] == ("", "email", "", None, "x")
