"""`utmforge share`: ready messages, share links, SMS."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminals import Terminal
from tests.conftest import Result, Run
from tests.share.test_qr import painted, read

FILE = """
[workspace]
currency = "EUR"

[channels.sms]
price_per_segment = 0.0415
audience = 1200

[channels.text-club]
extends = "sms"
source = "club"
price_per_segment = "0.05"

[channels.poster]
extends = "qr"
source = "poster"
message = "Scan me: {link}"

[campaigns.spring]
landing_page = "https://shop.example/s"
message = "L’été: {link}"
channels = ["sms", "whatsapp", "signal"]

[[campaigns.spring.placements]]
channel = "whatsapp"
content = "story"
message = "For you:\\n20 % + off"

[campaigns.print]
landing_page = "https://shop.example/p"
channels = ["poster", "text-club"]
"""
SMS = "https://shop.example/s?utm_source=sms&utm_medium=sms&utm_campaign=spring"
WHATSAPP = (
    "https://shop.example/s?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
    "&utm_content=story"
)
SIGNAL = "https://shop.example/s?utm_source=signal&utm_medium=social&utm_campaign=spring"
POSTER = "https://shop.example/p?utm_source=poster&utm_medium=qr&utm_campaign=print"


@pytest.fixture
def issued(run: Run) -> Run:
    """A campaign file whose links are issued."""
    Path("campaigns.toml").write_text(FILE, encoding="utf-8")
    assert run("build", "-q").exit_code == 0
    return run


def data(run: Run, *words: str) -> list[dict[str, Any]]:
    """Return what `share` answers as JSON."""
    done = run("share", *words, "--format", "json")
    assert done.exit_code == 0, done.stderr
    answer: list[dict[str, Any]] = json.loads(done.stdout)["data"]
    return answer


SUBJECTS = """
[channels.email]
subject = "News from the shop"

[campaigns.spring]
landing_page = "https://shop.example/s"
subject = "Spring & you: 20 % + été"
channels = ["email", "sms"]

[[campaigns.spring.placements]]
channel = "email"
content = "vip"
message = "For you:"
subject = "{link} only for you"

[[campaigns.spring.placements]]
channel = "email"
content = "all"

[campaigns.autumn]
landing_page = "https://shop.example/a"
channels = ["email"]

