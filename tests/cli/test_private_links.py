"""What is private is not issued, and never repeated."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from utmforge.errors import PrivateData
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.privacy.find import find_private, find_private_in_tags
from utmforge.privacy.issue_gate import refuse_private

ASKED = ("--campaign", "spring", "--channel", "sms")
MAIL = "https://shop.example/?e=ann%40mail.example"
OPENS = "https://shop.example/?password=hunter2hunter2"


def test_a_refusal_makes_no_registry(run: Run, home: Path) -> None:
    """Nothing is written at all."""
    assert run("new", MAIL, *ASKED).exit_code == 2
    assert list(home.iterdir()) == []


def test_personal_data_is_refused_with_a_way_out(run: Run) -> None:
    """Status 2, nothing issued, nothing repeated; --allow-private issues it."""
    result = run("new", MAIL, *ASKED)

    assert result.exit_code == 2
    assert result.stderr == (
        'error: the link has a private e-mail address in parameter "e"\n'
        "hint: remove it: everyone can see it; --allow-private issues it anyway\n"
    )
    assert run("list").stdout == ""
    assert run("new", MAIL, *ASKED, "--allow-private").exit_code == 0


def test_a_wrapper_with_the_address_of_its_reader_names_the_page(run: Run) -> None:
    """What is private is in the wrapper only: the page inside it can be used."""
    wrapper = (
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2Fspring"
    )
    result = run("new", f"{wrapper}&data=05%7C01%7Cann%40mail.example%7C1&reserved=0", *ASKED)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: the address is Outlook Safe Links, which forwards to another one without the tags\n"
        "hint: use https://shop.example/spring\n"
    )


def test_secrets_are_refused_without_one(run: Run) -> None:
    """Whatever is allowed."""
    result = run("new", OPENS, *ASKED, "--allow-private")

    assert result.exit_code == 2
    assert "hunter2" not in result.stderr
    assert run("list").stdout == ""


def test_in_tags(run: Run) -> None:
    """They are looked at as the convention writes them."""
    result = run("new", "https://shop.example/", *ASKED, "--content", "ann@mail.example")

    assert result.exit_code == 2
    assert "mail.example" not in result.stdout


def test_in_bulk(run: Run) -> None:
    """The row is said, not what is in it."""
    Path("pages.txt").write_text(f"https://shop.example/a\n{MAIL}\n{OPENS}\n")
    result = run("new", "--from", "pages.txt", *ASKED)

    assert result.exit_code == 25
    assert "pages.txt:2" in result.stderr
    assert "pages.txt:3" in result.stderr
    assert "mail.example" not in result.stderr
    assert "hunter2" not in result.stderr
    assert run("list").stdout == ""


def test_in_the_campaign_file(run: Run) -> None:
    """`build` refuses too."""
    Path("campaigns.toml").write_text(
        f'[campaigns.spring]\nlanding_page = "{MAIL}"\nchannels = ["sms"]\n'
    )

    assert run("build").exit_code == 2
    assert run("build", "--allow-private").exit_code == 0


PIECES = (
    "a",
    "e=",
    "ann",
    "@",
    "%40",
    ".",
    "-",
    "_",
    "?",
    "&",
    "name=",
    "mail",
    "user-",
    "12345678",
)


@given(
    st.lists(st.sampled_from(PIECES), max_size=10), st.lists(st.sampled_from(PIECES), min_size=1)
)
def test_the_quick_look_misses_nothing(page: list[str], content: list[str]) -> None:
    """What is found by reading everything is refused."""
    url = f"https://shop.example/{''.join(page)}"
    tags = Tags("news", "email", "spring", content="".join(content))
    link = make_link("https://shop.example/", tags)._replace(landing_page=url)

    if find_private(url) or find_private_in_tags(tags):
        with pytest.raises(PrivateData):
            refuse_private([link])
    else:
        refuse_private([link])
