"""From a landing page and its tags to an issued link."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge import Registry, Tags, issue, make_link
from utmforge.errors import BadLandingPage, BadTag, LinkRetired, PrivateData
from utmforge.issuing.make import plan
from utmforge.model import Campaign, Placement
from utmforge.urls.link_ids import link_id
from utmforge.urls.tagging import read_landing_page, read_tags, strip_tags

PAGE = "https://shop.example/a"
TAGS = Tags("news", "email", "spring")
NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
WORD = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)


def test_a_link_is_planned_and_not_issued() -> None:
    """Its address, its id and its parts; no day yet."""
    link = make_link(PAGE, TAGS, channel="email")

    assert link.url == f"{PAGE}?utm_source=news&utm_medium=email&utm_campaign=spring"
    assert link.id == link_id(link.url)
    assert (link.landing_page, link.channel, link.tags) == (PAGE, "email", TAGS)
    assert not link.issued_at
    assert make_link(read_landing_page(PAGE), TAGS, channel="email") == link


@given(WORD, WORD, WORD, WORD)
def test_a_link_has_its_tags_and_its_page(source: str, medium: str, campaign: str, x: str) -> None:
    """Whatever they are, both can be read from the address again."""
    tags = Tags(source, medium, campaign)
    link = make_link(f"{PAGE}?x={x}", tags)

    assert read_tags(link.url) == tags
    assert strip_tags(link.url) == link.landing_page == f"{PAGE}?x={x}"


@pytest.mark.parametrize(
    ("page", "tags", "refusal"),
    [("ftp://x.example/", TAGS, BadLandingPage), (PAGE, TAGS._replace(source=" "), BadTag)],
)
def test_what_cannot_be_a_link(page: str, tags: Tags, refusal: type[Exception]) -> None:
    """Is refused before anything is planned."""
    with pytest.raises(refusal):
        make_link(page, tags)
    with pytest.raises(refusal):
        plan([Placement("sms", page, tags), Placement("sms", PAGE, TAGS)])


def test_a_plan_has_a_link_for_each_placement() -> None:
    """In their order, with their channels."""
    links = plan([Placement("email", PAGE, TAGS), Placement("sms", f"{PAGE}/b", TAGS)])

    assert [(one.landing_page, one.channel) for one in links] == [
        (PAGE, "email"),
        (f"{PAGE}/b", "sms"),
    ]


def test_a_campaign_is_issued_under_its_name() -> None:
    """Its links, at the time given; the second time they are the same links."""
    campaign = Campaign("Spring", PAGE, tags=TAGS, placements=(Placement("email", PAGE, TAGS),))
    with Registry.open(Path("links.db")) as registry:
        first = issue(campaign, registry, now=NOON)
        again = issue(campaign, registry)

        assert [(one.is_new, one.link.issued_at) for one in first] == [
            (True, "2026-03-20T12:00:00Z")
        ]
        assert [(one.is_new, one.link) for one in again] == [(False, first[0].link)]
        assert next(change.about for change in registry.changes()) == "Spring"


@pytest.mark.parametrize(
    ("page", "allowed"),
    [(f"{PAGE}?email=ann.lee@mail.example", True), (f"{PAGE}?password=hunter2", False)],
)
def test_a_private_link_keeps_all_others_back(page: str, allowed: bool) -> None:
    """All or none; personal data may be allowed, a secret never."""
    links = [make_link(PAGE, TAGS), make_link(page, TAGS)]
    with Registry.open(Path("links.db")) as registry:
        with pytest.raises(PrivateData):
            issue(links, registry)
        assert list(registry.links()) == []
        if allowed:
            assert len(issue(links, registry, allow_private=True)) == 2
        else:
            with pytest.raises(PrivateData):
                issue(links, registry, allow_private=True)
            assert list(registry.links()) == []


def test_a_retired_link_keeps_all_others_back() -> None:
    """It is no longer to be used."""
    with Registry.open(Path("links.db")) as registry:
        (old,) = issue([make_link(PAGE, TAGS)], registry)
        registry.retire([old.link.id], "misprinted")
        with pytest.raises(LinkRetired):
            issue([make_link(f"{PAGE}/new", TAGS), make_link(PAGE, TAGS)], registry)
        assert [link.id for link in registry.links()] == [old.link.id]
