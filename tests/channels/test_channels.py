"""The sixteen channels."""

import json
from pathlib import Path

import pytest

from utmforge.channels import CHANNELS, Channel, built_in, find_channel
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
        "utmforge channels lists them; for anything else give --source and --medium"
    )


def test_presets_land_in_a_channel_group() -> None:
    """Only print is Unassigned in GA4, and says so (rules read 2026-11, see the reasons)."""
    listed = {"whatsapp", "messenger", "line", "instagram", "snapchat", "wechat"}
    groups = {}
    for name in CHANNELS:
        channel = built_in(name)
        filed = channel.source in listed or channel.medium in {"email", "sms", "social"}
        groups[name] = filed
    assert [name for name, filed in groups.items() if not filed] == ["qr"]
    assert "Unassigned on purpose" in built_in("qr").reason
    assert json.dumps(built_in("qr")._asdict())


@pytest.mark.parametrize("name", CHANNELS)
def test_every_preset_passes_lint(name: str) -> None:
    """What utmforge writes by itself is not what it warns of."""
    channel = built_in(name)
    url = tag("https://shop.example/", Tags(channel.source, channel.medium, "2026-spring"))

    assert Linter[None]().thorough(url) == ()
