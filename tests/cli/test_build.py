"""`utmforge build`: every link of campaigns.toml."""

import json
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, Result, Run

BUILD = ("build", "--file", str(EXAMPLE))


def test_build_issues_everything_and_a_second_run_says_so(run: Run) -> None:
    """The same links every time."""
    first = run(*BUILD)
    second = run(*BUILD)

    assert first.stderr == "issued 4 links for 2026-spring-sale\n"
    assert second.stderr == "4 links for 2026-spring-sale were already issued\n"
    assert first.stdout == second.stdout
    assert first.stdout.count("\n") == 4


def test_build_check_tells_ci_what_is_lacking(run: Run, home: Path) -> None:
    """Status 1 and the links that are not there; nothing is written."""
    incomplete = run(*BUILD, "--check")
    assert incomplete.exit_code == 1
    assert incomplete.stdout.count("\n") == 4
    assert incomplete.stderr == (
        "warning: not in the registry: 4 of 4 links of 2026-spring-sale\n"
        "hint: utmforge build issues them\n"
    )
    assert list(home.iterdir()) == []
    run("new", "2026-spring-sale", "--file", str(EXAMPLE), "--channel", "sms")
    assert run(*BUILD, "--check").stdout.count("\n") == 3
    run(*BUILD)
    assert run(*BUILD, "--check") == Result(
        0, "", "all 4 links of 2026-spring-sale are in the registry\n"
    )


def test_build_dry_run_is_a_plan(run: Run, home: Path) -> None:
    """The same output, nothing changed."""
    result = run(*BUILD, "--dry-run", "--format", "csv")

    assert result.stderr == "would issue 4 links for 2026-spring-sale\n"
    assert result.stdout.count(",planned\n") == 4
    assert list(home.iterdir()) == []


def test_build_some_campaigns(run: Run) -> None:
    """By name; an unknown one is refused before anything is issued."""
    Path("campaigns.toml").write_text(
        "".join(
            f'[campaigns.{name}]\nlanding_page = "https://x.example/"\nchannels = ["sms"]\n'
            for name in ("one", "two", "three")
        )
    )
    assert run("build", "one", "two").stderr == "issued 2 links for 2 campaigns\n"
    assert run("build").stderr == ("issued 1 link; 2 links for 3 campaigns were already issued\n")
    assert run("build", "four").exit_code == 24
    assert run("build", "--check", "--dry-run").exit_code == 2


@pytest.mark.parametrize(
    ("text", "code", "stderr"),
    [
        (
            None,
            21,
            "error: there is no campaigns.toml here or in a folder above\n"
            "hint: utmforge init writes one, --file names another\n",
        ),
        ("", 21, "error: campaigns.toml has no campaigns\nhint: add a [campaigns.NAME] table\n"),
        (
            "[campaigns.spring\n",
            22,
            "error: campaigns.toml:1: not valid TOML: expected ']' at the end of a table "
            "declaration\nhint: write it as: [campaigns.spring]\n",
        ),
        (
            '[campaigns.a]\nlanding_page = "x"\nchannels = ["smss"]\nstart = 1\n',
            23,
            'error: campaigns.toml:2: "x" is not a web address\n'
            "hint: write it as https://shop.example/page\n"
            'error: campaigns.toml:3: no channel is called "smss"\n'
            'hint: did you mean "sms"?\n'
            'error: campaigns.toml:4: unknown key "start"\nhint: did you mean "starts"?\n',
        ),
    ],
)
def test_build_says_what_is_wrong_with_the_file(
    run: Run, home: Path, text: str | None, code: int, stderr: str
) -> None:
    """Everything at once, with file and line; nothing is issued."""
    if text is not None:
        Path("campaigns.toml").write_text(text)

    assert run("build") == Result(code, "", stderr)
    assert list(home.iterdir()) == []


def test_problems_as_json(run: Run) -> None:
    """The first as the error, all of them beside it, with keys."""
    Path("campaigns.toml").write_text("[campaigns.a]\nb = 1\n")
    answer = json.loads(run("build", "--format", "json").stderr)

    assert answer["error"] == {
        "code": "invalid-campaign-file",
        "message": 'campaign "a" has no landing_page',
        "hint": 'add landing_page = "https://…"',
        "where": "campaigns.toml:1",
    }
    assert [problem["key"] for problem in answer["problems"]] == [
        *("campaigns.a", "campaigns.a", "campaigns.a.b"),
    ]


def test_check_says_what_is_there_and_what_is_left_out(run: Run) -> None:
    """A campaign that has ended needs none of its links; its older ones count."""
    campaign = (
        "landing_page = 'https://x.example/{}'\nchannels = ['sms', 'email']\n"
        "starts = 2020-01-01\nends = 2020-02-01\n"
    )
    Path("campaigns.toml").write_text(
        f"[campaigns.old]\n{campaign.format(1)}[campaigns.older]\n{campaign.format(2)}"
    )
    one = "warning: left out 1 link of a campaign that has ended (--ended)\n"
    two = "warning: left out 2 links of campaigns that have ended (--ended)\n"

    assert run("build", "--check", "old").stderr == (
        f"0 of 2 links of old are in the registry\n{two}"
    )
    run("new", "old", "--channel", "sms", "--ended")
    assert run("build", "--check", "old").stderr == (
        f"1 of 2 links of old is in the registry\n{one}"
    )
    run("new", "old", "--ended")
    assert run("build", "--check", "old").stderr == "all 2 links of old are in the registry\n"
    assert run("build", "--check").stderr == (
        f"2 of 4 links of 2 campaigns are in the registry\n{two}"
    )
    assert run("build", "--check", "--ended").stderr == (
        "warning: not in the registry: 2 of 4 links of 2 campaigns\n"
        "hint: utmforge build issues them\n"
    )
