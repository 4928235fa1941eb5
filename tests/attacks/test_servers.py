"""A server that a shared file names is not contacted before its user agreed; no secret is shown."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.conftest import PATIENCE, Run, command

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "hunter2"  # noqa: S105 - of nobody
LINK = "https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring"
CAMPAIGN = '[campaigns.spring]\nlanding_page = "https://shop.example/"\nchannels = ["email"]\n'


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A port on which someone listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)
        yield listening


def address_of(listening: socket.socket, host: str = "127.0.0.1") -> str:
    """Return the address of a registry at a port."""
    return f"postgresql://ann@{host}:{listening.getsockname()[1]}/team"


def names_registry(address: str) -> None:
    """Write a campaign file that names a registry."""
    Path("campaigns.toml").write_text(f'[workspace]\nregistry = "{address}"\n{CAMPAIGN}')


def assert_not_contacted(listening: socket.socket) -> None:
    """Nothing has connected to a port."""
    with pytest.raises(BlockingIOError):
        listening.accept()


REFUSED = [
    ("list",),
    ("new", "spring"),
    ("build",),
    ("build", "--check"),
    ("show", "abc"),
    ("copy", "abc"),
    ("qr", "abc"),
    ("retire", "abc", "--reason", "x"),
    ("undo",),
    ("history",),
    ("lint", "--issued"),
    ("registry", "status"),
    ("registry", "check"),
    ("registry", "backup", "copy.db"),
    ("registry", "export", "links.jsonl"),
    ("registry", "sync", "links.jsonl"),
]


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_a_server_that_a_file_names_is_refused_until_it_is_agreed_to(
    run: Run, listener: socket.socket, words: tuple[str, ...]
) -> None:
    """By every command that needs the registry, with the next step and without a connection."""
    names_registry(address_of(listener))

    result = run(*words)

    assert result.exit_code == 33
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        f"error: campaigns.toml names the registry {address_of(listener)}, which you have not "
        "agreed to use",
        "hint: to use it: utmforge registry trust, or name it with UTMFORGE_REGISTRY or --registry",
    ]
    assert_not_contacted(listener)


def test_what_only_compares_goes_on_and_says_what_it_left_out(
    run: Run, listener: socket.socket
) -> None:
    """`lint`, `explain` and `compare` do not fail because of a server that is not agreed to."""
    names_registry(address_of(listener))
    Path("report.csv").write_text("Session source,Sessions\nnewsletter,5\n")
    said = f"campaigns.toml names the registry {address_of(listener)}, which you have not agreed"

    lint = run("lint")
    assert lint.exit_code == 0
    assert f"names were not compared with those of issued links: {said}" in lint.stderr
    explain = run("explain", LINK)
    assert (explain.exit_code, explain.stdout) == (0, f"{LINK}\n")
    assert f"the link was not looked up: {said}" in explain.stderr
    compare = run("compare", "report.csv")
    assert compare.exit_code == 0
    assert f"names were not compared with issued links: {said}" in compare.stderr
    doctor = run("doctor")
    assert doctor.exit_code == 1
    assert "utmforge registry trust" in doctor.stderr
    path = run("registry", "path")
    assert (path.exit_code, path.stdout) == (0, f"{address_of(listener)}\n")
    assert_not_contacted(listener)


def test_a_server_is_used_after_its_user_agreed_once(
    run: Run, listener: socket.socket, home: Path
) -> None:
    """The agreement is kept for that address alone, outside the file; a dry run keeps nothing."""
    names_registry(address_of(listener))
    kept = home / ".local" / "share" / "utmforge" / "agreed-servers"

    dry = run("registry", "trust", "--dry-run")
    assert (dry.exit_code, dry.stdout) == (0, f"{address_of(listener)}\n")
    assert not kept.exists()
    assert run("registry", "trust").stdout == f"{address_of(listener)}\n"
    assert kept.read_text() == f"{address_of(listener)}\n"
    assert "already agreed" in run("registry", "trust").stderr
    assert_not_contacted(listener)

    names_registry(address_of(listener, "localhost"))
    assert "which you have not agreed to use" in run("list").stderr
    assert_not_contacted(listener)


def test_nothing_to_agree_to_is_said(run: Run) -> None:
    """A file is no server."""
    names_registry("links.db")

    result = run("registry", "trust")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "names no server" in result.stderr


@pytest.mark.parametrize(
    "query",
    [
        *("hostaddr=127.0.0.1", "passfile=x", "service=x", "options=x", "host=127.0.0.1"),
        *("sslmode=disable", "sslmode=allow", "sslmode=prefer", "port=1", "user=bob", "dbname=x"),
        *("sslrootcert=x", "gssencmode=disable", "channel_binding=disable", "requiressl=0"),
        *("servicefile=x", "sslcertmode=disable", "require_auth=password", "sslnegotiation=x"),
    ],
)
def test_a_file_does_not_choose_where_a_password_goes(
    run: Run, listener: socket.socket, query: str
) -> None:
    """Not even once its user would agree: the parameter is named, the value is not repeated."""
    names_registry(f"{address_of(listener)}?{query}")
    for words in (("list",), ("registry", "trust"), ("registry", "path"), ("doctor",)):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (33, "")
        assert "a campaign file may not set" in result.stderr
    assert_not_contacted(listener)


def test_an_address_of_ones_own_needs_no_agreement(
    run: Run, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the option or the environment, with every parameter: this one is contacted."""
    pytest.importorskip("psycopg", reason="pip install 'utmforge[postgres]'")
    monkeypatch.setenv("UTMFORGE_REGISTRY", f"{address_of(listener)}?sslmode=disable")
    monkeypatch.setattr("utmforge.registry.postgres._CONNECT_SECONDS", 2)
    names_registry("postgresql://evil.example/x")

    result = run("list")

    assert result.exit_code == 33
    assert f"the registry {address_of(listener)} cannot be used" in result.stderr
    listener.accept()[0].close()


