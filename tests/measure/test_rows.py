"""Counts, conversions and costs of one name side by side; nothing added across currencies."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.measure.log_lines import START
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.issuing.library import issue
from utmforge.issuing.make import make_link
from utmforge.measure.attribution import Attribution
from utmforge.measure.counting import Counts, VisitCount
from utmforge.measure.dimensions import Dimensions
from utmforge.measure.money.amounts import Amount
from utmforge.measure.money.conversions import read_conversions
from utmforge.measure.periods import period
from utmforge.measure.rows import (
    Earned,
    FileEarnings,
    assemble,
    costs,
    goal_earnings,
    issued_names,
    shown_names,
)
from utmforge.model import Campaign, Goal, Tags, Workspace
from utmforge.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from utmforge.measure.counting import Names
    from utmforge.measure.result import Key

DAYS = period(None, None, UTC, 0, int(START.timestamp()))
NUMBER = DAYS.day_number(int(START.timestamp()))
LANDING = "https://shop.example/"
SPRING, AUTUMN = Tags("sms", "sms", "spring"), Tags("sms", "sms", "autumn")


def counts(
    visits: Mapping[Names, int] | None = None,
    goals: Mapping[Names, Mapping[str, int]] | None = None,
    previews: Mapping[Names, Mapping[str, int]] | None = None,
) -> Counts:
    """Return counts with as many visitors as visits."""
    return Counts(
        Dimensions(Attribution((), {}), {}),
        {names: VisitCount(number, number) for names, number in (visits or {}).items()},
        goals or {},
        {names: VisitCount(sum(some.values()), 1) for names, some in (goals or {}).items()},
        previews or {},
        {},
        {},
        {},
        0,
        0,
    )


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """A registry with a link of each of two campaigns."""
    registry = Registry.open(tmp_path / "registry.db")
    links = [make_link(LANDING, tags, channel="sms") for tags in (SPRING, AUTUMN)]
    issue(links, registry)
    return registry


def campaign(tags: Tags = SPRING, **values: object) -> Campaign:
    """Return a campaign of the file."""
    return Campaign(name=tags.campaign, tags=tags, landing_page=LANDING, placements=(), **values)  # type: ignore[arg-type] # by name


def test_names_that_are_shown_alike_are_one_row() -> None:
    """Two addresses in content are both "(e-mail address)": two rows would tell them apart."""
    one, other = ("jane@mail.example",), ("joe@mail.example",)
    rows = assemble(
        counts({one: 3, other: 12}, {one: {"order": 1}}, {one: {"A": 1}, other: {"A": 2, "B": 1}}),
        ("content",),
        DAYS,
        issued=[one, other, ("hero",)],
        earned=[],
        spent={},
        from_file=False,
    )

    assert [(row.keys["content"], row.visits, row.preview_apps) for row in rows] == [
        ("(e-mail address)", 15, {"A": 3, "B": 1}),
        ("hero", 0, {}),
    ]


def test_the_day_of_a_conversion_is_that_of_visits(registry: Registry) -> None:
    """Both are in one row, though the one comes from a file and the other from a log."""
    lines = ["campaign,time,value\n", f"spring,{START.isoformat()},5\n"]
    of_file = FileEarnings(read_conversions(lines), registry, CampaignFile(), DAYS)
    rows = assemble(
        counts({(str(NUMBER),): 12}),
        ("day",),
        DAYS,
        issued=[],
        earned=of_file.earned(("day",)),
        spent={},
        from_file=True,
    )

    assert [(row.keys["day"], row.visits, row.conversions) for row in rows] == [
        ("2026-03-23", 12, 1)
    ]


def test_currencies_are_never_added() -> None:
    """A name has a row for each; its visits stand in the first, which has the largest cost."""
    name = ("spring",)
    file = read_conversions(
        [
            "campaign,value,currency,count\n",
            "spring,10,USD,2\n",
            "spring,1,USD,\n",
            "spring,20,EUR,1\n",
            "spring,,,4\n",
        ]
    )
    earned = [Earned(name, row.count, row.value) for row in file.rows]
    rows = assemble(
        counts({name: 30}),
        ("campaign",),
        DAYS,
        issued=[],
        earned=earned,
        spent={name: [Amount(500, "EUR"), Amount(100, "JPY")]},
        from_file=True,
    )

    assert [(row.visits, row.conversions, row.value, row.cost) for row in rows] == [
        (30, 5, Amount(2000, "EUR"), Amount(500, "EUR")),
        (None, 0, None, Amount(100, "JPY")),
        (None, 3, Amount(1100, "USD"), None),
    ]


CONVERSIONS = """\
link,campaign,coupon,value,currency,count,time
{link},,,5,EUR,1,
{address},,,6,EUR,1,
,spring,,7,EUR,3,
,,TEN,8,EUR,1,
,,SMS5,9,EUR,1,
,,BOTH,1,EUR,1,
,,NONE,1,EUR,1,
,winter,,1,EUR,1,
bcdfghjkmnpq,,,1,EUR,1,
,spring,,1,EUR,1,2020-01-01
"""


def test_a_file_of_conversions(registry: Registry) -> None:
    """By link, its address, campaign and coupon; what belongs to nothing is told with its line."""
    link = next(iter(registry.links()))
    assert link.tags.campaign == "spring"
    file = CampaignFile(
        campaigns={
            "a": campaign(coupons={"TEN": None, "BOTH": None}),
            "b": campaign(AUTUMN, coupons={"SMS5": "sms", "BOTH": "sms"}),
        }
    )
    text = CONVERSIONS.format(link=link.id, address=link.url)
    table = read_conversions(text.splitlines(keepends=True))
    since = period(date(2026, 1, 1), None, UTC, 0, 1)
    found = FileEarnings(table, registry, file, since)

    assert table.problems == ()
    assert [(one.names, one.conversions) for one in found.earned(("campaign", "channel"))] == [
        (("spring", "sms"), 1),
        (("spring", "sms"), 1),
        (("spring", None), 3),
        (("spring", None), 1),
        (("autumn", "sms"), 1),
    ]
    assert found.unknown == [
        (7, 'several campaigns have the coupon "BOTH"'),
        (8, 'no campaign has the coupon "NONE"'),
        (9, 'no link of campaign "winter" was issued'),
        (10, "no link bcdfghjkmnpq in the registry"),
    ]
    only = FileEarnings(table, registry, file, since, "autumn")
    assert [one.names for one in only.earned(("link",))] == [(None,)]


@pytest.mark.parametrize(
    ("by", "spent", "is_unsplit"),
    [
        (("campaign",), {("spring",): ["170.00"]}, False),
        (("channel",), {(None,): ["100.00"], ("sms",): ["70.00"]}, False),
        (
            ("campaign", "channel"),
            {("spring", None): ["100.00"], ("spring", "sms"): ["70.00"]},
            False,
        ),
        (("link",), {("LINK",): ["20.00"]}, True),
        (("campaign", "content"), {("spring", None): ["20.00"]}, True),
        (("day",), {}, True),
    ],
)
def test_costs(
    by: tuple[Key, ...], spent: dict[Names, list[str]], is_unsplit: bool, registry: Registry
) -> None:
    """Of a campaign, a channel and a link; what a finer table cannot split is said."""
    link = next(iter(registry.links()))
    file = CampaignFile(
        workspace=Workspace(currency="EUR"),
        campaigns={
            "a": campaign(
                cost=Decimal(100), costs={"sms": Decimal(50)}, link_costs={link.id: Decimal(20)}
            ),
        },
    )
    found, unsplit = costs(registry, file, by)

    assert {
        tuple("LINK" if name == link.id else name for name in names): [one.text for one in some]
        for names, some in found.items()
    } == spent
    assert unsplit == is_unsplit
    assert costs(registry, file, ("campaign",), "autumn") == ({}, False)


def test_goals_are_worth_what_the_file_says() -> None:
    """A goal without a value is counted; two goals of one visit are two conversions."""
    file = CampaignFile(
        workspace=Workspace(currency="JPY"),
        goals={"order": Goal("/a", Decimal(30)), "call": Goal("/b")},
    )
    found = goal_earnings(counts(goals={("spring",): {"order": 2, "call": 3}}), file)

    assert [(one.conversions, one.value) for one in found] == [(2, Amount(60, "JPY")), (3, None)]


def test_names_of_links_without_visits(registry: Registry) -> None:
    """By what links have; nothing by page or day."""
    ids = sorted(link.id for link in registry.links())

    assert sorted(issued_names(registry, ("campaign",), None)) == [("autumn",), ("spring",)]
    assert list(issued_names(registry, ("channel", "campaign"), "spring")) == [("sms", "spring")]
    assert sorted(str(one[0]) for one in issued_names(registry, ("link",), None)) == ids
    assert list(issued_names(registry, ("campaign", "day"), None)) == []


def test_names_as_shown() -> None:
    """Days as dates; personal data of a log by its kind; issued names as they are."""
    names = ("a@b.example", "x@y.example", "/u/jane@mail.example/x", str(NUMBER), None)
    keys: tuple[Key, ...] = ("campaign", "content", "page", "day", "channel")

    assert shown_names(names, keys, DAYS) == (
        *("a@b.example", "(e-mail address)", "/u/(e-mail address)/x", "2026-03-23", None),
    )
