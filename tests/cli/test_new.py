"""`utmforge new`, as people and scripts use it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, Run, command
from utmforge.urls.link_ids import link_id

URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
ID = link_id(URL)
ASKED = ("new", "https://shop.example/x", "--campaign", "spring", "--channel", "whatsapp")


def test_a_pipe_gets_the_url_alone(run: Run) -> None:
    """`url=$(utmforge new …)` is one line; the talk is on stderr."""
    result = run(*ASKED)

    assert result.exit_code == 0
    assert result.stdout == f"{URL}\n"
    assert result.stderr == "issued 1 link for spring\n"


def test_a_second_run_gives_the_same_link(run: Run) -> None:
    """Issued before: the same link, the same id, status 0."""
    run(*ASKED)
    result = run(*ASKED)

    assert result == (type(result))(0, f"{URL}\n", "1 link for spring was already issued\n")
    assert run("list").stdout == f"{URL}\n"


def test_what_was_changed_is_told(run: Run) -> None:
    """The scheme, the tags replaced, and what the convention wrote otherwise."""
    result = run(
        *("new", "shop.example/x?UTM_source=old", "--campaign", "Spring Sale"),
        *("--channel", "whatsapp,email", "--content", "Hero Image", "--content", "b"),
    )

    assert result.stdout.count("\n") == 4
    assert result.stderr == (
        "note: the address had no scheme: used https://shop.example/x\n"
        "note: replaced what the address already had: UTM_source\n"
        'note: wrote campaign "Spring Sale" as "spring-sale"\n'
        'note: wrote content "Hero Image" as "hero-image"\n'
        "issued 4 links for spring-sale\n"
    )


def test_all_nine_parameters(run: Run) -> None:
    """Each has its option; without a channel source and medium are said."""
    result = run(
        *("new", "https://x.example/", "--source", "s", "--medium", "m", "--campaign", "c"),
        *("--content", "d", "--term", "{keyword}", "--id", "ID7", "--source-platform", "p"),
        *("--creative-format", "f", "--marketing-tactic", "t"),
    )

    assert result.stdout == (
        "https://x.example/?utm_source=s&utm_medium=m&utm_campaign=c&utm_id=ID7&utm_content=d"
        "&utm_term={keyword}&utm_source_platform=p&utm_creative_format=f&utm_marketing_tactic=t\n"
    )


def test_quiet_says_nothing_but_the_answer(run: Run) -> None:
    """For scripts that keep stderr."""
    assert run(*ASKED, "--quiet").stderr == ""


def test_dry_run_shows_the_same_and_changes_nothing(run: Run, home: Path) -> None:
    """Not even a file is made."""
    result = run(*ASKED, "--dry-run")

    assert result.stdout == f"{URL}\n"
    assert result.stderr == "would issue 1 link for spring\n"
    assert list(home.iterdir()) == []


def test_a_campaign_of_the_file(run: Run) -> None:
    """The name of a campaign gives all its links; the file is named or found."""
    result = run("new", "2026-spring-sale", "--file", str(EXAMPLE))

    assert result.stderr == "issued 4 links for 2026-spring-sale\n"
    assert [line.partition("utm_source=")[2][:8] for line in result.stdout.splitlines()] == [
        *("weekly-n", "sms&utm_", "whatsapp", "messenge"),
    ]
    Path("campaigns.toml").write_text(EXAMPLE.read_text())
    assert run("new", "2026-spring-sale").stdout == result.stdout


def test_a_campaign_of_the_file_for_some_channels(run: Run) -> None:
    """Channels and contents narrow it, or add to it for this once."""
    base = ("new", "2026-spring-sale", "--file", str(EXAMPLE))

    assert "utm_content=story" in run(*base, "--channel", "whatsapp").stdout
    assert run(*base, "--channel", "telegram", "--content", "a,b").stdout == "".join(
        "https://shop.example/spring?ref=mail&utm_source=telegram&utm_medium=social"
        f"&utm_campaign=2026-spring-sale&utm_id=spr26&utm_content={content}#offers\n"
        for content in "ab"
    )
    assert run(*base, "--channel", "sms", "--term", "T", "--id", "Q").stdout == (
        "https://shop.example/spring?ref=mail&utm_source=sms&utm_medium=sms"
        "&utm_campaign=2026-spring-sale&utm_id=Q&utm_term=t#offers\n"
    )


def test_a_landing_page_for_a_campaign_of_the_file_gets_its_id(run: Run) -> None:
    """The same campaign has the same utm_id everywhere, and that is said."""
    Path("campaigns.toml").write_text(EXAMPLE.read_text())
    result = run(
        *("new", "https://shop.example/y", "--campaign", "2026-Spring-Sale", "--channel", "sms"),
    )

    assert "utm_campaign=2026-spring-sale&utm_id=spr26" in result.stdout
    assert 'added utm_id "spr26", which campaigns.toml has for this campaign' in result.stderr


def test_two_channels_that_give_one_link_are_warned_about(run: Run) -> None:
    """They would be indistinguishable afterwards."""
    run("new", "https://x.example/", "-c", "c", "-C", "sms")
    result = run("new", "https://x.example/", "-c", "c", "-C", "imessage", "--source", "sms")

    assert result.exit_code == 0
    assert "warning: the link for imessage was issued before for sms" in result.stderr


PINNED_KEYS = [
    *("id", "url", "landing_page", "channel", "source", "medium", "campaign", "term", "content"),
    *("utm_id", "source_platform", "creative_format", "marketing_tactic", "issued_at", "state"),
]


def test_json_is_a_promise(run: Run) -> None:
    """The envelope and the keys of a link are pinned; what is said is in the messages."""
    result = run(*ASKED, "--format", "json")
    answer = json.loads(result.stdout)
    link = answer["data"][0]

    assert result.stderr == ""
    assert list(answer) == ["utmforge", "command", "data", "messages"]
    assert answer["utmforge"] == 1
    assert answer["command"] == "new"
    assert answer["messages"] == [{"kind": "done", "message": "issued 1 link for spring"}]
    assert list(link) == PINNED_KEYS
    assert link | {"issued_at": ""} == dict.fromkeys(PINNED_KEYS) | {
        "id": link_id(URL),
        "url": URL,
        "landing_page": "https://shop.example/x",
        "channel": "whatsapp",
        "source": "whatsapp",
        "medium": "message",
        "campaign": "spring",
        "issued_at": "",
        "state": "issued",
    }


def test_json_of_a_dry_run(run: Run) -> None:
    """Planned, and not issued at any time."""
    link = json.loads(run(*ASKED, "--dry-run", "--format", "json").stdout)["data"][0]

    assert (link["state"], link["issued_at"]) == ("planned", None)


def test_json_lines_and_csv(run: Run) -> None:
    """One link a line, the same keys."""
    jsonl = run(*ASKED, "--channel", "sms", "--format", "jsonl").stdout.splitlines()
    csv = run(*ASKED, "--channel", "sms", "--format", "csv").stdout.splitlines()

    assert [json.loads(line)["channel"] for line in jsonl] == ["whatsapp", "sms"]
    assert list(json.loads(jsonl[0])) == PINNED_KEYS
    assert csv[0] == ",".join(PINNED_KEYS)
    assert csv[1].startswith(f"{link_id(URL)},{URL},https://shop.example/x,whatsapp,")
    assert len(csv) == 3


def test_markdown(run: Run) -> None:
    """A table that shows the link as it is, markup of names made harmless."""
    result = run(
        *("new", "https://x.example/?a=*|b|*", "--campaign", "c", "--channel", "sms"),
        *("--content", "a|b*c*", "--content", "d", "--format", "markdown"),
    )

    assert result.stdout.splitlines()[:3] == [
        "| channel | content | id | GA4 files it under | link |",
        "| --- | --- | --- | --- | --- |",
        r"| sms | a\|b\*c\* | "
        f"{link_id(url('a%7Cb%2Ac%2A'))} | SMS | <{url('a%7Cb%2Ac%2A')}> |".replace(
            "*|b|*", r"*\|b\|*"
        ),
    ]


def url(content: str) -> str:
    """Return the link of the test above."""
    return (
        "https://x.example/?a=*|b|*&utm_source=sms&utm_medium=sms&utm_campaign=c"
        f"&utm_content={content}"
    )


@pytest.mark.parametrize("width", [20, 80, 200])
def test_a_table_never_cuts_a_url(run: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """It is in a column where it fits, else on a line of its own, at every width."""
    monkeypatch.setenv("COLUMNS", str(width))
    page = f"https://shop.example/{'long/' * 12}"
    lines = run(
        "new", page, "-c", "spring", "-C", "sms,email", "--format", "table"
    ).stdout.splitlines()
    link = f"{page}?utm_source=sms&utm_medium=sms&utm_campaign=spring"

    if width == 200:
        assert lines[0].split(maxsplit=3) == ["channel", "link", "id", "GA4 files it under"]
        assert lines[1].split() == ["sms", link, link_id(link), "SMS"]
    else:
        assert lines[0].split(maxsplit=2) == ["channel", "id", "GA4 files it under"]
        assert lines[1].split() == ["sms", link_id(link), "SMS"]
        assert lines[2] == link


def test_escape_sequences_and_markup_come_out_harmless(run: Run) -> None:
    """[brackets] and :emoji: stay as they are; control characters never get in."""
    Path("campaigns.toml").write_text('[convention]\ncase = "keep"\n')
    shown = run(
        *("new", "https://x.example/", "-c", "[red]x[/red]:smile:", "-C", "sms"),
        *("--format", "table"),
    ).stdout
    refused = run("new", "https://x.example/", "-c", "a\x1b[31mb", "-C", "sms")
    unknown = run("new", "https://x.example/", "-c", "a", "-C", "\x1b]0;x\x07")

    assert "%5Bred%5Dx%5B-red%5D%3Asmile%3A" in shown
    assert "\x1b" not in shown + refused.stderr + unknown.stderr
    assert refused.stderr == "error: campaign has an invisible character (U+001B)\n"
    assert r"\x1b]0;x\x07" in unknown.stderr
    assert "[red]x[-red]:smile:" in run("list", "--format", "table").stdout


@pytest.mark.parametrize(
    ("words", "code", "stderr"),
    [
        (
            ("new",),
            2,
            "error: a campaign or a landing page is missing\n"
            "hint: utmforge new 2026-spring-sale, or utmforge new https://… --campaign … "
            "--channel …\n",
        ),
        (
            ("new", "https://x.example/", "--campaign", "c"),
            2,
            "error: --channel is missing\nhint: utmforge channels lists the channels; without a "
            "channel, give --source and --medium\n",
        ),
        (
            ("new", "https://x.example/", "-C", "sms"),
            2,
            "error: --campaign is missing\n"
            "hint: say what the link is for: --campaign 2026-spring-sale\n",
        ),
        (
            ("new", "https://x.example/", "-c", "", "-C", "sms"),
            2,
            "error: --campaign is empty\nhint: leave it out, or give it a value\n",
        ),
        (
            ("new", "https://x.example/", "-c", "c", "-C", "sms", "--content", " "),
            2,
            "error: --content is empty\nhint: leave it out, or give it a value\n",
        ),
        (
            ("new", "https://x.example/", "-c", "c", "-C", ","),
            2,
            "error: --channel is empty\nhint: leave it out, or give it a value\n",
        ),
        (
            ("new", "https://x.example/", "-c", "c", "-C", "sms", "--term", ""),
            2,
            "error: --term is empty\nhint: leave it out, or give it a value\n",
        ),
        (
            ("new", "https://x.example/", "-c", "c", "-C", "whatsap"),
            2,
            'error: no channel is called "whatsap"\nhint: did you mean "whatsapp"?\n',
        ),
        (
            ("new", "javascript:alert(1)", "-c", "c", "-C", "sms"),
            2,
            'error: only http and https addresses can be tagged, not "javascript"\n',
        ),
        (
            ("new", "https://ann:secret@x.example/", "-c", "c", "-C", "sms"),
            2,
            "error: the address has a user name or password before its host\n"
            "hint: remove everything between // and @: it would be visible to everyone\n",
        ),
        (
            ("new", "https://x.example/", "-c", "c" * 101, "-C", "sms"),
            2,
            "error: campaign has 101 characters, GA4 cuts a tag at 100\nhint: shorten it\n",
        ),
        (
            ("new", "https://x.example/", "-c", "c" * 10**6, "-C", "sms"),
            2,
            "error: campaign has 1,000,000 characters, GA4 cuts a tag at 100\nhint: shorten it\n",
        ),
        (
            ("new", "https://x.example/" + "a" * 10**6, "-c", "c", "-C", "sms"),
            2,
            "error: the landing page is longer than 8 KiB\n",
        ),
        (
            ("new", "2026-spring-sail", "--file", str(EXAMPLE)),
            24,
            f'error: {EXAMPLE}: no campaign is called "2026-spring-sail"\n'
            'hint: did you mean "2026-spring-sale"?\n',
        ),
        (
            ("new", "spring"),
            24,
            'error: no campaign is called "spring"\nhint: there is no campaigns.toml here: '
            "utmforge init writes one, --file names another; an address is written https://…\n",
        ),
        (
            ("new", "2026-spring-sale", "--campaign", "x", "--file", str(EXAMPLE)),
            2,
            'error: "2026-spring-sale" is already a campaign, and --campaign names another one\n'
            "hint: leave out one of them\n",
        ),
        (
            ("new", "2026-spring-sale", "--file", str(EXAMPLE), "--medium", "e-mail"),
            2,
            'error: medium "e-mail" is not in the naming convention\n'
            'hint: use "email", or add it to [convention.medium]\n',
        ),
        (
            ("new", "x", "--file", "nope.toml"),
            21,
            'error: there is no file "nope.toml"\nhint: utmforge init writes one\n',
        ),
        (
            ("new", "x", "--chanel", "sms"),
            2,
            'error: no such option: --chanel\nhint: did you mean "--channel"?\n',
        ),
        (
            ("nwe", "x"),
            2,
            'error: no such command "nwe"\nhint: did you mean "new"?\n',
        ),
        (
            ("new", "x", "--format", "xml"),
            2,
            'error: invalid value for "--format" / "-F": "xml" is not one of "table", "urls", '
            '"json", "jsonl", "csv", "tsv", "markdown"\nhint: utmforge new --help\n',
        ),
        (
            ("new", "https://x.example/", "-c", "c", "-C", "sms", "--qr-file", "a.gif"),
            53,
            'error: "a.gif" ends in neither .png nor .svg\nhint: name it code.svg\n',
        ),
    ],
    ids=lambda value: str(value)[-50:] if isinstance(value, tuple) else "",
)
def test_bad_input_gets_a_sentence_and_a_next_step(
    run: Run, home: Path, words: tuple[str, ...], code: int, stderr: str
) -> None:
    """The status, no traceback, no secret, nothing half-written."""
    result = run(*words)

    assert result.stderr == stderr
    assert result.exit_code == code
    assert result.stdout == ""
    assert list(home.iterdir()) == []


def test_an_error_as_json(run: Run) -> None:
    """The same envelope, on stderr, with a stable code."""
    result = run("new", "ftp://x.example/", "-c", "c", "-C", "sms", "--format=json")

    assert result.stdout == ""
    assert json.loads(result.stderr) == {
        "utmforge": 1,
        "command": "new",
        "error": {
            "code": "bad-landing-page",
            "message": 'only http and https addresses can be tagged, not "ftp"',
            "hint": None,
            "where": None,
        },
        "messages": [],
    }


def test_wrong_usage_as_json(run: Run) -> None:
    """Typer's own complaints are in the same shape."""
    error = json.loads(run("new", "--format", "json", "--nope").stderr)["error"]

    assert error["code"] == "usage"
    assert error["message"] == "no such option: --nope"


