"""Referrers: the kind of site or app that a visitor comes from."""

import csv
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.measure.classify.referrer_hosts import ANDROID_APPS, HOSTS, MAIL_GATEWAYS, SPAM
from utmforge.measure.classify.referrers import Referrer, ReferrerKind, classify_referrer

with (Path(__file__).parents[2] / "data/referrers.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
OWN = ["shop.example"]


@pytest.mark.parametrize("row", ROWS, ids=[row["referrer"] for row in ROWS])
def test_the_labelled_table(row: dict[str, str]) -> None:
    """Every referrer of the table has its kind, its host and its name."""
    found = classify_referrer(row["referrer"], OWN)

    assert (found.kind, found.host or "", found.name or "") == (
        *(row["kind"], row["host"], row["name"]),
    )


def test_no_referrer_at_all() -> None:
    """A log without referrers."""
    assert classify_referrer(None, OWN) == Referrer("none", None, None)


def test_the_table_has_every_kind() -> None:
    """Each of them at least twice."""
    kinds = [row["kind"] for row in ROWS]

    assert {kind for kind in get_args(ReferrerKind) if kinds.count(kind) < 2} == set()


def test_no_host_stands_twice() -> None:
    """A host belongs to one site, in lower case and without www."""
    for table in (HOSTS, MAIL_GATEWAYS, ANDROID_APPS):
        hosts = [host for site in table for host in site.hosts.split()]
        assert len(set(hosts)) == len(hosts)
        assert [host for host in hosts if host != host.lower() or host.startswith("www.")] == []
        assert {site.kind for site in table} <= set(get_args(ReferrerKind))
    assert not SPAM & {host for site in HOSTS for host in site.hosts.split()}


def test_an_own_host_may_be_written_with_www() -> None:
    """Then the host without it is own, too."""
    assert classify_referrer("https://shop.example/", ["www.Shop.example"]).kind == "own"


@given(st.text())
def test_any_text_has_one_answer(text: str) -> None:
    """It never fails, and a host never has a user's name or password."""
    found = classify_referrer(text, OWN)

    assert found.kind in get_args(ReferrerKind)
    assert "@" not in (found.host or "")
