"""The channels: sixteen for messages and print, then public ones and advertisements."""

import json
from pathlib import Path

import pytest

from utmforge.analytics.ga4.channel_group import channel_group
from utmforge.analytics.ga4.rules import UNASSIGNED
from utmforge.channels import (
    CHANNELS,
    Channel,
    built_in,
    find_channel,
    named,
    unknown_channel,
)
from utmforge.channels.catalogue import _OTHER_WORDS, _SEVERAL, PAID, kind_of
from utmforge.errors import UnknownChannel
from utmforge.lint import Linter
from utmforge.model import Tags
from utmforge.urls.tagging import tag

EXPECTED = {
    "email": ("email", "email"),
    "sms": ("sms", "sms"),
    "whatsapp": ("whatsapp", "message"),
    "messenger": ("messenger", "message"),
    "telegram": ("telegram", "social"),
    "signal": ("signal", "social"),
    "line": ("line", "message"),
    "viber": ("viber", "social"),
    "slack": ("slack", "social"),
    "discord": ("discord", "social"),
    "teams": ("teams", "social"),
    "instagram-dm": ("instagram", "message"),
    "snapchat": ("snapchat", "message"),
    "wechat": ("wechat", "message"),
    "imessage": ("imessage", "sms"),
    "qr": ("qr", "qr"),
    "facebook": ("facebook", "social"),
    "instagram": ("instagram", "social"),
    "linkedin": ("linkedin", "social"),
    "x": ("twitter", "social"),
    "threads": ("threads", "social"),
    "tiktok": ("tiktok", "social"),
    "youtube": ("youtube", "video"),
    "pinterest": ("pinterest", "social"),
    "reddit": ("reddit", "social"),
    "bluesky": ("bluesky", "social"),
    "mastodon": ("mastodon", "social"),
    "xing": ("xing", "social"),
    "quora": ("quora", "social"),
    "tumblr": ("tumblr", "social"),
    "twitch": ("twitch", "video"),
    "newsletter": ("newsletter", "email"),
    "push": ("push", "push"),
    "blog": ("blog", "referral"),
    "partner": ("partner", "referral"),
    "press": ("press", "referral"),
    "affiliate": ("affiliate", "affiliate"),
    "influencer": ("influencer", "social"),
    "podcast": ("podcast", "audio"),
    "google-business": ("google-business", "organic"),
    "google-ads": ("google", "cpc"),
    "microsoft-ads": ("bing", "cpc"),
    "meta-ads": ("facebook", "paid-social"),
    "instagram-ads": ("instagram", "paid-social"),
    "linkedin-ads": ("linkedin", "paid-social"),
    "x-ads": ("twitter", "paid-social"),
    "tiktok-ads": ("tiktok", "paid-social"),
    "pinterest-ads": ("pinterest", "paid-social"),
    "reddit-ads": ("reddit", "paid-social"),
    "snapchat-ads": ("snapchat", "paid-social"),
    "youtube-ads": ("youtube", "paid-video"),
    "amazon-ads": ("amazon", "cpc"),
    "copy": ("copied-link", "social"),
    "share-dialog": ("share-dialog", "social"),
}


def test_the_presets_are_pinned() -> None:
    """A preset that changes would split every campaign into two rows of a report."""
    assert {name: (built_in(name).source, built_in(name).medium) for name in CHANNELS} == EXPECTED


@pytest.mark.parametrize("name", CHANNELS)
def test_each_channel_says_what_it_relies_on(name: str) -> None:
    """Name, page and reason are there; the file is in the list and the list in the files."""
    channel = built_in(name)

    assert channel.name == name
    assert channel.title
    assert channel.page.startswith("https://")
    assert channel.reason
    assert channel.extends is None


def test_no_file_is_forgotten_in_the_list() -> None:
    """Every channel's file is in CHANNELS."""
    import utmforge.channels

    folder = Path(utmforge.channels.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "base", "catalogue"}
    assert files == {name.replace("-", "_") for name in CHANNELS}


def test_own_channels_come_first() -> None:
    """The user's own channel may have the name of a built-in one."""
    own = {"email": Channel("email", "mail", "email")}

    assert find_channel("email", own).source == "mail"
    assert find_channel("sms", own).source == "sms"


def test_an_unknown_channel_is_refused_with_the_nearest() -> None:
    """One's own channels are offered too."""
    with pytest.raises(UnknownChannel) as near:
        find_channel("newsleter", {"newsletter": Channel("newsletter", "a", "b")})
    with pytest.raises(UnknownChannel) as far:
        built_in("zzz")

    assert near.value.message == 'no channel is called "newsleter"'
    assert near.value.hint == 'did you mean "newsletter"?'
    assert far.value.hint == (
        "utmforge channels lists them; for anything else give --source and --medium instead"
    )


