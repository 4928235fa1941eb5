"""A real terminal (a pty): the wizard, tables, colour, the terminal's clipboard, QR codes."""

import os
import re
from base64 import b64encode
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, PATIENCE, Run, command
from utmforge.urls.link_ids import link_id

pexpect = pytest.importorskip("pexpect", reason="pexpect drives terminals of POSIX systems")

URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"
ID = link_id(URL)
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")


class Terminal:
    """The command in a terminal of its own."""

    def __init__(self, *words: str, columns: int = 100, env: dict[str, str] | None = None) -> None:
        program, *arguments = command(*words)
        self.child = pexpect.spawn(
            program,
            arguments,
            env=dict(os.environ) | {"TERM": "xterm-256color"} | (env or {}),
            dimensions=(40, columns),
            encoding="utf-8",
            timeout=PATIENCE,
            echo=False,
        )
        self.seen = ""

    def expect(self, text: str) -> str:
        """Wait for a text; return what came before it."""
        self.child.expect_exact(text)
        self.seen += self.child.before + self.child.after
        return ESCAPES.sub("", self.child.before).replace("\r\n", "\n")

    def answer(self, question: str, answer: str) -> str:
        """Wait for a question and answer it; return what came before it."""
        before = self.expect(question)
        self.child.sendline(answer)
        return before

    def end(self) -> tuple[int, str]:
        """Wait for the end; return the status and the rest."""
        self.child.expect(pexpect.EOF)
        self.seen += self.child.before
        self.child.close()
        status = self.child.exitstatus
        return status, ESCAPES.sub("", self.child.before).replace("\r\n", "\n")


def wizard(*words: str, env: dict[str, str] | None = None) -> Terminal:
    """Start the wizard."""
    return Terminal("new", *words, env=env)


def test_the_wizard_from_nothing_to_a_saved_campaign(work: Path, run: Run) -> None:
    """It asks, corrects, shows, issues, saves, and tells the line that does the same."""
    talk = wizard()
    talk.answer("Landing page: ", "ftp://shop.example/x")
    before = talk.answer("Landing page: ", "shop.example/x")
    assert 'only http and https addresses can be tagged, not "ftp"' in before
    before = talk.answer("Campaign: ", "Été Sale")
    assert "the address had no scheme: took https://shop.example/x" in before
    before = talk.answer("Channels, such as 1,3: ", "whatsap 2")
    assert 'wrote campaign "Été Sale" as "ete-sale"' in before
    assert " 1 email" in before
    before = talk.answer("Channels, such as 1,3: ", "whatsapp, 2")
    assert '"whatsap" is not one of these\n  did you mean "whatsapp"?\n' in before
    talk.answer("(Enter: none): ", "hero")
    before = talk.answer("Issue these 2 links? [Y/n]: ", "")
    url = (
        "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=ete-sale"
        "&utm_content=hero"
    )
    assert url in before
    before = talk.answer("Copy which link? (Enter: none): ", "")
    assert "issued 2 links for ete-sale" in before
    assert link_id(url) in before
    talk.answer("Save the campaign to campaigns.toml? [y/N]: ", "y")
    status, rest = talk.end()

    assert status == 0
    assert "saved; utmforge new ete-sale issues it" in rest
    assert (
        "utmforge new https://shop.example/x --campaign ete-sale --channel whatsapp,sms "
        "--content hero" in rest
    )
    assert run("build").stderr == "2 links for ete-sale were already issued\n"
    assert (work / "campaigns.toml").exists()


def test_the_wizard_with_a_campaign_of_the_file() -> None:
    """A number is enough; what was issued is told before it is asked."""
    Path("campaigns.toml").write_text(EXAMPLE.read_text())
    talk = wizard()
    before = talk.answer("Which one: ", "1")
    assert before == ("From campaigns.toml:\n  1 2026-spring-sale      2 a new landing page\n")
    talk.answer("Issue these 4 links? [Y/n]: ", "y")
    talk.answer("(Enter: none): ", "")
    status, rest = talk.end()

    assert status == 0
    assert rest.endswith("The same in one line:\n\n  utmforge new 2026-spring-sale\n\n")
    again = wizard()
    again.answer("Which one: ", "2026-spring-sale")
    assert "(already issued)" in again.answer("Print these 4 links? [Y/n]: ", "n")
    assert again.end() == (0, "nothing was issued\n")


