"""Which rows may be shown, in which order, and what stands for the others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.money.amounts import Amount
from utmforge.measure.result import Row
from utmforge.measure.showing import content_differences, shown_rows, with_returns

EUR, USD = Amount(4500, "EUR"), Amount(100, "USD")


def row(
    name: str | None,
    visitors: int | None,
    conversions: int = 0,
    value: Amount | None = None,
    cost: Amount | None = None,
    previews: int = 0,
) -> Row:
    """Return a row by channel."""
    apps = {"WhatsApp": previews} if previews else {}
    return Row(
        {"channel": name},
        previews,
        apps,
        visitors,
        visitors,
        conversions,
        None if visitors is None else conversions,
        value,
        cost,
    )


def test_a_pool_is_one_row_whatever_its_rows_earned() -> None:
    """Its visitors are never split by currency: each part would be a small count."""
    rows = [row("a", 3, 1, EUR), row("b", 16), row("c", 40, 2, EUR), row("d", 0, cost=EUR)]
    shown = shown_rows(rows, ("channel",), 10)

    assert [(one.keys["channel"], one.visitors) for one in shown] == [
        ("c", 40),
        ("d", 0),
        (None, 19),
    ]
    pool = shown[-1]
    assert (pool.suppressed, pool.pooled, pool.conversions, pool.converted) == (True, 2, 1, 1)
    assert pool.value is None, "what only one of its rows has would be that row's"


def test_amounts_of_a_pool_are_added_by_currency() -> None:
    """The second currency has a line of its own, without the visitors again."""
    rows = [
        row("a", 3, 1, EUR, EUR, previews=2),
        row("a", None, 1, USD),
        row("b", 16, 2, EUR, EUR, previews=1),
        row("b", None, 1, USD, USD),
        row("c", 40),
    ]
    first, second = shown_rows(rows, ("channel",), 10)[1:]

    assert first[1:] == (
        *(3, {"WhatsApp": 3}, 19, 19, 3, 3),
        *(Amount(9000, "EUR"), Amount(9000, "EUR"), None, True, 2),
    )
    assert second[1:] == (
        *(0, {}, None, None, 2, None),
        *(Amount(200, "USD"), USD, None, True, 2),
    )


def test_a_pool_of_few_has_no_numbers() -> None:
    """Not even its sum; what was spent is no secret."""
    (pool,) = shown_rows([row("a", 3, 1, EUR, EUR), row("b", 4, 2, EUR)], ("channel",), 10)

    assert (pool.visits, pool.visitors, pool.conversions, pool.value) == (None,) * 4
    assert (pool.converted, pool.cost, pool.pooled) == (None, EUR, 2)
    assert with_returns([pool])[0].returns is None


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(5, 20))
def test_no_shown_row_has_few_visitors(numbers: list[int], minimum: int) -> None:
    """Each number of visitors is none, or enough; what is shown adds up to what there is."""
    rows = [row(str(at), number, 1, EUR) for at, number in enumerate(numbers)]
    shown = shown_rows(rows, ("channel",), minimum)

    assert all(
        one.visitors is None or one.visitors == 0 or one.visitors >= minimum for one in shown
    )
    assert sum(one.suppressed for one in shown) <= 1
    if all(one.visitors is not None for one in shown):
        assert sum(one.visitors or 0 for one in shown) == sum(numbers)


def test_order() -> None:
    """The most visited campaign first, in it the most visited channel; days in order."""
    keys = [("a", "x", 20), ("b", "x", 50), ("a", "y", 40), ("b", "z", 11), ("a", "z", 30)]
    rows = [
        Row({"campaign": one, "channel": other}, visits=number, visitors=number)
        for one, other, number in keys
    ]
    shown = shown_rows(rows, ("campaign", "channel"), 10)
    days = [Row({"day": f"2026-03-{day}"}, visits=day, visitors=day) for day in (30, 20, 25)]

    assert [tuple(one.keys.values()) for one in shown] == [
        ("a", "y"),
        ("a", "z"),
        ("a", "x"),
        ("b", "x"),
        ("b", "z"),
    ]
    assert [one.keys["day"] for one in shown_rows(days, ("day",), 10)] == [
        "2026-03-20",
        "2026-03-25",
        "2026-03-30",
    ]


def test_the_rate_is_that_of_visits() -> None:
    """Two goals in one visit are two conversions and one visit that converted."""
    one = Row({"channel": "a"}, visits=100, visitors=100, conversions=40, converted=20)
    found = with_returns([one])[0].returns

    assert found
    assert (found.rate, found.is_enough) == ("0.2000", True)


def test_contents_are_compared_within_their_campaign() -> None:
    """Not with those of another campaign, nor with pools; too few conversions say nothing."""

    def content(campaign: str, name: str, converted: int, *, suppressed: bool = False) -> Row:
        keys = {"campaign": campaign, "content": name}
        return Row(
            keys, visits=100, visitors=100, conversions=converted, converted=converted,
            suppressed=suppressed,
        )  # fmt: skip

    rows = [
        content("a", "x", 60),
        content("a", "y", 20),
        content("a", "z", 9),
        content("b", "x", 30),
        content("a", "pool", 50, suppressed=True),
    ]
    found = list(content_differences(rows, ("campaign", "content")))

    assert [(dict(one.keys), one.first, one.second, one.difference is None) for one in found] == [
        ({"campaign": "a"}, "x", "y", False),
        ({"campaign": "a"}, "x", "z", True),
    ]
    assert list(content_differences(rows, ("campaign",))) == []
