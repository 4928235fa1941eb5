"""The registry on SQLite: what it promises, and what it refuses."""

import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge import Registry, Tags, issue, make_link
from utmforge.errors import (
    AmbiguousLink,
    IdTaken,
    NotARegistry,
    NotText,
    RegistryBusy,
    RegistryDamaged,
    RegistryFull,
    RegistryTooNew,
    RegistryUnavailable,
    UnknownLink,
)
from utmforge.model import TaggedLink
from utmforge.registry import queries as finding
from utmforge.registry import sqlite
from utmforge.registry.migrations import (
    APPLICATION_ID,
    MIGRATIONS,
    SCHEMA,
    SCHEMA_CHECKSUMS,
    schema_checksum,
)
from utmforge.registry.queries import LinkQuery
from utmforge.registry.sqlite import SqliteDatabase

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
LINK = make_link("https://shop.example/?a=1#b", Tags("a", "b", "c", "d", "e", "f", "g", "h", "i"))


def link(number: int, **tags: str) -> TaggedLink:
    """Return a link of its own."""
    base = {"source": "s", "medium": "m", "campaign": "c"} | tags
    return make_link(f"https://shop.example/{number}", Tags(**base), channel="email")


def connection_of(registry: Registry) -> sqlite3.Connection:
    """Return what lies beneath."""
    assert isinstance(registry.database, SqliteDatabase)
    return registry.database._connection


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A registry that is not there yet."""
    return tmp_path / "some" / "folder" / "links.db"


def test_what_was_added_is_there_after_closing(place: str) -> None:
    """Every field comes back as it went in, with the day and the state."""
    with Registry.open(place) as registry:
        added = registry.add([LINK], now=NOON)
    with Registry.open(place) as registry:
        assert registry.get(LINK.id) == added[0].link

    assert added[0].is_new
    assert added[0].link == LINK._replace(issued_at="2026-03-20T12:00:00Z", state="issued")


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


def test_the_file_is_its_owners_alone(path: Path) -> None:
    """0600 in a folder of 0700, whatever the umask."""
    before = os.umask(0)
    try:
        Registry.open(path).close()
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_file_is_set_up_to_survive(path: Path) -> None:
    """A committed transaction survives a power cut; the file says whose it is."""
    with Registry.open(path) as registry:
        ask = connection_of(registry).execute
        found = {
            name: ask(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "application_id")
        }

    assert found == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "application_id": APPLICATION_ID,
    }


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


def test_a_registry_that_is_not_there_reads_as_empty(path: Path) -> None:
    """Listing makes no file."""
    with Registry.open(path, create=False) as registry:
        assert list(registry.links()) == []

    assert not path.exists()


def test_an_empty_file_is_a_new_registry(tmp_path: Path) -> None:
    """What a killed first run leaves behind."""
    path = tmp_path / "links.db"
    path.touch()
    with Registry.open(path) as registry:
        assert registry.add([LINK])[0].is_new


def test_two_links_with_one_id_are_refused(place: str) -> None:
    """Should two addresses ever share an id, neither takes the other's place."""
    with Registry.open(place) as registry:
        registry.add([link(1)])
        with pytest.raises(IdTaken):
            registry.add([link(2), link(3)._replace(id=link(1).id)])
        assert len(list(registry.links())) == 1


@pytest.mark.parametrize(
    "content",
    [b"not a database, " * 100, b"x", b"SQLite format 3\x00" + b"\x00" * 84],
    ids=["text", "one byte", "half a header"],
)
def test_a_file_that_is_not_a_database_is_refused_and_left(tmp_path: Path, content: bytes) -> None:
    """Somebody's file is somebody's file."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises((NotARegistry, RegistryDamaged)):
        Registry.open(path)

    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_refused_and_left(tmp_path: Path) -> None:
    """A browser's history is not a registry."""
    path = tmp_path / "history.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE links (id)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotARegistry) as caught:
        Registry.open(path)

    assert caught.value.message == f'"{path}" is not a registry of utmforge'
    assert path.read_bytes() == before


def test_a_later_version_s_file_is_refused(path: Path) -> None:
    """What is not understood is not touched."""
    Registry.open(path).close()
    with sqlite3.connect(path) as later:
        later.execute("PRAGMA user_version=99")
    later.close()
    with pytest.raises(RegistryTooNew):
        Registry.open(path)