def test_qr_files(run: Run, work: Path) -> None:
    """One link: the file named; several: one for each, named by what tells them apart."""
    one = run(*ASKED, "--qr-file", "code.svg")
    two = run(*ASKED, "--channel", "sms", "--content", "a", "--qr-file", "code.png")

    assert one.stdout == f"{URL}\n"
    assert one.stderr == (
        "issued 1 link for spring\nwrote code.svg\n"
        "note: 45 x 45 modules with the quiet zone, error correction M; to be read from 30 cm, "
        "print it at least 30 mm wide\n"
    )
    assert two.exit_code == 0
    assert sorted(path.name for path in work.iterdir()) == [
        *("code-sms-a.png", "code-whatsapp-a.png", "code.svg"),
    ]
    again = run(*ASKED, "--qr-file", "code.svg")
    assert again.exit_code == 53
    assert again.stdout == ""


def test_copy_and_qr_in_a_pipe_keep_to_stderr(run: Run) -> None:
    """Nothing but the URL is on stdout, and nothing is claimed."""
    result = run(*ASKED, "--copy", "--qr")

    assert result.stdout == f"{URL}\n"
    assert result.exit_code == 0
    assert "warning: no QR code drawn: there is no terminal" in result.stderr
    assert "warning: not copied: no clipboard tool was found" in result.stderr