@pytest.mark.parametrize(("answer", "agrees"), [("", False), ("n", False), ("y", True)])
def test_at_a_terminal_the_user_is_asked(
    listener: socket.socket, home: Path, answer: str, agrees: bool
) -> None:
    """With the whole address; Enter means no, and a yes is kept."""
    pytest.importorskip("psycopg", reason="pip install 'utmforge[postgres]'")
    names_registry(address_of(listener))
    kept = home / ".local" / "share" / "utmforge" / "agreed-servers"
    child = pexpect.spawn(
        command()[0],
        [*command()[1:], "list"],
        env=dict(os.environ) | {"TERM": "xterm", "PGSSLMODE": "require"},
        timeout=PATIENCE,
        encoding="utf-8",
        dimensions=(24, 200),
    )
    child.expect_exact(f"campaigns.toml names the registry {address_of(listener)}; use it? [y/N]: ")
    assert_not_contacted(listener)
    child.sendline(answer)
    if agrees:
        listener.setblocking(True)
        listener.accept()[0].close()
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == 33
    assert kept.exists() == agrees


WITH_SECRETS = [
    f"postgresql://bertha:{SECRET}@db.invalid/team",
    f"postgresql://bertha:{SECRET}?x@db.invalid/team",
    f"postgresql://bertha:{SECRET}#x@db.invalid/team",
    f"postgresql://bertha%3A{SECRET}@db.invalid/team",
    f"postgresql://bertha%3a{SECRET}%40db.invalid/team",
    f"postgresql:///bertha%253A{SECRET}%2540db.invalid",
    f"postgresql:/bertha:{SECRET}@db.invalid/team",
    f"postgresql//bertha:{SECRET}@db.invalid/team",
    f"//bertha:{SECRET}@db.invalid/team",
    f"postgresql:bertha:{SECRET}@db.invalid/team",
    f"postgresql+psycopg://bertha:{SECRET}@db.invalid/team",
    f"jdbc:postgresql://db.invalid/team?user=bertha&password={SECRET}",
    f"bertha:{SECRET}@db.invalid:5432/team",
    f"bertha:{SECRET} x@db.invalid/team",
    f"bertha:{SECRET}\\x@db.invalid/team",
    f"host=h passwd={SECRET}",
    f"passwd={SECRET} host=h",
    f"Server=db.invalid;Uid=bertha;Pwd={SECRET}",
    f"sslmode=require password = '{SECRET}'",
    f"postgresql://db.invalid:{SECRET}/team",
    f"postgresql://db.invalid:5432{SECRET}/team",
    f"postgresql://bertha@db.invalid/team?passwd={SECRET}",
    f"postgresql://bertha@db.invalid/team?x={SECRET};password=1",
    f"mysql://bertha:{SECRET}@db.invalid/team",
]


@pytest.mark.parametrize("address", WITH_SECRETS)
def test_what_looks_like_a_server_is_refused_without_its_secret(
    run: Run, home: Path, work: Path, address: str
) -> None:
    """On the command line and in a file: nothing of it is shown, and no file is made."""
    for words in (("list",), ("doctor",), ("registry", "path"), ("registry", "status"),
                  ("new", LINK, "-c", "spring", "-C", "email")):  # fmt: skip
        result = run(*words, "--registry", address)
        told = result.stdout + result.stderr
        assert result.exit_code == 33
        assert result.stdout == ""
        assert SECRET not in told
        assert "bertha" not in told
    Path("campaigns.toml").write_text(f"[workspace]\nregistry = '''{address}'''\n{CAMPAIGN}")
    for words in (("list",), ("doctor",), ("lint",), ("explain", LINK), ("registry", "trust")):
        result = run(*words)
        assert SECRET not in result.stdout + result.stderr
    assert [each.name for each in work.iterdir()] == ["campaigns.toml"]
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("address", ["db.example:5432/team", "ann@db.example:5432/team"])
def test_a_host_and_its_port_are_not_a_file(run: Run, work: Path, address: str) -> None:
    """They are told how an address is written."""
    result = run("registry", "path", "--registry", address)

    assert result.exit_code == 33
    assert "postgresql://USER@HOST:PORT/DATABASE" in result.stderr
    assert not list(work.iterdir())
