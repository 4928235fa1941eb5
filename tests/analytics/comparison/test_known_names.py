"""The names that count as yours."""

from pathlib import Path

import pytest

from utmforge import Registry, Tags, issue, load_campaigns, make_link
from utmforge.analytics.comparison import known_names
from utmforge.analytics.comparison.known_names import KnownNames, issued_names, planned_names
from utmforge.analytics.exports.rows import ReportRow
from utmforge.campaigns.campaign_file import CampaignFile

FILE = """
[convention.medium]
allowed = ["email", "message"]
aliases = { mail = "email" }
[convention.content]
suggested = ["footer"]
[channels.news]
extends = "email"
source = "weekly-news"
[campaigns.spring]
landing_page = "https://shop.example/"
channels = ["news"]
contents = ["hero"]
"""


def test_a_campaign_file_plans_what_it_uses_and_lists(tmp_path: Path) -> None:
    """Placements, lists of the naming convention, channels of its own."""
    path = tmp_path / "campaigns.toml"
    path.write_text(FILE)

    assert planned_names(load_campaigns(path)) == {
        "source": {"weekly-news"},
        "medium": {"email", "message"},
        "campaign": {"spring"},
        "content": {"hero", "footer"},
    }


def test_without_a_campaign_file_nothing_is_planned() -> None:
    """Built-in channels count only where they are used."""
    assert not any(planned_names(CampaignFile()).values())


def test_private_names_of_issued_links_are_left_out(place: str) -> None:
    """They are never compared, so they are never shown."""
    with Registry.open(place) as registry:
        for source in ("news", "ann@mail.example"):
            registry.add(
                [make_link("https://x.example/", Tags(source, "email", "spring"))],
                allow_private=True,
            )
        names = issued_names(registry.queries, [])

    assert names["source"] == {"news"}
    assert (names["medium"], names["campaign"]) == ({"email"}, {"spring"})


def test_of_a_long_series_only_what_is_in_the_report(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program may have made millions of them."""
    monkeypatch.setattr(known_names, "MAX_NAMES", 1)
    rows = [ReportRow(2, {"content": "hero-2"}, 3), ReportRow(3, {"content": "hero-3"}, 1)]
    with Registry.open(place) as registry:
        links = [
            make_link("https://x.example/", Tags("a", "b", "c", content=f"hero-{number}"))
            for number in (1, 2)
        ]
        issue(links, registry)
        names = issued_names(registry.queries, rows)

    assert names["content"] == {"hero-2"}
    assert names["source"] == {"a"}


@pytest.mark.parametrize(
    ("names", "is_empty"),
    [
        (KnownNames(), True),
        (KnownNames({"source": ()}, {"medium": set()}), True),
        (KnownNames({"source": ("a",)}), False),
        (KnownNames(planned={"source": ("a",)}), False),
    ],
)
def test_names_are_empty_where_every_field_is(names: KnownNames, is_empty: bool) -> None:
    """Then every name in a report is foreign."""
    assert names.is_empty is is_empty


def test_names_in_lower_case() -> None:
    """As Matomo has them."""
    names = KnownNames({"source": {"News", "NEWS"}}, {"campaign": {"Spring"}})

    assert names.in_lower_case() == KnownNames({"source": {"news"}}, {"campaign": {"spring"}})
