"""A place for a registry: a file, and a database on a real PostgreSQL server."""

from __future__ import annotations

from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.registry.server import postgres, programs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_numbers = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A server's address, without a database."""
    pytest.importorskip("psycopg", reason="pip install 'utmforge[postgres]'")
    if programs() is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    with postgres() as address:
        yield address


@pytest.fixture
def new_database(server: str) -> Callable[[], str]:
    """Make one more empty database and return its address."""
    import psycopg

    def make() -> str:
        name = f"team{next(_numbers)}"
        with closing(psycopg.connect(f"{server}/postgres", autocommit=True)) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"{server}/{name}"

    return make


@pytest.fixture
def database(new_database: Callable[[], str]) -> str:
    """The address of an empty database."""
    return new_database()


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A registry that is not there yet, in a file and then on a server."""
    if request.param == "sqlite":
        return str(tmp_path / "some" / "folder" / "links.db")
    return str(request.getfixturevalue("database"))