def test_a_changed_byte_in_a_row_is_noticed(path: Path) -> None:
    """The database's own check does not see it; the row's checksum does."""
    with Registry.open(path) as registry:
        registry.add([link(1)])
    path.write_bytes(
        path.read_bytes().replace(b"https://shop.example/1", b"https://evil.example/1")
    )
    with Registry.open(path) as registry, pytest.raises(RegistryDamaged) as caught:
        registry.get(link(1).id)

    assert caught.value.message == f'the entry of link "{link(1).id}" is not what was written'


def test_a_held_registry_is_waited_for_then_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's transaction is not an error for ten seconds, then it is one."""
    Registry.open(path).close()
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(RegistryBusy):
        Registry.open(path)
    holder.execute("ROLLBACK")
    holder.close()


def test_a_full_disk_loses_nothing_and_promises_nothing(path: Path) -> None:
    """What was there stays, what did not fit is not there at all."""
    with Registry.open(path) as registry:
        registry.add([link(1)])
        connection_of(registry).execute("PRAGMA max_page_count=1")
        with pytest.raises(RegistryFull):
            registry.add([link(number) for number in range(2, 500)])
        assert [one.id for one in registry.links()] == [link(1).id]


def test_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    """A folder where the file should be, a file where the folder should be."""
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "links.db"):
        with pytest.raises(RegistryUnavailable) as caught:
            Registry.open(path)
        assert caught.value.hint == "name another file with --registry or UTMFORGE_REGISTRY"


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
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1
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
        issue(links, registry, now=NOON)
        kept = list(registry.links())

    assert [one._replace(issued_at=None, state="planned") for one in kept] == unique


def test_a_first_run_that_another_one_overtakes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the file and the transaction another process may make the tables."""
    looks = iter([(0, 0)])
    real = SqliteDatabase._identity

    def identity(registry: SqliteDatabase) -> tuple[int, int]:
        if (first := next(looks, None)) is not None:
            Registry.open(path).close()
            return first
        return real(registry)

    path.parent.mkdir(parents=True)
    path.touch()
    monkeypatch.setattr(SqliteDatabase, "_identity", identity)
    with Registry.open(path) as registry:
        assert registry.add([LINK])[0].is_new


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


def test_reading_makes_nothing_of_an_empty_file(tmp_path: Path) -> None:
    """It stays empty until something is issued."""
    path = tmp_path / "links.db"
    path.touch()
    with Registry.open(path, create=False) as registry:
        assert list(registry.links()) == []
    assert path.stat().st_size == 0


def test_text_that_is_not_utf_8_is_refused(place: str) -> None:
    """What a shell hands over need not be text."""
    with Registry.open(place) as registry:
        with pytest.raises(NotText):
            registry.get("\udcff")
        with pytest.raises(NotText):
            list(registry.links(LinkQuery(text="\udcff")))


def test_the_schema_s_checksums_are_those_of_the_steps() -> None:
    """By them a damaged table definition is noticed."""
    with closing(sqlite3.connect(":memory:")) as database:
        found = []
        for step in MIGRATIONS:
            for statement in step:
                database.execute(statement)
            rows = database.execute(SCHEMA).fetchall()
            found.append(schema_checksum(rows))

    assert tuple(found) == SCHEMA_CHECKSUMS


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


def test_tables_of_other_tools_are_no_damage(path: Path) -> None:
    """ANALYZE keeps its statistics in a table of its own."""
    with Registry.open(path) as registry:
        registry.add([link(1)])
    with closing(sqlite3.connect(path, isolation_level=None)) as tool:
        tool.execute("ANALYZE")
        tool.execute("CREATE TABLE notes (text)")
    with Registry.open(path) as registry:
        assert len(list(registry.links())) == 1


def test_links_to_files_and_empty_files_are_the_owner_s_alone_too(tmp_path: Path) -> None:
    """However the file comes to be."""
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    (tmp_path / "empty.db").touch(0o644)
    for name in ("link.db", "empty.db"):
        Registry.open(tmp_path / name).close()
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_device_is_no_registry() -> None:
    """/dev/null takes everything and keeps nothing."""
    with pytest.raises(NotARegistry):
        Registry.open("/dev/null")
