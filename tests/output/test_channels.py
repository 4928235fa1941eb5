"""Channels as people, pipes and programs get them."""

import json

import pytest

from tests.output.consoles import console
from utmforge.channels import CHANNELS, built_in
from utmforge.channels.base import Channel
from utmforge.output.channels import show_channels
from utmforge.output.formats import Format

EMAIL = built_in("email")
OWN = Channel("print", "flyer", "print")
ON_SMS = Channel("sms-de", "bulk", "sms", extends="sms")


def test_for_people() -> None:
    """With GA4's group, and what a channel of one's own is based on."""
    to, stdout, _ = console(Format.TABLE)
    show_channels(to, [EMAIL, OWN, ON_SMS])

    header, *rows = [line.split() for line in stdout.getvalue().splitlines()]
    assert header[:4] == ["name", "source", "medium", "title"]
    assert rows[0][0] == "email"
    assert rows[1][:5] == ["print", "flyer", "print", "your", "own"]
    assert " ".join(rows[2]).startswith("sms-de bulk sms your own, on sms SMS")


def test_in_a_pipe() -> None:
    """Their names, one a line."""
    to, stdout, _ = console(Format.URLS)
    show_channels(to, [EMAIL, OWN])

    assert stdout.getvalue() == "email\nprint\n"


def test_for_programs() -> None:
    """The published keys; what is not known is null, not words for people."""
    to, stdout, _ = console(Format.JSONL)
    show_channels(to, [ON_SMS])

    row = json.loads(stdout.getvalue())
    assert list(row) == [
        *("name", "source", "medium", "title", "extends", "reason", "page"),
        *("channel_group", "certain", "kind"),
    ]
    assert row["kind"] == "own"
    assert (row["title"] or None, row["extends"]) == (None, "sms")
    assert (row["channel_group"], row["certain"]) == ("SMS", True)


@pytest.mark.parametrize("fmt", [Format.CSV, Format.TABLE])
def test_every_channel_is_shown(fmt: Format) -> None:
    """Once, in the order they were given, below the names of the columns."""
    to, stdout, _ = console(fmt)
    show_channels(to, [built_in(name) for name in CHANNELS])

    _, *lines = stdout.getvalue().splitlines()
    assert [line.replace(",", " ").split()[0] for line in lines] == list(CHANNELS)
