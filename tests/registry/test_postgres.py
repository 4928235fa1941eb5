"""A team's registry on a real PostgreSQL: many writers, steps, rights, and words that help."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, command
from utmforge import Registry, Tags, make_link
from utmforge.errors import (
    NotText,
    RegistryBusy,
    RegistryTooNew,
    RegistryUnavailable,
)
from utmforge.registry import postgres
from utmforge.registry.check import check
from utmforge.registry.migrations import POSTGRES_MIGRATIONS, POSTGRES_VERSIONS
from utmforge.registry.postgres import PostgresDatabase
from utmforge.registry.queries import LinkQuery
from utmforge.registry.server_address import ServerAddress

psycopg = pytest.importorskip("psycopg", reason="pip install 'utmforge[postgres]'")


def link(number: int, campaign: str = "c") -> Any:  # noqa: ANN401 - a TaggedLink, for brevity
    """Return a link of its own."""
    return make_link(f"https://shop.example/{number}", Tags("s", "m", campaign), channel="email")


def ask(address: str, statement: str) -> list[Any]:
    """Ask the server itself."""
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


@pytest.mark.slow
def test_forty_people_issue_at_once_on_an_empty_server(database: str) -> None:
    """The tables are made once; all succeed, no link is lost or doubled."""

    def start(number: int) -> int:
        words = ("new", "https://x.example/", "-c", "c", "-C", "sms", "--registry", database, "-q")
        contents = f"mine-{number},shared"
        return subprocess.run(
            command(*words, "--content", contents), check=False, capture_output=True
        ).returncode

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(start, range(40))) == [0] * 40
    with Registry.open(database) as registry:
        contents = [each.tags.content for each in registry.links()]
    assert sorted(map(str, contents)) == sorted([*(f"mine-{n}" for n in range(40)), "shared"])
    assert ask(database, "SELECT count(*) FROM utmforge.versions") == [
        (len(POSTGRES_VERSIONS) + 1,)
    ]


def test_the_ids_are_the_same_everywhere(database: str, run: Run) -> None:
    """The same commands print the same."""
    words = ("new", "https://x.example/?a=1#b", "-c", "Été", "-C", "sms,email", "-F", "json")

    def answer(*more: str) -> str:
        result = run(*words, *more)
        assert result.exit_code == 0
        return "".join(line for line in result.stdout.splitlines() if "issued_at" not in line)

    assert answer("--registry", database) == answer("--registry", "links.db")


def test_a_transaction_that_fails_for_others_sake_is_done_again(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Serialization failures, deadlocks, keys that another writer has just made."""
    codes = iter(["40001", "40P01", "23505"])
    with Registry.open(database) as registry:
        real = registry.database.insert

        def failing(table: str, rows: Any) -> int:  # noqa: ANN401 - handed on
            count = real(table, rows)
            if code := next(codes, None):
                raise psycopg.errors.lookup(code)
            return count

        monkeypatch.setattr(registry.database, "insert", failing)
        assert registry.add([link(1), link(2)])[0].is_new
        assert registry.queries.count(LinkQuery()) == (2, 0)
        assert len(registry.changes()) == 1


