"""Nothing of fewer than the minimum can be computed from what is shown: tried by computing it."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.suppression import Cell, Pool, Suppressed, suppress

Keys = tuple[str | None, ...]


def table(**visitors: int) -> list[Cell]:
    """Return cells by name, with two visits for each visitor."""
    return [Cell((name,), number, {"visits": 2 * number}) for name, number in visitors.items()]


def shown(result: Suppressed) -> dict[str | None, int | None]:
    """Return visitors by the last key; None for the pool."""
    rows: dict[str | None, int | None] = {cell.keys[-1]: cell.visitors for cell in result.rows}
    if result.pools:
        rows[None] = result.pools[-1].visitors
    return rows


@pytest.mark.parametrize(
    ("cells", "expected", "total"),
    [
        (table(a=120, b=31), {"a": 120, "b": 31}, 151),
        (table(a=120, b=4, c=31, d=0), {"a": 120, "d": 0, None: 35}, 155),
        (table(a=120, b=6, c=5, d=31), {"a": 120, "d": 31, None: 11}, 162),
        # 18 of two small cells would be 9 and 9.
        (table(a=120, b=9, c=9, d=31), {"a": 120, None: 49}, 169),
        # Two small cells of 5 visitors together, which is too few for a row.
        (table(a=120, b=2, c=3, d=31), {"a": 120, None: 36}, 156),
        # 10 is the least that is shown, so the pool of 12 would be 10 and 2.
        (table(a=120, b=2, c=10, d=10, e=40), {"a": 120, None: 62}, 182),
        (table(a=120, b=4), {None: 124}, 124),
        (table(a=4, b=0), {"b": 0, None: None}, None),
        (table(a=9, b=9), {None: None}, None),
        (table(a=0, b=0), {"a": 0, "b": 0}, 0),
        ([], {}, 0),
    ],
)
def test_small_cells_are_pooled(
    cells: list[Cell], expected: dict[str | None, int | None], total: int | None
) -> None:
    """With as many larger ones as it takes; zeros stay."""
    result = suppress(cells, 10)

    assert shown(result) == expected
    assert (result.total.visitors if result.total else None) == total
    assert all(
        pool.counts == {"visits": 2 * pool.visitors} for pool in result.pools if pool.visitors
    )


def test_a_hidden_row_has_no_number_anywhere() -> None:
    """Its keys are known, its visits and conversions are in the pool's sums only."""
    cells = [
        Cell(("a",), 120, {"visits": 150, "conversions": 12}),
        Cell(("b",), 4, {"visits": 5, "conversions": 1}),
        Cell(("c",), 31, {"visits": 40, "conversions": 0}),
    ]

    result = suppress(cells, 10)

    assert result == Suppressed(
        rows=(cells[0],),
        pools=(Pool((), 2, 35, {"visits": 45, "conversions": 1}),),
        totals=(Cell((), 155, {"visits": 195, "conversions": 13}),),
        hidden=(("b",), ("c",)),
    )


def test_what_only_one_pooled_cell_has_is_in_no_sum() -> None:
    """A value in dollars of one small campaign would follow from the total in dollars."""
    cells = [
        Cell(("x", "a"), 120, {"visits": 150, "value EUR": 900, "value USD": 100}),
        Cell(("x", "b"), 4, {"visits": 5, "value USD": 7}),
        Cell(("x", "c"), 31, {"visits": 40}),
        Cell(("y", "d"), 50, {"visits": 60, "value USD": 20}),
    ]

    result = suppress(cells, 10, levels=1)

    assert [(pool.keys, pool.counts) for pool in result.pools] == [(("x",), {"visits": 45})]
    assert [(total.keys, dict(total.counts)) for total in result.totals] == [
        (("x",), {"visits": 195, "value EUR": 900}),
        (("y",), {"visits": 60, "value USD": 20}),
        ((), {"visits": 255, "value EUR": 900}),
    ]


def test_each_total_has_a_pool_of_its_own() -> None:
    """A campaign of few visitors is pooled with another, and so are all of its channels."""
    cells = [
        Cell(("spring", "email"), 100),
        Cell(("winter", "email"), 6),
        Cell(("spring", "sms"), 3),
        Cell(("spring", "qr"), 20),
        Cell(("autumn", "email"), 50),
        Cell(("winter", "qr"), 0),
        Cell(("summer", "email"), 80),
    ]

    result = suppress(cells, 10, levels=1)

    assert [cell.keys for cell in result.rows] == [
        *(("spring", "email"), ("winter", "qr"), ("summer", "email")),
    ]
    assert result.pools == (Pool(("spring",), 2, 23, {}), Pool((), 2, 56, {}))
    assert [(total.keys, total.visitors) for total in result.totals] == [
        *((("spring",), 123), (("summer",), 80), ((), 259)),
    ]
    assert result.hidden == (
        *(("winter", "email"), ("spring", "sms"), ("spring", "qr"), ("autumn", "email")),
    )


@pytest.mark.parametrize("minimum", [0, 1])
def test_without_a_minimum_everything_is_shown(minimum: int) -> None:
    """Also a cell of one visitor."""
    result = suppress(table(a=1, b=120, c=0), minimum)

    assert shown(result) == {"a": 1, "b": 120, "c": 0}
    assert result.hidden == ()


@pytest.mark.parametrize("minimum", [2, 3])
def test_a_minimum_that_protects_nobody_is_refused(minimum: int) -> None:
    """Who is known to be one of fewer than three is one or two."""
    with pytest.raises(ValueError, match=f"a minimum of {minimum} visitors protects no one"):
        suppress([], minimum)


