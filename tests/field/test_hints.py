"""Hints are right, and utmforge's own presets follow them."""

from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge.channels import CHANNELS

GROUPED = "use one of email, sms, social, referral, affiliate, cpc, display, video, audio"


def link(**tags: str) -> str:
    """Return a link with these tags in the place of the usual ones."""
    values = {"source": "acme", "medium": "email", "campaign": "spring"} | tags
    return "https://shop.example/?" + "&".join(
        f"utm_{name}={value}" for name, value in values.items()
    )


MEDIUMS = {
    # No sender of social posts, and no words cut out of words.
    "documentation": "referral",
    "wiki": "referral",
    "forum": "referral",
    "Sponsor": "referral",
    "powered-by-acme": "referral",
    "directory": "referral",
    "blogs": "referral",
    "newsletters": "email",
    "mailings": "email",
    "text_messages": "sms",
    "radio": "audio",
    "podcasts": "audio",
    "banner-ads": "display",
    "direct%20message": "social",
    "webinar": None,
    "context_menu": None,
    "pretext": None,
    "threadless": None,
    "downloads": None,
    "broadcasts": None,
    "mapp": None,
    "happ": None,
    "approach": None,
    "smsc": "sms",
}  # fmt: skip


@pytest.mark.parametrize(("medium", "instead"), MEDIUMS.items())
def test_the_medium_that_is_suggested(run: Run, medium: str, instead: str | None) -> None:
    """One with the same meaning, or the list of those that have a group."""
    lines = run("lint", link(medium=medium), "--select", "UTM401").stdout.splitlines()

    assert lines[1].strip() == f'hint: use medium "{instead}"' if instead else f"hint: {GROUPED}"


@pytest.mark.parametrize(
    "medium", ["print-ad", "Brochure", "direct-mail", "qr_poster", "postcard", "billboards-ooh"]
)
def test_print_is_unassigned_on_purpose(run: Run, medium: str) -> None:
    """Nothing is suggested, least of all e-mail for a letter."""
    assert "UTM401" not in run("lint", link(medium=medium)).stdout


SWAPPED = [
    ("cpc", "google", True),
    ("social", "facebook", True),
    ("email", "mailchimp", False),  # UTM409 says it: the source alone decides
    ("referral", "partner.example", True),
    ("organic", "linkedin", True),
    ("affiliate", "awin-de", True),
    ("display", "criteo", True),
    ("newsletter", "instagram", True),
    ("newsletter", "acme", False),
    ("newsletter", "website", False),
    ("social", "newsletter", False),
    ("google", "ads", False),
]


@pytest.mark.parametrize(("source", "medium", "is_swapped"), SWAPPED)
def test_swapped_source_and_medium(run: Run, source: str, medium: str, *, is_swapped: bool) -> None:
    """They are named, the right way round."""
    result = run("lint", link(source=source, medium=medium))
    hint = f'swapped: use source "{medium}" and medium "{source}"'

    assert (hint in result.stdout) is is_swapped


ONE_SEPARATOR = [
    "words_2026-11", "sale_2026-10-31", "sale_31-10-2026", "back_to_school_2026-q3",
    "black_friday_nov-2026", "launch_v1-2", "app-release-2_4_1", "offer_20-30",
    "kw48-2026_angebote",
    "summer-sale_de-berlin", "us-east_brand-terms_exact-match", "hero_image-footer_link",
    "2026-11_newsletter_7", "news_2026-11-27_a", "soldes_2026-janvier",
]  # fmt: skip
MIXED = ["spring_sale-hero", "spring-sale_hero", "a_b-c", "my_spring_sale-2026", "big-summer_2026"]


@pytest.mark.parametrize("name", [*ONE_SEPARATOR, *MIXED])
def test_separators_of_dates_versions_and_parts(run: Run, name: str) -> None:
    """They are not the separator between words."""
    result = run("lint", link(campaign=name), "--select", "UTM103")

    assert ("UTM103" in result.stdout) is (name in MIXED)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("utm_source=acme", ["UTM201"]),
        ("utm_source=bing&utm_campaign=x", ["UTM201"]),
        ("utm_source=acme&utm_campaign=x&utm_content=y", ["UTM201"]),
        ("utm_source=acme&utm_medium=&utm_campaign=x", ["UTM204", "UTM410"]),
        ("utm_source=acme&utm-medium=cpc&utm_campaign=x", ["UTM202", "UTM410"]),
        ("utm_source=acme&utm_campaign=x#utm_medium=email", ["UTM205", "UTM410"]),
    ],
)
def test_a_missing_medium_is_told_once(run: Run, query: str, codes: list[str]) -> None:
    """UTM410 is for mediums that are there, and not read."""
    lines = run("lint", f"https://shop.example/?{query}").stdout.splitlines()

    assert [line.split()[3] for line in lines if line.startswith("argument")] == codes


@pytest.mark.parametrize(
    "name", ["utm_campaignid", "utm_campaign_id", "utm-campaign-id", "utmCampaignId", "UTM_CID"]
)
def test_the_id_of_a_campaign(run: Run, name: str) -> None:
    """It is told, and stays: it may be a parameter of its own."""
    url = f"{link()}&{name}=7"
    Path("l.txt").write_text(f"{url}\n")
    result = run("lint", "l.txt", "--fix")

    assert 'hint: did you mean "utm_id"?' in result.stdout
    assert Path("l.txt").read_text() == f"{url}\n"


@pytest.mark.parametrize("channel", sorted(CHANNELS))
def test_every_channel_passes(run: Run, channel: str) -> None:
    """What utmforge writes, utmforge accepts; notes are no finding."""
    url = run("new", "https://shop.example/", "--campaign", "spring", "--channel", channel).stdout

    assert run("lint", url.strip()).exit_code == 0
    Path("campaigns.toml").write_text(
        f'[campaigns.spring]\nlanding_page = "https://shop.example/"\nchannels = ["{channel}"]\n'
    )
    assert run("lint", "campaigns.toml").exit_code == 0


def test_the_starter_passes(run: Run) -> None:
    """As `init` writes it."""
    run("init")

    assert run("lint", "campaigns.toml").stderr.startswith("nothing found")
