"""Questions for a person at a terminal: one line each, with TAB completion.

In a conversation of several questions, each has a text about it: then `?` shows the text, and `b`
goes back. An answer in quotes is always an answer: "b".
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from utmforge.errors import UtmforgeError
from utmforge.output.console import aside, terminal_width
from utmforge.output.escaping import safe

Answer = TypeVar("Answer")


@aside()
def say(text: str = "") -> None:
    """Write a line to stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


class Back(Exception):
    """The answer was `b`: the question before this one is to be asked again."""


_BACK = {"b", "back"}
_HELP = {"?", "help"}
_ROOM = 8
"""Columns that are left for the answer to a long question."""
_KEPT = "\0"
"""Stands for a space where a line must not be broken."""
_GENERAL = 'b goes back, Ctrl-C leaves. An answer in quotes is taken as it is: "b".'


def ask_line(
    question: str, *, default: str = "", offers: Sequence[str] = (), about: str = ""
) -> str:
    """Ask for one line.

    Args:
        question: What is asked.
        default: The answer that Enter gives.
        offers: What TAB completes.
        about: What `?` explains. Empty: the question stands alone, without `?` and `b`.

    Raises:
        Back: The answer was `b`, and the question is one of several.
    """
    while True:
        answer = _typed(question, default, offers)
        if not about or not answer:
            return answer or default
        if answer.lower() in _HELP:
            sentence(about)
            sentence(_GENERAL)
        elif answer.lower() in _BACK:
            raise Back
        else:
            return _unquoted(answer)


@aside()
def _typed(question: str, default: str, offers: Sequence[str]) -> str:
    shown = f" [{safe(default)}]" if default else ""
    prompt = f"{question}{shown}: "
    if not sys.stdout.isatty():  # input() would write its prompt into the answer
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.strip()
    *above, prompt = _broken(prompt)
    for line in above:
        say(line)
    with _completing(offers):
        return input(prompt).strip()


def _broken(prompt: str) -> list[str]:
    """Break a question between words where the terminal needs it; its end stays in one piece."""
    from textwrap import wrap

    width = terminal_width() - _ROOM
    if len(prompt) <= width:
        return [prompt]
    begin, bracket, end = prompt.rstrip().rpartition(" (" if " (" in prompt else " [")
    end = (bracket + end).replace(" ", _KEPT)
    text = f"{begin} {end.lstrip(_KEPT)}".strip()
    lines = wrap(text, max(width, 20), break_long_words=False, break_on_hyphens=False)
    return [line.replace(_KEPT, " ") for line in lines[:-1]] + [lines[-1].replace(_KEPT, " ") + " "]


def _unquoted(answer: str) -> str:
    is_quoted = len(answer) > 1 and answer[0] == answer[-1] and answer[0] in "\"'"
    return answer[1:-1].strip() if is_quoted else answer


class _completing:  # noqa: N801 - read as words: with _completing(offers)
    """Let TAB complete from a list while a line is typed."""

    def __init__(self, offers: Sequence[str]) -> None:
        self.offers = offers

    def __enter__(self) -> None:
        with suppress(ImportError):  # Windows has no readline
            import readline

            readline.set_completer(self._match)
            readline.set_completer_delims(", \t")
            readline.parse_and_bind("tab: complete")
            readline.set_auto_history(False)

    def __exit__(self, *_: object) -> None:
        with suppress(ImportError):
            import readline

            readline.set_completer(None)

    def _match(self, text: str, state: int) -> str | None:
        matches = [offer for offer in self.offers if offer.startswith(text)]
        return matches[state] if state < len(matches) else None


def ask_until(
    question: str,
    read: Callable[[str], Answer],
    *,
    default: str = "",
    offers: Sequence[str] = (),
    about: str = "",
) -> Answer:
    """Ask until `read` accepts the answer; show why an answer was refused, with a hint."""
    while True:
        try:
            return read(ask_line(question, default=default, offers=offers, about=about))
        except UtmforgeError as error:
            complain(error.message, error.hint)


def complain(message: str, hint: str | None = None) -> None:
    """Say what is wrong with an answer."""
    sentence(message)
    if hint:
        sentence(hint)


def sentence(text: str, indent: int = 2) -> None:
    """Say a sentence, indented, with line breaks between words where the terminal needs them."""
    from textwrap import wrap

    space = " " * indent
    width = terminal_width() if sys.stderr.isatty() else len(text) + indent + 1
    lines = wrap(
        safe(text),
        max(width - 1, 20),
        initial_indent=space,
        subsequent_indent=space,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
    say("\n".join(lines))


YES = {"y", "yes", "o", "oui"}
NO = {"n", "no", "non"}


def confirm(question: str, *, default: bool, about: str = "") -> bool:
    """Ask yes or no."""
    while True:
        answer = ask_line(f"{question} {'[Y/n]' if default else '[y/N]'}", about=about).lower()
        if not answer:
            return default
        if answer in YES | NO:
            return answer in YES
        complain("answer y or n")