[campaigns.autumn-again]
extends = "spring"
"""


def test_the_subject_of_a_mail(run: Run) -> None:
    """Of the placement, else of the campaign, else of the channel; encoded, in no other app."""
    Path("campaigns.toml").write_text(SUBJECTS, encoding="utf-8")
    run("build", "-q")
    found = {
        one["url"].partition("utm_campaign=")[2]: (one.get("subject"), one["deep_links"]["web"])
        for one in data(run, "spring", "autumn", "autumn-again")
    }

    subjects = {name: subject for name, (subject, _) in found.items() if subject}
    assert subjects == {
        "spring&utm_content=vip": "{link} only for you",
        "spring&utm_content=all": "Spring & you: 20 % + été",
        "autumn": "News from the shop",
        "autumn-again&utm_content=vip": "{link} only for you",
        "autumn-again&utm_content=all": "Spring & you: 20 % + été",
    }
    assert found["spring&utm_content=vip"][1].startswith(
        "mailto:?subject=%7Blink%7D%20only%20for%20you&body=For%20you%3A%0D%0Ahttps%3A%2F%2F"
    )
    assert found["spring&utm_content=all"][1].startswith(
        "mailto:?subject=Spring%20%26%20you%3A%2020%20%25%20%2B%20%C3%A9t%C3%A9&body=https%3A"
    )
    assert found["spring"][1].startswith("sms:?&body=")
    shown = run("share", "autumn", "-F", "table").stdout.splitlines()
    assert shown[1] == "Subject: News from the shop"
    rows = run("share", "spring", "-C", "email", "-F", "csv").stdout.splitlines()
    assert rows[0].endswith(",cost,subject")
    assert rows[1].endswith(",{link} only for you")


@pytest.mark.parametrize("subject", ['"two\\nlines"', '""', "7"])
def test_a_subject_is_one_line(run: Run, subject: str) -> None:
    """Anything else would end the header of the mail."""
    Path("campaigns.toml").write_text(FILE + f"subject = {subject}\n", encoding="utf-8")
    refused = run("build")

    assert refused.exit_code == 23
    assert "subject" in refused.stderr


@pytest.mark.parametrize(
    ("words", "channels"),
    [
        (("spring", "--channel", "sms"), ["sms"]),
        (("spring", "-C", "SMS,WhatsApp"), ["sms", "whatsapp"]),
        (("-C", "text-club", "-C", "texto"), ["sms", "text-club"]),
        (("--campaign", "print"), ["poster", "text-club"]),
        (("-c", "print", "-C", "poster"), ["poster"]),
        (("spring", "-c", "print", "-C", "text-club,signal"), ["signal", "text-club"]),
    ],
    ids=" ".join,
)
def test_links_are_chosen_by_channel_and_campaign(
    issued: Run, words: tuple[str, ...], channels: list[str]
) -> None:
    """As in `list`: names in any letter case, and words that people type for them."""
    assert [one["channel"] for one in data(issued, *words)] == channels


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("spring", "-C", "smss"), 'channel "smss"\nhint: did you mean "sms"?\n'),
        (
            ("spring", "-C", "email"),
            'channel "email"\nhint: their channels: sms, whatsapp, signal\n',
        ),
        (("spring", "-C", ","), "error: --channel is empty\nhint: leave it out"),
        (("-c", "sprng"), 'error: no link and no campaign is called "sprng"\nhint: did you mean'),
        (("-c", ""), "error: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_no_link_for_the_channel(issued: Run, words: tuple[str, ...], says: str) -> None:
    """The next step is the name that was meant, or the channels that there are."""
    refused = issued("share", *words)

    assert (refused.exit_code, refused.stdout) == (2, "") or "-c" in words
    assert refused.exit_code != 0
    assert says in refused.stderr


def test_the_messages_of_a_campaign(issued: Run) -> None:
    """Of the placement, of the campaign; with the link in its place or last."""
    links = data(issued, "spring")

    assert [(one["channel"], one["url"], one["message"]) for one in links] == [
        ("sms", SMS, f"L’été: {SMS}"),
        ("whatsapp", WHATSAPP, f"For you:\n20 % + off\n{WHATSAPP}"),
        ("signal", SIGNAL, f"L’été: {SIGNAL}"),
    ]
    assert set(links[0]) == {"id", "channel", "url", "message", "deep_links", "limits", "sms"}
    assert [set(one["deep_links"]) for one in links] == [{"ios", "android", "web"}] * 3
    assert links[2]["deep_links"] == {"ios": None, "android": None, "web": None}
    assert links[1]["limits"] == [
        {"name": "WhatsApp message", "used": len(links[1]["message"]), "most": 65536}
    ]
    assert links[1]["sms"] is None


def test_the_sms_of_a_campaign(issued: Run) -> None:
    """Segments, culprits and cost: the price, the segments and the audience multiplied."""
    sms = data(issued, "spring")[0]["sms"]

    assert sms == {
        "encoding": "UCS-2",
        "units": 79,
        "segments": 2,
        "culprits": [
            {
                "character": "’",
                "name": "RIGHT SINGLE QUOTATION MARK",
                "index": 1,
                "replacement": "'",
            }
        ],
        "cost": "99.6000",
    }
    plain = data(issued, "spring", "--ascii")[0]
    assert plain["message"] == f"L'été: {SMS}"
    assert plain["sms"] == {
        "encoding": "GSM-7",
        "units": 79,
        "segments": 1,
        "culprits": [],
        "cost": "49.8000",
    }
    club = data(issued, "print")[1]
    assert club["sms"]["cost"] == "60.00", "its own price, the audience of sms"


def test_the_message_of_a_channel_is_the_last_one_to_be_used(issued: Run) -> None:
    """The campaign has none."""
    poster, club = data(issued, "print")

    assert poster["message"] == f"Scan me: {POSTER}"
    assert club["message"] == club["url"]


def test_a_pipe_gets_share_links(issued: Run) -> None:
    """One a line, of the platform that is asked for; the link itself where there is none."""
    done = issued("share", "spring", "--platform", "ios", "--ascii")
    body = "L%27%C3%A9t%C3%A9%3A%20https%3A%2F%2Fshop.example%2Fs%3Futm_source%3Dsms"
    lines = done.stdout.splitlines()

    assert lines[0].startswith(f"sms:&body={body}%26")
    assert lines[1].startswith("https://wa.me/?text=For%20you%3A%0A20%20%25%20%2B%20off%0Ahttps%3A")
    assert lines[2] == SIGNAL
    assert "Signal has no share link" in done.stderr


@pytest.mark.parametrize("fmt", ["table", "json", "jsonl", "csv", "markdown", "urls"])
def test_every_format(issued: Run, fmt: str) -> None:
    """Without failing, whatever the message."""
    words = ("--message", "=1+1 [b]x[/b] <script> | 👩🏽 שלום é {0}")
    done = issued("share", "spring", "print", "--format", fmt, *words)

    assert done.exit_code == 0, done.stderr
    assert "https" in done.stdout
    if fmt == "csv":
        assert done.stdout.startswith("id,channel,url,message,ios,android,web,encoding,")
        assert ",\"'=1+1 [b]x[/b]" in done.stdout or ",'=1+1 [b]x[/b]" in done.stdout


def test_a_link_as_people_see_it(issued: Run) -> None:
    """The message, what opens it, its length, its cost."""
    name = data(issued, "spring")[0]["id"]
    done = issued("share", name, "--format", "table", "--platform", "web")

    assert done == Result(
        0,
        f"""sms  {name}
