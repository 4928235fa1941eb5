"""The address of a server is read strictly, and never shows a secret."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import RegistryUnavailable
from utmforge.registry.server_address import ServerAddress, is_meant_as_server

GOOD = [
    ("postgresql://ann@db.example/team", "postgresql://ann@db.example/team"),
    (
        "postgres://ann@db.example:5433/team?sslmode=require",
        "postgresql://ann@db.example:5433/team",
    ),
    ("postgresql://db.example", "postgresql://db.example"),
    ("postgresql://127.0.0.1:5432/x", "postgresql://127.0.0.1:5432/x"),
    ("postgresql://[::1]:5432/x", "postgresql://[::1]:5432/x"),
    ("postgresql://a.example:1,b.example:2/x", "postgresql://a.example:1,b.example:2/x"),
    ("postgresql:///team?host=/var/run/postgresql", "postgresql:///team"),
    ("postgresql://%2Ftmp%2Fpg/team", "postgresql://%2Ftmp%2Fpg/team"),
    ("postgresql://?service=team", "postgresql://"),
    ("POSTGRESQL://ann@db.example/team", "postgresql://ann@db.example/team"),
]


@pytest.mark.parametrize(("text", "shown"), GOOD)
def test_an_address_is_shown_without_its_parameters(text: str, shown: str) -> None:
    """And given to the driver with them."""
    address = ServerAddress.read(text)

    assert address.shown == shown
    assert address.url == shown + text[text.index("?") :] if "?" in text else shown
    assert is_meant_as_server(text)


SECRET = "hunter2"  # noqa: S105 - of nobody
WITH_SECRETS = [
    f"postgresql://bertha:{SECRET}@db.example/team",
    f"postgresql://bertha:{SECRET}?x@db.example/team",
    f"postgresql://bertha:{SECRET}/x@db.example/team",
    f"postgresql://bertha:{SECRET}#x@db.example/team",
    f"postgresql://bertha:a@{SECRET}@db.example/team",
    f"postgresql:/bertha:{SECRET}@db.example/team",
    f"postgresql:bertha:{SECRET}@db.example/team",
    f"postgresq://bertha:{SECRET}@db.example/team",
    f"bertha:{SECRET}@db.example:5432/team",
    f"bertha:{SECRET}@db.example",
    f"postgresql://db.example/team?password={SECRET}",
    f"postgresql://db.example/team?passwd={SECRET}",
    f"postgresql://db.example/team?PASSWORD={SECRET}",
    f"postgresql://db.example/team?sslpassword={SECRET}",
    f"postgresql://db.example/team?a=1;password={SECRET}",
    f"postgresql://db.example:{SECRET}/team",
    f"postgresql://db.example:54321{SECRET}/team",
    f"host=db passwd={SECRET}",
    f"host=db password = {SECRET}",
    f"dbname=x user=y password='{SECRET}'",
    f"service=x\tpassword={SECRET}",
    f"mysql://bertha:{SECRET}@db.example/team",
    f"http://bertha:{SECRET}@db.example/team",
]


@pytest.mark.parametrize("text", WITH_SECRETS)
def test_a_secret_is_refused_and_not_repeated(text: str) -> None:
    """In whatever place; and none of these is taken for a file's name."""
    assert is_meant_as_server(text)
    with pytest.raises(RegistryUnavailable) as refused:
        ServerAddress.read(text)

    told = f"{refused.value.message} {refused.value.hint}"
    assert SECRET not in told
    assert "bertha" not in told


@pytest.mark.parametrize(
    "name",
    [
        *("links.db", "./links.db", "C:/links.db", "C:\\links.db", "~/links.db", "a@b.db"),
        *("/home/ann@work/links.db", "host.db", "links 2026.db", "password.db", "p:/links.db"),
        *("dir=x/links.db", "my user/links.db"),
    ],
)
def test_a_file_is_a_file(name: str) -> None:
    """Also one with signs that addresses have."""
    assert not is_meant_as_server(name)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("hostaddr=127.0.0.1", "a campaign file may not set hostaddr of the registry's server"),
        ("passfile=/tmp/x", "a campaign file may not set passfile of the registry's server"),
        ("service=x", "a campaign file may not set service of the registry's server"),
        ("options=-c%20x", "a campaign file may not set options of the registry's server"),
        ("host=evil.example", "a campaign file may not set host of the registry's server"),
        ("sslmode=disable", "a campaign file may not set sslmode below require"),
        ("sslmode=prefer", "a campaign file may not set sslmode below require"),
        ("sslmode=nonsense", "a campaign file may not set sslmode below require"),
        ("sslrootcert=x", "a campaign file may not set sslrootcert of the registry's server"),
        ("gssencmode=disable", "a campaign file may not set gssencmode of the registry's server"),
    ],
)
def test_a_file_chooses_few_parameters(query: str, message: str) -> None:
    """None that decides where the user's password goes, or how openly."""
    address = ServerAddress.read(f"postgresql://name@db.example/team?{query}")
    with pytest.raises(RegistryUnavailable) as refused:
        address.refuse_unsafe({})

    assert refused.value.message == message


def test_a_file_does_not_weaken_what_the_user_asks_for() -> None:
    """PGSSLMODE is the user's own."""
    address = ServerAddress.read("postgresql://db.example/team?sslmode=require")

    address.refuse_unsafe({})
    address.refuse_unsafe({"PGSSLMODE": "prefer"})
    with pytest.raises(RegistryUnavailable, match="below verify-full"):
        address.refuse_unsafe({"PGSSLMODE": "verify-full"})


@given(st.text(alphabet=st.sampled_from("ab:@/?#=&%[],.;1 "), max_size=30))
def test_what_is_shown_is_read_as_the_same(rest: str) -> None:
    """Whatever is accepted has no second reading, and shows no password."""
    try:
        address = ServerAddress.read(f"postgresql://{rest}")
    except RegistryUnavailable:
        return
    assert ServerAddress.read(address.url) == address
    assert ":" not in address.user
    assert address.shown.count("@") == bool(address.user)


def test_libpq_reads_the_same() -> None:
    """The driver takes host, port, user and database as they are shown."""
    psycopg = pytest.importorskip("psycopg", reason="pip install 'utmforge[postgres]'")
    for text, _ in GOOD:
        address = ServerAddress.read(text)
        read = psycopg.conninfo.conninfo_to_dict(address.url)
        assert "password" not in read
        assert read.get("user", "") == address.user
        assert read.get("dbname", "") == address.database