def test_reading_is_done_again_too(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distributed server may ask for it."""
    codes = iter(["40001", "40001"])
    with Registry.open(database) as registry:
        registry.add([link(1)])
        assert isinstance(registry.database, PostgresDatabase)
        real = registry.database._execute

        def failing(statement: str, values: Any = ()) -> Any:  # noqa: ANN401 - handed on
            if code := next(codes, None):
                raise psycopg.errors.lookup(code)
            return real(statement, values)

        monkeypatch.setattr(registry.database, "_execute", failing)
        assert registry.get(link(1).id).url == link(1).url


def test_a_server_that_never_lets_go_is_told(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After ten seconds; here after a moment."""
    monkeypatch.setattr(postgres, "BUSY_SECONDS", 0.3)
    with Registry.open(database) as registry:

        def never() -> None:
            raise psycopg.errors.lookup("40001")

        with pytest.raises(RegistryBusy) as caught:
            registry.database.write(never)
    assert "has been locked by another command" in caught.value.message


def test_a_lock_is_waited_for_then_told(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone's maintenance holds the table."""
    Registry.open(database).close()
    monkeypatch.setattr(postgres, "BUSY_SECONDS", 1.0)
    with closing(psycopg.connect(database)) as holder:
        holder.execute("LOCK TABLE utmforge.links IN ACCESS EXCLUSIVE MODE")
        with Registry.open(database) as registry, pytest.raises(RegistryBusy):
            registry.add([link(1)])


def test_reading_makes_nothing(database: str, run: Run) -> None:
    """An empty server reads as an empty registry, whatever is asked."""
    with Registry.open(database, create=False) as registry:
        assert list(registry.links()) == []
        assert registry.queries.totals() == (0, None, None)
        assert registry.queries.campaigns() == []
        assert registry.changes() == []
    for words in (("list",), ("registry", "status"), ("registry", "check"), ("undo", "--list")):
        assert run(*words, "--registry", database).exit_code == 0
    assert run("show", "abc", "--registry", database).exit_code == 31
    assert ask(database, "SELECT count(*) FROM pg_namespace WHERE nspname = 'utmforge'") == [(0,)]


def test_a_later_version_is_read_and_not_written(database: str) -> None:
    """With the version to install."""
    with Registry.open(database) as registry:
        registry.add([link(1)])
    ask(database, "INSERT INTO utmforge.versions VALUES (99, '7.5.0')")
    with pytest.raises(RegistryTooNew) as caught:
        Registry.open(database)
    with Registry.open(database, create=False) as registry:
        assert len(list(registry.links())) == 1
        with pytest.raises(RegistryTooNew):
            registry.add([link(2)])

    assert caught.value.hint == "install utmforge 7.5.0 or later"


def test_copies_of_the_tables_are_kept_before_a_step(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there can be looked up on the server."""
    with Registry.open(database) as registry:
        registry.add([link(1)])
    steps = (*POSTGRES_MIGRATIONS, ("CREATE TABLE utmforge.more (text TEXT)",))
    monkeypatch.setattr(postgres, "POSTGRES_MIGRATIONS", steps)
    monkeypatch.setattr(postgres, "POSTGRES_VERSIONS", (*POSTGRES_VERSIONS, "9.9.9"))
    with Registry.open(database) as registry:
        assert len(list(registry.links())) == 1
    assert ask(database, "SELECT count(*) FROM utmforge.links_version_4") == [(1,)]
    assert ask(database, "SELECT utmforge FROM utmforge.versions ORDER BY step DESC") == [
        *(("9.9.9",), ("0.3.0",), ("0.3.0",), ("0.3.0",), ("0.2.0",), ("",)),
    ]


def test_damage_is_found_on_a_server_too(database: str, run: Run) -> None:
    """A row that was edited by hand is refused, and a check finds it."""
    with Registry.open(database) as registry:
        registry.add([link(number) for number in range(700)])
        registry.retire([link(1).id], "x")
    asked = ("registry", "check", "--registry", database)
    assert run(*asked).stderr == "checked 700 links: no damage found\n"
    ask(database, "UPDATE utmforge.links SET utm_source = 'evil' WHERE url LIKE '%/77?%'")
    ask(database, "UPDATE utmforge.history SET reason = 'y'")
    result = run(*asked)
    assert (result.exit_code, result.stdout) == (1, "links    699\ndamaged  2\n")
    assert run("show", link(77).url, "--registry", database).exit_code == 38
    assert run("registry", "check", "--repair", "--registry", database).exit_code == 33


def test_a_backup_is_a_file_with_everything(database: str, run: Run, work: Path) -> None:
    """It opens as a registry of its own, and undoes what the server could."""
    with Registry.open(database) as registry:
        registry.add([link(number) for number in range(1200)], about="big")
        registry.retire([link(3).id], "x", successor=link(4).id)
        before = (list(registry.links()), list(registry.events.all()), registry.changes())
    assert run("registry", "backup", "copy.db", "--registry", database).exit_code == 0
    assert check(work / "copy.db").is_whole
    with Registry.open(work / "copy.db") as registry:
        assert (list(registry.links()), list(registry.events.all()), registry.changes()) == before


PASSWORDS = [
    "postgresql://ann:s3cret@db.example/team",
    "postgres://ann:s3cret@db.example",
    "postgresql://db.example/team?password=s3cret",
    "postgresql://ann@db.example/team?sslpassword=s3cret&x=1",
    "postgresql://ann:pa/s3cret@db.example/team",
    "host=db.example password=s3cret",
]


@pytest.mark.parametrize("address", PASSWORDS)
def test_a_password_is_refused_and_never_shown(run: Run, address: str, work: Path) -> None:
    """On the command line, in the file of campaigns; in no message."""
    (work / "campaigns.toml").write_text(f'[workspace]\nregistry = "{address}"\n')
    for words in (("list", "--registry", address), ("list",), ("doctor",), ("registry", "path")):
        result = run(*words)
        assert "s3cret" not in result.stdout + result.stderr
        assert result.exit_code == 33
    assert "~/.pgpass" in result.stderr


def test_a_server_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    """One line, no traceback, what to look at."""
    result = run("list", "--registry", f"postgresql://ann@/team?host={tmp_path}")

    assert result.exit_code == 33
    assert result.stderr.startswith("error: the registry postgresql://ann@/team cannot be used: ")
    assert "hint: is the server up" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_account_without_rights_is_told(database: str) -> None:
    """Which right to ask for."""
    ask(database, "CREATE ROLE guest LOGIN")
    ask(database, "REVOKE CREATE ON DATABASE " + database.rpartition("/")[2] + " FROM PUBLIC")
    with pytest.raises(RegistryUnavailable) as caught:
        Registry.open(database.replace("ann@", "guest@"))
    ask(database, "DROP ROLE guest")

    assert caught.value.hint == "ask for permission to create and use the schema utmforge"


def test_an_account_without_rights_sees_no_empty_registry(database: str) -> None:
    """What one may not look at is not reported as nothing."""
    with Registry.open(database) as registry:
        registry.add([link(1)])
    ask(database, "CREATE ROLE stranger LOGIN")
    with pytest.raises(RegistryUnavailable, match="no permission to use"):
        Registry.open(database.replace("ann@", "stranger@"), create=False)
    ask(database, "DROP ROLE stranger")


def test_whether_it_was_kept_may_not_be_known(database: str) -> None:
    """It is said, and not done twice."""
    with Registry.open(database) as registry:

        def lost() -> None:
            raise psycopg.errors.lookup("40003")

        with pytest.raises(RegistryUnavailable, match="broke during the commit"):
            registry.database.write(lost)


def test_text_that_the_server_cannot_hold_is_refused(database: str) -> None:
    """PostgreSQL does not accept a NUL in text."""
    with Registry.open(database) as registry, pytest.raises(NotText):
        list(registry.links(LinkQuery(text="\0")))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("mysql://db/x", "a registry is a file or a postgresql:// address, not mysql://…"),
        ("postgresq://db/x", "a registry is a file or a postgresql:// address, not postgresq://…"),
        ("postgresql://[::1/x", "the registry's address cannot be read"),
    ],
)
def test_other_addresses_are_refused(address: str, message: str) -> None:
    """With the nearest that is meant."""
    with pytest.raises(RegistryUnavailable) as caught:
        ServerAddress.read(address)
    assert caught.value.message == message


def test_without_the_driver_it_is_said_what_to_install() -> None:
    """As anybody without the extra would see it."""
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from utmforge.cli.app import main\n"
        "sys.exit(main(['list', '--registry', 'postgresql://db.invalid/x']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 33
    assert done.stderr == (
        "error: a registry on PostgreSQL needs psycopg\nhint: pip install 'utmforge[postgres]'\n"
    )


def test_a_clock_that_jumps_back_changes_no_order(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order is the order of issue there too."""
    times = iter([3_000_000_000_000_000_000, 1_000_000_000, 2_000_000_000])
    with Registry.open(database) as registry:
        for number in range(3):
            now = next(times)
            monkeypatch.setattr("time.time_ns", lambda now=now: now)
            registry.add([link(2 * number), link(2 * number + 1)])
        pages = [each.landing_page[-1] for each in registry.links()]
        newest = [each.landing_page[-1] for each in registry.links(LinkQuery(limit=3))]
    assert (pages, newest) == (list("012345"), list("345"))


def test_two_registries_sync_by_a_file(
    new_database: Callable[[], str], run: Run, work: Path
) -> None:
    """A team's server and one person's file hold the union."""
    server = new_database()
    run("new", "https://x.example/1", "-c", "c", "-C", "sms", "--registry", server)
    run("new", "https://x.example/2", "-c", "c", "-C", "sms", "--registry", "mine.db")
    for registry in (server, "mine.db", server):
        assert run("registry", "sync", "links.jsonl", "--registry", registry).exit_code == 0
    mine = run("list", "--sort", "url", "--registry", "mine.db").stdout
    assert mine == run("list", "--sort", "url", "--registry", server).stdout
    assert mine.count("\n") == 2
    assert len((work / "links.jsonl").read_text().splitlines()) == 2
