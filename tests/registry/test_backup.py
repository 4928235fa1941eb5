"""`registry backup`: a copy that is a registry."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.registry.filling import fill
from utmforge import Registry
from utmforge.registry.backup import backup
from utmforge.registry.check import check


def test_a_backup_while_somebody_writes(tmp_path: Path) -> None:
    """What was committed before is in it."""
    path = tmp_path / "links.db"
    fill(path, 3)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with Registry.open(path) as registry:
            backup(registry, tmp_path / "copy.db")
        writer.execute("ROLLBACK")

    assert check(tmp_path / "copy.db").links == 3
