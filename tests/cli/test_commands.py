"""The other commands: build, list, show, copy, qr, channels, registry, init."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import EXAMPLE, ROOT, Result, Run
from utmforge import __version__
from utmforge.campaigns.reader import load_campaigns
from utmforge.urls.link_ids import link_id

ASKED = ("new", "https://shop.example/x", "--campaign", "spring", "--channel", "whatsapp,sms")
URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
SMS = "https://shop.example/x?utm_source=sms&utm_medium=sms&utm_campaign=spring"
ID = link_id(URL)
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
    lacking = run(*BUILD, "--check")
    assert lacking.exit_code == 1
    assert lacking.stdout.count("\n") == 4
    assert lacking.stderr == (
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
            "declaration\n",
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


def test_list_in_the_order_of_issue(run: Run) -> None:
    """By campaign, channel and text; the latest; nothing is an answer too."""
    assert run("list") == Result(0, "", "note: no link was issued yet\n")
    run(*ASKED)
    run("new", "https://shop.example/y", "--campaign", "summer", "--channel", "sms")

    assert run("list").stdout.splitlines()[:2] == [URL, SMS]
    assert run("list", "--campaign", "spring", "--channel", "sms").stdout == f"{SMS}\n"
    assert run("list", "/Y", "--format", "jsonl").stdout.count("\n") == 1
    assert run("list", "--limit", "2").stdout.splitlines()[0] == SMS
    assert run("list", "--campaign", "sumer") == Result(
        0, "", 'note: no link has campaign "sumer"; did you mean "summer"?\n'
    )
    assert run("list", "--campaign", "winter", "-F", "csv").stdout.startswith("id,url,")
    assert json.loads(run("list", "-c", "winter", "-F", "json").stdout)["data"] == []


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


def test_copy_prints_the_link_and_never_fails(run: Run) -> None:
    """Without a clipboard it says so; with --require that is status 51."""
    run(*ASKED)
    reason = "not copied: no clipboard tool was found (on Linux: xclip, xsel or wl-clipboard)\n"

    assert run("copy", ID) == Result(0, f"{URL}\n", f"warning: {reason}")
    assert run("copy", ID, "--require") == Result(51, f"{URL}\n", f"error: {reason}")


def test_qr_draws_in_a_pipe_without_colour(run: Run) -> None:
    """Blocks, and the destination below."""
    run(*ASKED)
    lines = run("qr", ID).stdout.splitlines()

    assert lines[-1] == URL
    assert set("".join(lines[:-1])) == set(" ▀▄█")


def test_qr_writes_a_file_with_advice(run: Run) -> None:
    """How large to print it for where it will be read."""
    run(*ASKED)
    result = run("qr", ID, "--output", "code.svg", "--distance", "200", "-e", "H")

    assert result == Result(
        0,
        f"{URL}\n",
        "wrote code.svg\nnote: 57 x 57 modules with the quiet zone, error correction H; to be "
        "read from 200 cm, print it at least 200 mm wide\n",
    )
    assert run("qr", ID, "-o", "code.svg").exit_code == 53
    assert run("qr", ID, "-o", "code.svg", "--force").exit_code == 0
    assert run("qr", ID, "-o", "b.svg", "--dry-run").stderr.startswith("would write b.svg\n")
    assert not Path("b.svg").exists()


def test_a_link_too_long_for_a_code(run: Run) -> None:
    """Said before it is issued, and for a link that is."""
    page = f"https://x.example/{'a' * 3000}"
    asked = ("new", page, "-c", "c", "-C", "sms")

    assert run(*asked, "--qr-file", "a.svg").exit_code == 52
    assert run("list").stdout == ""
    result = run("qr", link_id(run(*asked).stdout.strip()))
    assert result.exit_code == 52
    assert "too many for a QR code at level M" in result.stderr


def test_channels_in_every_format(run: Run) -> None:
    """One's own first; the reason and the page for machines."""
    Path("campaigns.toml").write_text("[channels.news]\nextends = 'email'\nsource = '-x'\n")
    rows = json.loads(run("channels", "--format", "json").stdout)["data"]

    assert len(rows) == 17
    assert list(rows[0]) == [
        *("name", "source", "medium", "title", "extends", "reason", "page"),
        *("channel_group", "certain"),
    ]
    assert (rows[-1]["channel_group"], rows[-1]["certain"]) == ("Unassigned", True)
    assert rows[0]["extends"] == "email"
    assert run("channels").stdout.splitlines()[:3] == ["news", "email", "sms"]
    assert run("channels", "--format", "csv").stdout.splitlines()[1].startswith("news,'-x,email,")
    assert run("channels", "-F", "markdown").stdout.splitlines()[2] == (
        "| news | -x | email | your own, on email | Email |"
    )
    assert run("channels", "--format", "jsonl").stdout.count("\n") == 17
    table = run("channels", "--format", "table").stdout.splitlines()
    assert table[0].split(maxsplit=4) == [
        *("name", "source", "medium", "title", "GA4 files it under"),
    ]
    assert len(table) == 18


