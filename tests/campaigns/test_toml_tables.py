"""A table is read key by key; what is wrong is collected with its key and a next step."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from utmforge.campaigns.toml_tables import Problems, Table
from utmforge.errors import CampaignFileInvalid


def table(**raw: object) -> Table:
    """Return a table `[t]`."""
    return Table(raw, ("t",), Problems())


def wrong(of: Table) -> list[tuple[str, str, str | None]]:
    """Return what was found wrong: the key, the sentence, the next step."""
    return [
        (".".join(map(str, path)), message, hint)
        for (path, message), hint in of.problems.found.items()
    ]


READ: list[tuple[Callable[[Table], object], Any, object]] = [
    (lambda t: t.text("k"), "x", "x"),
    (lambda t: t.texts("k"), ["a", "b"], ("a", "b")),
    (lambda t: t.picks("k", ("a", "b")), ["b"], ("b",)),
    (lambda t: t.whole("k", 1, 9), 9, 9),
    (lambda t: t.flag("k", default=True), False, False),
    (lambda t: t.choice("k", ("a", "b")), "b", "b"),
    (lambda t: t.day("k"), date(2026, 3, 20), date(2026, 3, 20)),
    (lambda t: t.money("k"), Decimal("1.50"), Decimal("1.50")),
    (lambda t: t.money("k"), 0, Decimal(0)),
    (lambda t: t.table("k").raw, {"a": 1}, {"a": 1}),
    (lambda t: [one.raw for one in t.entries("k")], [{"a": 1}, {}], [{"a": 1}, {}]),
]


@pytest.mark.parametrize(("read", "raw", "value"), READ)
def test_what_is_right_is_read(read: Callable[[Table], object], raw: object, value: object) -> None:
    """Without a problem."""
    one = table(k=raw)

    assert read(one) == value
    assert wrong(one) == []


MISSING: list[tuple[Callable[[Table], object], object]] = [
    (lambda t: t.text("k"), None),
    (lambda t: t.texts("k"), ()),
    (lambda t: t.whole("k", 1, 9), None),
    (lambda t: t.flag("k", default=True), True),
    (lambda t: t.choice("k", ("a", "b")), "a"),
    (lambda t: t.day("k"), None),
    (lambda t: t.money("k"), None),
    (lambda t: t.table("k").raw, {}),
    (lambda t: list(t.entries("k")), []),
    (lambda t: t.ignored(), {}),
]


@pytest.mark.parametrize(("read", "value"), MISSING)
def test_what_is_missing_is_not_wrong(read: Callable[[Table], object], value: object) -> None:
    """It is what it would be without a file."""
    one = table()

    assert read(one) == value
    assert wrong(one) == []


WRONG: list[tuple[Callable[[Table], object], Any, object, str, str | None]] = [
    (lambda t: t.text("k"), " ", None, "k is empty", "remove the line, or give it a value"),
    (lambda t: t.text("k"), 1, None, "k is a number, not text", 'write it "in quotes"'),
    (lambda t: t.text("k"), True, None, "k is true or false, not text", 'write it "in quotes"'),
    (lambda t: t.text("k"), [], None, "k is a list, not text", 'write it "in quotes"'),
    (lambda t: t.text("k"), {}, None, "k is a table, not text", 'write it "in quotes"'),
    (
        lambda t: t.texts("k"),
        "a",
        (),
        "k is not a list of texts",
        'write it k = ["one", "two"]',
    ),
    (lambda t: t.texts("k"), ["a", ""], ("a",), "k has an empty text", "remove it"),
    (lambda t: t.texts("k"), ["a", "b", "a"], ("a", "b"), 'k has "a" twice', "remove one"),
    (
        lambda t: t.picks("k", ("email", "sms")),
        ["emial"],
        ("emial",),
        'k has the unknown "emial"',
        'did you mean "email"?',
    ),
    (
        lambda t: t.picks("k", ("email", "sms")),
        ["zzz"],
        ("zzz",),
        'k has the unknown "zzz"',
        "known here: email, sms",
    ),
    (lambda t: t.whole("k", 1, 9), 10, None, "k is 10", "a whole number from 1 to 9"),
    (lambda t: t.whole("k", 1, 9), True, None, "k is true or false", "a whole number from 1 to 9"),
    (
        lambda t: t.whole("k", 1, 9),
        Decimal("1.5"),
        None,
        "k is a number",
        "a whole number from 1 to 9",
    ),
    (lambda t: t.flag("k", default=True), "no", True, "k is text, not true or false", None),
    (lambda t: t.choice("k", ("a", "b")), "c", "a", 'k is "c"', 'one of "a", "b"'),
    (lambda t: t.choice("k", ("a", "b")), 1, "a", "k is a number", 'one of "a", "b"'),
    (
        lambda t: t.choice("k", ("lower", "keep")),
        "lowr",
        "lower",
        'k is "lowr"',
        'did you mean "lower"?',
    ),
    (
        lambda t: t.day("k"),
        "2026-03-20",
        None,
        "k is text, not a date",
        "write a day without quotes, such as 2026-03-20",
    ),
    (
        lambda t: t.day("k"),
        datetime(2026, 3, 20, 9),  # noqa: DTZ001 - as the parser gives a time of day without a zone
        None,
        "k is a date with a time, not a date",
        "write a day without quotes, such as 2026-03-20",
    ),
    (lambda t: t.money("k"), "9", None, "k is text, not an amount", "write it as 120.00"),
    (lambda t: t.money("k"), True, None, "k is true or false, not an amount", "write it as 120.00"),
    (lambda t: t.money("k"), -1, None, "k is not an amount of money", "write it as 120.00"),
    (
        lambda t: t.money("k"),
        Decimal("inf"),
        None,
        "k is not an amount of money",
        "write it as 120.00",
    ),
    (
        lambda t: t.money("k"),
        Decimal("nan"),
        None,
        "k is not an amount of money",
        "write it as 120.00",
    ),
    (lambda t: t.table("k").raw, 1, {}, "k is a number, not a table", "write it as [k]"),
    (
        lambda t: list(t.entries("k")),
        [1],
        [],
        "k is not a list of tables",
        "write each as [[t.k]]",
    ),
    (
        lambda t: list(t.entries("k")),
        {"a": 1},
        [],
        "k is not a list of tables",
        "write each as [[t.k]]",
    ),
]


@pytest.mark.parametrize(("read", "raw", "value", "message", "hint"), WRONG)
def test_what_is_wrong(
    read: Callable[[Table], object], raw: object, value: object, message: str, hint: str | None
) -> None:
    """One sentence at the key and the next step; reading goes on with the default."""
    one = table(k=raw)

    assert read(one) == value
    assert wrong(one) == [("t.k", message, hint)]


def test_unknown_keys() -> None:
    """Each is told, with the nearest known one or all of them."""
    one = table(landing_pag=1, zzz=2, ends=3)
    one.only(("landing_page", "ends"))

    assert wrong(one) == [
        ("t.landing_pag", 'unknown key "landing_pag"', 'did you mean "landing_page"?'),
        ("t.zzz", 'unknown key "zzz"', "known here: landing_page, ends"),
    ]


def test_tables_by_name() -> None:
    """Those that have one and are tables; the others are told."""
    one = Table({"a": {"x": 1}, " ": {}, "b\x1b": {}, "c": 1}, (), Problems())

    assert [(name, inner.raw, inner.path) for name, inner in one.tables()] == [
        ("a", {"x": 1}, ("a",))
    ]
    assert [(key, message) for key, message, _ in wrong(one)] == [
        (" ", "a name is empty"),
        ("b\x1b", "a name has an invisible character"),
        ("c", "c is a number, not a table"),
    ]
    assert [name for name, _ in one.tables(known=("a", "c"))] == ["a"]


def test_texts_by_name() -> None:
    """Aliases are such a table."""
    one = table(fb="facebook", x=1)

    assert list(one.named_texts()) == [("fb", "facebook")]
    assert [key for key, _, _ in wrong(one)] == ["t.x"]


def test_suppressed_rules() -> None:
    """With their reasons, which may be empty and are text."""
    one = table(lint={"ignore": {"UTM101": " as agreed ", "UTM102": "", "UTM103": True}, "x": 1})

    assert one.ignored() == {"UTM101": "as agreed", "UTM102": ""}
    assert [key for key, _, _ in wrong(one)] == ["t.lint.x", "t.lint.ignore.UTM103"]


def test_problems_are_raised_at_once_in_the_order_of_the_file() -> None:
    """Each once, with its line; none: nothing is raised."""
    problems = Problems()
    problems.raise_any(Path("campaigns.toml"), "")
    problems.add(("b", "y"), "y is empty", "leave it out")
    problems.add(("b", "y"), "y is empty")
    problems.add(("a",), "a is a number")
    problems.add((), "nothing is right")
    with pytest.raises(CampaignFileInvalid) as caught:
        problems.raise_any(Path("campaigns.toml"), "# x\na = 1\n[b]\nx = 1\ny = ''\n")

    assert caught.value.problems == (
        ("nothing is right", "campaigns.toml:1", None, None),
        ("a is a number", "campaigns.toml:2", "a", None),
        ("y is empty", "campaigns.toml:5", "b.y", "leave it out"),
    )
