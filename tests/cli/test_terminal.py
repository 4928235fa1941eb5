"""A real terminal (a pty): the wizard, tables, colour, the terminal's clipboard, QR codes."""

import json
import re
from base64 import b64encode
from pathlib import Path

import pytest

from tests.cli.terminals import Terminal, pexpect, told_by_bash, wizard
from tests.conftest import PATIENCE, ROOT, Run, command
from utmforge.urls.link_ids import link_id

URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
ID = link_id(URL)


@pytest.mark.parametrize(
    ("words", "environment"),
    [(("--no-input",), {}), ((), {"CI": "true"}), ((), {"TERM": "dumb"})],
    ids=["--no-input", "CI", "dumb"],
)
def test_nobody_is_asked_where_nobody_is(
    words: tuple[str, ...], environment: dict[str, str]
) -> None:
    """An option, CI, or a dumb terminal: a sentence instead of a question."""
    status, text = wizard(*words, env=environment).end()

    assert status == 2
    assert text.startswith("error: a campaign or a landing page is missing\n")


def test_a_table_on_a_terminal() -> None:
    """With colour, the hint for the next step, and the URL plain and whole at any width."""
    words = ("new", "https://shop.example/x", "-c", "spring", "-C", "whatsapp")
    wide, narrow = Terminal(*words, columns=140), Terminal(*words, columns=30)
    for talk in (wide, narrow):
        status, text = talk.end()
        assert status == 0
        assert URL in text
        assert f"utmforge copy {ID}" in text
        assert "\x1b[1m" in talk.seen
        assert f"\x1b[0m{URL}" not in talk.seen
        assert re.search(re.escape(URL), talk.seen)


NARROW = [
    ("history",),
    ("channels",),
    ("list", "--count", "campaign"),
    ("list", "--wide"),
    ("compare", "r.csv"),
    ("lint", "l.txt"),
    ("registry", "import", "r.csv"),
    ("explain", URL),
    ("show", "LINK"),
    ("note", "LINK", "for the printed flyer of the spring fair in all our shops, and online"),
    ("doctor",),
    ("registry", "status"),
    ("share", "spring-sale-in-all-our-shops"),
    ("measure", str(ROOT / "examples/access.log")),
]


@pytest.mark.parametrize("columns", [50, 80])
@pytest.mark.parametrize("words", NARROW, ids=lambda words: " ".join(words[:2]))
def test_a_narrow_terminal_breaks_no_word(run: Run, words: tuple[str, ...], columns: int) -> None:
    """No line is wider than the terminal, unless it is one word: an address or a name."""
    new = ("new", "https://shop.example/x", "-c", "spring-sale-in-all-our-shops")
    link = json.loads(run(*new, "-C", "whatsapp,sms", "-F", "json").stdout)["data"][0]["id"]
    run("note", link, "what the team in Lyon has to know before it prints the flyers for the fair")
    run("retire", link, "--reason", "the spring fair is over in all our shops, also in the south")
    words = tuple(link if word == "LINK" else word for word in words)
    Path("r.csv").write_text("utm_source,utm_medium,url\nwhatsapp,message,x\nWhatsApp,chat,y\n")
    Path("l.txt").write_text(f"{URL.replace('spring', 'Spring%20Sale%20in%20all%20our%20shops')}\n")
    _, text = Terminal(*words, columns=columns, env={"NO_COLOR": "1"}).end()
    wide = [line for line in text.splitlines() if len(line) > columns]

    assert text
    assert not [line for line in wide if len(line.split()) > 2 and "://" not in line]


@pytest.mark.parametrize("stream", ["| cat", "2>&1 >/dev/null", "> file.txt"])
def test_sentences_fit_the_terminal_of_whichever_stream(stream: str) -> None:
    """Where stdout is a pipe or a file, the sentences on the terminal are broken at its width."""
    words = " ".join(command("new", "https://shop.example/x", "-C", "sms", "--no-input"))
    lines = told_by_bash(f"{words} {stream}", columns=30, env={"NO_COLOR": "1"}).splitlines()
    assert len(lines) > 2
    assert all(len(line) <= 30 for line in lines), lines


def test_no_color_and_dumb_terminals_get_none() -> None:
    """Not a single escape sequence."""
    words = ("new", "https://shop.example/x", "-c", "spring", "-C", "whatsapp")
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        talk = Terminal(*words, env=environment)
        talk.end()
        assert "\x1b" not in talk.seen


def test_copy_over_ssh_asks_the_terminal(run: Run) -> None:
    """OSC 52, these bytes; it says sent, not copied."""
    run("new", "https://shop.example/x", "-c", "spring", "-C", "whatsapp")
    talk = Terminal("copy", ID, env={"SSH_CONNECTION": "here there"})
    status, text = talk.end()

    assert status == 0
    assert f"\x1b]52;c;{b64encode(URL.encode()).decode()}\x07" in talk.seen
    assert f"sent {ID} (whatsapp) to the terminal's clipboard (OSC 52)" in text


def test_a_qr_code_on_a_terminal_scans(run: Run) -> None:
    """What the terminal shows is read by a second library; the destination is below."""
    import zxingcpp

    from tests.share.test_qr import painted

    run("new", "https://shop.example/x", "-c", "spring", "-C", "whatsapp")
    talk = Terminal("qr", ID)
    assert talk.end()[0] == 0
    lines = talk.seen.replace("\r\n", "\n").splitlines()

    assert lines[-1] == URL
    picture = painted([line for line in lines if line.startswith("\x1b[38")], ink=255, paper=0)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [URL]
    status, text = Terminal("qr", ID, columns=40).end()
    assert status == 52
    assert "the code is 45 columns wide, the terminal 40" in " ".join(text.split())


def test_new_draws_below_the_table_and_only_warns_where_it_is_too_narrow() -> None:
    """The links are issued either way."""
    words = ("new", "https://shop.example/x", "-c", "spring", "-C", "whatsapp", "--qr")
    status, text = Terminal(*words, columns=40).end()

    assert status == 0
    said = " ".join(text.split())
    assert "warning: no QR code drawn: it is 45 columns wide, the terminal 40" in said
    assert "▀" in Terminal(*words).end()[1]


@pytest.mark.slow
def test_links_in_a_file_are_whole_while_the_terminal_tells(run: Run) -> None:
    """What is shown of the work (see test_progress.py) is not among them."""
    Path("pages.txt").write_text("".join(f"https://x.example/{n}\n" for n in range(20_001)))
    words = ("new", "--from", "pages.txt", "-c", "c", "-C", "sms", "-F", "csv")
    bash = " ".join(command(*words))
    child = pexpect.spawn(
        "bash", ["-c", f"{bash} > links.csv"], encoding="utf-8", timeout=PATIENCE, echo=False
    )
    child.expect_exact("issued 20,001 links, 0 already issued")
    child.expect(pexpect.EOF)
    child.close()

    assert Path("links.csv").read_text().count("\n") == 20_002
    assert run("list", "-F", "csv").stdout == Path("links.csv").read_text()
