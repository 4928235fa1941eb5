"""`utmforge show`: one issued link."""

import json

import pytest

from tests.conftest import Result, Run
from utmforge.urls.link_ids import link_id

ASKED = ("new", "https://shop.example/x", "--campaign", "spring", "--channel", "whatsapp,sms")
URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
SMS = "https://shop.example/x?utm_source=sms&utm_medium=sms&utm_campaign=spring"
ID = link_id(URL)


def test_show_prints_one_link(run: Run) -> None:
    """By its id or its first letters; in a pipe the URL."""
    run(*ASKED)

    assert run("show", ID) == Result(0, f"{URL}\n", "")
    assert run("show", ID[:6], "--format", "table").stdout.splitlines()[:3] == [
        f"id            {ID}",
        f"url           {URL}",
        "landing_page  https://shop.example/x",
    ]
    assert json.loads(run("show", ID, "--format", "json").stdout)["data"]["id"] == ID


@pytest.mark.parametrize("command", ["show", "copy", "qr"])
def test_an_unknown_link_is_refused_with_a_hint(run: Run, command: str) -> None:
    """Nearly right is corrected, never guessed."""
    assert run(command, "nope") == Result(
        31,
        "",
        'error: no link "nope" in the registry\n'
        "hint: utmforge list shows every link issued so far\n",
    )
    run(*ASKED)
    typo = ID[:-2] + ID[-1] + ID[-2]
    assert run(command, typo).stderr.endswith(f'hint: did you mean "{ID}"?\n')


def test_a_link_is_shown_by_its_address_too(run: Run) -> None:
    """What a person has at hand; a campaign's name leads on."""
    run(*ASKED)

    assert run("show", URL).stdout == f"{URL}\n"
    assert run("show", "spring").stderr.endswith(
        "hint: it is a campaign: utmforge list --campaign spring\n"
    )
    assert run("show", f"{URL}x").exit_code == 31