def test_the_wizard_asks_only_for_what_is_missing(run: Run) -> None:
    """What was said on the command line is not asked again."""
    talk = wizard("https://shop.example/x", "--campaign", "spring")
    assert "Where will it be pasted?" in talk.answer("Channels, such as 1,3: ", "3")
    talk.answer("(Enter: none): ", "")
    talk.answer("Issue this link? [Y/n]: ", "")
    talk.answer("Copy it to the clipboard? [Y/n]: ", "n")
    talk.answer("Save the campaign to campaigns.toml? [y/N]: ", "")
    assert talk.end()[0] == 0
    assert run("list").stdout == f"{URL}\n"


def test_the_wizard_in_a_shell_variable() -> None:
    """`url=$(utmforge new)`: questions are on the terminal, the URL alone in the variable."""
    words = " ".join(command("new", "https://shop.example/x", "--campaign", "spring"))
    child = pexpect.spawn(
        "bash",
        ["-c", f'url=$({words}); echo "[$url]"'],
        encoding="utf-8",
        timeout=PATIENCE,
        echo=False,
    )
    for question, reply in (
        ("Channels, such as 1,3: ", "3"),
        ("(Enter: none): ", ""),
        ("[Y/n]: ", "y"),
        ("[Y/n]: ", "n"),
        ("[y/N]: ", "n"),
    ):
        child.expect_exact(question)
        child.sendline(reply)
    child.expect_exact(f"[{URL}]")
    child.expect(pexpect.EOF)
    child.close()


@pytest.mark.parametrize("keys", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("questions", range(5))
def test_leaving_the_wizard_issues_nothing(home: Path, keys: str, questions: int) -> None:
    """At whichever question: status 130, nothing written, no traceback."""
    answers = {
        "Landing page: ": "shop.example/x",
        "Campaign: ": "spring",
        "Channels, such as 1,3: ": "1",
        "(Enter: none): ": "",
        "[Y/n]: ": "y",
    }
    talk = wizard()
    for question, answer in list(answers.items())[:questions]:
        talk.answer(question, answer)
    talk.expect(list(answers)[questions])
    talk.child.send(keys)
    status, rest = talk.end()

    assert status == 130
    assert rest.strip().removeprefix("^C").strip() == "nothing was issued"
    assert list(home.iterdir()) == []


def test_ctrl_c_after_the_issue_leaves_the_links(run: Run) -> None:
    """They are there already, and that is said."""
    talk = wizard("https://shop.example/x", "--campaign", "spring", "--channel", "")
    assert talk.end()[0] == 2
    talk = wizard("https://shop.example/x", "--campaign", "spring")
    talk.answer("Channels, such as 1,3: ", "3")
    talk.answer("(Enter: none): ", "")
    talk.answer("Issue this link? [Y/n]: ", "")
    talk.expect("Copy it to the clipboard? [Y/n]: ")
    talk.child.send("\x03")
    status, rest = talk.end()
    assert status == 130
    assert "the links are issued; nothing more was done" in rest
    assert run("list").stdout == f"{URL}\n"


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


def test_tab_completes_answers() -> None:
    """Names of channels, as far as they are certain."""
    talk = wizard("https://shop.example/x", "--campaign", "spring")
    talk.expect("Channels, such as 1,3: ")
    talk.child.send("wha\t\n")
    talk.answer("(Enter: none): ", "")
    assert "utm_source=whatsapp" in talk.answer("Issue this link? [Y/n]: ", "n")
    talk.end()


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
]


