"""`measure --emit-sql`: every statement of a measurement, in the SQL of a warehouse."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from utmforge.measure.sql.dialect import WAREHOUSES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

sqlglot = pytest.importorskip("sqlglot", reason="pip install sqlglot")


@pytest.mark.parametrize("name", sorted(WAREHOUSES))
@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris"])
def test_the_text_parses(run: Run, name: str, zone: str) -> None:
    """Nothing in it is only passed through, and every table that is read is there."""
    result = run(
        "measure", "--emit-sql", name, "--timezone", zone, "--since", "2026-03-01", "--by", "page"
    )
    trees = sqlglot.parse(result.stdout, read=name)

    assert result.exit_code == 0
    known = {"hits", "agents", "referrers", "pages"}
    for tree in trees:
        assert isinstance(tree, sqlglot.exp.Query | sqlglot.exp.Create | sqlglot.exp.Insert)
        assert not list(tree.find_all(sqlglot.exp.Command))
        local = {one.alias for one in tree.find_all(sqlglot.exp.CTE)}
        made = (
            tree.this.find(sqlglot.exp.Table).name if isinstance(tree, sqlglot.exp.Create) else ""
        )
        read = {one.name for one in tree.find_all(sqlglot.exp.Table)} - local - {made}
        assert read <= known
        known.add(made)
    assert {"visits", "page_hits", "salts", "landings", "late_counts"} - {"late_counts"} <= known


def test_the_salts_are_made_there(run: Run) -> None:
    """No secret is in the text."""
    text = run("measure", "--emit-sql", "bigquery").stdout

    assert "GENERATE_UUID() AS salt" in text
    assert "INSERT INTO salts" not in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--emit-sql", "bigquery", "access.log"), "--emit-sql reads no log"),
        (("access.log", "--spark-master", "yarn"), "--spark-master is for --engine spark"),
        (("access.log", "--engine", "spark", "--threads", "2"), "are for DuckDB"),
        (("-", "--engine", "spark"), "Spark does not read standard input"),
        (("s3a://logs/access.log",), "is not a file of this machine"),
        (("missing.log", "--engine", "spark"), "missing.log"),
    ],
)
def test_options_that_have_no_effect_are_refused(
    run: Run, words: tuple[str, ...], message: str
) -> None:
    """In one sentence, before anything is started."""
    result = run("measure", *words)

    assert result.exit_code != 0
    assert message in result.stderr


def test_without_the_extra_the_install_line_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In one sentence."""
    (tmp_path / "access.log").write_text("")
    monkeypatch.setitem(sys.modules, "pyspark", None)
    for name in [name for name in sys.modules if name.startswith("utmforge.measure.spark.")]:
        if not name.endswith((".logs", ".block_reader")):
            monkeypatch.delitem(sys.modules, name)

    result = run("measure", "--engine", "spark", str(tmp_path / "access.log"))

    assert result.exit_code == 44
    assert result.stderr.endswith(
        "error: utmforge measure --engine spark needs pyspark\n"
        "hint: pip install 'utmforge[spark]'\n"
    )
