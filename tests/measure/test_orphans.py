"""Foreign tags: the nearest issued name and what is probably wrong; none of few visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.issuing.library import issue
from utmforge.issuing.make import make_link
from utmforge.measure.attribution import Label
from utmforge.measure.counting import VisitCount
from utmforge.measure.orphans import orphans
from utmforge.model import Tags
from utmforge.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

    from utmforge.measure.result import Orphan


CUT = "cut by an app, or never written"


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """A registry with one link."""
    registry = Registry.open(tmp_path / "registry.db")
    issue(
        [make_link("https://a.example/", Tags("newsletter", "email", "spring-sale"), channel="e")],
        registry,
    )
    return registry


def found(
    registry: Registry, *tags: tuple[Tags, int], minimum: int = 10
) -> tuple[tuple[Orphan, ...], int | None]:
    """Return the orphans of foreign tags with so many visitors, each of whom came twice."""
    labels = [Label("foreign", one) for one, _ in tags]
    counts = {at: VisitCount(2 * number, number) for at, (_, number) in enumerate(tags)}
    return orphans(labels, counts, registry, CampaignFile(), minimum)


@pytest.mark.parametrize(
    ("tags", "nearest", "why"),
    [
        (Tags("newsletter", "email", "spring-slae"), "spring-sale", "campaign misspelt"),
        (Tags("newsleter", "email", "other"), "newsletter", "source misspelt"),
        (Tags("newsletter", "emial", "other"), "email", "medium misspelt"),
        (Tags("chatgpt.com", "", ""), None, f"medium and campaign missing: {CUT}"),
        (Tags("partner", "banner", "q4-2031"), None, "no similar link was issued"),
    ],
)  # fmt: skip
def test_what_is_probably_wrong(
    registry: Registry, tags: Tags, nearest: str | None, why: str
) -> None:
    """Misspelt, cut, or similar to nothing that was issued."""
    (one,), hidden = found(registry, (tags, 12))

    assert (one.nearest, one.why, one.visits, hidden) == (nearest, why, 24, 0)


def test_few_visitors(registry: Registry) -> None:
    """They are added up; their sum is only told if it is of enough visitors."""
    x, y, z = (Tags(name, "m", "c") for name in ("x", "y", "z"))

    assert found(registry, (x, 9))[1] is None
    assert found(registry, (x, 9), (y, 3))[1] == 24
    ones, hidden = found(registry, (x, 4), (y, 30), (z, 20))
    assert ([one.source for one in ones], hidden) == (["y", "z"], None)
    assert found(registry)[1] == 0


def test_the_same_tags_on_several_pages_are_one(registry: Registry) -> None:
    """Content and term make no other orphan: together they are enough."""
    one, other = Tags("x", "m", "c", "a"), Tags("x", "m", "c", "b")
    ones, hidden = found(registry, (one, 6), (other, 6))

    assert ([orphan.visits for orphan in ones], hidden) == ([24], 0)


def test_personal_data_is_named_by_its_kind(registry: Registry) -> None:
    """Never shown."""
    (one,), _ = found(registry, (Tags("x", "m", "jane.doe@mail.example"), 12))

    assert one.campaign == "(e-mail address)"
    assert "jane" not in str(one)