def test_several_links_are_not_copied_unasked(run: Run) -> None:
    """Which one is the person's choice."""
    result = run(*ASKED, "--channel", "sms", "--copy")

    assert "warning: not copied: there are 2 links\n" in result.stderr
    assert f"hint: choose one: utmforge copy {link_id(URL)}\n" in result.stderr


EVERYTHING = """
[campaigns.spring]
landing_page = "https://x.example/"
term = "lamp"
source_platform = "dv360"
channels = ["sms"]
[[campaigns.spring.placements]]
channel = "whatsapp"
landing_page = "https://x.example/w"
source = "wa"
"""


def test_a_content_or_a_channel_on_the_command_line_keeps_what_the_file_says(run: Run) -> None:
    """Only what is said is another."""
    Path("campaigns.toml").write_text(EVERYTHING)

    assert run("new", "spring", "--content", "x", "-C", "sms,whatsapp,telegram").stdout == (
        "https://x.example/?utm_source=sms&utm_medium=sms&utm_campaign=spring&utm_content=x"
        "&utm_term=lamp&utm_source_platform=dv360\n"
        "https://x.example/w?utm_source=wa&utm_medium=message&utm_campaign=spring&utm_content=x"
        "&utm_term=lamp&utm_source_platform=dv360\n"
        "https://x.example/?utm_source=telegram&utm_medium=social&utm_campaign=spring"
        "&utm_content=x&utm_term=lamp&utm_source_platform=dv360\n"
    )