@pytest.mark.parametrize("columns", [50, 80])
@pytest.mark.parametrize("words", NARROW, ids=" ".join)
def test_a_narrow_terminal_breaks_no_word(run: Run, words: tuple[str, ...], columns: int) -> None:
    """No line is wider than the terminal, unless it is one word: an address or a name."""
    run("new", "https://shop.example/x", "-c", "spring-sale-in-all-our-shops", "-C", "whatsapp,sms")
    Path("r.csv").write_text("utm_source,utm_medium,url\nwhatsapp,message,x\nWhatsApp,chat,y\n")
    Path("l.txt").write_text(f"{URL.replace('spring', 'Spring%20Sale%20in%20all%20our%20shops')}\n")
    _, text = Terminal(*words, columns=columns, env={"NO_COLOR": "1"}).end()
    wide = [line for line in text.splitlines() if len(line) > columns]

    assert text
    assert not [line for line in wide if len(line.split()) > 2 and "://" not in line]


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


def test_an_option_that_no_answer_could_mend_ends_the_wizard() -> None:
    """The error appears at once, without an endless question."""
    for words in (("--campaign", "///"), ("--campaign", "c", "--term", "t" * 200)):
        status, text = wizard("https://shop.example/x", *words).end()
        assert status == 2
        assert text.startswith("error: ")


def test_an_answer_that_is_not_text() -> None:
    """Bytes from nowhere are asked about again, not a bug."""
    talk = wizard()
    talk.expect("Landing page: ")
    os.write(talk.child.child_fd, b"\xe9\n")
    talk.expect("Landing page: ")
    talk.child.send("\x03")
    assert talk.end()[0] == 130


def test_an_address_answers_the_first_question_too() -> None:
    """With the tags it has as proposals; a number stands for a campaign known."""
    Path("campaigns.toml").write_text(
        '[campaigns.spring]\nlanding_page = "https://x.example/"\nchannels = ["sms"]\n'
    )
    talk = wizard()
    talk.answer("Which one: ", "banners")
    assert '"banners" is not one of these\n  2 for a new landing page\n' in talk.answer(
        "Which one: ", "https://x.example/y?utm_campaign=summer"
    )
    assert "1 spring" in talk.answer("Campaign (a number, or a new name) [summer]: ", "1")
    talk.answer("Channels, such as 1,3: ", "WhatsApp;2")
    talk.answer("(Enter: none): ", "a,a")
    before = talk.answer("Issue these 2 links? [Y/n]: ", "n")
    assert "https://x.example/y?utm_source=sms&utm_medium=sms&utm_campaign=spring" in before


def test_the_wizard_offers_only_what_the_convention_takes() -> None:
    """Channels and names that would be refused are not proposed."""
    Path("campaigns.toml").write_text("[convention.medium]\nallowed = ['email']\n")
    talk = wizard("https://x.example/", "--campaign", "c")
    shown = talk.answer("Channels, such as 1,3: ", "1")
    assert shown == "Where will it be pasted?\n  1 email\n"
    talk.expect("(Enter: none): ")
    talk.child.send("\x03")
    assert talk.end()[0] == 130


@pytest.mark.slow
def test_long_work_shows_how_far_it_is(run: Run) -> None:
    """On a terminal, and the line is gone at the end."""
    Path("pages.txt").write_text("".join(f"https://x.example/{n}\n" for n in range(20_001)))
    words = ("new", "--from", "pages.txt", "-c", "c", "-C", "sms", "-F", "csv")
    bash = " ".join(command(*words))
    child = pexpect.spawn(
        "bash", ["-c", f"{bash} > links.csv"], encoding="utf-8", timeout=PATIENCE, echo=False
    )
    child.expect_exact("20,000 links …")
    child.expect_exact("issued 20,001 links, 0 already issued")
    child.expect(pexpect.EOF)
    child.close()

    assert Path("links.csv").read_text().count("\n") == 20_002
    assert run("list", "-F", "csv").stdout == Path("links.csv").read_text()
