"""Every statement is the same SQL for DuckDB and Spark, but for the expressions of the dialect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from utmforge.measure.periods import period, zone_of
from utmforge.measure.result import KEYS
from utmforge.measure.sql import private_sharing, statements
from utmforge.measure.sql.dialect import DUCKDB, SPARK

if TYPE_CHECKING:
    from utmforge.measure.sql.dialect import Dialect

sqlglot = pytest.importorskip("sqlglot", reason="pip install sqlglot")

PARIS = period(
    date(2026, 1, 1), date(2026, 12, 31), zone_of("Europe/Paris"), 1_767_222_000, 1_798_758_000
)
BY = ("campaign", "day")


def all_statements(dialect: Dialect) -> dict[str, str]:
    """Return each statement by its name."""
    return {
        "page_hits": statements.page_hits(dialect, PARIS),
        "excluded_counts": statements.excluded_counts(PARIS),
        "scanned": statements.scanned(),
        "scanner_hits": statements.scanner_hits(),
        "returned": statements.returned(),
        "returned_views": statements.returned_views(),
        "openings": statements.openings(dialect),
        "followed_views": statements.followed_views(dialect),
        "visits": statements.visits(),
        "reached_goals": statements.reached_goals(),
        "label_counts": statements.label_counts(),
        "totals": statements.totals(),
        "origin_counts": statements.origin_counts(),
        **{
            make.__name__: make(by)
            for make in (
                statements.visit_counts,
                statements.goal_counts,
                statements.converted_counts,
                statements.preview_counts,
                statements.late_counts,
            )
            for by in (KEYS, BY)
        },
        "asset_visitors": private_sharing.asset_visitors(dialect, PARIS),
        "private_counts": private_sharing.private_counts(BY),
        "page_days": private_sharing.page_days(dialect),
        **{
            make.__name__: make()
            for make in (
                private_sharing.pasted,
                private_sharing.landings,
                private_sharing.landing_counts,
                private_sharing.days_seen,
                private_sharing.pasted_counts,
                private_sharing.private_pages,
                private_sharing.candidate_pages,
                private_sharing.watched_pages,
            )
        },
    }


NAMES = list(all_statements(DUCKDB))


def test_no_statement_is_left_out() -> None:
    """Each function of the modules that makes a statement is parsed here."""
    made = {
        name
        for module in (statements, private_sharing)
        for name, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", "") == module.__name__
        if not name.startswith("_")
    }

    assert set(NAMES) == made


@pytest.mark.parametrize("dialect", [DUCKDB, SPARK], ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("name", NAMES)
def test_a_statement_parses(name: str, dialect: Dialect) -> None:
    """In the dialect that it is written for, with nothing that is only passed through."""
    (tree,) = sqlglot.parse(all_statements(dialect)[name], read=dialect.name)

    assert isinstance(tree, sqlglot.exp.Query)
    assert not list(tree.find_all(sqlglot.exp.Command))


@pytest.mark.parametrize("name", NAMES)
def test_only_the_dialect_differs(name: str) -> None:
    """The text of Spark is that of DuckDB with the expressions of the dialect replaced."""
    duckdb, spark = (all_statements(dialect)[name] for dialect in (DUCKDB, SPARK))
    differing = {"page_hits", "openings", "followed_views", "asset_visitors", "page_days"}

    assert (duckdb != spark) == (name in differing)
    assert len(duckdb.splitlines()) == len(spark.splitlines())
