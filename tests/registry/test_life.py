"""The life of a link: issued, retired, reinstated; and undo. In a file and on a server."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge import Registry, Tags, make_link
from utmforge.errors import (
    CampaignEnded,
    ContradictoryInput,
    LinkRetired,
    RegistryDamaged,
    UnknownChange,
    UnknownLink,
)
from utmforge.model import Event, TaggedLink
from utmforge.registry import IssuePolicy
from utmforge.registry.history import in_force
from utmforge.registry.interchange.git_sync import sync
from utmforge.registry.maintenance import check
from utmforge.registry.queries import LinkQuery

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
DAY = "2026-03-20T12:00:00Z"


def link(number: int, **tags: str) -> TaggedLink:
    """Return a link of its own."""
    base = {"source": "s", "medium": "m", "campaign": "c"} | tags
    return make_link(f"https://shop.example/{number}", Tags(**base), channel="email")


ONE, TWO, THREE = link(1), link(2), link(3)


def states(registry: Registry) -> dict[str, str]:
    """Return the state of each link, by the number of its page."""
    return {each.landing_page[-1]: each.state for each in registry.links()}


def test_a_retired_link_is_refused_with_its_reason_and_successor(place: str) -> None:
    """Whoever asks for it is told why, and what to use."""
    with Registry.open(place) as registry:
        registry.add([ONE, TWO, THREE])
        retired = registry.retire([ONE.id], "wrong page", successor=TWO.id, now=NOON)
        with pytest.raises(LinkRetired) as named:
            registry.add([ONE])
        registry.retire([THREE.id], "over", now=NOON)
        with pytest.raises(LinkRetired) as unnamed:
            registry.add([link(4), THREE])

        assert [each.state for each in retired] == ["retired"]
        assert registry.get(ONE.id).state == registry.get(ONE.url).state == "retired"
        assert registry.history(ONE.id) == [
            Event(ONE.id, "retired", DAY, registry.changes()[1].id, "wrong page", TWO.id)
        ]
        assert states(registry) == {"1": "retired", "2": "issued", "3": "retired"}
    assert named.value.message == f"link {ONE.id} was retired on 2026-03-20: wrong page"
    assert named.value.hint == f"use {TWO.id} instead: utmforge show {TWO.id}"
    assert unnamed.value.hint == "--retired issues it again all the same"


def test_a_retired_link_is_issued_again_or_left_out_when_asked_to(place: str) -> None:
    """It keeps its first day, and its history tells both."""
    with Registry.open(place) as registry:
        registry.add([ONE, TWO], now=NOON)
        registry.retire([ONE.id], "a")
        registry.retire([ONE.id], "b")
        skipped = registry.add([ONE, TWO, THREE], policy=IssuePolicy(skip=True))
        planned = registry.would_add([ONE], policy=IssuePolicy(reissue=True))
        again = registry.add([ONE, ONE], policy=IssuePolicy(reissue=True), about="poster")

        assert [(each.link.state, each.is_new) for each in skipped] == [
            ("retired", False),
            ("issued", False),
            ("issued", True),
        ]
        assert [(each.link.state, each.is_new) for each in planned] == [("planned", True)]
        assert [(each.link.issued_at, each.is_new) for each in again] == [(DAY, True), (DAY, False)]
        assert states(registry) == {"1": "issued", "2": "issued", "3": "issued"}
        assert [event.action for event in registry.history(ONE.id)] == [
            *("retired", "retired", "reinstated"),
        ]
        assert (registry.changes()[0].kind, registry.changes()[0].links) == ("issue", 1)


def test_retiring_is_all_or_none_and_once(place: str) -> None:
    """A link that is not there stops all; the same reason again changes nothing."""
    with Registry.open(place) as registry:
        registry.add([ONE, TWO, THREE])
        with pytest.raises(UnknownLink):
            registry.retire([ONE.id, "nope"], "x")
        with pytest.raises(ContradictoryInput):
            registry.retire([ONE.id], "x", successor=ONE.id)
        assert registry.retire([TWO.id], "x")
        assert registry.retire([TWO.id], "x") == []
        with pytest.raises(ContradictoryInput):
            registry.retire([ONE.id], "x", successor=TWO.id)
        assert registry.retire([TWO.id], "x", successor=ONE.id)

        assert states(registry) == {"1": "issued", "2": "retired", "3": "issued"}
        assert registry.events.retirements([TWO.id, ONE.id])[TWO.id].successor == ONE.id
        assert len(registry.changes()) == 3


def test_undo_goes_back_step_by_step_and_forward_again(place: str) -> None:
    """An undo is one more change; undone, it is done again."""
    with Registry.open(place) as registry:
        registry.add([ONE, TWO], about="spring", now=NOON)
        registry.add([TWO, THREE])
        registry.retire([ONE.id], "x")
        first, count = registry.undo()
        assert (first.kind, count) == ("retire", 1)
        assert states(registry) == {"1": "issued", "2": "issued", "3": "issued"}
        second, count = registry.undo()
        assert (second.kind, second.links, count) == ("issue", 1, 1)
        assert states(registry) == {"1": "issued", "2": "issued", "3": "retired"}
        undo_of_first = registry.changes()[1]
        assert undo_of_first.undoes == first.id
        registry.undo(undo_of_first.id[:5])
        assert registry.get(ONE.id).state == "retired"
        assert registry.events.retirements([ONE.id])[ONE.id].reason == "x"
        third, _ = registry.undo()
        assert third.id == first.id
        fourth, count = registry.undo()
        assert (fourth.about, count) == ("spring", 2)
        assert states(registry) == {"1": "retired", "2": "retired", "3": "retired"}
        with pytest.raises(UnknownChange, match="nothing to undo"):
            registry.undo()
        with pytest.raises(ContradictoryInput):
            registry.undo(first.id)
        with pytest.raises(UnknownChange, match="no change"):
            registry.undo("nope!")
        with pytest.raises(UnknownChange, match="no change"):
            registry.undo("")
        kinds = [change.kind for change in registry.changes()]

    assert kinds == ["undo", "undo", "undo", "undo", "undo", "retire", "issue", "issue"]


def test_what_was_withdrawn_is_issued_again_by_asking(place: str) -> None:
    """Nobody gave a reason not to."""
    with Registry.open(place) as registry:
        registry.add([ONE], now=NOON)
        registry.undo()
        again = registry.add([ONE])
        assert (again[0].is_new, again[0].link.issued_at) == (True, DAY)
        assert states(registry) == {"1": "issued"}
        assert registry.undo()[1] == 1
        assert states(registry) == {"1": "retired"}


def test_an_undo_leaves_alone_what_happened_since(place: str) -> None:
    """A link that was retired after its issue is not retired twice, one reissued stays."""
    with Registry.open(place) as registry:
        registry.add([ONE, TWO])
        issue = registry.changes()[0].id
        registry.retire([ONE.id], "x")
        retirement = registry.changes()[0].id
        assert registry.undo(issue, dry_run=True)[1] == 1
        assert registry.undo(issue)[1] == 1
        assert [event.reason for event in registry.history(ONE.id)] == ["x", None]
        registry.add([ONE], policy=IssuePolicy(reissue=True))
        assert registry.undo(retirement)[1] == 0
        assert states(registry) == {"1": "issued", "2": "retired"}


def test_the_batches_of_one_command_are_one_change(place: str) -> None:
    """A million pages come in many transactions; one undo takes them back."""
    with Registry.open(place) as registry:
        registry.add([ONE, TWO], change_id="aaaaaaaa", about="pages.csv")
        registry.add([THREE], change_id="bbbbbbbb")
        registry.add([link(number) for number in range(4, 9)], change_id="aaaaaaaa")
        found = [(each.id, each.links) for each in registry.changes(5)]
        assert sorted(found) == [("aaaaaaaa", 7), ("bbbbbbbb", 1)]
        assert len(registry.changes(1)) == 1
        assert registry.undo("aaa")[1] == 7
        assert registry.queries.count(LinkQuery(state="issued")) == (1, 0)


def test_a_campaign_that_is_over_takes_no_new_links(place: str) -> None:
    """Those it has are handed out as before."""
    over = IssuePolicy({"c": NOON.date()})
    with Registry.open(place) as registry:
        registry.add([ONE])
        assert not registry.add([ONE], policy=over)[0].is_new
        with pytest.raises(CampaignEnded) as caught:
            registry.add([ONE, TWO], policy=over)
        left = registry.add([ONE, TWO, link(5, campaign="d")], policy=over._replace(skip=True))
        assert [each.link.state for each in left] == ["issued", "planned", "issued"]
        assert states(registry) == {"1": "issued", "5": "issued"}
    assert caught.value.message == 'campaign "c" ended on 2026-03-20, and takes no new links'


def test_links_are_found_by_tag_day_and_state_sorted_and_by_the_page(place: str) -> None:
    """Every way of asking, and the totals."""
    first = [link(1, medium="x"), link(2, source="é"), link(3, content="Z")]
    second = [link(4, campaign="a"), link(5, campaign="B"), link(6, term="t")]
    with Registry.open(place) as registry:
        registry.add(first, now=NOON)
        registry.add(second, now=NOON.replace(month=5, hour=23))
        registry.retire([first[1].id, second[2].id], "x")

        def found(**wanted: object) -> str:
            every = registry.links(LinkQuery(**wanted))  # type: ignore[arg-type]
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


def test_undone_reissues_bring_the_reason_back(place: str) -> None:
    """Whatever was cancelled holds again, with its words."""
    with Registry.open(place) as registry:
        registry.add([ONE])
        registry.undo()
        registry.retire([ONE.id], "wrong price")
        registry.add([ONE], policy=IssuePolicy(reissue=True))
        registry.undo()
        with pytest.raises(LinkRetired, match="wrong price"):
            registry.add([ONE])


def test_changes_undone_by_name_no_longer_hold(place: str) -> None:
    """In whatever order: each is taken back, and nothing else."""
    with Registry.open(place) as registry:
        registry.add([ONE])
        registry.retire([ONE.id], "x")
        registry.add([ONE], policy=IssuePolicy(reissue=True))
        reissue, retirement, issue = (change.id for change in registry.changes())
        registry.undo(retirement)
        registry.undo(reissue)
        assert states(registry) == {"1": "issued"}
        registry.add([TWO])
        registry.retire([TWO.id], "y")
        registry.undo(registry.changes()[1].id)
        registry.undo(registry.changes()[1].id)
        assert states(registry) == {"1": "issued", "2": "retired"}
        assert registry.undo(issue)[1] == 1


def test_a_command_that_is_undone_while_it_works_begins_anew(place: str) -> None:
    """What it issues afterwards can be undone too."""
    with Registry.open(place) as registry:
        registry.add([ONE], change_id="aaaaaaaa")
        registry.undo()
        registry.add([ONE, TWO], change_id="aaaaaaaa")
        assert states(registry) == {"1": "issued", "2": "issued"}
        assert registry.undo()[1] == 2


def test_merged_registries_agree_on_what_may_be_handed_out(tmp_path: Path) -> None:
    """A reason that somebody gave bars the link everywhere, whoever came first."""
    file = tmp_path / "links.jsonl"
    places = [tmp_path / "p.db", tmp_path / "q.db"]
    for place in places:
        with Registry.open(place) as registry:
            registry.add([ONE], now=NOON)
    with Registry.open(places[0]) as registry:
        registry.undo()
    with Registry.open(places[1]) as registry:
        registry.retire([ONE.id], "recalled")
    for place in (*places, *places):
        with Registry.open(place) as registry:
            sync(registry, file)
    for place in places:
        with Registry.open(place) as registry, pytest.raises(LinkRetired, match="recalled"):
            registry.add([ONE])


def test_a_campaign_that_is_over_gets_nothing_back(place: str) -> None:
    """A link that was withdrawn is a new one to it."""
    with Registry.open(place) as registry:
        registry.add([ONE])
        registry.undo()
        with pytest.raises(CampaignEnded):
            registry.add([ONE], policy=IssuePolicy({"c": NOON.date()}))


@pytest.mark.parametrize("what", ["undo", "retire", "cycle"])
def test_two_at_once_do_as_one_after_the_other(place: str, what: str) -> None:
    """No change is undone twice, no link retired twice, no two are each other's successor."""
    with Registry.open(place) as registry:
        registry.add([ONE])
        registry.add([TWO])
    barrier = Barrier(2)

    def work(number: int) -> str:
        with Registry.open(place) as registry:
            barrier.wait()
            try:
                if what == "undo":
                    return registry.undo()[0].id
                if what == "retire":
                    return str(len(registry.retire([ONE.id], "x")))
                pair = [ONE.id, TWO.id] if number else [TWO.id, ONE.id]
                registry.retire(pair[:1], "x", successor=pair[1])
            except ContradictoryInput:
                return "refused"
            return "done"

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(work, range(2)))
    if what == "undo":
        assert results[0] != results[1]
    elif what == "retire":
        assert results == ["0", "1"]
    else:
        assert results == ["done", "refused"]


