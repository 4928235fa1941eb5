"""`utmforge channels`: built-in channels and one's own."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge.channels import CHANNELS
from utmforge.channels.catalogue import PAID


def test_channels_in_every_format(run: Run) -> None:
    """One's own first; the reason and the page for machines."""
    Path("campaigns.toml").write_text("[channels.news]\nextends = 'email'\nsource = '-x'\n")
    rows = json.loads(run("channels", "--format", "json").stdout)["data"]

    assert len(rows) == len(CHANNELS) + 1
    assert list(rows[0]) == [
        *("name", "source", "medium", "title", "extends", "reason", "page"),
        *("channel_group", "certain", "kind"),
    ]
    assert (rows[16]["channel_group"], rows[16]["certain"]) == ("Unassigned", True)
    assert rows[0]["extends"] == "email"
    assert run("channels").stdout.splitlines()[:3] == ["news", "email", "sms"]
    assert run("channels", "--format", "csv").stdout.splitlines()[1].startswith("news,'-x,email,")
    assert run("channels", "-F", "markdown").stdout.splitlines()[2] == (
        "| news | -x | email | your own, on email | Email |"
    )
    assert run("channels", "--format", "jsonl").stdout.count("\n") == len(rows)
    table = run("channels", "--format", "table").stdout.splitlines()
    assert table[0].split(maxsplit=4) == [
        *("name", "source", "medium", "title", "GA4 files it under"),
    ]
    assert len(table) == len(rows) + 1


def test_channels_with_a_text(run: Run) -> None:
    """By name, title, source, medium or kind; another word finds the channel it means."""
    assert run("channels", "fb").stdout == "facebook\n"
    assert run("channels", "linked").stdout == "linkedin\nlinkedin-ads\n"
    assert run("channels", "Paid").stdout.splitlines() == list(PAID)
    assert run("channels", "courriel").stdout == "email\n"
    unknown = run("channels", "zzz")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert unknown.stderr.startswith('error: no channel is called "zzz"\nhint: ')


def test_own_channels_stay_what_they_are(run: Run) -> None:
    """A file from before the built-in channel of that name gives the links that it gave."""
    Path("campaigns.toml").write_text(
        "[channels.newsletter]\nextends = 'email'\nsource = 'weekly'\n"
        "[channels.facebook]\nsource = 'fb-page'\nmedium = 'post'\n"
        "[channels.x]\nextends = 'sms'\n"
        "[campaigns.spring]\nlanding_page = 'https://shop.example/'\n"
        "channels = ['newsletter', 'facebook', 'x', 'FB']\n"
    )

    assert run("build", "--format", "urls").stdout.splitlines() == [
        "https://shop.example/?utm_source=weekly&utm_medium=email&utm_campaign=spring",
        "https://shop.example/?utm_source=fb-page&utm_medium=post&utm_campaign=spring",
        "https://shop.example/?utm_source=sms&utm_medium=sms&utm_campaign=spring",
    ]
    names = run("channels").stdout.splitlines()
    assert names[:4] == ["newsletter", "facebook", "x", "email"]
    assert len(names) == len(CHANNELS)


@pytest.mark.parametrize("source", ["blogs", "newsletters", "x", "partner-a", "meta"])
def test_public_channels_are_not_names_in_use(run: Run, source: str) -> None:
    """A source of one's own is not questioned because an unused channel has one like it."""
    result = run(
        *("new", "https://shop.example/", "-c", "spring"),
        *("--source", source, "--medium", "paid_social", "--format", "urls"),
    )

    assert result.exit_code == 0
    assert f"utm_source={source}&utm_medium=paid_social" in result.stdout


@pytest.mark.parametrize("source", ["linkedn", "newsleter"])
def test_channels_in_use_are_names_in_use(run: Run, source: str) -> None:
    """A campaign of the file uses them, though nothing was issued yet."""
    Path("campaigns.toml").write_text(
        "[campaigns.spring]\nlanding_page = 'https://shop.example/'\n"
        "channels = ['newsletter', 'linkedin']\n"
    )
    result = run("new", "https://shop.example/", "-c", "spring", "--source", source, "--medium=x")

    assert result.exit_code == 2
    assert " looks like " in result.stderr


def test_the_next_step_for_an_unknown_channel(run: Run) -> None:
    """What can be done where it is written: an option is not a line of a file."""
    new = ("new", "https://shop.example/", "-c", "spring")
    both = run(*new, "-C", "sandwich-board", "--source", "board", "--medium", "print")
    source = run(*new, "--source", "facebook")
    other = run(*new, "--source", "acme")
    medium = run(*new, "--medium", "social")
    Path("campaigns.toml").write_text(
        "[campaigns.spring]\nlanding_page = 'https://shop.example/'\nchannels = ['board']\n"
    )

    assert both.stderr.endswith("leave out --channel: --source and --medium are enough\n")
    assert source.stderr == (
        "error: --medium is missing\n"
        "hint: --medium social is usual; --channel facebook gives both\n"
    )
    assert "hint: usual ones are social, email, referral and cpc" in other.stderr
    assert medium.stderr.startswith("error: --source is missing\n")
    assert (
        'hint: add a table [channels.board] with source = "…" and medium = "social"'
        in run("build").stderr
    )
