"""The naming convention as people meet it: in `new`, `--from`, `build`, the wizard, editors."""

import json
import tomllib
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from tests.campaigns.test_starter import plain
from tests.cli.convention_example import ASKED, CONVENTION, SPRING, prepare
from tests.conftest import Result, Run
from utmforge import load_campaigns
from utmforge.campaigns.starter import schema
from utmforge.errors import CampaignFileInvalid
from utmforge.issuing import requests


@pytest.fixture(autouse=True)
def _file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work beside a campaign file, in March 2026."""
    prepare(monkeypatch)


def link(campaign: str = "2026-summer", content: str = "hero", more: str = "") -> str:
    """Return the link of `ASKED`."""
    return (
        f"https://x.example/?utm_source=facebook&utm_medium=social&utm_campaign={campaign}"
        f"&utm_content={content}{more}\n"
    )


@pytest.mark.parametrize(
    ("words", "stdout", "notes"),
    [
        (
            ("-c", "Summer", "--content", "hero"),
            link(),
            'note: wrote source "fb" as "facebook"\n'
            'note: wrote campaign "Summer" as "2026-summer"\n',
        ),
        (
            ("-c", "2024-summer", "--source", "face book", "--content", "hero"),
            link("2024-summer"),
            'note: wrote source "face book" as "facebook"\n',
        ),
        (
            ("-c", "2026-summer", "--source", "facebook", "--content", "footr"),
            link(content="footr"),
            'note: content "footr" is not among the suggested "hero", "footer"; did you mean '
            '"footer"?\n',
        ),
        (
            (
                *("-c", "2026-summer", "--source", "facebook", "--content", "hero"),
                *("--creative-format", "video"),
            ),
            link(more="&utm_creative_format=VIDEO"),
            'note: wrote creative_format "video" as "VIDEO"\n',
        ),
        (("-c", "{campaign}", "--source", "facebook", "--content", "hero"), link("{campaign}"), ""),
    ],
)
def test_what_is_written_otherwise_is_told(
    run: Run, words: tuple[str, ...], stdout: str, notes: str
) -> None:
    """Each change and each unusual value, once, on stderr; the answer is the link alone."""
    result = run(*ASKED[:-2], *words)

    subject = stdout.partition("utm_campaign=")[2].partition("&")[0]
    assert result == Result(0, stdout, f"{notes}issued 1 link for {subject}\n")
    assert run(*ASKED[:-2], *words) == Result(
        0, stdout, f"{notes}1 link for {subject} was already issued\n"
    )


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ("-c", "summer", "--medium", "e-mail"),
            'medium "e-mail" is not in the naming convention',
            'use "email", or add it to [convention.medium]',
        ),
        (
            ("-c", "Test"),
            'campaign "test" is prohibited in the naming convention',
            "use another value, or remove it from prohibited in [convention.campaign]",
        ),
        (
            ("-c", "!!"),
            'the naming convention leaves nothing of campaign "!!"',
            "use at least one letter or digit",
        ),
        (
            ("-c", "summer-2026"),
            'campaign "summer-2026" does not fit the naming convention\'s template {year}-{slug}',
            'write it like "2026-spring-sale", or change the template in [convention.campaign]',
        ),
        (
            ("-c", "the long summer of love and peace"),
            'campaign "2026-the-long-summer-of-love-and-peace" has 38 characters, the naming '
            "convention allows 30",
            "shorten it, or raise max_length in [convention]",
        ),
        (
            ("-c", "summer", "--term", "t1"),
            'term "t1" does not match the naming convention\'s pattern [a-z]+(-[a-z]+)*',
            "change the value, or the pattern in [convention.term]",
        ),
    ],
)
def test_each_refusal(run: Run, words: tuple[str, ...], message: str, hint: str) -> None:
    """Status 2, nothing on stdout, the sentence and the way out."""
    assert run(*ASKED, *words) == Result(2, "", f"error: {message}\nhint: {hint}\n")
    assert run("list").stdout == ""


def test_bulk_tells_changes_once_and_all_refusals_with_their_lines(run: Run) -> None:
    """The same convention for a thousand rows."""
    Path("pages.csv").write_text(
        "landing_page,campaign,source,medium,content\n"
        "https://x.example/1,summer,fb,social,hero\n"
        "https://x.example/2,summer,fb,social,hero\n"
    )
    good = run("new", "--from", "pages.csv")
    with Path("pages.csv").open("a") as file:
        file.write("https://x.example/3,test,fb,social,hero\nhttps://x.example/4,a,fb,social,\n")
    bad = run("new", "--from", "pages.csv")

    assert good.stdout == "".join(
        link().replace("example/", f"example/{number}") for number in (1, 2)
    )
    assert good.stderr == (
        'note: wrote source "fb" as "facebook"\n'
        'note: wrote campaign "summer" as "2026-summer"\n'
        "issued 2 links, 0 already issued\n"
    )
    assert bad == Result(
        25,
        "",
        'error: pages.csv:4: campaign "test" is prohibited in the naming convention\n'
        "hint: use another value, or remove it from prohibited in [convention.campaign]\n"
        "error: pages.csv:5: content is missing: the naming convention requires it\n"
        "hint: give it a value, or change required in [convention]\n",
    )


def test_a_campaign_keeps_its_name_when_the_year_turns(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first day says the year, for `build`, and for more links under its name."""
    Path("campaigns.toml").write_text(CONVENTION + SPRING)
    first = run("build")
    monkeypatch.setattr(requests, "_clock_day", lambda _: date(2027, 1, 1))
    told = (
        'note: wrote campaign "spring-sale" as "2025-spring-sale"\n'
        'note: content "heros" is not among the suggested "hero", "footer"; did you mean "hero"?\n'
    )

    assert first.stderr == told + "issued 2 links for spring-sale\n"
    assert first.stdout.count("utm_campaign=2025-spring-sale&utm_id=spr25") == 2
    again = told + "2 links for spring-sale were already issued\n"
    assert run("build") == Result(0, first.stdout, again)
    more = run("new", "spring-sale", "--content", "footer")
    assert "utm_campaign=2025-spring-sale&utm_id=spr25&utm_content=footer" in more.stdout
    for name in ("Spring Sale", "spring-sale", "2025-spring-sale"):
        page = run(*ASKED, "-c", name)
        assert page.stdout == link("2025-spring-sale&utm_id=spr25")
        assert 'added utm_id "spr25", which campaigns.toml has for this campaign' in page.stderr
    assert run(*ASKED, "-c", "summer").stdout == link("2027-summer")


