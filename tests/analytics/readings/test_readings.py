"""What GA4, Matomo and Plausible record of one link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.analytics.readings import (
    Ga4Reading,
    MatomoReading,
    PlausibleReading,
    Readings,
    readings_of,
)
from utmforge.model import PARAMETERS, Tags
from utmforge.urls.link import Link
from utmforge.urls.tagging import tag

PAGE = "https://x.example/"


def tagged(source: str, medium: str, campaign: str = "spring") -> str:
    """Return an address with these tags."""
    return tag(PAGE, Tags(source, medium, campaign))


def test_one_link_in_three_tools() -> None:
    """Everything each of them records."""
    tags = Tags("Twilio", "sms", "Spring Sale", content="a", term="b", id="C7")
    url = tag(PAGE, tags)
    read = readings_of(Link(url))

    assert read == Readings(
        Ga4Reading(tags, read.ga4.group, url),
        MatomoReading(
            *("spring sale", "b", "twilio", "sms", "a", "c7"),
            campaign_without_plugin="spring sale",
        ),
        PlausibleReading("Twilio", "sms", "Spring Sale", "a", "b", read.plausible.channel),
    )
    assert str(read.ga4.group) == "SMS"
    assert str(read.plausible.channel) == "SMS"


DIFFERENT = {
    ("telegram", "message"): ("Unassigned", "Organic Social"),
    ("slack", "message"): ("Unassigned", "Organic Social"),
    ("mastodon", "message"): ("Unassigned", "Organic Social"),
    ("newsletter", "newsletter"): ("Unassigned", "Email"),
    ("newsletter", "e-mailing"): ("uncertain: Unassigned or Email", "Email"),
    ("gmail", "message"): ("Unassigned", "Email"),
    ("email", "referral"): ("uncertain: Referral or Email", "Email"),
    ("list", "referral"): ("Referral", "Referral"),
    ("list", "message"): ("Unassigned", "uncertain: Referral or another group"),
    ("list", "organic"): ("Organic Search", "uncertain: Referral or another group"),
    ("chatgpt.com", "message"): ("Unassigned", "AI Assistants"),
    ("perplexity", "organic"): ("Organic Search", "AI Assistants"),
    ("hatena", "referral"): ("Organic Social", "Referral"),
    ("facebook_ads", "message"): ("Unassigned", "Paid Social"),
    ("adwords", "message"): ("Unassigned", "Paid Search"),
    ("yt-ads", "message"): ("Unassigned", "Paid Video"),
    ("temu.com", "cpc"): ("Paid Other", "Paid Shopping"),
}
ALIKE = {
    ("whatsapp", "message"): "Organic Social",
    ("t.me", "message"): "Organic Social",
    ("google", "cpc"): "Paid Search",
    ("google", "email"): "Organic Search",
    ("news", "email"): "Email",
    ("news", "display"): "Display",
    ("news", "ecpm"): "Paid Other",
    ("partner", "affiliate"): "Affiliates",
    ("podcast", "audio"): "Audio",
    ("sms", "message"): "SMS",
    ("app", "push"): "Mobile Push Notifications",
    ("youtube", "message"): "Organic Video",
    ("amazon", "message"): "Organic Shopping",
}


@pytest.mark.parametrize(
    ("tags", "groups"),
    [*DIFFERENT.items(), *((tags, (group, group)) for tags, group in ALIKE.items())],
)
def test_ga4_and_plausible(tags: tuple[str, str], groups: tuple[str, str]) -> None:
    """Where they differ, and where not."""
    read = readings_of(Link(tagged(*tags)))

    assert (str(read.ga4.group), str(read.plausible.channel)) == groups


@pytest.mark.parametrize(
    ("campaign", "groups"),
    [
        ("cross-network", ("Cross-network", "Cross-network")),
        ("spring-shop", ("Organic Shopping", "Organic Shopping")),
    ],
)
def test_campaigns_decide_in_both(campaign: str, groups: tuple[str, str]) -> None:
    """By their name alone."""
    read = readings_of(Link(tagged("news", "email", campaign)))

    assert (str(read.ga4.group), str(read.plausible.channel)) == groups


@given(st.text(max_size=60))
def test_any_text_can_be_read(end: str) -> None:
    """Nothing is refused: what was issued once, or found in a log, is what it is."""
    read = readings_of(Link(f"{PAGE}?{end}&utm_source=wa#{end}"))

    assert str(read.ga4.group)
    assert str(read.plausible.channel)


WRITABLE = st.text(st.characters(codec="ascii", categories=["Ll", "Nd"]), min_size=1, max_size=40)


@given(WRITABLE, WRITABLE, WRITABLE, WRITABLE)
def test_the_tools_agree_on_a_link_of_ours(
    source: str, medium: str, campaign: str, content: str
) -> None:
    """In lower case and of ordinary length, every tool records the tags as they are."""
    tags = Tags(source, medium, campaign, content)
    read = readings_of(Link(tag(PAGE, tags)))

    assert set(PARAMETERS) >= {name for name, _ in read.ga4.tags.items()}
    assert read.ga4.tags == tags
    assert read.plausible[1:4] == (medium, campaign, content)
    recorded = (read.matomo.source, read.matomo.medium, read.matomo.campaign, read.matomo.content)
    assert recorded == tuple(None if value == "0" else value for value in tags[:4])