L’été: {SMS}

web      sms:?&body=L%E2%80%99%C3%A9t%C3%A9%3A%20https%3A%2F%2Fshop.example%2Fs%3Futm_source%3D\
sms%26utm_medium%3Dsms%26utm_campaign%3Dspring
length   79 of 1,600 characters, SMS message
SMS      UCS-2, 79 units (67 a segment): 2 segments
cost     99.60 EUR
""",
        f"""note: {name}: the SMS is sent as UCS-2, 70 characters a segment instead of 160
note: "’" (RIGHT SINGLE QUOTATION MARK) at character 2: write "'"
hint: --ascii replaces them
warning: {name}: the SMS has the character "’" (RIGHT SINGLE QUOTATION MARK), which makes it 2 \
segments instead of 1
hint: write "'" for it
""",
    )


def test_names_that_are_not_there(issued: Run) -> None:
    """A sentence and the next step."""
    assert issued("share", "sprin") == Result(
        31, "", 'error: no link and no campaign is called "sprin"\nhint: did you mean "spring"?\n'
    )
    assert issued("share", "zzzz").exit_code == 31
    Path("campaigns.toml").unlink()
    assert issued("share").stderr.startswith("error: a link or a campaign is missing, and there is")
    assert issued("share", "spring").exit_code == 0, "what the registry has needs no file"


def test_the_code_of_the_share_link(issued: Run) -> None:
    """Drawn for a phone, with what it opens below; the link itself where there is no share link."""
    sms, _, signal = data(issued, "spring")
    for one, words, target in (
        (sms, ("--platform", "ios"), sms["deep_links"]["ios"]),
        (sms, (), sms["deep_links"]["web"]),
        (signal, (), SIGNAL),
    ):
        lines = issued("share", one["id"], "--qr", "-q", *words).stdout.splitlines()
        code = lines[1 : lines.index(target, 1)]
        width = max(map(len, code))
        assert read(painted([line.ljust(width) for line in code], ink=0, paper=255)) == [target]
    done = issued("share", sms["id"], "--qr", "--message", "x" * 3000)
    assert "the share link is too long for a QR code" in done.stderr
    assert done.stdout.endswith(f"{SMS}\n\n")
    assert json.loads(issued("share", "spring", "--qr", "-F", "json").stdout)["data"]


def test_an_empty_name(issued: Run) -> None:
    """Is not every link."""
    assert issued("share", "").exit_code == 31


def test_all_campaigns(issued: Run) -> None:
    """Those without a link to use are left out, and said; with none there is nothing to share."""
    more = '\n[campaigns.new]\nlanding_page = "https://shop.example/n"\nchannels = ["sms"]\n'
    Path("campaigns.toml").write_text(FILE + more, encoding="utf-8")

    assert len(data(issued)) == 5
    assert 'warning: left out: no link of campaign "new" is issued' in issued("share").stderr
    Path("campaigns.toml").write_text(more, encoding="utf-8")
    assert issued("share").exit_code == 2


def test_links_that_are_not_issued_or_retired(issued: Run) -> None:
    """Not shared unless asked for."""
    more = '\n[campaigns.new]\nlanding_page = "https://shop.example/n"\nchannels = ["sms"]\n'
    Path("campaigns.toml").write_text(
        FILE.replace('["poster", "text-club"]', '["poster", "text-club", "email"]') + more,
        encoding="utf-8",
    )
    assert issued("share", "new") == Result(
        2, "", 'error: no link of campaign "new" is issued\nhint: utmforge build new\n'
    )
    name = data(issued, "spring")[2]["id"]
    issued("retire", "--reason", "old", name)

    assert "1 planned link of print is not issued" in issued("share", "print").stderr
    assert len(data(issued, "spring")) == 2
    assert len(data(issued, "spring", "--retired")) == 3
    assert issued("share", name).exit_code == 2
    assert issued("share", name, "--retired").exit_code == 0
    for one in data(issued, "spring"):
        issued("retire", "--reason", "old", one["id"])
    assert "all 3 links of campaign" in issued("share", "spring").stderr


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("See {lnik}", 'the message has "{lnik}", which is sent as it is'),
        ("{link} {link}", "the message has {link} 2 times"),
        ("x" * 5000, "the WhatsApp message has"),
    ],
)
def test_faulty_messages_are_said(issued: Run, message: str, said: str) -> None:
    """And shared as they are."""
    fine = said.startswith("the WhatsApp")
    done = issued("share", "spring", "--message", message)

    assert done.exit_code == 0
    assert (said in done.stderr) != fine
    assert ("the SMS message has" in done.stderr) == fine


def test_a_shortener_in_an_sms_is_refused(issued: Run) -> None:
    """With the reason."""
    done = issued("share", "spring", "--message", "bit.ly/x")

    assert done.exit_code == 2
    assert "carriers block such messages" in done.stderr


@pytest.mark.parametrize("message", ["a\ud800b", "x" * 100_000, "a\u202eb"])
def test_messages_that_cannot_be_sent(issued: Run, message: str) -> None:
    """Refused in a sentence, in the option and in the file."""
    assert issued("share", "spring", "--message", message).stderr.startswith("error: the message ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('price_per_segment = "4 cent"', "price_per_segment is text, not an amount"),
        ("price_per_segment = nan", "price_per_segment is not an amount of money"),
        ("price_per_segment = -1", "price_per_segment is not an amount of money"),
        ("price_per_segment = true", "price_per_segment is true or false, not an amount"),
        ("audience = 0", "audience is 0"),
        ("audience = 1.5", "audience is a number"),
        ('message = ""', "message is empty"),
        ('message = "a\\u0000b"', "message has an invisible character (U+0000)"),
    ],
)
def test_wrong_values_in_the_file(run: Run, line: str, said: str) -> None:
    """With the place."""
    Path("campaigns.toml").write_text(f"[channels.sms]\n{line}\n", encoding="utf-8")
    done = run("share", "x")

    assert done.exit_code == 23
    assert f"campaigns.toml:2: {said}" in done.stderr


def test_a_price_is_for_sms_only(run: Run) -> None:
    """Elsewhere it would do nothing."""
    Path("campaigns.toml").write_text(
        '[channels.news]\nextends = "email"\nprice_per_segment = 1\n', encoding="utf-8"
    )

    assert 'channel "news" is not based on it' in run("share", "x").stderr


def test_copy_without_a_clipboard(issued: Run) -> None:
    """It says so; with several links, how to choose one."""
    name = data(issued, "spring")[1]["id"]

    assert "warning: not copied: no clipboard tool" in issued("share", name, "--copy").stderr
    assert f"hint: choose one: utmforge share {data(issued, 'spring')[0]['id']} --copy" in (
        issued("share", "spring", "--copy").stderr
    )


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Programs that write down what they were given, as the system's own."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("xclip", "xdg-open"):
        tool = folder / name
        tool.write_text(f'#!/bin/sh\necho "$*" > {folder}/{name}.words\ncat > {folder}/{name}.in\n')
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":99")
    return folder


def test_the_message_is_copied(issued: Run, tools: Path) -> None:
    """All of it, line ends and all."""
    one = data(issued, "spring")[1]
    done = issued("share", one["id"], "--copy")

    assert f"copied the message for {one['id']} (whatsapp) to the clipboard" in done.stderr
    assert (tools / "xclip.in").read_text(encoding="utf-8") == one["message"]


def test_the_share_link_is_opened(issued: Run, tools: Path) -> None:
    """In the app that the system has for it."""
    sms, whatsapp, signal = data(issued, "spring")
    done = issued("share", whatsapp["id"], "--open")

    assert done.stderr == "opened WhatsApp\n"
    assert (tools / "xdg-open.words").read_text().strip() == whatsapp["deep_links"]["web"]
    assert "not opened: Signal has no share link" in issued("share", signal["id"], "--open").stderr
    issued("share", sms["id"], "--open", "--platform", "android")
    assert (tools / "xdg-open.words").read_text().startswith("sms:?body=")


def test_an_app_without_a_share_link_on_a_platform(issued: Run, tools: Path) -> None:
    """The reason is said; on a desktop it is not opened."""
    url = issued("new", "https://shop.example/", "-c", "x", "-C", "messenger", "-q").stdout.strip()

    assert issued("share", url, "--platform", "web") == Result(
        0,
        f"{url}\n",
        "note: Messenger has no share link for web: in a browser, Messenger shares only for "
        "websites with a Facebook app id\n",
    )
    assert "not opened: in a browser, Messenger" in issued("share", url, "--open").stderr
    assert not (tools / "xdg-open.words").exists()
    assert issued("share", url, "--open", "--platform", "ios").stderr == "opened Messenger\n"


def test_an_app_that_cannot_be_opened(
    issued: Run, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is said; the answer stays."""
    name = data(issued, "spring")[1]["id"]
    (tools / "xdg-open").write_text("#!/bin/sh\nexit 3\n")
    assert "not opened: xdg-open found no app for it" in issued("share", name, "--open").stderr
    monkeypatch.setenv("CI", "1")
    assert "not opened: nothing is opened in CI" in issued("share", name, "--open").stderr
    monkeypatch.delenv("CI")
    monkeypatch.setenv("PATH", str(tools.parent))
    assert "not opened: xdg-open was not found" in issued("share", name, "--open").stderr