events = st.lists(
    st.builds(
        Event,
        st.just("x"),
        st.sampled_from(["retired", "reinstated"]),
        st.just(DAY),
        st.sampled_from("abcdef"),
        cancels=st.lists(st.sampled_from("abcdef"), max_size=2).map(tuple),
    ),
    max_size=4,
    unique_by=lambda event: event.change_id,
)


@given(events)
def test_the_state_does_not_depend_on_the_order_of_events(found: list[Event]) -> None:
    """So two registries that were merged agree, whoever came first."""
    held = {frozenset(in_force(order)) for order in permutations(found)}

    assert len(held) == 1


@pytest.mark.parametrize("table", ["links", "changes", "history"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET checksum = ''"])
def test_nothing_is_erased_or_changed(tmp_path: Path, table: str, statement: str) -> None:
    """Not even by a tool that opens the file."""
    path = tmp_path / "links.db"
    with Registry.open(path) as registry:
        registry.add([ONE])
        registry.retire([ONE.id], "x")
    with (
        closing(sqlite3.connect(path)) as tool,
        pytest.raises(sqlite3.IntegrityError, match="only ever added"),
    ):
        tool.execute(statement.format(table))


@pytest.mark.parametrize("word", [b"wrong page", b"retired", b"issue"])
def test_a_changed_byte_in_the_history_is_noticed(tmp_path: Path, word: bytes) -> None:
    """A retirement that reads otherwise is refused, not believed."""
    path = tmp_path / "links.db"
    with Registry.open(path) as registry:
        registry.add([ONE])
        registry.retire([ONE.id], "wrong page")
    data = path.read_bytes()
    at = data.index(word, 4096 * 4)
    path.write_bytes(data[:at] + b"?" + data[at + 1 :])
    with Registry.open(path) as registry:
        for ask in (lambda: registry.get(ONE.id), registry.changes):
            with suppress(RegistryDamaged):
                ask()
                continue
            break
        else:
            pytest.fail("the change was believed")
    assert not check(path).is_whole


def test_names_in_use_are_those_of_links_that_are(place: str) -> None:
    """What only retired links carry is in nobody's use; what was taken back is again."""
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
