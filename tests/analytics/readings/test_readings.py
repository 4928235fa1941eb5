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
from utmforge.analytics.readings.ga4 import CLICK_ID, CUT
from utmforge.analytics.readings.plausible import NAME_OF, NO_SOURCE, OF_ANY_SOURCE
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


PLAUSIBLE = {
    "?utm_source=IG": ("Instagram", "Organic Social"),
    "?ref=t.me": ("Telegram", "Organic Social"),
    "?source=fb&ref=t.me": ("Facebook", "Organic Social"),
    "?utm_source=&ref=t.me": ("", "uncertain: Direct or another group"),
    "?utm_source=a&utm_source=ig": ("Instagram", "Organic Social"),
    "?utm_source=google+ads": ("Google", "Paid Search"),
    "?ref=google+ads": ("Google", "Paid Search"),
    "?utm_source=google&gclid=1": ("Google", "Paid Search"),
    "?utm_source=bing&msclkid=1": ("Bing", "Paid Search"),
    "?utm_source=bing&gclid=1": ("Bing", "Organic Search"),
    "?utm_medium=email": (None, "uncertain: Email or another group"),
    "#utm_source=ig": (None, "uncertain: Direct or another group"),
    "": (None, "uncertain: Direct or another group"),
}


@pytest.mark.parametrize(("end", "expected"), PLAUSIBLE.items())
def test_plausible_names_the_source(end: str, expected: tuple[str | None, str]) -> None:
    """From the first parameter that is there, in the query only, by its usual name."""
    read = readings_of(Link(PAGE + end)).plausible

    assert (read.source, str(read.channel)) == expected


def test_plausible_says_what_is_not_known() -> None:
    """A source in no list, and no source at all."""
    assert readings_of(Link(tagged("list", "message"))).plausible.channel == OF_ANY_SOURCE
    assert readings_of(Link(PAGE)).plausible.channel.why == NO_SOURCE


def test_plausible_s_names_are_written_in_lower_case() -> None:
    """Otherwise a lower-cased source would never find them."""
    assert all(name == name.lower() for name in NAME_OF)


MATOMO = {
    "?utm_campaign=A%20b": MatomoReading("a b", campaign_without_plugin="a b"),
    "?utm_campaign=+A+": MatomoReading("a", campaign_without_plugin="a"),
    "?utm_campaign=a&mtm_campaign=b": MatomoReading("b", campaign_without_plugin="b"),
    "?utm_campaign=a&mtm_campaign=": MatomoReading("a", campaign_without_plugin="a"),
    "?utm_campaign=0&pk_cpn=0": MatomoReading(),
    "?utm_campaign=a&utm_source=s#utm_campaign=B": MatomoReading("b", campaign_without_plugin="b"),
    "?utm_campaign=a#top": MatomoReading("a", campaign_without_plugin="a"),
    "#/path?utm_campaign=a": MatomoReading("a", campaign_without_plugin="a"),
    "?utm_source=S&utm_medium=m": MatomoReading(
        source="s", medium="m", campaign_without_plugin="s"
    ),
    "?utm_medium=m": MatomoReading(medium="m", campaign_without_plugin="m"),
    "?mtm_clid=AbC": MatomoReading(id="AbC"),
    "?mtm_group=g&pk_placement=p": MatomoReading(group="g", placement="p"),
    "?utm_campaign=" + "é" * 200: MatomoReading("é" * 125, campaign_without_plugin="é" * 125),
    "?UTM_CAMPAIGN=a": MatomoReading(),
    "": MatomoReading(),
}


@pytest.mark.parametrize(("end", "expected"), MATOMO.items(), ids=lambda value: str(value)[:40])
def test_matomo(end: str, expected: MatomoReading) -> None:
    """Which parameter comes first, and how its value is recorded."""
    assert readings_of(Link(PAGE + end)).matomo == expected


def test_ga4_cuts_a_value_at_100_characters() -> None:
    """As it stands there, letter case kept."""
    read = readings_of(
        Link(f"{PAGE}?utm_source=News&utm_medium=email&utm_campaign={'x' * 101}")
    ).ga4

    assert read.tags == Tags("News", "email", "x" * 100)
    assert read.at_risk == ()


def test_ga4_loses_what_stands_after_1000_characters() -> None:
    """The tags are named, and the group is uncertain when they decide it."""
    long = f"{PAGE}?q={'x' * 970}&utm_source=a&utm_medium=email&utm_campaign=c"
    read = readings_of(Link(long)).ga4

    assert len(read.page_location) == 1000
    assert read.tags == Tags("a", "email", "c")
    assert read.at_risk == ("source", "medium", "campaign")
    assert str(read.group) == "uncertain: Email or Direct"
    assert read.group.why == CUT


def test_tags_after_1000_characters_that_decide_nothing() -> None:
    """They are at risk; the group is not."""
    start = f"{PAGE}?utm_source=a&utm_medium=email&utm_campaign=c&q={'x' * 990}"
    read = readings_of(Link(f"{start}&utm_content=d")).ga4

    assert read.at_risk == ("content",)
    assert str(read.group) == "Email"


@pytest.mark.parametrize("click_id", ["gclid", "dclid"])
def test_a_click_id_of_google_beats_the_tags(click_id: str) -> None:
    """The group by the tags is only one of those that are possible."""
    read = readings_of(Link(f"{tagged('news', 'email')}&{click_id}=1")).ga4

    assert read.click_id == click_id
    assert str(read.group) == "uncertain: Email or another group"
    assert read.group.why == CLICK_ID


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
