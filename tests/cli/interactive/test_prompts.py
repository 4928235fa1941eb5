"""Questions for a person at a terminal."""

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stderr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.terminals import wizard
from utmforge.cli.interactive import menus, prompts
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
        ("o\n", False, True),
        ("Oui\n", False, True),
        ("non\n", True, False),
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
    assert menus.index_of(answer, NAMES) == index


def test_choosing_one(keys: Keys, capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest name is offered for one that is not there; Enter may be none."""
    keys("emial\n2\n\n")

    assert menus.choose("Which", NAMES) == 1
    assert menus.choose("Which", NAMES, optional=True) is None
    said = capsys.readouterr().err
    assert '  "emial" is not one of these\n  did you mean "email"?\n' in said
    assert said.endswith("Which (Enter: none): ")


def test_a_question_of_a_conversation(keys: Keys, capsys: pytest.CaptureFixture[str]) -> None:
    """`?` explains it, `b` goes back, and what is in quotes is an answer."""
    keys("?\nb\nBack\n\"b\"\n\n'?'\n")

    for _ in range(2):
        with pytest.raises(prompts.Back):
            prompts.ask_line("Name", about="What it is called.")
    answers = [prompts.ask_line("Name", default="b", about="x") for _ in range(3)]
    assert answers == ["b", "b", "?"]
    assert "  What it is called.\n  b goes back" in capsys.readouterr().err


@pytest.mark.parametrize("columns", [30, 50, 80, 120])
@pytest.mark.parametrize(
    "prompt",
    [
        "Landing page: ",
        "Content, to tell links apart, such as hero,footer (Enter: none): ",
        "Content, to tell links apart, such as hero,footer (-: none) [hero,footer,top]: ",
        "Keep sandwich-board as a channel of your own in campaigns.toml? [y/N]: ",
    ],
)
def test_a_long_question_is_broken_between_words(
    monkeypatch: pytest.MonkeyPatch, prompt: str, columns: int
) -> None:
    """Nothing is lost, and there is room for the answer."""
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = prompts._broken(prompt)

    assert " ".join(line.strip() for line in lines) + " " == prompt
    assert all(len(line) < columns - 7 or " (" not in line for line in lines)
    assert lines[-1].endswith(": ")


def test_a_question_that_stands_alone_has_no_way_back(keys: Keys) -> None:
    """Its answers may be anything."""
    keys("b\n?\n")

    assert [prompts.ask_line("Name") for _ in range(2)] == ["b", "?"]


def test_a_long_menu_has_pages_and_is_searched(
    keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is pinned stays in sight; a part of a name finds it."""
    names = [*(f"{season}-{n:02}" for n in range(40) for season in ("spring", "autumn")), "new"]
    keys("more\nmore\nzzz\nautumn-3\n-35\nNG-07\n")

    assert menus.choose("Which", names, pinned=1) is not None
    said = capsys.readouterr().err
    assert said.count(" 81 new\n") == 3
    assert "    21 more: type more, or a part of a name to search\n" in said
    assert " 60 autumn-29" in said
    assert said.count("  1 spring-00") == 2  # after the last page, the first again
    assert '"zzz" is not one of these' in said
    assert " 72 autumn-35" in said


def test_one_name_with_a_part_is_chosen(keys: Keys) -> None:
    """Typing is enough to find one of many."""
    names = [f"spring-{n:02}" for n in range(40)]
    keys("g-07\n")

    assert menus.choose("Which", names) == 7


@given(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), min_size=1, max_size=40))
def test_a_menu_shows_every_name_once(names: list[str]) -> None:
    """Numbered, in columns read downward, never wider than a terminal."""
    with redirect_stderr(io.StringIO()) as shown:
        menus.menu(names)
    words = shown.getvalue().split()

    assert sorted(words) == sorted([*names, *map(str, range(1, len(names) + 1))])
    assert all(len(line) <= 80 for line in shown.getvalue().splitlines())


def test_a_name_cannot_take_the_terminal_over(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever it holds is shown as text."""
    menus.menu(["a\x1b[2Jb"])
    prompts.complain("x\x1b[2J", "y\x07")

    assert "\x1b" not in (said := capsys.readouterr().err)
    assert "\x07" not in said
