"""Answers go to stdout, the conversation to stderr, and a stream that fails is told once."""

import errno
import io
import json
import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.errors import StdoutClosed, StdoutFailed
from utmforge.output.console import Console, dumps
from utmforge.output.formats import Color, Format


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        """Say so."""
        return True


class Broken(io.StringIO):
    """A stream that takes nothing."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def write(self, _: str, /) -> int:
        """Refuse it as the system does."""
        raise OSError(self.number, "No space left on device")


def console(
    *,
    stdout: io.StringIO | None = None,
    stderr: io.StringIO | None = None,
    fmt: Format | None = Format.TABLE,
    color: Color = Color.AUTO,
    quiet: bool = False,
    environment: Mapping[str, str] | None = None,
) -> tuple[Console, io.StringIO, io.StringIO]:
    """Return a console and its two streams."""
    out, err = stdout or io.StringIO(), stderr or io.StringIO()
    one = Console(
        "new",
        stdout=out,
        stderr=err,
        fmt=fmt,
        color=color,
        quiet=quiet,
        environment=environment or {},
    )
    return one, out, err


def talk(to: Console) -> None:
    """Say one thing of each kind."""
    to.done("wrote codes.svg")
    to.note("1 link was there")
    to.warn("the campaign has ended")
    to.hint("utmforge list")


@pytest.mark.parametrize(
    ("quiet", "said"),
    [
        (
            False,
            "wrote codes.svg\nnote: 1 link was there\nwarning: the campaign has ended\n"
            "hint: utmforge list\n",
        ),
        (True, "warning: the campaign has ended\n"),
    ],
)
def test_what_is_said_is_on_stderr(quiet: bool, said: str) -> None:
    """Each with its label, and `--quiet` leaves the warnings; stdout is for the answer."""
    to, stdout, stderr = console(quiet=quiet)
    talk(to)

    assert (stdout.getvalue(), stderr.getvalue()) == ("", said)


def test_in_json_what_is_said_is_in_the_envelope() -> None:
    """Also with `--quiet`, in its order; once, and nothing on stderr."""
    to, stdout, stderr = console(fmt=Format.JSON, quiet=True)
    talk(to)
    to.answer(["é"])
    to.finish()
    to.finish()

    assert stderr.getvalue() == ""
    assert json.loads(stdout.getvalue()) == {
        "utmforge": 1,
        "command": "new",
        "data": ["é"],
        "messages": [
            {"kind": "done", "message": "wrote codes.svg"},
            {"kind": "note", "message": "1 link was there"},
            {"kind": "warning", "message": "the campaign has ended"},
            {"kind": "hint", "message": "utmforge list"},
        ],
    }
    assert stdout.getvalue().endswith("}\n")


def test_an_empty_answer_is_an_answer() -> None:
    """No links are an empty list; no answer at all is nothing."""
    to, stdout, _ = console(fmt=Format.JSON)
    to.finish()
    assert stdout.getvalue() == ""

    to.answer([])
    to.finish()
    assert json.loads(stdout.getvalue())["data"] == []


@pytest.mark.parametrize(
    ("color", "environment", "on_terminal", "on_pipe"),
    [
        (Color.AUTO, {}, True, False),
        (Color.ALWAYS, {"NO_COLOR": "1", "TERM": "dumb"}, True, True),
        (Color.NEVER, {"FORCE_COLOR": "1"}, False, False),
        (Color.AUTO, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        (Color.AUTO, {"NO_COLOR": ""}, True, False),
        (Color.AUTO, {"FORCE_COLOR": "1"}, True, True),
        (Color.AUTO, {"CI": "true"}, False, False),
        (Color.AUTO, {"CI": "true", "FORCE_COLOR": "1"}, True, True),
        (Color.AUTO, {"TERM": "dumb"}, False, False),
    ],
    ids=str,
)
def test_when_there_is_colour(
    color: Color, environment: dict[str, str], on_terminal: bool, on_pipe: bool
) -> None:
    """The option comes first, then NO_COLOR, then FORCE_COLOR, then where it goes to."""
    to, _, _ = console(color=color, environment=environment)

    assert to.colored(Terminal()) is on_terminal
    assert to.colored(io.StringIO()) is on_pipe


def test_only_labels_have_colour() -> None:
    """The sentence itself stays as it is, and so does what has no label."""
    to, _, stderr = console(color=Color.ALWAYS)
    talk(to)

    assert stderr.getvalue().splitlines() == [
        "wrote codes.svg",
        "\x1b[2mnote: \x1b[0m1 link was there",
        "\x1b[33mwarning: \x1b[0mthe campaign has ended",
        "\x1b[36mhint: \x1b[0mutmforge list",
    ]


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_no_text_tells_the_terminal_anything(text: str) -> None:
    """One line is said for each text, without signs that only machines see; JSON is ASCII."""
    to, _, stderr = console()
    to.note(text)

    said = stderr.getvalue()
    assert said.endswith("\n")
    assert not {unicodedata.category(sign) for sign in said[:-1]} & {"Cc", "Cf", "Zl", "Zp"}
    assert dumps(text).isascii()
    assert json.loads(dumps(text)) == text


@pytest.mark.parametrize(
    ("terminals", "fmt", "wanted"),
    [
        ("", None, Format.URLS),
        ("stderr", None, Format.URLS),
        ("stdout", None, Format.TABLE),
        ("stdout", Format.CSV, Format.CSV),
    ],
)
def test_the_format_goes_by_where_the_answer_goes(
    terminals: str, fmt: Format | None, wanted: Format
) -> None:
    """A table for a person, bare addresses for a pipe, unless one was asked for."""
    to, _, _ = console(
        stdout=Terminal() if terminals == "stdout" else None,
        stderr=Terminal() if terminals == "stderr" else None,
        fmt=fmt,
    )

    assert to.format is wanted
    assert to.terminal is (None if not terminals else getattr(to, terminals))


@pytest.mark.parametrize(
    ("number", "error", "message"),
    [
        (errno.EPIPE, StdoutClosed, "the reader of the output is gone"),
        (errno.EINVAL, StdoutClosed, "the reader of the output is gone"),
        (
            errno.ENOSPC,
            StdoutFailed,
            "cannot write to standard output: no space left on device",
        ),
    ],
)
def test_an_answer_that_cannot_be_written(
    number: int, error: type[StdoutClosed | StdoutFailed], message: str
) -> None:
    """A reader that has gone is no failure; all else is, and says where the links are."""
    to, _, _ = console(stdout=Broken(number))
    with pytest.raises(error) as caught:
        to.write("https://shop.example/\n")

    assert caught.value.message == message
    assert (caught.value.hint is None) is (error is StdoutClosed)


def test_a_conversation_that_nobody_hears_is_no_failure() -> None:
    """The answer is written anyway."""
    to, stdout, _ = console(stderr=Broken(errno.EPIPE))
    talk(to)
    to.write("https://shop.example/\n")

    assert stdout.getvalue() == "https://shop.example/\n"


WORDS = st.lists(st.text("abc:/?=", min_size=1, max_size=60), min_size=1, max_size=12)


@given(WORDS, st.integers(0, 12))
def test_folding_breaks_no_word(words: list[str], indent: int) -> None:
    """No line is wider than the terminal unless it is one word; joined again, the text is whole."""
    to, stdout, _ = console(stdout=Terminal())
    text = " ".join(words)
    folded = to.folded(text, stdout, indent)

    assert folded.split() == words
    for number, line in enumerate(folded.splitlines()):
        assert len(line) <= to.width or len(line.split()) == 1
        assert number == 0 or line.startswith(" " * indent)


def test_only_a_terminal_gets_folded_lines() -> None:
    """What goes into a file or a pipe stays one line."""
    to, stdout, _ = console()
    text = "word " * 40

    assert to.folded(text, stdout) == text
