"""The contents of campaigns.toml, and how the file is found."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from utmforge.campaigns.campaign_file import CampaignFile, find_campaign_file
from utmforge.channels import CHANNELS, Channel
from utmforge.errors import CampaignFileMissing, UnknownCampaign, UnknownChannel
from utmforge.model import Campaign, Tags, Workspace

SPRING = Campaign(
    "spring-sale", "https://shop.example/", tags=Tags("", "", "spring-sale"), placements=()
)
OWN = Channel("news", "weekly-news", "email")
FILE = CampaignFile(Path("campaigns.toml"), channels={"news": OWN}, campaigns={SPRING.name: SPRING})


def test_a_campaign_by_its_name() -> None:
    """As it is written in the file."""
    assert FILE.campaign("spring-sale") is SPRING


@pytest.mark.parametrize(
    ("file", "name", "where", "hint"),
    [
        (FILE, "spring-sael", "campaigns.toml", 'did you mean "spring-sale"?'),
        (FILE, "zzz", "campaigns.toml", 'it has "spring-sale"'),
        (CampaignFile(Path("a.toml")), "zzz", "a.toml", "it has none yet"),
        (
            CampaignFile(),
            "zzz",
            None,
            "there is no campaigns.toml here: utmforge init writes one, --file names another; an "
            "address is written https://…",
        ),
    ],
)
def test_an_unknown_campaign(file: CampaignFile, name: str, where: str | None, hint: str) -> None:
    """The nearest name, or else all of them, or how to get a file."""
    with pytest.raises(UnknownCampaign) as caught:
        file.campaign(name)

    assert caught.value.message == f'no campaign is called "{name}"'
    assert (caught.value.where, caught.value.hint) == (where, hint)


@pytest.mark.parametrize(
    ("zone", "time", "day"),
    [
        (None, datetime(2026, 3, 31, 23, 30, tzinfo=UTC), date(2026, 3, 31)),
        ("Europe/Paris", datetime(2026, 3, 31, 23, 30, tzinfo=UTC), date(2026, 4, 1)),
        ("Pacific/Auckland", datetime(2026, 3, 31, 11, 0, tzinfo=UTC), date(2026, 4, 1)),
        ("America/New_York", datetime(2026, 4, 1, 3, 0, tzinfo=UTC), date(2026, 3, 31)),
    ],
)
def test_the_day_is_that_of_the_workspace(zone: str | None, time: datetime, day: date) -> None:
    """In its time zone, or in UTC."""
    assert CampaignFile(workspace=Workspace(timezone=zone)).day(time) == day


@pytest.mark.parametrize(
    ("now", "has_ended"),
    [
        (datetime(2026, 3, 31, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 31, 22, 0, tzinfo=UTC), True),
    ],
)
def test_a_campaign_ends_with_its_last_day(now: datetime, has_ended: bool) -> None:
    """At midnight where the workspace is."""
    spring = SPRING._replace(ends=date(2026, 3, 31))
    file = FILE._replace(
        campaigns={spring.name: spring, "b": SPRING}, workspace=Workspace(timezone="Europe/Paris")
    )

    assert file.ended(now) == ({"spring-sale": date(2026, 3, 31)} if has_ended else {})


def test_own_channels_come_first() -> None:
    """And hide a built-in one of the same name."""
    email = Channel("email", "our-mail", "email")
    file = FILE._replace(channels={"news": OWN, "email": email})
    names = [one.name for one in file.all_channels()]

    assert file.channel("news") is OWN
    assert file.channel("email") is email
    assert file.channel("sms").source == "sms"
    assert names[:2] == ["news", "email"]
    assert sorted(names) == sorted({*CHANNELS, "news"})
    with pytest.raises(UnknownChannel):
        file.channel("fax")


def test_the_nearest_file_above_is_found(work: Path) -> None:
    """From the folder itself up to the root; without one, none."""
    inner = work / "a" / "b"
    inner.mkdir(parents=True)
    assert find_campaign_file(None, inner) is None

    (work / "campaigns.toml").write_text("")
    assert find_campaign_file(None, inner) == work / "campaigns.toml"
    assert find_campaign_file(None) == Path("campaigns.toml")

    (work / "a" / "campaigns.toml").write_text("")
    assert find_campaign_file("", inner) == work / "a" / "campaigns.toml"


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("nope.toml", "utmforge init writes one"),
        ("json", "the format is -F json, with a capital F"),
    ],
)
def test_a_file_that_is_asked_for_must_be_there(asked: str, hint: str) -> None:
    """No other file takes its place; `-f json` is a usual slip."""
    Path("campaigns.toml").write_text("")
    with pytest.raises(CampaignFileMissing) as caught:
        find_campaign_file(asked)

    assert (caught.value.message, caught.value.hint) == (f'there is no file "{asked}"', hint)
