"""Edited lines of a shared file: nothing changes in silence, and all members agree."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.conftest import ROOT, Run
from utmforge import Registry, Tags, issue, make_link
from utmforge.errors import UtmforgeError
from utmforge.model import Note
from utmforge.registry.events import contradictions, in_force, without_nameless
from utmforge.registry.interchange.git_sync import sync
from utmforge.registry.interchange.record_lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = Path("links.jsonl")


def edit(change: Callable[[dict[str, Any]], object], *, events: bool) -> None:
    """Change the lines of events, or those of links."""
    lines = [json.loads(line) for line in FILE.read_text().splitlines()]
    for line in lines:
        if ("action" in line) is events:
            change(line)
    FILE.write_text("".join(json.dumps(line) + "\n" for line in lines))


def team(run: Run, *registries: str) -> str:
    """Issue and retire a link in the first registry, and sync all; return the link's id."""
    run("new", "https://shop.example/x", "-c", "spring", "-C", "sms", "--registry", registries[0])
    listed = run("list", "-F", "json", "--registry", registries[0])
    link_id = str(json.loads(listed.stdout)["data"][0]["id"])
    run("retire", link_id, "-r", "wrong page", "--registry", registries[0])
    for registry in registries:
        assert run("registry", "sync", "links.jsonl", "--registry", registry).exit_code == 0
    return link_id


def state(run: Run, registry: str) -> str:
    """Return the state of the only link."""
    return str(
        json.loads(run("list", "-F", "json", "--registry", registry).stdout)["data"][0]["state"]
    )


@pytest.mark.parametrize(
    "forged",
    [
        {"action": "reinstated"},
        {"reason": "another reason"},
        {"at": "2020-01-01T00:00:00Z"},
        {"action": "reinstated", "reason": None},
    ],
    ids=str,
)
def test_a_rewritten_retirement_is_told_to_every_member(run: Run, forged: dict[str, Any]) -> None:
    """Also to a new one; the link stays retired for all, and the file stops changing."""
    link_id = team(run, "ann.db", "ben.db")
    edit(lambda line: line.update(forged), events=True)
    for registry in ("new.db", "ann.db", "ben.db"):
        synced = run("registry", "sync", "links.jsonl", "--registry", registry)
        if registry != "new.db":  # of the two versions the new member has seen one
            assert synced.exit_code == 1
            assert f"of link {link_id} is recorded in 2 versions that contradict" in synced.stderr
    last = run("registry", "sync", "links.jsonl", "--registry", "new.db")
    text = FILE.read_text()

    assert last.exit_code == 1
    assert "contradict each other" in last.stderr
    for registry in ("ann.db", "ben.db", "new.db"):
        again = run("registry", "sync", "links.jsonl", "--registry", registry)
        assert again.exit_code == 0
        assert "contradict each other" in again.stderr
        assert "contradict each other" in run("registry", "check", "--registry", registry).stderr
        assert state(run, registry) == "retired"
    assert FILE.read_text() == text


def test_an_import_tells_of_contradictions_too(run: Run) -> None:
    """An export is a file like others."""
    team(run, "ann.db")
    edit(lambda line: line.update(action="reinstated"), events=True)
    imported = run("registry", "import", "links.jsonl", "--registry", "ann.db")

    assert imported.exit_code == 1
    assert "contradict each other" in imported.stderr


def test_undo_takes_back_both_versions_of_a_retirement(run: Run) -> None:
    """One undo, one entry for the link."""
    link_id = team(run, "ann.db")
    edit(lambda line: line.update(action="reinstated"), events=True)
    run("registry", "sync", "links.jsonl", "--registry", "ann.db")

    assert run("undo", "--registry", "ann.db").exit_code == 0
    assert state(run, "ann.db") == "issued"
    with Registry.open("ann.db") as registry:
        assert len(registry.history(link_id)) == 3


@pytest.mark.parametrize(
    ("forged", "told"),
    [
        ({"channel": "email"}, "warning: 1 link with a different channel in the file: "),
        ({"issued_at": "2001-01-01T00:00:00Z"}, "1 link with a different issued_at in the file: "),
    ],
    ids=["channel", "day"],
)
def test_a_rewritten_link_is_told(run: Run, forged: dict[str, Any], told: str) -> None:
    """The registry keeps what it had."""
    link_id = team(run, "ann.db")
    before = run("list", "-F", "csv", "--registry", "ann.db").stdout
    edit(lambda line: line.update(forged), events=False)
    synced = run("registry", "sync", "links.jsonl", "--registry", "ann.db")

    assert synced.exit_code == 0
    assert told + link_id in synced.stderr
    assert run("list", "-F", "csv", "--registry", "ann.db").stdout == before


def test_a_server_keeps_both_contents(place: str) -> None:
    """As a file does, in whatever order they come."""
    link = make_link("https://x.example/", Tags("a", "b", "c"))
    with closing(Registry.open(place)) as registry:
        issue([link], registry)
        registry.retire([link.id], "wrong")
        [event] = registry.history(link.id)
        forged = event._replace(action="reinstated")
        assert registry.restore([], [forged]) == (0, 1)
        assert registry.restore([], [forged, event]) == (0, 0)
        assert registry.get(link.id).state == "retired"
        assert set(registry.events.all()) == {event, forged}


