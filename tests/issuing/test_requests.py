"""From what a person asks for to links that are not issued yet."""

from datetime import date
from pathlib import Path

import pytest

from utmforge import Tags, load_campaigns
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.errors import (
    CampaignFileMissing,
    ContradictoryInput,
    MissingInput,
    UnknownCampaign,
    UtmforgeError,
)
from utmforge.issuing.requests import (
    LinkRequest,
    chosen_campaigns,
    day_for,
    find_campaign,
    links_for,
    planned_links,
)
from utmforge.model import NO_TAGS, SINGLE_TAGS

TEXT = (
    "[convention.campaign]\ntemplate = '{year}-{slug}'\n"
    "[campaigns.2025-spring]\nlanding_page = 'https://x.example/s'\nchannels = ['sms', 'email']\n"
    "starts = 2025-03-01\nid = '42'\n"
)


@pytest.fixture
def file() -> CampaignFile:
    """A campaign file with one campaign of 2025."""
    Path("campaigns.toml").write_text(TEXT)
    return load_campaigns("campaigns.toml")


@pytest.mark.parametrize(
    ("request_", "missing"),
    [
        (LinkRequest(), ["--campaign", "--channel"]),
        (LinkRequest(Tags("", "", "c")), ["--channel"]),
        (LinkRequest(channels=("sms",)), ["--campaign"]),
        (LinkRequest(Tags("a", "", "c")), ["--channel"]),
        (LinkRequest(Tags("a", "b", "c")), []),
        (LinkRequest(Tags("", "", "c"), ("sms",)), []),
    ],
)
def test_what_is_missing(request_: LinkRequest, missing: list[str]) -> None:
    """A channel, or both source and medium."""
    assert request_.missing() == missing


def test_given_are_the_single_tags() -> None:
    """Neither the campaign nor the contents, of which there are more."""
    request = LinkRequest(Tags("a", "", "c", term="t"), ("sms",), ("x",)).with_tags(id="7")

    assert request.given() == {"source": "a", "term": "t", "id": "7"}
    assert set(request.given()) <= set(SINGLE_TAGS)
    assert LinkRequest().tags == NO_TAGS


def test_a_target_is_a_campaign_or_an_address(file: CampaignFile) -> None:
    """What is neither is refused with the campaigns there are."""
    assert find_campaign("2025-spring", file) == file.campaigns["2025-spring"]
    for address in ("https://x.example/", "shop.example/x", None):
        assert find_campaign(address, file) is None
    with pytest.raises(UnknownCampaign) as refused:
        find_campaign("sprong", file)
    assert refused.value.hint == 'it has "2025-spring"'


def test_links_of_a_campaign(file: CampaignFile) -> None:
    """All of it, or one channel with more tags."""
    links, _ = links_for("2025-spring", LinkRequest(), file)
    assert [each.channel for each in links] == ["sms", "email"]

    request = LinkRequest(NO_TAGS._replace(term="t"), ("sms",), ("a", "b"))
    links, notes = links_for("2025-spring", request, file)
    assert [(each.tags.content, each.tags.term, each.tags.id) for each in links] == [
        ("a", "t", "42"),
        ("b", "t", "42"),
    ]
    assert notes == []


def test_links_to_a_landing_page(file: CampaignFile) -> None:
    """The convention writes the names, a day fills in the template, the file adds its id."""
    request = LinkRequest(Tags("", "", "Autumn"), ("sms",))
    links, notes = links_for("x.example/a", request, file, today=date(2026, 9, 1))

    assert [each.tags.campaign for each in links] == ["2026-autumn"]
    assert notes == [
        "the address had no scheme: used https://x.example/a",
        'wrote campaign "Autumn" as "2026-autumn"',
    ]
    links, notes = links_for("https://x.example/a", request.with_tags(campaign="2025 spring"), file)
    assert links[0].tags.id == "42"


@pytest.mark.parametrize(
    ("target", "request_", "refusal"),
    [
        (None, LinkRequest(), MissingInput),
        ("https://x.example/", LinkRequest(), MissingInput),
        ("2025-spring", LinkRequest(Tags("", "", "c")), ContradictoryInput),
        ("2025-sprong", LinkRequest(), UnknownCampaign),
    ],
)
def test_what_cannot_be_made(
    file: CampaignFile, target: str | None, request_: LinkRequest, refusal: type[UtmforgeError]
) -> None:
    """Each with a next step."""
    with pytest.raises(refusal) as refused:
        links_for(target, request_, file)
    assert refused.value.hint


def test_the_day_of_a_campaign_is_its_first(file: CampaignFile) -> None:
    """Its links have one name, this year and next."""
    assert day_for(LinkRequest(Tags("", "", "2025 Spring")), file) == date(2025, 3, 1)
    assert day_for(LinkRequest(Tags("", "", "x")), file, today=date(2026, 1, 1)) == date(2026, 1, 1)
    assert day_for(LinkRequest(), CampaignFile()) is None


def test_chosen_campaigns(file: CampaignFile) -> None:
    """Named ones, each once, or all; never none."""
    assert chosen_campaigns(["2025-spring", "2025-spring"], file) == chosen_campaigns((), file)
    assert len(planned_links(chosen_campaigns((), file))) == 2
    for empty in (CampaignFile(), CampaignFile(Path("campaigns.toml"))):
        with pytest.raises(CampaignFileMissing):
            chosen_campaigns((), empty)
    with pytest.raises(UnknownCampaign):
        chosen_campaigns(["x"], file)
