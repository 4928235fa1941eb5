"""Finding links: by id, by what they carry, in an order, page by page."""

from pathlib import Path
from typing import Any

import pytest

from tests.registry.sample_links import NOON, connection_of, link
from utmforge import Registry, Tags, make_link
from utmforge.errors import (
    AmbiguousLink,
    NotText,
    UnknownLink,
)
from utmforge.registry import queries as finding
from utmforge.registry import sqlite
from utmforge.registry.queries import LinkQuery


def test_links_are_found_by_their_first_letters(place: str) -> None:
    """Like git's: enough letters to be the only one; the whole id always."""
    links = [link(number) for number in range(60)]
    with Registry.open(place) as registry:
        registry.add(links)
        wanted = links[7].id
        assert registry.get(wanted).id == wanted
        assert registry.get(wanted[:8].upper()).id == wanted
        shared = next(one.id[0] for one in links if sum(x.id[0] == one.id[0] for x in links) > 1)
        with pytest.raises(AmbiguousLink) as several:
            registry.get(shared)
        with pytest.raises(UnknownLink) as typo:
            registry.get(wanted[:-2] + wanted[-1] + wanted[-2])
        for nothing in ("", "nope", "%", "_"):
            with pytest.raises(UnknownLink):
                registry.get(nothing)

    assert several.value.message == f'several links begin with "{shared}"'
    assert typo.value.hint == f'did you mean "{wanted}"?'


def test_links_are_listed_by_campaign_channel_and_text(place: str) -> None:
    """Text is looked for as it is: % and _ are no jokers."""
    with Registry.open(place) as registry:
        registry.add([link(1), link(2, campaign="x"), link(3, content="50%_off!")])
        registry.add([make_link("https://shop.example/4", Tags("s", "m", "c"))])

        def found(wanted: LinkQuery) -> list[str]:
            return [one.landing_page[-1] for one in registry.links(wanted)]

        assert found(LinkQuery(campaign="x")) == ["2"]
        assert found(LinkQuery(channel="email")) == ["1", "2", "3"]
        assert found(LinkQuery(text="EXAMPLE/3")) == ["3"]
        assert found(LinkQuery(text="50%25_off")) == ["3"]
        assert found(LinkQuery(text="e_ample")) == []
        assert registry.queries.campaigns() == ["c", "x"]
        assert registry.queries.campaigns("x") == ["x"]
        assert list(registry.queries.known([link(1).id, link(9).id])) == [link(1).id]


def test_a_slow_reader_holds_nobody_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`list | less` with a page open lets others issue."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(finding, "_PAGE", 2)
    with Registry.open(path) as registry, Registry.open(path) as other:
        registry.add([link(number) for number in range(5)])
        reading = registry.links()
        assert next(reading).landing_page.endswith("/0")
        other.add([link(5)])
        assert [one.landing_page[-1] for one in reading] == ["1", "2", "3", "4", "5"]


def test_text_that_is_not_utf_8_is_refused(place: str) -> None:
    """What a shell hands over need not be text."""
    with Registry.open(place) as registry:
        with pytest.raises(NotText):
            registry.get("\udcff")
        with pytest.raises(NotText):
            list(registry.links(LinkQuery(text="\udcff")))


def test_listing_walks_the_table_and_sorts_nothing(path: Path) -> None:
    """A page costs what a page holds, whatever the registry's size."""
    plans: list[str] = []

    def explain(statement: str) -> None:
        if statement.startswith("SELECT seq"):
            plans.append(statement)

    with Registry.open(path) as registry:
        registry.add([link(1), link(2)])
        connection_of(registry).set_trace_callback(explain)
        for wanted in (
            LinkQuery(),
            LinkQuery(channel="email"),
            LinkQuery(text="x"),
            LinkQuery(campaign="c"),
        ):
            list(registry.links(wanted))
            list(registry.links(wanted._replace(limit=1)))
        connection_of(registry).set_trace_callback(None)
        steps = [
            row[3]
            for plan in plans
            for row in connection_of(registry).execute(f"EXPLAIN QUERY PLAN {plan}")
        ]

    assert len(plans) == 8
    assert not [step for step in steps if "TEMP B-TREE" in step]


