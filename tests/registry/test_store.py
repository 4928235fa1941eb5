"""The registry: what it promises, in a file and on a server."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.sample_links import LINK, NOON, ONE, THREE, TWO, link, states
from utmforge import Registry, Tags, issue, make_link
from utmforge.errors import (
    ContradictoryInput,
    IdTaken,
    UnknownLink,
)
from utmforge.registry.queries import LinkQuery


def test_what_was_added_is_there_after_closing(place: str) -> None:
    """Every field comes back as it went in, with the day and the state."""
    with Registry.open(place) as registry:
        added = registry.add([LINK], now=NOON)
    with Registry.open(place) as registry:
        assert registry.get(LINK.id) == added[0].link

    assert added[0].is_new
    assert added[0].link == LINK._replace(
        issued_at="2026-03-20T12:00:00Z", state="issued", author="ann@laptop"
    )


def test_adding_twice_is_adding_once(place: str) -> None:
    """The same link keeps its first day; a batch may hold it twice."""
    with Registry.open(place) as registry:
        first = registry.add([link(1), link(2), link(1)], now=NOON)
        again = registry.add([link(2), link(3)])
        everything = list(registry.links())

    assert [one.is_new for one in first] == [True, True, False]
    assert [one.is_new for one in again] == [False, True]
    assert again[0].link.issued_at == "2026-03-20T12:00:00Z"
    assert [one.landing_page[-1] for one in everything] == ["1", "2", "3"]


def test_the_order_is_the_order_of_issue_whatever_the_clock(place: str) -> None:
    """A clock that jumps back changes no order."""
    with Registry.open(place) as registry:
        registry.add([link(1)], now=NOON.replace(year=2030))
        registry.add([link(2)], now=NOON)
        registry.add([link(3)], now=NOON.replace(year=9999))
        assert [one.landing_page[-1] for one in registry.links()] == ["1", "2", "3"]
        assert [one.landing_page[-1] for one in registry.links(LinkQuery(limit=2))] == ["2", "3"]


def test_two_links_with_one_id_are_refused(place: str) -> None:
    """Should two addresses ever share an id, neither takes the other's place."""
    with Registry.open(place) as registry:
        registry.add([link(1)])
        with pytest.raises(IdTaken):
            registry.add([link(2), link(3)._replace(id=link(1).id)])
        assert len(list(registry.links())) == 1


SCRIPT = """
import sys
from utmforge import Registry, Tags, issue, make_link
with Registry.open(sys.argv[1]) as registry:
    for page in (sys.argv[2], "shared"):
        issue([make_link(f"https://x.example/{page}", Tags("a", "b", "c"))], registry)
"""


def test_many_first_runs_at_once(tmp_path: Path) -> None:
    """Twelve processes make the registry together: no link lost, none doubled."""
    path = tmp_path / "links.db"

    def start(number: int) -> int:
        words = [sys.executable, "-c", SCRIPT, str(path), str(number)]
        return subprocess.run(words, check=False).returncode

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(start, range(12))) == [0] * 12
    with Registry.open(path) as registry:
        pages = [one.landing_page.rpartition("/")[2] for one in registry.links()]
    assert sorted(pages) == sorted([*map(str, range(12)), "shared"])


values = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=100
).filter(str.strip)


@given(st.lists(st.tuples(st.integers(0, 20), values, st.none() | values), max_size=8))
def test_any_links_come_back_as_they_went_in(rows: list[tuple[int, str, str | None]]) -> None:
    """Whatever the tags hold; in the order of issue, each once."""
    links = [
        make_link(
            f"https://x.example/{page}", Tags(tag, "m", "c", content=content), channel=content
        )
        for page, tag, content in rows
    ]
    unique = list({one.id: one for one in links}.values())
    with Registry.open("none", create=False) as registry:
        issue(links, registry, now=NOON, new_names=True)
        kept = list(registry.links())

    assert [one._replace(issued_at=None, state="planned", author=None) for one in kept] == unique


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


def test_a_command_that_is_undone_while_it_works_begins_anew(place: str) -> None:
    """What it issues afterwards can be undone too."""
    with Registry.open(place) as registry:
        registry.add([ONE], change_id="aaaaaaaa")
        registry.undo()
        registry.add([ONE, TWO], change_id="aaaaaaaa")
        assert states(registry) == {"1": "issued", "2": "issued"}
        assert registry.undo()[1] == 2


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