def test_dry_run_looks_what_is_there_and_hands_nothing_out(run: Run, work: Path) -> None:
    """Issued links are shown as issued; nothing is copied or written."""
    run(*ASKED)
    result = run(*ASKED, "-C", "sms", "-n", "--qr-file", "a.svg", "--format", "json")
    answer = json.loads(result.stdout)

    assert [link["state"] for link in answer["data"]] == ["issued", "planned"]
    assert [message["message"] for message in answer["messages"]][:3] == [
        "would issue 1 link; 1 link for spring was already issued",
        "would write a-whatsapp.svg",
        "45 x 45 modules with the quiet zone, error correction M; to be read from 30 cm, "
        "print it at least 30 mm wide",
    ]
    assert run(*ASKED, "-n", "--copy").stderr.endswith(f"would copy {ID}\n")
    assert list(work.iterdir()) == []


def test_json_tells_what_came_after_the_links_too(run: Run) -> None:
    """Nothing that a person would read is kept from a program."""
    answer = json.loads(run(*ASKED, "--copy", "--format", "json").stdout)

    assert [message["kind"] for message in answer["messages"]] == ["done", "warning"]


def test_codes_of_links_that_look_alike_have_files_of_their_own(run: Run, work: Path) -> None:
    """And a second run may overwrite them."""
    Path("campaigns.toml").write_text(
        EVERYTHING + '[[campaigns.spring.placements]]\nchannel = "whatsapp"\nsource = "b"\n'
    )
    asked = ("new", "spring", "-C", "whatsapp", "--qr-file", "a.svg")

    assert run(*asked).exit_code == 0
    assert len(list(work.glob("a-*.svg"))) == 2
    assert run(*asked).exit_code == 53
    assert run(*asked, "--force").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("https://ann:secret@x.example/",), 2, 'no such command "https://…@x.example/"'),
        (
            ("show", "a", "https://ann:secret@x.example/"),
            2,
            "unexpected argument: https://…@x.example/",
        ),
        (("show", "https://ann:secret@x.example/"), 31, 'no link "https://…@x.example/"'),
        (("list", "--format", "x" * 100_000), 2, "invalid value"),
        (("list", "--limit", "9" * 20), 2, "invalid value"),
        (("list", "\udcff"), 2, "the search text is not UTF-8"),
        (("list", "--file", "a" * 300), 2, "file name too long"),
        (("init", "a" * 300), 2, "file name too long"),
        (("new", "x.example", "-c", "c", "-C", "sms", "--source-platform", ""), 2, "is empty"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_wrong_usage_repeats_no_secret_and_is_short(
    run: Run, words: tuple[str, ...], code: int, message: str
) -> None:
    """Whatever was typed where it does not belong."""
    if words[0] != "new":
        run(*ASKED)
    result = run(*words)

    assert result.exit_code == code
    assert message in result.stderr
    assert "secret" not in result.stderr
    assert len(result.stderr) < 1000


@pytest.mark.parametrize(
    "option", [("--format", "json"), ("-Fjson",), ("-qFjson",), ("-F", "json")]
)
def test_json_errors_however_json_was_asked_for(run: Run, option: tuple[str, ...]) -> None:
    """The long option, the short one, several short ones in one."""
    assert json.loads(run("show", "nope", *option).stderr)["error"]["code"] == "unknown-link"


def bash(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash."""
    return subprocess.run(
        ["bash", "-c", script],
        env=dict(os.environ) | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_folder_that_is_gone(work: Path) -> None:
    """Said as what it is."""
    (work / "gone").mkdir()
    done = bash(f"cd gone; rmdir ../gone; {' '.join(command('list'))}")

    assert done.returncode == 2
    assert done.stderr == "error: no such file or directory\n"


def test_a_merge_tag_outside_ascii_is_not_shown_otherwise() -> None:
    """An output that cannot show the link does not show another one."""
    words = " ".join(command("new", "'https://x.example/?a={{prénom}}'", "-c", "c", "-C", "sms"))
    done = bash(words, PYTHONIOENCODING="ascii")

    assert (done.returncode, done.stdout) == (54, "")
    assert "{{prénom}}" in bash(words, PYTHONIOENCODING="utf-8").stdout


@pytest.mark.parametrize("tag", ["«\U00018d09»", "{{\u0378}}", "{% \U000e01ff %}"], ids=range(3))
def test_a_merge_tag_with_a_character_that_does_not_exist(run: Run, tag: str) -> None:
    """It is encoded as any text is, so that the registry can be read again; or it is refused."""
    for words in (
        ("new", "https://x.example/", "-c", "s", "-C", "sms", "--content", tag),
        ("new", f"https://x.example/?a={tag}", "-c", "s", "-C", "sms"),
    ):
        result = run(*words)
        assert result.exit_code in {0, 2}
        listed = run("list")
        assert listed.exit_code == 0, listed.stderr
        assert listed.stdout.isascii()
