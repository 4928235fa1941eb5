"""Files of every past version are brought up to date, a copy kept; later ones are only read."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.registry.past_files import PAST
from utmforge import __version__
from utmforge.registry.check import CheckResult, check
from utmforge.registry.migrations import MIGRATIONS, POSTGRES_MIGRATIONS, POSTGRES_VERSIONS


def test_there_is_a_file_of_every_version() -> None:
    """Whoever adds a step adds a file written before it."""
    assert [path.stem for path in PAST] == [str(step) for step in range(1, len(MIGRATIONS) + 1)]
    assert len(POSTGRES_VERSIONS) == len(POSTGRES_MIGRATIONS)


def test_a_check_says_that_a_past_version_s_file_is_whole(old: Path) -> None:
    """It needs no step for that."""
    before = old.read_bytes()

    assert check(old) == CheckResult(4, ())
    assert old.read_bytes() == before


def test_the_version_named_is_one_that_there_is() -> None:
    """The last step needs a version that is at most this one."""

    def key(version: str) -> list[int]:
        return [int(part) for part in version.split(".")]

    with closing(sqlite3.connect(":memory:")) as database:
        for step in MIGRATIONS:
            for statement in step:
                database.execute(statement)
        needed = database.execute("SELECT max(utmforge) FROM versions").fetchone()[0]
    assert key(needed) <= key(__version__)
    assert key(POSTGRES_VERSIONS[-1]) <= key(__version__)