def test_presets_land_in_a_channel_group() -> None:
    """Only print is Unassigned in GA4, and says so; all groups are certain."""
    groups = {name: channel_group(*built_in(name)[1:3]) for name in CHANNELS}

    assert [name for name, group in groups.items() if group.name == UNASSIGNED] == ["qr"]
    assert all(group.is_certain for group in groups.values())
    assert "Unassigned on purpose" in built_in("qr").reason
    assert json.dumps(built_in("qr")._asdict())


@pytest.mark.parametrize("name", CHANNELS)
def test_only_advertisements_are_paid(name: str) -> None:
    """GA4 files each of them under a group that begins with Paid, and nothing else there."""
    group = channel_group(*built_in(name)[1:3]).name

    assert group.startswith("Paid ") == (kind_of(name) == "paid") == (name in PAID)


def test_no_two_channels_have_the_same_tags() -> None:
    """Reports tell them apart, and a page of a log belongs to one of them."""
    tags = [built_in(name)[1:3] for name in CHANNELS]

    assert len(set(tags)) == len(tags)


WORDS = {
    **dict.fromkeys(("mail", "e-mail", "Mail", "courriel", "Gmail", "E Mail"), "email"),
    **dict.fromkeys(("text", "texto", "TXT", "text message"), "sms"),
    **dict.fromkeys(("fb", "FB", "Facebook", "facebook post"), "facebook"),
    **dict.fromkeys(("ig", "insta", "Instagram"), "instagram"),
    **dict.fromkeys(("twitter", "Twitter", "X", "tweet"), "x"),
    **dict.fromkeys(("ig dm", "instagram_dm", "Instagram DM"), "instagram-dm"),
    **dict.fromkeys(("Google Ads", "adwords", "google_ads"), "google-ads"),
    **dict.fromkeys(("facebook ads", "Meta Ads", "fb-ads"), "meta-ads"),
    **dict.fromkeys(("LinkedIn", "linked-in", "li"), "linkedin"),
    **dict.fromkeys(("newsletters", "infolettre", "nl"), "newsletter"),
    **dict.fromkeys(("push notification", "web push"), "push"),
    **dict.fromkeys(("poster", "flyer", "QR code", "print"), "qr"),
    **dict.fromkeys(("yt", "YouTube", "you tube"), "youtube"),
    **dict.fromkeys(("wa", "WhatsApp", "whats app"), "whatsapp"),
    **dict.fromkeys(("ms teams", "Microsoft Teams"), "teams"),
}


@pytest.mark.parametrize(("word", "name"), WORDS.items())
def test_other_words_are_found(word: str, name: str) -> None:
    """The channel has its own name, whatever was typed."""
    assert named(word) == name
    assert find_channel(word, {}).name == name


def test_every_other_word_means_one_channel() -> None:
    """No word is a channel's name, and none is listed for two channels."""
    words = [word for words in _OTHER_WORDS.values() for word in words.split()]

    assert len(set(words)) == len(words)
    assert not set(words) & set(CHANNELS)
    assert set(_OTHER_WORDS) <= set(CHANNELS)
    assert {one for several in _SEVERAL.values() for one in several} <= set(CHANNELS)


def test_own_channels_keep_their_words() -> None:
    """A channel of the file comes before any word, and before the built-in one of its name."""
    own = {"mail": Channel("mail", "m", "email"), "facebook": Channel("facebook", "page", "post")}

    assert find_channel("mail", own).source == "m"
    assert find_channel("Mail", own).source == "m"
    assert find_channel("fb", own) == own["facebook"]
    assert find_channel("Facebook", own) == own["facebook"]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("google", 'did you mean "google-ads" or "google-business"?'),
        ("Social Media", 'did you mean "facebook", "instagram" or "linkedin"?'),
        ("facebok", 'did you mean "facebook"?'),
        ("twiter", 'did you mean "twitter"?'),
    ],
)
def test_what_may_be_several_is_asked_back(word: str, hint: str) -> None:
    """Nobody's post is tagged as an advertisement by a guess."""
    assert named(word) is None
    assert unknown_channel(word, CHANNELS).hint == hint


@pytest.mark.parametrize("name", CHANNELS)
def test_every_preset_passes_lint(name: str) -> None:
    """What utmforge writes by itself is not what it warns of."""
    channel = built_in(name)
    url = tag("https://shop.example/", Tags(channel.source, channel.medium, "2026-spring"))

    assert Linter[None]().thorough(url) == ()