def test_registry_path(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option, the variable, the file's, the default."""
    default = home / ".local" / "share" / "utmforge" / "links.db"

    assert run("registry", "path") == Result(0, f"{default}\n", "")
    monkeypatch.setenv("UTMFORGE_REGISTRY", "/a/b.db")
    assert run("registry", "path").stdout == "/a/b.db\n"
    assert run("registry", "path", "--registry", "c.db").stdout == "c.db\n"
    monkeypatch.delenv("UTMFORGE_REGISTRY")
    Path("campaigns.toml").write_text('[workspace]\nregistry = "d.db"\n')
    assert run("registry", "path").stdout == "d.db\n"


def test_init_writes_a_file_that_works(run: Run, work: Path) -> None:
    """Its campaign can be issued as it stands; it is never overwritten unasked."""
    result = run("init")

    assert result.stderr == (
        "wrote campaigns.toml\nwrote campaigns.schema.json\n"
        "hint: change the example in campaigns.toml, then: utmforge build\n"
    )
    assert run("build").stdout.count("\n") == 4
    (work / "campaigns.toml").write_text("# mine\n")
    again = run("init")
    assert again.exit_code == 26
    assert (work / "campaigns.toml").read_text() == "# mine\n"
    assert run("init", "--force").exit_code == 0
    assert run("init", "no/such/folder").exit_code == 53
    assert run("init", "--dry-run", "--force").stderr.startswith("would write campaigns.toml\n")


def schema() -> dict[str, Any]:
    """Return the JSON Schema that `init` writes."""
    folder = ROOT / "src" / "utmforge" / "campaigns"
    result: dict[str, Any] = json.loads((folder / "campaigns.schema.json").read_text())
    return result


def plain(value: object) -> object:
    """Return TOML values as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


STARTER = ROOT / "src" / "utmforge" / "campaigns" / "campaigns.toml"


@pytest.mark.parametrize("path", [EXAMPLE, STARTER], ids=["example", "starter"])
def test_schema_and_reader_agree(path: Path) -> None:
    """What the reader takes the schema takes, also with every comment taken away."""
    import tomllib

    text = path.read_text()
    for variant in (text, text.replace("\n# [", "\n[").replace("\n# ", "\n")):
        if variant != text and path == EXAMPLE:
            continue
        body = "\n".join(line for line in variant.splitlines() if not line.startswith("The "))
        Path("campaigns.toml").write_text(body)
        load_campaigns("campaigns.toml")
        jsonschema.validate(plain(tomllib.loads(body)), schema())


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        "[workspace]\ncurrency = 'euro'",
        "[convention]\ncase = 'Lower'",
        "[convention]\nmedum = {}",
        "[channels.x]\nsource = 'a'",
        "[campaigns.x]\nlanding_page = 'https://a.example/'",
        "[campaigns.x]\nchannels = ['sms']",
        "[campaigns.x]\nlanding_page = 'https://a.example/'\nchannels = ['sms', 'sms']",
        "[campaigns.x]\nlanding_page = 'https://a.example/'\nplacements = [{}]",
        "[campaigns.x]\nlanding_page = 'https://a.example/'\nchannels=['sms']\ncosts.sms = -1",
        "[goals.x]\npath = 'thanks'",
        "[goals.x]\nvalue = 1",
    ],
)
def test_schema_and_reader_refuse_alike(text: str) -> None:
    """What an editor underlines is what the command refuses."""
    import tomllib

    from utmforge.errors import CampaignFileInvalid

    Path("campaigns.toml").write_text(text)
    with pytest.raises(CampaignFileInvalid):
        load_campaigns("campaigns.toml")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(tomllib.loads(text)), schema())


def test_version(run: Run) -> None:
    """One line."""
    assert run("--version") == Result(0, f"utmforge {__version__}\n", "")


def test_alone_it_shows_what_there_is(run: Run) -> None:
    """The commands, and where to begin."""
    result = run()

    assert result == run("--help") == run("-h")
    assert "Start with: utmforge new" in result.stdout


def test_each_command_s_help(run: Run) -> None:
    """Its first sentence is the line in the list; it has an example; no markup shows."""
    from utmforge.cli.app import COMMANDS

    for name, line in COMMANDS.items():
        text = run(name, "--help").stdout
        assert line in " ".join(text.split())
        assert name == "registry" or "Example:\n" in text
        assert "\b" not in text
    assert "\n  Example:\n    utmforge new 2026-spring-sale\n" in run("new", "-h").stdout


def test_what_is_no_refusal_is_a_bug_and_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line to report, without what may be a secret; the traceback on demand."""
    from utmforge.registry import Registry

    def broken(*_: object) -> None:
        raise ValueError("secret")

    monkeypatch.setattr(Registry, "links", broken)
    result = run("list")

    assert result.exit_code == 70
    assert result.stderr.startswith(
        f"error: this is a bug in utmforge {__version__}: ValueError at"
    )
    assert "secret" not in result.stderr
    monkeypatch.setenv("UTMFORGE_DEBUG", "1")
    with pytest.raises(ValueError, match="secret"):
        run("list")


@pytest.mark.parametrize(
    ("words", "environment", "is_colored"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_is_the_option_then_the_variables(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    environment: dict[str, str],
    is_colored: bool,
) -> None:
    """Whatever the colour, the URL has none."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    run(*ASKED)
    result = run("list", "--format", "table", *words)

    assert ("\x1b[" in result.stdout) == is_colored
    assert f"\n{URL}\n" in result.stdout


def test_the_registry_of_another_program_is_left_alone(run: Run) -> None:
    """A wrong --registry is a mistake with a sentence."""
    Path("notes.txt").write_text("notes\n" * 200)
    result = run(*ASKED, "--registry", "notes.txt")

    assert result == Result(
        34,
        "",
        'error: "notes.txt" is not a registry of utmforge\n'
        "hint: name another file with --registry or UTMFORGE_REGISTRY; this one was not "
        "changed\n",
    )
    assert Path("notes.txt").read_text() == "notes\n" * 200
    assert [path.name for path in Path().iterdir()] == ["notes.txt"]


def test_a_long_option_with_one_hyphen_is_refused(run: Run) -> None:
    """It would be read as `-c ampaign=spring`."""
    result = run("new", "x.example", "-campaign=spring", "-C", "sms")

    assert result == Result(
        2,
        "",
        'error: no such option: "-campaign=spring"\nhint: did you mean --campaign? (two hyphens)\n',
    )


def test_every_long_option_is_known() -> None:
    """The list by which one hyphen is told from two."""
    from utmforge.cli.app import _LONG_OPTIONS

    page = (ROOT / "docs/reference/commands.md").read_text()
    assert set(re.findall(r"^ .*?--([a-z-]+)", page, re.MULTILINE)) <= _LONG_OPTIONS


def test_a_link_is_shown_by_its_address_too(run: Run) -> None:
    """What a person has at hand; a campaign's name leads on."""
    run(*ASKED)

    assert run("show", URL).stdout == f"{URL}\n"
    assert run("show", "spring").stderr.endswith(
        "hint: it is a campaign: utmforge list --campaign spring\n"
    )
    assert run("show", f"{URL}x").exit_code == 31


def test_names_are_taken_as_people_write_them(run: Run) -> None:
    """The makers' capitals of a channel, a campaign before the convention, formats."""
    assert run("new", "https://shop.example/x", "-c", "spring", "-C", "WhatsApp").stdout == (
        f"{URL}\n"
    )
    assert run("list", "--campaign", "SPRING", "--format", "URLS").stdout == f"{URL}\n"


def test_problems_of_the_file_keep_nobody_from_what_was_issued(run: Run, work: Path) -> None:
    """Only the workspace is read for that; `channels` shows those that are built in."""
    run(*ASKED, "--registry", "links.db")
    (work / "campaigns.toml").write_text(
        '[workspace]\nregistry = "links.db"\n[campaigns.a]\nchannels = ["smss"]\n'
    )

    assert run("list").stdout == f"{URL}\n{SMS}\n"
    assert run("show", ID).stdout == f"{URL}\n"
    assert run("new", "x.example", "-c", "c", "-C", "sms").exit_code == 23
    listed = run("channels")
    assert listed.stdout.startswith("email\n")
    assert listed.stderr.startswith("warning: only the built-in channels: campaigns.toml:3: ")


def test_a_file_of_a_folder_above_is_named(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody wonders where the links came from."""
    (work / "campaigns.toml").write_text(EXAMPLE.read_text())
    (work / "sub").mkdir()
    monkeypatch.chdir(work / "sub")

    assert run("build").stderr.startswith(f"note: using {work / 'campaigns.toml'}\n")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("list", "-f", "csv"), "the format is -F csv, with a capital F"),
        (("new", "x.example", "-c", "Spring", "Sale"), "text with spaces goes in quotes"),
        (("new", "links.csv"), "for the landing pages in it: --from links.csv"),
        (("new", "htps://x.example", "-c", "c", "-C", "sms"), 'did you mean "https"?'),
        (("new", "x.example", "-c", "c", "-C", "wh"), 'did you mean "whatsapp"?'),
        (("new", "x.example", "-c", "c", "-C", "tiktok"), "say --source and --medium"),
        (("list", "--registry", "typo.db"), "there is no registry"),
    ],
)
def test_usual_mistakes_get_the_next_step(run: Run, words: tuple[str, ...], hint: str) -> None:
    """What beginners really typed."""
    Path("links.csv").touch()

    assert hint in run(*words).stderr


def test_registry_alone_shows_its_commands(run: Run) -> None:
    """Not an error."""
    result = run("registry")

    assert result.exit_code == 0
    assert "Print where the registry is." in result.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("new", "x.example", "-c", "c", "-C", "sms", "--content", "-copy"),
        ("new", "x.example", "-c", "c", "-C", "sms", "--term", "-id"),
        ("list", "--", "-copy"),
        ("list", "-c", "-copy"),
    ],
)
def test_values_that_begin_with_a_hyphen_are_values(run: Run, words: tuple[str, ...]) -> None:
    """Only what stands where an option would is taken for one."""
    assert run(*words).exit_code == 0


def test_list_takes_channels_as_people_write_them(run: Run) -> None:
    """In capitals; nearly right is corrected."""
    run(*ASKED)

    assert run("list", "--channel", "SMS").stdout == f"{SMS}\n"
    assert run("list", "--channel", "smss").stderr == (
        'note: no link has channel "smss"\nhint: did you mean "sms"?\n'
    )


def test_errors_as_json_in_any_case_and_distances_that_are_none(run: Run) -> None:
    """--format JSON is JSON; nan is no distance."""
    run(*ASKED)

    assert json.loads(run("show", "nope", "--format", "JSON").stderr)["error"]
    assert run("qr", ID, "--distance", "nan", "-o", "a.svg").exit_code == 2
