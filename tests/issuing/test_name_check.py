"""Which names are questioned before they split a report."""

from pathlib import Path

import pytest

from utmforge import Tags, load_campaigns, make_link
from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.errors import NearName
from utmforge.issuing.name_check import (
    NameCheck,
    NameSettler,
    QuestionableName,
    refuse_near_name,
)
from utmforge.model import TaggedLink
from utmforge.registry import Registry

FILE = (
    "[campaigns.summer-party]\nlanding_page = 'https://x.example/'\nchannels = ['sms']\nid = '7'\n"
)


def link(
    source: str = "sms", medium: str = "sms", campaign: str = "c", channel: str | None = None
) -> TaggedLink:
    """Return a planned link."""
    return make_link("https://x.example/", Tags(source, medium, campaign), channel=channel)


def registry_with(*links: TaggedLink) -> Registry:
    """Return a registry that has these links."""
    registry = Registry.open(Path("links.db"))
    registry.add(links)
    return registry


@pytest.mark.parametrize(
    ("asked", "questions"),
    [
        (link(campaign="spring-sale"), []),
        (link(campaign="autumn"), []),
        (
            link(campaign="sping-sale"),
            [QuestionableName("campaign", "sping-sale", ("spring-sale",), ("typo",), "in-use")],
        ),
        (
            link(campaign="summerparty"),
            [
                QuestionableName(
                    "campaign", "summerparty", ("summer-party",), ("separator",), "in-use"
                )
            ],
        ),
        (
            link(source="acme-nwes"),
            [QuestionableName("source", "acme-nwes", ("acme-news",), ("typo",), "in-use")],
        ),
        (
            link(source="facebok", medium="social"),
            [QuestionableName("source", "facebok", ("facebook",), ("typo",), "known-to-ga4")],
        ),
        (
            link(medium="emial"),
            [QuestionableName("medium", "emial", ("email",), ("typo",), "in-use")],
        ),
    ],
    ids=lambda value: value.tags.campaign if isinstance(value, TaggedLink) else "",
)
def test_what_is_questionable(asked: TaggedLink, questions: list[QuestionableName]) -> None:
    """Against the registry, the file, the channels and the sources that GA4 knows."""
    Path("campaigns.toml").write_text(FILE)
    file = load_campaigns("campaigns.toml")
    with registry_with(link(campaign="spring-sale"), link("acme-news", "email")) as registry:
        assert list(NameCheck(file, registry).questions([asked])) == questions


def test_each_name_is_questioned_once() -> None:
    """Also in links that come later."""
    with registry_with(link(campaign="spring-sale")) as registry:
        check = NameCheck(CampaignFile(), registry)
        asked = [link(campaign="sping-sale"), link("news", "email", "sping-sale")]

        assert [each.given for each in check.questions(asked)] == ["sping-sale"]
        assert list(check.questions([*asked, link("other", "email", "sping-sale")])) == []


def test_a_channel_s_own_source_is_never_questioned() -> None:
    """It was chosen with the channel."""
    Path("campaigns.toml").write_text(
        "[channels.mail2]\nextends = 'email'\nsource = 'newsleter'\nmedium = 'email'\n"
    )
    file = load_campaigns("campaigns.toml")
    with registry_with(link("newsletter", "email")) as registry:
        preset = link("newsleter", "email", channel="mail2")
        assert list(NameCheck(file, registry).questions([preset])) == []


def test_the_refusal_names_what_it_looks_like() -> None:
    """With both ways out."""
    question = QuestionableName("source", "facebok", ("facebook",), ("typo",), "known-to-ga4")
    with pytest.raises(NearName) as refused:
        refuse_near_name(question)

    assert refused.value.message == (
        'source "facebok" looks like "facebook", which GA4 knows (typo)'
    )
    assert refused.value.hint == 'use "facebook", or add --new-name if it is a new name'


def test_settled_links_have_the_names_that_are_meant() -> None:
    """The channel stays, other links too; the id that the file has for the campaign is noted."""
    Path("campaigns.toml").write_text(FILE)
    file = load_campaigns("campaigns.toml")
    asked = [link(campaign="sumer-party", channel="sms"), link(campaign="autumn")]
    with registry_with() as registry:
        settler = NameSettler(file, registry, lambda question: question.near[0])
        settled = settler.settled(asked)
        again = settler.settled(asked[:1])

    assert settled.links[0] == make_link(
        "https://x.example/", Tags("sms", "sms", "summer-party", id="7"), channel="sms"
    )
    assert settled.links[1] is asked[1]
    assert settled.notes == ('added utm_id "7", which campaigns.toml has for this campaign',)
    assert again.links == settled.links[:1]
    assert again.notes == ()


def test_a_name_that_is_new_stays() -> None:
    """The answer may be the name itself."""
    with registry_with(link(campaign="spring-sale")) as registry:
        settler = NameSettler(CampaignFile(), registry, lambda question: question.given)
        asked = [link(campaign="sping-sale")]

        assert settler.settled(asked).links[0] is asked[0]