def test_an_id_of_the_file_is_an_id(run: Run) -> None:
    """Where utm_id is required, the campaign's own is enough."""
    text = (CONVENTION + SPRING).replace('required = ["content"]', 'required = ["id"]')
    Path("campaigns.toml").write_text(text)

    assert run(*ASKED, "-c", "spring-sale").exit_code == 0
    assert run(*ASKED, "-c", "summer").stderr.startswith("error: id is missing: ")


def test_list_finds_a_campaign_by_its_alias(run: Run) -> None:
    """As it is written, so it is looked for."""
    text = CONVENTION.replace('prohibited = ["test"]', 'aliases = { smr = "2026-summer" }')
    Path("campaigns.toml").write_text(text)
    run(*ASKED, "-c", "smr")

    assert run("list", "--campaign", "SMR").stdout == link()


def test_today_is_the_workspace_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the turn of the year two people of one team write one name."""
    monkeypatch.undo()
    west, east = (requests._clock_day(zone) for zone in ("Etc/GMT+12", "Etc/GMT-14"))

    assert 1 <= (east - west).days <= 2
    assert west <= requests._clock_day(None) <= east
    assert west <= requests._clock_day("No/Such") <= east


TAG = "[convention.content]\n"


@pytest.mark.parametrize(
    "text",
    [
        "[convention]\nrequired = ['content', 'id']\nmax_length = 100",
        TAG + "suggested = ['a']\nprohibited = ['B']\naliases = { fb = 'facebook' }",
        TAG + "allowed = ['a']\nmax_length = 1\nrequired = true",
        TAG + "case = 'upper'\nseparator = '_'\ntransliterate = false",
        *(
            TAG + f"template = '{template}'"
            for template in (
                "{year}-{slug}",
                "{quarter}{month}{day}",
                "x{date}_{word}_{number}",
            )
        ),
    ],
)
def test_schema_and_reader_take_the_same(text: str) -> None:
    """What an editor completes is what the command reads."""
    Path("campaigns.toml").write_text(text)

    load_campaigns("campaigns.toml")
    jsonschema.validate(plain(tomllib.loads(text)), json.loads(schema()))


@pytest.mark.parametrize(
    "text",
    [
        "[convention]\nrequired = ['contents']",
        "[convention]\nrequired = ['id', 'id']",
        "[convention]\nmax_length = 101",
        TAG + "alowed = []",
        TAG + "allowed = ['a']\nsuggested = ['b']",
        TAG + "suggested = ['']",
        TAG + "prohibited = 'a'",
        TAG + "aliases = ['a']",
        TAG + "aliases = { a = 1 }",
        TAG + "aliases = { '' = 'a' }",
        TAG + "template = '{yeer}'",
        TAG + "template = 'a'",
        TAG + "template = '{{year}}'",
        TAG + "max_length = 0",
        TAG + "max_length = '1'",
        TAG + "required = 1",
        TAG + "case = 'Upper'",
        TAG + "separator = ' '",
        TAG + "transliterate = 'no'",
    ],
)
def test_schema_and_reader_refuse_the_same(text: str) -> None:
    """What an editor underlines is what the command refuses."""
    Path("campaigns.toml").write_text(text)

    with pytest.raises(CampaignFileInvalid):
        load_campaigns("campaigns.toml")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(tomllib.loads(text)), json.loads(schema()))


def test_a_convention_that_differs_from_the_registry_is_said_as_that(run: Run) -> None:
    """The older name cannot be followed: the convention would write the new one again."""
    words = ("new", "https://x.example/", "-c", "spring", "-C", "email")
    Path("campaigns.toml").unlink()
    assert run(*words).exit_code == 0
    Path("campaigns.toml").write_text('[convention]\ncase = "upper"\n')
    refused = run(*words)

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert (
        'error: your convention writes source "EMAIL", the registry has "email" since 20'
        in refused.stderr
    )
    assert 'hint: change the convention to keep "email", or add --new-name' in refused.stderr
    assert "utm_source=EMAIL" in run(*words, "--new-name").stdout