def test_a_registry_of_version_2_takes_both_contents(run: Run) -> None:
    """What it holds comes along, and what contradicts it comes in."""
    shutil.copyfile(ROOT / "tests" / "data" / "registries" / "2.db", "links.db")
    run("registry", "sync", "links.jsonl", "--registry", "links.db")
    edit(lambda line: line.update(reason="forged"), events=True)
    synced = run("registry", "sync", "links.jsonl", "--registry", "links.db")

    assert synced.exit_code == 1
    assert synced.stderr.count("contradict each other") == 2
    with Registry.open("links.db") as registry:
        assert len(list(registry.events.all())) == 4
        assert registry.get("cs6zpyyp6ryg").state == "issued"


class Team(RuleBasedStateMachine):
    """Two registries and a file, in whatever order things happen."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.file = self.folder / "links.jsonl"
        self.registries = [
            Registry.open(self.folder / f"{name}.db", author=name) for name in ("ann", "ben")
        ]
        for registry in self.registries:  # the laws are about content, not about power cuts
            registry.database.read("PRAGMA synchronous=OFF")

    who = st.sampled_from([0, 1])
    pages = st.integers(0, 2)

    @rule(who=who, page=pages)
    def issues(self, who: int, page: int) -> None:
        """One member issues a link."""
        link = make_link(f"https://x.example/{page}", Tags("a", "b", "c"))
        try:
            issue([link], self.registries[who], now=datetime(2026, 1, 1, tzinfo=UTC))
        except UtmforgeError:
            return

    @rule(who=who, page=pages)
    def retires(self, who: int, page: int) -> None:
        """One member retires a link."""
        link = make_link(f"https://x.example/{page}", Tags("a", "b", "c"))
        try:
            self.registries[who].retire([link.id], f"by {who}")
        except UtmforgeError:
            return

    @rule(who=who, page=pages, text=st.sampled_from(["one", "two"]))
    def notes(self, who: int, page: int, text: str) -> None:
        """One member writes a note."""
        link = make_link(f"https://x.example/{page}", Tags("a", "b", "c"))
        try:
            self.registries[who].note([link.id], Note(text, (text,)))
        except UtmforgeError:
            return

    @rule()
    def an_earlier_version_writes(self) -> None:
        """It writes the lines without their authors."""
        if self.file.exists():
            lines = [json.loads(line) for line in self.file.read_text().splitlines()]
            for line in lines:
                line.pop("author", None)
            self.file.write_text("".join(json.dumps(line) + "\n" for line in lines))

    @rule(who=who)
    def undoes(self, who: int) -> None:
        """One member undoes the last change."""
        try:
            self.registries[who].undo()
        except UtmforgeError:
            return

    @rule(who=who)
    def syncs(self, who: int) -> None:
        """Nothing that a member has seen goes away, and what contradicts it is told."""
        registry = self.registries[who]
        links, events = list(registry.links()), set(registry.events.all())
        retired = {link.id for link in links if link.state == "retired"}
        synced = sync(registry, self.file)
        after = set(registry.events.all())
        assert set(without_nameless(events | after)) == after
        assert [link._replace(state="issued") for link in links] == [
            link._replace(state="issued") for link in list(registry.links())[: len(links)]
        ]
        assert list(synced.contradictions) == contradictions(after)
        for name in retired:
            if registry.get(name).state == "issued":
                assert any(one.link_id == name and one.cancels for one in after - events)

    @rule(
        index=st.integers(0, 9),
        field=st.sampled_from(["action", "reason", "at", "issued_at", "author"]),
    )
    def forges(self, index: int, field: str) -> None:
        """Someone edits a line of the file."""
        if not self.file.exists() or not (lines := self.file.read_text().splitlines()):
            return
        line = json.loads(lines[index % len(lines)])
        if field in line:
            flipped = "retired" if line.get("action") == "reinstated" else "reinstated"
            other = {"action": flipped, "reason": "forged", "author": "eve"}
            line[field] = other.get(field, "2020-02-02T00:00:00Z")
        lines[index % len(lines)] = json.dumps(line)
        self.file.write_text("\n".join(lines) + "\n")

    def teardown(self) -> None:
        """All agree after syncing, and the file has come to rest."""
        for registry in (*self.registries, *self.registries):
            sync(registry, self.file)
        if not self.file.exists():  # nothing was issued
            self.file.touch()
        text = self.file.read_text()
        ann, ben = self.registries
        sync(ann, self.file)
        assert self.file.read_text() == text
        assert set(ann.events.all()) == set(ben.events.all()) == set(read_lines(self.file).events)
        assert {link.id: link.state for link in ann.links()} == {
            link.id: link.state for link in ben.links()
        }
        ids = [link.id for link in ann.links()]
        assert ann.events.notes(ids) == ben.events.notes(ids)
        for link in ann.links():
            events = ann.history(link.id)
            assert in_force(events) == in_force(events[::-1]) == in_force(ben.history(link.id))
        for registry in self.registries:
            registry.close()
        shutil.rmtree(self.folder)


TestTeam = Team.TestCase
TestTeam.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
