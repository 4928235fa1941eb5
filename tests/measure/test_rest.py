"""Few visits do not follow from views minus what has a number: tried by computing it."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.log_lines import visitors
from utmforge.measure.rest import FEW, Beside, hide_more
from utmforge.measure.result import Origin, Orphan

if TYPE_CHECKING:
    from tests.conftest import Run

MINIMUM = 10
NUMBERS = st.lists(st.integers(MINIMUM, 60), max_size=5)


@given(NUMBERS, NUMBERS, st.tuples(st.integers(0, 9), st.integers(0, 9)), st.integers(0, 12))
def test_what_is_left_over_tells_little(
    tags: list[int], origins: list[int], few: tuple[int, int], more_views: int
) -> None:
    """Few visitors can be half of what is hidden at least, or nothing else is left to hide."""
    some_tags, some_visits = few
    beside = Beside(
        tuple(Orphan(f"s{at}", "m", "c", one, None, "-") for at, one in enumerate(tags)),
        None if some_tags else 0,
        (
            *(Origin(f"o{at}", None, one) for at, one in enumerate(origins)),
            *([Origin(FEW, None, None)] if some_visits else []),
        ),
    )
    most = 100 + sum(tags) + sum(origins) + some_tags + some_visits + more_views
    shown = hide_more(beside, 100, 0, most_visits=most, minimum=MINIMUM)

    if not beside.unnumbered():
        assert shown == beside
        return
    left_origins = sum(one.visits is not None for one in shown.origins)
    moved = len(tags) + len(origins) - len(shown.orphans) - left_origins
    left = most - 100 - shown.visits()
    highest = left - (beside.unnumbered() - 1) - moved * MINIMUM
    assert highest >= MINIMUM // 2 or shown.visits() == 0
    assert {one.origin for one in shown.origins if one.visits is None} <= {FEW}


REFERRERS = ("-", "https://www.google.com/", "https://www.facebook.com/", "https://news.example/")


@pytest.mark.parametrize("seed", range(6))
def test_no_few_visits_follow_from_one_answer(run: Run, seed: int) -> None:
    """Views, redirects, all visits, rows, tags and origins of one answer, put together."""
    chance = random.Random(seed)  # noqa: S311 - a log, not a secret
    lines: list[str] = []
    assert run("new", "https://shop.example/", "-c", "spring", "-C", "sms,email").exit_code == 0
    targets = [
        f"/?utm_source={source}&utm_medium={medium}&utm_campaign={campaign}"
        for source, medium, campaign in (
            ("sms", "sms", "spring"),
            ("newsletter", "email", "spring"),
            ("x", "y", "other"),
            ("x", "z", "third"),
        )
    ]
    for target, referrer in (
        *((target, "-") for target in targets),
        *(("/guide/how-to-heat-with-wood", referrer) for referrer in REFERRERS),
    ):
        number = chance.choice([0, 1, 3, 9, 10, 14, 30])
        lines += visitors(target, number, first=len(lines), referrer=referrer)
    Path("a.log").write_text("".join(lines))
    for by in ("campaign,channel", "page", "campaign"):
        result = run("measure", "a.log", "--by", by, "--format", "json")
        data = json.loads(result.stdout)["data"]
        rows, orphans, origins = data["rows"], data["orphans"], data["untagged"]
        few = data["orphan_visits_suppressed"]
        numbers = [one["visits"] for one in (*rows, *orphans, *origins)] + [few]
        unnumbered = sum(one is None for one in numbers)
        if unnumbered:
            most = min(data["views"] + data["redirects"], data["dark_social"]["visits"] + 4)
            left = most - sum(one or 0 for one in numbers)
            rest = [one for one in (*orphans, *origins) if one["visits"]]
            assert left - (unnumbered - 1) >= MINIMUM // 2 or not rest