def test_build_and_new_warn_of_an_expensive_message(run: Run) -> None:
    """One character costs a second segment."""
    Path("campaigns.toml").write_text(FILE, encoding="utf-8")
    for words in (("build",), ("new", "spring")):
        done = run(*words)
        assert "which makes it 2 segments instead of 1" in done.stderr, words
        assert 'hint: write "\'" for it' in done.stderr


def test_lint_reports_messages_at_their_lines(run: Run) -> None:
    """Of the campaign, the placement and the channel; a campaign may ignore a rule."""
    bad = (
        FILE.replace("For you:", "bit.ly {lnik}")
        .replace("Scan me: {link}", "{link}now")
        .replace('channels = ["poster", "text-club"]', 'channels = ["poster"]\nmessage="{url} "')
    )
    Path("campaigns.toml").write_text(bad, encoding="utf-8")
    lines = bad.splitlines()
    found = {
        (one["code"], lines[int(one["where"].split(":")[1]) - 1].strip())
        for one in json.loads(run("lint", "campaigns.toml", "-F", "json").stdout)["data"]
    }

    assert ("UTM751", 'message = "L’été: {link}"') in found
    assert {line for code, line in found if code == "UTM752"} == {
        'message = "bit.ly {lnik}\\n20 % + off"',
        'message="{url} "',
    }
    quiet = bad.replace(
        "[campaigns.print]", '[campaigns.spring.lint]\nignore.UTM751 = "x"\n[campaigns.print]'
    )
    Path("campaigns.toml").write_text(quiet, encoding="utf-8")
    assert "UTM751" not in run("lint", "campaigns.toml", "--format", "json").stdout


