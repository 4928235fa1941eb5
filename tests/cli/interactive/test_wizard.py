"""The wizard of `utmforge new`, as a person at a terminal meets it."""

import os
from pathlib import Path

import pytest

from tests.cli.terminals import pexpect, wizard
from tests.conftest import EXAMPLE, PATIENCE, Run, command
from utmforge.urls.link_ids import link_id

OPENING = "A few questions; nothing is kept before you say yes. ? explains, b goes back.\n"
URL = "https://shop.example/x?utm_source=whatsapp&utm_medium=message&utm_campaign=spring"


def test_the_wizard_from_nothing_to_a_saved_campaign(work: Path, run: Run) -> None:
    """It asks, corrects, shows, issues, saves, and tells the line that does the same."""
    talk = wizard()
    talk.answer("Landing page: ", "ftp://shop.example/x")
    before = talk.answer("Landing page: ", "shop.example/x")
    assert 'only http and https addresses can be tagged, not "ftp"' in before
    before = talk.answer("Campaign: ", "Été Sale")
    assert "the address had no scheme: used https://shop.example/x" in before
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
    assert before == (
        f"{OPENING}From campaigns.toml:\n  1 2026-spring-sale      2 a new landing page\n"
    )
    talk.answer("Issue these 4 links? [Y/n]: ", "y")
    talk.answer("(Enter: none): ", "")
    status, rest = talk.end()

    assert status == 0
    assert rest.endswith("The same in one line:\n\n  utmforge new 2026-spring-sale\n\n")
    again = wizard()
    again.answer("Which one: ", "2026-spring-sale")
    assert "(already issued)" in again.answer("Print these 4 links? [Y/n]: ", "n")
    assert again.end() == (
        0,
        "nothing was issued\nTo go on from here:\n\n  utmforge new 2026-spring-sale\n\n",
    )


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
    line = (
        "utmforge new shop.example/x",
        "utmforge new shop.example/x --campaign spring",
        "utmforge new shop.example/x --campaign spring --channel email",
    )
    resumed = f"\nTo go on from here:\n\n  {line[min(questions, 3) - 1]}" if questions else ""
    assert rest.strip().removeprefix("^C").strip() == f"nothing was issued{resumed}"
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


def test_an_address_is_not_a_campaign() -> None:
    """It would be written as a strange name: the question is asked again."""
    talk = wizard()
    talk.answer("Landing page: ", "https://x.example/")
    talk.answer("Campaign: ", "https://x.example/spring")
    again = talk.answer("Campaign: ", "spring")
    assert "  the campaign is an address\n  b goes back to the landing page\n" in again
    talk.expect("Channels, such as 1,3: ")
    talk.child.send("\x03")
    assert talk.end()[0] == 130


def test_the_wizard_offers_only_what_the_convention_takes() -> None:
    """Channels and names that would be refused are not proposed."""
    Path("campaigns.toml").write_text("[convention.medium]\nallowed = ['email']\n")
    talk = wizard("https://x.example/", "--campaign", "c")
    shown = talk.answer("Channels, such as 1,3: ", "1")
    assert shown == (
        f"{OPENING}Where will it be pasted?\n  1 email\n"
        "    more   social, newsletters, pages, ads\n    other  any other place\n"
    )
    talk.expect("(Enter: none): ")
    talk.child.send("\x03")
    assert talk.end()[0] == 130
