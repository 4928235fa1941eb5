"""Which issued link a page of a log belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.issuing.library import issue
from utmforge.issuing.make import make_link
from utmforge.measure.attribution import Attribution, Label, LoggedPage, attribute
from utmforge.model import Tags, Workspace
from utmforge.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

    from utmforge.model import TaggedLink

FILE = CampaignFile(workspace=Workspace(own_domains=("shop.example",)))
STORY = "utm_source=news&utm_medium=email&utm_campaign=spring-sale&utm_content=story"
PLAIN = "utm_source=news&utm_medium=email&utm_campaign=spring-sale"


@pytest.fixture(scope="module")
def links() -> list[TaggedLink]:
    """Links of one campaign, one with a fragment and a parameter of its own."""
    tags = Tags("news", "email", "spring-sale")
    return [
        make_link("https://shop.example/spring", tags._replace(content="story"), channel="email"),
        make_link("https://shop.example/spring?ref=a&b=1#offers", tags, channel="email"),
        make_link("https://shop.example/", Tags("sms", "sms", "café"), channel="sms"),
    ]


@pytest.fixture(scope="module")
def registry(links: list[TaggedLink], tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """A registry of these links."""
    registry = Registry.open(tmp_path_factory.mktemp("registry") / "registry.db")
    issue(links, registry)
    return registry


class Case(NamedTuple):
    """A page of a log, and what it belongs to."""

    target: str
    matched: str | None
    """None: it has no tags."""
    link: int | None = None
    """The place of the link. None: only the campaign, or nothing, was issued."""
    host: str | None = None


CASES = {
    "as issued": Case(f"/spring?{STORY}", "link", 0),
    "a fragment never reaches a server": Case(f"/spring?ref=a&b=1&{PLAIN}", "tags", 1),
    "names in capitals": Case(f"/spring?{STORY.replace('utm_s', 'UTM_S')}", "link", 0),
    "values in capitals": Case(f"/spring?{STORY.replace('spring-sale', 'Spring-Sale')}", None, 0),
    "entities": Case(f"/spring?{STORY.replace('&', '&amp;')}", "link", 0),
    "a click id": Case(f"/spring?{STORY}&fbclid=", "link", 0),
    "two click ids, one in front": Case(f"/spring?gclid=&{STORY}&msclkid=", "link", 0),
    "a slash more": Case(f"/spring/?{STORY}", "tags", 0),
    "two slashes": Case(f"//spring?{STORY}", "campaign"),
    "www": Case(f"/spring?{STORY}", "tags", 0, "www.shop.example"),
    "the host of a log": Case(f"/spring?{STORY}", "link", 0, "shop.example"),
    "encoded twice": Case(f"/spring?{STORY.replace('story', 'st%256Fry')}", None, 0),
    "encoded more than needed": Case(f"/spring?{STORY.replace('story', 'st%6Fry')}", None, 0),
    "own parameters in another order": Case(f"/spring?b=1&ref=a&{PLAIN}", "tags", 1),
    "tags in another order": Case(
        "/spring?utm_content=story&utm_campaign=spring-sale&utm_medium=email&utm_source=news",
        None,
        0,
    ),
    "an own parameter more": Case(f"/spring?{STORY}&session=3", "tags", 0),
    "& instead of ?": Case(f"/spring&{STORY}", None, 0),
    "the same tags on another page": Case(f"/autumn?{STORY}", "campaign"),
    "another host": Case(f"/spring?{STORY}", "campaign", None, "other.example"),
    "other content": Case(f"/spring?{STORY.replace('story', 'footer')}", "campaign"),
    "campaign only": Case("/spring?utm_campaign=spring-sale", "campaign"),
    "cut within the campaign": Case(f"/spring?{PLAIN[:-3]}", "tags", 0),
    "cut within the content": Case(f"/spring?{STORY[:-2]}", "campaign"),
    "not ours": Case("/spring?utm_source=chatgpt.com", "foreign"),
    "a misspelt campaign": Case(f"/spring?{STORY.replace('sale', 'slae')}", "foreign"),
    "a misspelt tag": Case(f"/spring?{STORY.replace('utm_source', 'utm_surce')}", None, 0),
    "letters beyond ASCII": Case(
        "/?utm_source=sms&utm_medium=sms&utm_campaign=caf%C3%A9", "link", 2
    ),
    "no tags": Case("/spring?ref=a", None),
    "not tags": Case("/spring?utm=1&utm_id=", None),
    "an empty tag": Case("/spring?utm_source=", None),
    "bytes that are not text": Case("/spring?utm_campaign=%FF%FE&utm_source=\ud800", "foreign"),
    "a target that is not a path": Case(f"*?{STORY}", "campaign"),
    "a port that is not a number": Case(f":x/spring?{STORY}", "campaign"),
    "a host that is not one": Case(f"/spring?{STORY}", "campaign", None, "shop%.example"),
}  # fmt: skip


def label_of(case: Case, registry: Registry, file: CampaignFile = FILE) -> Label | None:
    """Return the label of a page."""
    found: Attribution = attribute([LoggedPage(7, case.host, case.target)], registry, file)
    number = found.label_of.get(7)
    return None if number is None else found.labels[number]


@pytest.mark.parametrize("name", CASES)
def test_a_page_belongs_to(name: str, registry: Registry, links: list[TaggedLink]) -> None:
    """A link, by its id or by its tags; only its campaign; foreign tags; nothing."""
    case = CASES[name]
    label = label_of(case, registry)
    found = label.link.id if label and label.link else None
    matched = label.matched if label else None

    assert found == (None if case.link is None else links[case.link].id)
    if case.matched or case.link is None:
        assert matched == case.matched


def test_one_link_has_one_label(registry: Registry) -> None:
    """However its pages were found: a visit is not split by how a link was changed."""
    pages = [
        LoggedPage(at, case.host, case.target)
        for at, case in enumerate(CASES.values())
        if case.link == 0
    ]
    found = attribute(pages, registry, FILE)

    assert (len(found.labels), set(found.label_of.values())) == (1, {0})


def test_a_label_keeps_no_private_value_apart(registry: Registry) -> None:
    """Foreign tags are kept for their nearest names; `orphans` and `rows` never show them."""
    label = label_of(Case("/?utm_source=x&utm_campaign=jane%40doe.example", ""), registry)

    assert label
    assert (label.matched, label.campaign) == ("foreign", None)


def test_the_channel_of_a_campaign_is_told_by_source_and_medium(registry: Registry) -> None:
    """A visit that only belongs to the campaign still has a channel if the tags say so."""
    page = "/other?utm_source=sms&utm_medium=sms&utm_campaign=spring-sale"
    label = label_of(Case(page, "campaign"), registry)

    assert label
    assert (label.campaign, label.channel, label.link) == ("spring-sale", "sms", None)


def test_a_log_without_hosts_is_about_the_landing_pages(tmp_path: Path) -> None:
    """Without own domains, the hosts of the campaigns in the log are tried."""
    registry = Registry.open(tmp_path / "registry.db")
    tags = Tags("news", "email", "spring")
    link = make_link("https://unheard.example/a", tags, channel="email")
    issue([link], registry)
    page = "/a?utm_source=news&utm_medium=email&utm_campaign=spring"
    label = label_of(Case(page, "link"), registry, CampaignFile())

    assert label
    assert (label.matched, label.link and label.link.id) == ("link", link.id)


def test_without_links(tmp_path: Path) -> None:
    """Everything is foreign."""
    registry = Registry.open(tmp_path / "none.db", create=False)
    label = label_of(CASES["as issued"], registry, CampaignFile())

    assert label
    assert label.matched == "foreign"
