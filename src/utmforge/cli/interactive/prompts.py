"""Questions for a person at a terminal: one line each, with TAB completion."""

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from shutil import get_terminal_size
from typing import TypeVar

from utmforge.errors import UtmforgeError, did_you_mean, quoted
from utmforge.output.escaping import safe

Answer = TypeVar("Answer")


def say(text: str = "") -> None:
    """Write a line to stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def ask_line(question: str, *, default: str = "", offers: Sequence[str] = ()) -> str:
    """Ask for one line; Enter takes the default, TAB completes from `offers`."""
    shown = f" [{safe(default)}]" if default else ""
    prompt = f"{question}{shown}: "
    if not sys.stdout.isatty():  # input() would write its prompt into the answer
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.strip() or default
    with _completing(offers):
        return input(prompt).strip() or default


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
    question: str, read: Callable[[str], Answer], *, default: str = "", offers: Sequence[str] = ()
) -> Answer:
    """Ask until `read` accepts the answer; show why an answer was refused, with a hint."""
    while True:
        try:
            return read(ask_line(question, default=default, offers=offers))
        except UtmforgeError as error:
            complain(error.message, error.hint)


def complain(message: str, hint: str | None = None) -> None:
    """Say what is wrong with an answer."""
    say(f"  {safe(message)}" + (f"\n  {safe(hint)}" if hint else ""))


def confirm(question: str, *, default: bool) -> bool:
    """Ask yes or no."""
    while True:
        answer = ask_line(f"{question} {'[Y/n]' if default else '[y/N]'}").lower()
        if not answer:
            return default
        if answer in {"y", "yes", "n", "no"}:
            return answer.startswith("y")
        complain("answer y or n")


def menu(names: Sequence[str]) -> None:
    """Show numbered names in columns, in order from top to bottom."""
    width = min(get_terminal_size().columns, 80)
    cells = [f"{number:>3} {safe(name)}" for number, name in enumerate(names, 1)]
    column = max(map(len, cells)) + 2
    columns = max(1, width // column)
    height = -(-len(cells) // columns)
    for row in range(height):
        say("".join(cell.ljust(column) for cell in cells[row::height]).rstrip())


def choose(question: str, names: Sequence[str], *, optional: bool = False) -> int | None:
    """Ask for one of several names by number or name; return its index. None: no choice."""
    menu(names)
    while True:
        answer = ask_line(f"{question}{' (Enter: none)' if optional else ''}", offers=names)
        if not answer and optional:
            return None
        index = index_of(answer, names)
        if index is not None:
            return index
        complain(f"{quoted(answer)} is not one of these", did_you_mean(answer, names))


def choose_several(question: str, names: Sequence[str]) -> list[int]:
    """Ask for one or more names, by number or name, with commas or spaces; return indices."""
    menu(names)
    while True:
        words = ask_line(question, offers=names).replace(",", " ").replace(";", " ").split()
        found = {word: index_of(word, names) for word in words}
        wrong = [word for word, index in found.items() if index is None]
        if words and not wrong:
            return [index for index in found.values() if index is not None]
        if not words:
            complain("choose at least one: numbers or names, such as 1,3 or email,sms")
        for word in wrong:
            complain(f"{quoted(word)} is not one of these", did_you_mean(word, names))


def index_of(answer: str, names: Sequence[str]) -> int | None:
    """Return the index of the name that a number or a name selects."""
    if answer.lower() in names:
        return names.index(answer.lower())
    if answer in names:
        return names.index(answer)
    if answer.isdecimal() and 1 <= int(answer) <= len(names):
        return int(answer) - 1
    return None
