"""Questions for a person at a terminal."""

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stderr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.terminals import wizard
from utmforge.cli.interactive import prompts
from utmforge.errors import BadTag


def test_tab_completes_answers() -> None:
    """Names of channels, as far as they are certain."""
    talk = wizard("https://shop.example/x", "--campaign", "spring")
    talk.expect("Channels, such as 1,3: ")
    talk.child.send("wha\t\n")
    talk.answer("(Enter: none): ", "")
    assert "utm_source=whatsapp" in talk.answer("Issue this link? [Y/n]: ", "n")
    talk.end()


Keys = Callable[[str], None]


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Keys:
    """Type these lines where a person would."""

    def typed(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return typed


def test_an_answer_and_a_default(keys: Keys, capsys: pytest.CaptureFixture[str]) -> None:
    """Enter takes the default; the question is no part of the answer on stdout."""
    keys("  x \n\n")

    assert [prompts.ask_line("Name", default="d") for _ in range(2)] == ["x", "d"]
    out, err = capsys.readouterr()
    assert (out, err) == ("", "Name [d]: Name [d]: ")
    with pytest.raises(EOFError):
        prompts.ask_line("Name")


def test_a_refused_answer_is_asked_again(keys: Keys, capsys: pytest.CaptureFixture[str]) -> None:
    """With what is wrong and the next step."""

    def read(answer: str) -> int:
        if not answer.isdigit():
            raise BadTag(f"{answer} is not a number", hint="write 7")
        return int(answer)

    keys("a\nb\n7\n")

    assert prompts.ask_until("Number", read) == 7
    assert capsys.readouterr().err == (
        "Number:   a is not a number\n  write 7\nNumber:   b is not a number\n  write 7\nNumber: "
    )


@pytest.mark.parametrize(
    ("typed", "default", "expected"),
    [
        ("y\n", False, True),
        ("YES\n", False, True),
        ("n\n", True, False),
        ("no\n", True, False),
        ("\n", True, True),
        ("\n", False, False),
        ("maybe\nyep\ny\n", False, True),
    ],
)
def test_yes_or_no(keys: Keys, typed: str, default: bool, expected: bool) -> None:
    """Anything else is asked again."""
    keys(typed)

    assert prompts.confirm("Sure?", default=default) is expected


NAMES = ("email", "sms", "Slack", "7")


@pytest.mark.parametrize(
    ("answer", "index"),
    [
        ("1", 0),
        ("4", 3),
        ("email", 0),
        ("EMAIL", 0),
        ("Slack", 2),
        ("7", 3),
        ("0", None),
        ("5", None),
        ("-1", None),
        ("slack", None),
        ("", None),
        ("²", None),
    ],
)
def test_a_number_or_a_name(answer: str, index: int | None) -> None:
    """A name that is a number comes before its place."""
    assert prompts.index_of(answer, NAMES) == index


def test_choosing_one(keys: Keys, capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest name is offered for one that is not there; Enter may be none."""
    keys("emial\n2\n\n")

    assert prompts.choose("Which", NAMES) == 1
    assert prompts.choose("Which", NAMES, optional=True) is None
    said = capsys.readouterr().err
    assert '  "emial" is not one of these\n  did you mean "email"?\n' in said
    assert said.endswith("Which (Enter: none): ")


def test_choosing_several(keys: Keys, capsys: pytest.CaptureFixture[str]) -> None:
    """By numbers or names, with commas or spaces; each wrong word is told."""
    keys("\nfax, 9\n2;email 3\n")

    assert prompts.choose_several("Which", NAMES) == [1, 0, 2]
    said = capsys.readouterr().err
    assert "choose at least one: numbers or names, such as 1,3 or email,sms\n" in said
    assert '"fax" is not one of these\n' in said
    assert '"9" is not one of these\n' in said


@given(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), min_size=1, max_size=40))
def test_a_menu_shows_every_name_once(names: list[str]) -> None:
    """Numbered, in columns read downward, never wider than a terminal."""
    with redirect_stderr(io.StringIO()) as shown:
        prompts.menu(names)
    words = shown.getvalue().split()

    assert sorted(words) == sorted([*names, *map(str, range(1, len(names) + 1))])
    assert all(len(line) <= 80 for line in shown.getvalue().splitlines())


def test_a_name_cannot_take_the_terminal_over(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever it holds is shown as text."""
    prompts.menu(["a\x1b[2Jb"])
    prompts.complain("x\x1b[2J", "y\x07")

    assert "\x1b" not in (said := capsys.readouterr().err)
    assert "\x07" not in said