def test_a_shortener_in_the_words_of_an_sms_is_a_finding(run: Run) -> None:
    """As one in its link is."""
    Path("campaigns.toml").write_text(FILE.replace("L’été", "bit.ly/x"), encoding="utf-8")

    assert "UTM601 shortener-in-sms: carriers block SMS with bit.ly" in (
        run("lint", "campaigns.toml").stdout
    )


def test_a_terminal_gets_text_and_code_for_an_app_without_share_link(issued: Run) -> None:
    """It says so, and gives both."""
    name = data(issued, "spring")[2]["id"]
    _, shown = Terminal("share", name, columns=100).end()

    assert "no share link: Signal has no share link" in shown
    assert f"L’été: {SIGNAL}" in shown
    assert "▀" in shown


def test_a_page_for_colleagues(issued: Run) -> None:
    """With the links that are not retired; a file that exists is kept."""
    name = data(issued, "spring")[0]["id"]
    issued("retire", "--reason", "old", name)
    words = ("share", "spring", "--sheet", "links.html")

    assert "would write links.html with 2 links" in issued(*words, "--dry-run").stderr
    assert not Path("links.html").exists()
    done = issued(*words, "--lang", "fr")
    assert done.stdout == ""
    assert done.stderr.endswith("wrote links.html with 2 links\n")
    page = Path("links.html").read_text(encoding="utf-8")
    assert '<html lang="fr">' in page
    assert page.count('class="card ') == 2
    assert name not in page
    assert issued(*words).exit_code == 53
    assert issued(*words, "--force").exit_code == 0


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("links.pdf",), 53, '"links.pdf" does not end in .html'),
        (("no/links.html",), 53, 'there is no folder "no"'),
        (("links.html", "--retired"), 2, "--sheet cannot be used with --retired"),
        (("links.html", "--copy"), 2, "--sheet cannot be used with"),
        (("links.html", "--lang", "de"), 2, '"de" is not one of "en", "fr"'),
    ],
)
def test_pages_that_cannot_be_written(
    issued: Run, words: tuple[str, ...], status: int, said: str
) -> None:
    """Before anything is done."""
    done = issued("share", "spring", "--sheet", *words)

    assert done.exit_code == status
    assert said in done.stderr
