"""What became of links, and undo."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.registry.sample_links import DAY, NOON, ONE, THREE, TWO, states
from utmforge import Registry
from utmforge.errors import (
    ContradictoryInput,
    LinkRetired,
    RegistryDamaged,
    UnknownChange,
)
from utmforge.registry import IssuePolicy
from utmforge.registry.check import check
from utmforge.registry.interchange.git_sync import sync


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


def test_merged_registries_agree_on_what_may_be_handed_out(tmp_path: Path) -> None:
    """A reason that a user gave bars the link everywhere, in any order of merging."""
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