def test_links_are_found_by_tag_day_and_state_sorted_and_by_the_page(place: str) -> None:
    """Every way of asking, and the totals."""
    first = [link(1, medium="x"), link(2, source="é"), link(3, content="Z")]
    second = [link(4, campaign="a"), link(5, campaign="B"), link(6, term="t")]
    with Registry.open(place) as registry:
        registry.add(first, now=NOON)
        registry.add(second, now=NOON.replace(month=5, hour=23))
        registry.retire([first[1].id, second[2].id], "x")

        def found(**wanted: Any) -> str:  # noqa: ANN401 - the fields of a query
            every = registry.links(LinkQuery(**wanted))
            return "".join(each.landing_page[-1] for each in every)

        cases: list[tuple[dict[str, object], str]] = [
            ({"tags": (("utm_medium", "x"),)}, "1"),
            ({"tags": (("utm_source", "é"), ("utm_medium", "m"))}, "2"),
            ({"tags": (("utm_content", "z"),)}, ""),
            ({"tags": (("utm_content", ""),)}, "12456"),
            ({"since": "2026-03-21"}, "456"),
            ({"until": "2026-03-20"}, "123"),
            ({"since": "2026-03-20", "until": "2026-05-20"}, "123456"),
            ({"state": "retired"}, "26"),
            ({"state": "issued"}, "1345"),
            ({"state": "issued", "limit": 2}, "45"),
            ({"state": "issued", "limit": 3, "page": 2}, "1"),
            ({"is_reversed": True}, "654321"),
            ({"is_reversed": True, "limit": 2}, "65"),
            ({"limit": 4}, "3456"),
            ({"limit": 4, "page": 2}, "12"),
            ({"limit": 4, "page": 3}, ""),
            ({"sort": "campaign"}, "541236"),
            ({"sort": "campaign", "is_reversed": True, "limit": 3}, "632"),
            ({"sort": "landing-page", "state": "retired"}, "26"),
            ({"sort": "content", "limit": 2, "page": 3}, "63"),
        ]
        for wanted, pages in cases:
            assert found(**wanted) == pages, wanted
        assert registry.queries.count(LinkQuery()) == (6, 2)
        assert registry.queries.count(LinkQuery(state="retired", since="2026-04-01")) == (1, 1)
        assert registry.queries.count(LinkQuery(state="issued", campaign="c")) == (2, 0)


def test_names_in_use_are_those_of_links_that_are(place: str) -> None:
    """Names of retired links are not in use; those of reinstated links are again."""
    fields = ("source", "medium", "campaign", "content")
    names = {"source": {"s", "t"}, "medium": {"m"}, "campaign": {"c", "d"}, "content": {"x", "y"}}
    links = [
        *(link(1), link(2, source="t"), link(3, campaign="d", content="x"), link(4, content="y")),
    ]

    def in_use(registry: Registry) -> str:
        asked = ("s", "t", "m", "c", "d", "x", "y", "z")
        return " ".join("".join(sorted(registry.queries.in_use(field, asked))) for field in fields)

    with Registry.open(place, create=False) as registry:
        assert not any(registry.queries.names(9).values())
        assert in_use(registry).strip() == ""
    with Registry.open(place) as registry:
        registry.add(links)
        assert registry.queries.names(9) == names
        assert registry.queries.names(1) == {"medium": {"m"}}
        assert in_use(registry) == "st m cd xy"
        registry.retire([links[1].id, links[2].id], "over")
        assert registry.queries.names(9) == names
        assert in_use(registry) == "s m c y"
        assert registry.queries.carried("source", ["s", "t", "u"]) == {"s", "t"}
        registry.undo()
        assert in_use(registry) == "st m cd xy"
        registry.retire([links[2].id], "over for good")
        assert in_use(registry) == "st m c y"
        assert registry.queries.in_use("source", []) == set()
