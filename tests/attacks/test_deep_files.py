"""Campaign files of thousands of entries that depend on each other or are all refused."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Result

if TYPE_CHECKING:
    from tests.conftest import Run

DEPTH = 5_000
CAMPAIGN = f'[campaigns.s]\nlanding_page = "https://x.example/"\nchannels = ["c{DEPTH - 1}"]\n'
LINK = "https://x.example/?utm_source=email&utm_medium=email&utm_campaign=s"


@pytest.mark.parametrize("in_order", [True, False])
def test_a_chain_of_channels_may_be_of_any_length(run: Run, *, in_order: bool) -> None:
    """In whichever order the channels stand."""
    chain = [f'[channels.c{i}]\nextends = "c{i - 1}"\n' for i in range(1, DEPTH)]
    chain.insert(0, '[channels.c0]\nextends = "email"\n')
    Path("campaigns.toml").write_text("".join(chain if in_order else chain[::-1]) + CAMPAIGN)

    assert run("build") == Result(0, f"{LINK}\n", "issued 1 link for s\n")
    assert run("lint").exit_code == 0


def test_a_cycle_is_named_with_its_way(run: Run) -> None:
    """By the first of its channels, and how many more there are."""
    text = "".join(f'[channels.c{i}]\nextends = "c{(i + 1) % DEPTH}"\n' for i in range(DEPTH))
    Path("campaigns.toml").write_text(text + CAMPAIGN)
    result = run("build")

    assert (result.exit_code, result.stdout) == (23, "")
    assert (
        f'error: campaigns.toml:{2 * DEPTH}: "c{DEPTH - 1}" extends itself through "c0", "c1", '
        '"c2" and 4,996 more\nhint: name another channel\n'
    ) in result.stderr
    assert run("lint").exit_code == 1


def test_a_cycle_that_a_channel_leads_into(run: Run) -> None:
    """Only the channels of the cycle are named."""
    Path("campaigns.toml").write_text(
        '[channels.a]\nextends = "b"\n[channels.b]\nextends = "c"\n[channels.c]\nextends = "b"\n'
    )
    assert 'error: campaigns.toml:6: "c" extends itself through "b"\n' in run("build").stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            f"[convention.campaign]\nallowed = {[f'allowed-{i}x' for i in range(2_000)]}\n"
            + "".join(
                f'[campaigns.alowed-{i}y]\nlanding_page = "https://x.example/"\n'
                'channels = ["sms"]\n'
                for i in range(2_000)
            ),
            23,
        ),
        (
            '[campaigns.s]\nlanding_page = "https://x.example/"\nchannels = ["sms"]\n'
            f"contents = {[f'c{i}x' for i in range(20_000)]}\n",
            0,
        ),
        (
            f"[workspace]\nown_domains = {[f'd{i}.example' for i in range(20_000)]}\n"
            '[campaigns.s]\nlanding_page = "https://x.example/"\nchannels = ["sms"]\n',
            0,
        ),
    ],
    ids=["refused", "contents", "own domains"],
)
def test_thousands_of_entries_take_seconds(run: Run, text: str, code: int) -> None:
    """Not minutes: the limit leaves room for a slow machine."""
    Path("campaigns.toml").write_text(text)
    start = time.process_time()

    assert run("build", "-n").exit_code == code
    assert time.process_time() - start < 30