def numbers(cells: int, most: int) -> Iterator[tuple[int, ...]]:
    """Yield every table of so many cells with at most so many visitors together."""
    return (each for each in product(range(most + 1), repeat=cells) if sum(each) <= most)


FLAT: list[Keys] = [("a",), ("b",), ("c",), ("d",)]
NESTED: list[Keys] = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]


@pytest.mark.parametrize(
    ("keys", "levels", "minimum", "most"),
    [
        *((FLAT[:2], 0, minimum, 40) for minimum in (4, 5, 10)),
        *((FLAT[:3], 0, minimum, 20) for minimum in (4, 5, 6)),
        *((FLAT, 0, minimum, 13) for minimum in (4, 5)),
        *((NESTED, 1, minimum, 13) for minimum in (4, 5)),
        *((NESTED, 2, minimum, 12) for minimum in (4, 5)),
    ],
)
def test_who_knows_every_table_and_the_rules_learns_no_small_number(
    keys: list[Keys], levels: int, minimum: int, most: int
) -> None:
    """The strongest attacker: all tables that look the same when shown leave two values at least.

    It tries every table there is. Tables that look the same have the same total (or all are small),
    so that none is missed.
    """
    alike = defaultdict(list)
    for visitors in numbers(len(keys), most):
        cells = [Cell(each, number) for each, number in zip(keys, visitors, strict=True)]
        result = suppress(cells, minimum, levels=levels)
        alike[repr(result)].append((result, dict(zip(keys, visitors, strict=True))))

    for tables in alike.values():
        for hidden in tables[0][0].hidden:
            possible = {visitors[hidden] for _, visitors in tables}
            assert len(possible) > 1 or min(possible) >= minimum, (tables[0], hidden)


@pytest.mark.parametrize("minimum", [4, 5])
def test_the_visits_of_a_row_give_no_visitors_away(minimum: int) -> None:
    """The same attacker, who also sees visits: as many as visitors, or some more."""
    alike = defaultdict(list)
    for visitors in numbers(3, 14):
        for more in product(*((0, 1, 2) if number else (0,) for number in visitors)):
            visits = [number + extra for number, extra in zip(visitors, more, strict=True)]
            rows = list(zip(FLAT[:3], visitors, visits, strict=True))
            result = suppress(
                [Cell(keys, number, {"visits": count}) for keys, number, count in rows], minimum
            )
            alike[repr(result)].append((result, rows))

    for tables in alike.values():
        for keys in tables[0][0].hidden:
            at = FLAT.index(keys)
            possible = {rows[at][1] for _, rows in tables}
            assert len(possible) > 1 or min(possible) >= minimum, (tables[0], keys)
            possible = {rows[at][2] for _, rows in tables}
            assert len(possible) > 1 or min(possible) >= minimum, (tables[0], keys)


@given(
    st.lists(st.integers(0, 30) | st.integers(0, 400), max_size=8),
    st.integers(4, 15),
)
def test_who_knows_which_cells_are_small_learns_little(visitors: list[int], minimum: int) -> None:
    """Every value that the sums allow: half of what would be possible without them.

    The attacker subtracts all that is shown from the total and tries all values for the rest.
    """
    cells = [Cell((str(at),), number) for at, number in enumerate(visitors)]
    result = suppress(cells, minimum)
    if result.total is None:
        assert sum(visitors) < minimum or all(
            cell.keys in result.hidden for cell in cells if cell.visitors
        )
        return
    rest = result.total.visitors - sum(cell.visitors for cell in result.rows)
    hidden = [visitors[int(str(keys[0]))] for keys in result.hidden]
    ranges = [
        range(1, minimum) if number < minimum else range(minimum, rest + 1) for number in hidden
    ]
    sums = [possible_sums(ranges[:at] + ranges[at + 1 :], rest) for at in range(len(ranges))]

    for number, values, others in zip(hidden, ranges, sums, strict=True):
        if number < minimum:
            possible = [value for value in values if rest - value in others]
            assert max(possible) - min(possible) >= min(minimum // 2, minimum - 2)


def possible_sums(ranges: list[range], most: int) -> set[int]:
    """Return the sums of one value from each range."""
    sums = {0}
    for values in ranges:
        sums = {one + value for one in sums for value in values if one + value <= most}
    return sums


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(0, 60)),
        unique_by=lambda row: row[:2],
    ),
    st.integers(4, 12),
    st.integers(0, 2),
)
def test_what_is_shown_adds_up_and_is_never_small(
    rows: list[tuple[str, str, int]], minimum: int, levels: int
) -> None:
    """Every row, pool and total is zero or has the minimum; nothing is lost or counted twice."""
    cells = [Cell((first, second), number, {"visits": number}) for first, second, number in rows]
    result = suppress(cells, minimum, levels=levels)
    numbers_shown = [
        *(cell.visitors for cell in (*result.rows, *result.totals)),
        *(pool.visitors for pool in result.pools if pool.visitors is not None),
    ]

    assert [number for number in numbers_shown if 0 < number < minimum] == []
    assert sorted(
        keys for keys in (*(cell.keys for cell in result.rows), *result.hidden)
    ) == sorted(cell.keys for cell in cells)
    assert {cell.keys for cell in cells if not cell.visitors} <= {cell.keys for cell in result.rows}
    for total in result.totals:
        under: list[Cell | Pool] = [
            *(cell for cell in result.rows if cell.keys[: len(total.keys)] == total.keys),
            *(pool for pool in result.pools if pool.keys[: len(total.keys)] == total.keys),
        ]
        assert sum(each.visitors or 0 for each in under) == total.visitors
        assert sum(each.counts.get("visits", 0) for each in under) == total.counts.get("visits", 0)
