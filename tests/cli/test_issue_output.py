"""What is said of issued links, by `new` and by `build`."""

from pathlib import Path

import pytest

from tests.conftest import Run

FILE = """\
[campaigns.spring]
landing_page = "https://x.example/s"
channels = ["email", "sms"]
[campaigns.old]
landing_page = "https://x.example/o"
channels = ["sms"]
ends = 2020-01-01
"""


@pytest.fixture(autouse=True)
def campaigns() -> None:
    """Write a file with a running campaign and one that is over."""
    Path("campaigns.toml").write_text(FILE)


def last(stderr: str) -> str:
    """Return the line that says what was done."""
    return next(line for line in stderr.splitlines() if "issue" in line)


def test_new_and_known_links_are_counted_apart(run: Run) -> None:
    """All new, some new, none new; in the singular and the plural."""
    sms = run("new", "spring", "-C", "sms")
    both = run("new", "spring")
    again = run("new", "spring")
    one = run("new", "spring", "-C", "sms")

    assert [last(each.stderr) for each in (sms, both, again, one)] == [
        "issued 1 link for spring",
        "issued 1 link; 1 link for spring was already issued",
        "2 links for spring were already issued",
        "1 link for spring was already issued",
    ]
    assert sms.stdout == one.stdout
    assert both.stdout == again.stdout


@pytest.mark.parametrize("words", [("new", "spring"), ("build", "spring")])
def test_a_dry_run_says_what_would_be(run: Run, words: tuple[str, ...]) -> None:
    """The same URLs, and nothing kept."""
    dry = run(*words, "-n")
    real = run(*words)

    assert dry.stdout == real.stdout
    assert last(dry.stderr).startswith("would issue 2 links")
    assert last(real.stderr).startswith("issued 2 links")


def test_links_that_are_left_out_name_the_option_for_them(run: Run) -> None:
    """Each reason with its number."""
    run("build")
    links = run("list", "-F", "csv").stdout.splitlines()[1:]
    retired = next(line.split(",")[0] for line in links if ",email," in line)
    run("retire", retired, "--reason", "x")
    result = run("build")

    assert "warning: left out 1 retired link (--retired)\n" in result.stderr
    assert "warning: left out 1 link of a campaign that has ended (--ended)\n" in result.stderr
    assert len(result.stdout.splitlines()) == 1
    assert len(run("build", "--ended", "--retired").stdout.splitlines()) == 3


def test_one_address_for_two_channels_is_a_warning(run: Run) -> None:
    """The two cannot be told apart in a report."""
    words = ("new", "https://x.example/", "-c", "spring", "--source", "a", "--medium", "email")
    run(*words, "-C", "email")
    result = run(*words, "-C", "slack")

    assert (
        "warning: the link for slack was issued before for email: reports cannot tell the two "
        "apart (give one another source or content)\n"
    ) in result.stderr


def test_unassigned_is_told_once_where_the_group_is_shown(run: Run) -> None:
    """With the medium that says the same; never in the URLs of a pipe."""
    words = ("new", "https://x.example/", "-c", "spring", "--source", "a", "--medium", "e-letter")
    shown = run(*words, "--content", "x,y", "-F", "table")
    piped = run(*words, "--content", "x,y", "-F", "urls")

    assert shown.stderr.count("under Unassigned") == 1
    assert "Unassigned" not in piped.stderr + piped.stdout
